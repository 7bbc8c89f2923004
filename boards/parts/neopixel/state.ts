// What a chain of NeoPixels shows; plain data. The world does nothing to it.
export interface NeopixelState {
  /** A row, or a circle that begins at the top and goes clockwise. */
  readonly shape: "strip" | "ring";
  /** Red, green and blue of each pixel, 0..255 as sent. */
  readonly pixels: readonly (readonly [red: number, green: number, blue: number])[];
}
