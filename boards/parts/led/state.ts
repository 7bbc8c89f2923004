// What a single LED shows; plain data. The world does nothing to it.
export interface LedState {
  /** 0 dark .. 255 full. */
  readonly intensity: number;
}
export type LedInput = never;
