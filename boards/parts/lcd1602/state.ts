// What a 16 x 2 character display shows; plain data. The world does nothing to it.
export interface Lcd1602State {
  /** Two lines of 16 characters. A program's own characters 0..7 are U+E000..U+E007. */
  readonly lines: readonly [string, string];
  /** The same as the chip has it: 32 codes of its character ROM. */
  readonly codes: readonly number[];
  /** The eight own characters: eight rows of five bits each, the left pixel highest. */
  readonly glyphs: readonly (readonly number[])[];
  readonly backlight: boolean;
  /** Where the cursor is seen, as a line or as a blinking block; null when it is not. */
  readonly cursor: { readonly row: number; readonly column: number; readonly isBlinking: boolean } | null;
}

/** The first of the own characters in `lines`. */
export const ownCharacter = 0xe000;
