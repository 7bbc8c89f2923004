// What an air sensor BME280 shows and takes; plain data.
export interface Bme280State {
  readonly celsius: number;
  readonly hectopascal: number;
  /** Relative, percent. */
  readonly humidity: number;
}
export type Bme280Input = Partial<Bme280State>;
