// What a matrix of LEDs shows; plain data. The world does nothing to it.
export interface LedMatrixState {
  /** Row by row, 0 dark .. 9 full. All 0 while it is off. */
  readonly pixels: readonly number[];
  /** display.off() gives the pins away. */
  readonly on: boolean;
  /** What runs over it now: for a description in words. */
  readonly playing: { readonly kind: "scroll" | "show"; readonly text: string } | null;
}
export type LedMatrixInput = never;
