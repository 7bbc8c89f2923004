// What the accelerometer shows and takes; plain data. Thousandths of g, as the program reads them.
export const gestures = [
  "up",
  "down",
  "left",
  "right",
  "face up",
  "face down",
  "freefall",
  "2g",
  "3g",
  "6g",
  "8g",
  "shake",
] as const;
export type Gesture = (typeof gestures)[number];

export interface AccelerometerState {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** What the board is doing now, or null. */
  readonly gesture: Gesture | null;
}
/** Hold it so, or do that with it: a gesture lasts half a second, then the board is as it was held. */
export type AccelerometerInput = { readonly x: number; readonly y: number; readonly z: number } | { readonly gesture: Gesture };
