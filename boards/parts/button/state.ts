// What a push button shows and takes; plain data, because it crosses the worker boundary.
export interface ButtonState {
  readonly pressed: boolean;
}
export type ButtonInput = "press" | "release";
