// What a push button on a pin shows and takes; plain data.
export interface PushButtonState {
  readonly pressed: boolean;
}
export type PushButtonInput = "press" | "release";
