// What a servo shows; plain data. The world does nothing to it.
export interface ServoState {
  /** Where its horn is, degrees. */
  readonly angle: number;
  /** Where the last pulse wants it, degrees. */
  readonly target: number;
  /** Pulses come: it holds its place with force. */
  readonly isPowered: boolean;
}
