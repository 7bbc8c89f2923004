// What one pin shows and takes; plain data.
export interface PinState {
  /** What the firmware uses it for: "unused", "read_digital", "write_analog", "display", ... */
  readonly mode: string;
  /** What the board drives it to, or null when it does not. */
  readonly level: 0 | 1 | null;
  /** PWM: 0..1023 of the period, or null when there is none. */
  readonly duty: number | null;
  readonly periodUs: number;
  readonly pull: PinPull;
  /** What the world does to it. */
  readonly outside: PinOutside;
}
export type PinPull = "up" | "down" | "none";
export interface PinOutside {
  readonly level: 0 | 1 | null;
  /** 0..1023 of the supply, or null. */
  readonly analog: number | null;
  readonly touched: boolean;
}
export type PinInput =
  { readonly level: 0 | 1 | null } | { readonly analog: number | null } | { readonly touched: boolean } | "press" | "release";
