// What a relay module shows; plain data. The world does nothing to it.
export interface RelayState {
  /** Its contact is closed: what it switches is on. */
  readonly isOn: boolean;
}
