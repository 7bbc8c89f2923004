// What a buzzer shows; plain data. The world does nothing to it.
export interface BuzzerState {
  /** Hz; 0 when it is silent. */
  readonly frequency: number;
}
