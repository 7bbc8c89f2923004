// What a slide switch on a pin shows and takes; plain data.
export interface SlideSwitchState {
  readonly on: boolean;
}
export interface SlideSwitchInput {
  readonly on: boolean;
}
