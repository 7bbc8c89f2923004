// A jumper wire shows nothing, and nothing happens to it; plain data.
export type JumperState = Readonly<Record<never, never>>;
