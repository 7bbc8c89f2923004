// What a chain of NeoPixels shows; plain data. The world does nothing to it.
export interface NeopixelState {
  /** Red, green and blue of each pixel, 0..255 as sent. */
  readonly pixels: readonly (readonly [red: number, green: number, blue: number])[];
}
