// What an OLED display shows; plain data. The world does nothing to it.
export interface Ssd1306State {
  /** Its picture is lit: switched on, with its charge pump. */
  readonly on: boolean;
  /** From top to bottom, "1" for a pixel that shines. */
  readonly rows: readonly string[];
  /** 0..255. */
  readonly contrast: number;
}
