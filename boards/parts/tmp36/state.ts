// What a TMP36 shows and takes; plain data.
export interface Tmp36State {
  readonly celsius: number;
}
export type Tmp36Input = Tmp36State;
