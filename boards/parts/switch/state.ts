// What the pyboard's user switch shows and takes; plain data.
export interface SwitchState {
  readonly pressed: boolean;
}
export type SwitchInput = "press" | "release";
