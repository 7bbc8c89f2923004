// What a photoresistor in its divider shows and takes; plain data.
export interface PhotoresistorState {
  /** The light on it, in lux: 0.3 full moon, 100 a dim room, 500 an office, 10000 a day in the shade. */
  readonly lux: number;
}
export type PhotoresistorInput = PhotoresistorState;
