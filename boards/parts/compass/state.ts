// What the compass shows and takes; plain data. Fields are in nanotesla, as the program reads them.
export interface CompassState {
  /** 0..359, clockwise from north. */
  readonly heading: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly calibrated: boolean;
}
export type CompassInput =
  | { readonly heading: number }
  | { readonly x: number; readonly y: number; readonly z: number }
  /** As if it had been calibrated before, which the board keeps in flash; false: as if it never had. */
  | { readonly calibrated: boolean };
