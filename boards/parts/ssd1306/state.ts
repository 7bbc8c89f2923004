// What an OLED module with the SSD1306 shows; plain data. The world can do nothing to it.
export interface Ssd1306State {
  /** Whether the panel shines at all: display on, and its charge pump too. */
  readonly on: boolean;
  /** The rows from the top as seen, with "1" for each dot that shines; all "0" while it is off. */
  readonly rows: readonly string[];
  /** 0..255: how brightly dots shine; 0 while it is off. */
  readonly contrast: number;
}
export type Ssd1306Input = never;
