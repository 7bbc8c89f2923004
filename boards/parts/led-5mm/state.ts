// What a 5 mm LED with its resistor shows; plain data. The world does nothing to it.
export type LedColour = "red" | "yellow" | "green" | "blue";

export interface Led5mmState {
  readonly colour: LedColour;
  /** 0 dark .. 1 as with 220 ohms at a pin that is high. */
  readonly brightness: number;
  /** The current through it, on average. */
  readonly milliamps: number;
}
