// Whether the processor runs; plain data.
export interface PowerState {
  readonly mode: "on" | "asleep" | "off";
}
/** USB power comes back, which wakes a board that is off as its reset button does. */
export type PowerInput = "wake";
