// What a potentiometer shows and takes; plain data.
export interface PotentiometerState {
  /** 0 at the ground end .. 1 at the 3.3 V end. */
  readonly position: number;
}
export type PotentiometerInput = PotentiometerState;
