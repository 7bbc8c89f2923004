// What a board shows, in words: for screen readers, check cards and thumbnails. A door; no DOM.
import { charsOf } from "./parts/led-matrix/font.ts";
import { images } from "./parts/led-matrix/images.ts";
import type { LedMatrixState } from "./parts/led-matrix/state.ts";
import type { LedState } from "./parts/led/state.ts";
import type { SpeakerState } from "./parts/speaker/state.ts";
import type { BoardKey } from "./messages/en.ts";
import type { BoardText } from "./messages/text.ts";

const columns = 5;
const imagePatterns = new Map(
  Object.entries(images).map(([name, rows]) => [rows.replaceAll(":", "").replace(/[1-9]/g, "9"), name]),
);

/** The picture on a 5x5 screen in one sentence: "Heart", "Letter A", "One light, column 3, row 2". */
export function describeScreen(state: LedMatrixState, t: BoardText): string {
  if (!state.on) return t("screen.off");
  if (state.playing?.kind === "scroll") return t("screen.scroll", { text: state.playing.text });
  return describePixels(state.pixels, t);
}

/** 25 brightnesses 0-9 in one sentence. */
export function describePixels(pixels: readonly number[], t: BoardText): string {
  const lit = pixels.filter((level) => level > 0);
  if (lit.length === 0) return t("screen.empty");
  const level = lit[0];
  const uniform = lit.every((other) => other === level);
  const dimmed = (what: string): string => (uniform && level < 9 ? t("screen.dim", { what, n: level }) : what);
  if (uniform) {
    if (lit.length === pixels.length) return dimmed(t("screen.full"));
    const image = imagePatterns.get(pixels.map((other) => (other > 0 ? "9" : "0")).join(""));
    if (image !== undefined) return dimmed(imageName(image, t));
    // One light alone is rather a light than a full stop.
    const chars = lit.length > 1 ? charsOf(pixels) : "";
    if (chars !== "") return dimmed(charName(chars, t));
    if (lit.length === 1) {
      const at = pixels.indexOf(level);
      return dimmed(t("screen.one", { column: (at % columns) + 1, row: Math.floor(at / columns) + 1 }));
    }
  }
  const sentence = rowsOf(pixels)
    .map((row, y) => describeRow(row, y + 1, uniform, t))
    .filter((text) => text !== "")
    .join(" ");
  return dimmed(sentence);
}

function describeRow(row: readonly number[], number: number, uniform: boolean, t: BoardText): string {
  const lit = row.flatMap((level, x) => (level > 0 ? [{ column: x + 1, n: level }] : []));
  if (lit.length === 0) return "";
  if (!uniform) return t("screen.row-levels", { row: number, levels: lit.map((at) => t("screen.at", at)).join(", ") });
  if (lit.length === row.length) return t("screen.row-all", { row: number });
  return t("screen.row", { row: number, columns: lit.map((at) => at.column).join(", ") });
}

function imageName(image: string, t: BoardText): string {
  const clock = /^CLOCK(\d+)$/.exec(image);
  return clock ? t("image.CLOCK", { n: clock[1] }) : t(`image.${image}` as BoardKey);
}

function charName(chars: string, t: BoardText): string {
  const letter = chars.length === 1 ? chars : t("screen.either", { one: chars[0], other: chars[1] });
  if (/^[0-9]/.test(chars)) return t("screen.digit", { letter });
  return t(/^[A-Za-z]/.test(chars) ? "screen.letter" : "screen.sign", { letter });
}

function rowsOf(pixels: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(pixels.length / columns) }, (_, y) => pixels.slice(y * columns, (y + 1) * columns));
}

/** Which of a pyboard's LEDs are on: "On: Red light, Blue light at 50 %". */
export function describeLeds(parts: Readonly<Record<string, unknown>>, t: BoardText): string {
  const names = ["led1", "led2", "led3", "led4"] as const;
  const on = names.flatMap((name) => {
    const { intensity } = (parts[name] as LedState | undefined) ?? { intensity: 0 };
    if (intensity === 0) return [];
    const label = t(`part.${name}`);
    return [intensity === 255 ? label : t("led.dim", { name: label, n: Math.max(1, Math.round((intensity * 100) / 255)) })];
  });
  return on.length === 0 ? t("leds.none") : t("leds.on", { names: on.join(", ") });
}

const noteNames = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

/** What sounds: "Playing C4" (or its frequency when it is no note), a built-in sound by its name, or the words that are said. */
export function describeSound(state: SpeakerState, t: BoardText): string {
  const { hz, playing, words } = state;
  if (words !== null) return t("speaker.saying", { words });
  if (playing === "effect" || playing === "samples") return t(`speaker.${playing}`);
  if (playing !== null) return t("speaker.sound", { name: playing });
  if (hz === null) return t("speaker.silent");
  const exact = 69 + 12 * Math.log2(hz / 440);
  const midi = Math.round(exact);
  const note = Math.abs(exact - midi) < 0.2 ? `${noteNames[((midi % 12) + 12) % 12]}${Math.floor(midi / 12) - 1}` : `${hz} Hz`;
  return t("speaker.playing", { note });
}
