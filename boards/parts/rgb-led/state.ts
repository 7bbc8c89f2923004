// What an RGB LED shows; plain data. The world does nothing to it.
export interface RgbLedState {
  /** 0 dark .. 1 as with 220 ohms at a pin that is fully on. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}
