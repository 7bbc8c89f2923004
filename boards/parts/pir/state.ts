// What a motion sensor shows and takes; plain data.
export interface PirState {
  /** Its output says that somebody moves. */
  readonly isHigh: boolean;
}
/** Somebody moves in front of it, at this moment. */
export type PirInput = "motion";
