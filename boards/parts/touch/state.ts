// What a touch pad (the micro:bit V2 logo) shows and takes; plain data.
export interface TouchState {
  readonly touched: boolean;
}
export type TouchInput = "press" | "release";
