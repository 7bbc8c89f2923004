// The air around a BME280, as plain data: what the chip measures, and what the world can make of it.
export interface Bme280State {
  /** Temperature in degrees Celsius, -40..85. */
  readonly celsius: number;
  /** Air pressure in hectopascals, 300..1100. */
  readonly hectopascal: number;
  /** Relative humidity in percent, 0..100. */
  readonly humidity: number;
}
/** One of the three is another. */
export type Bme280Input = { readonly celsius: number } | { readonly hectopascal: number } | { readonly humidity: number };
