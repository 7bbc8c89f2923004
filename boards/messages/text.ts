// How boards speak: a function from key and values to a text of the chosen language. A door; the app passes it to the views.
import { type BoardKey, en } from "./en.ts";

/** Gives the text of a key with its {holes} filled. */
export type BoardText = (key: BoardKey, values?: Readonly<Record<string, string | number>>) => string;

/** Makes a BoardText of a catalogue: en.ts, es.ts. */
export function boardText(catalogue: Readonly<Record<BoardKey, string>>): BoardText {
  return (key, values = {}) =>
    catalogue[key].replace(/\{(\w+)\}/g, (hole, name: string) => (name in values ? String(values[name]) : hole));
}

/** What a view says until it is given another one. */
export const englishText: BoardText = boardText(en);
