// The words of the blocks in the language chosen last. Definitions and fields ask here, so a change of language rebuilds them.

import type { CategoryId } from "../block.ts";
import { en, type MessageKey } from "./en.ts";
import { es } from "./es.ts";

export type { MessageKey } from "./en.ts";
export type BlocksLanguage = "en" | "es";

const CATALOGUES: Readonly<Record<BlocksLanguage, Readonly<Record<MessageKey, string>>>> = { en, es };
let catalogue: Readonly<Record<MessageKey, string>> = en;

export function setMessages(language: BlocksLanguage): void {
  catalogue = CATALOGUES[language];
}

export function message(key: MessageKey, ...args: readonly (string | number)[]): string {
  return args.reduce<string>((text, arg, i) => text.replace(`%${i + 1}`, String(arg)), catalogue[key]);
}

/** A label that is a message key in its language, any other as it is. */
export const label = (text: string): string => (text in catalogue ? catalogue[text as MessageKey] : text);

/** The names of the drawers. */
export const CATEGORY_KEYS: Readonly<Record<CategoryId, MessageKey>> = {
  display: "CATEGORY_DISPLAY",
  input: "CATEGORY_INPUT",
  sound: "CATEGORY_SOUND",
  pins: "CATEGORY_PINS",
  radio: "CATEGORY_RADIO",
  loops: "CATEGORY_LOOPS",
  logic: "CATEGORY_LOGIC",
  numbers: "CATEGORY_NUMBERS",
  text: "CATEGORY_TEXT",
  lists: "CATEGORY_LISTS",
  variables: "CATEGORY_VARIABLES",
  functions: "CATEGORY_FUNCTIONS",
  python: "CATEGORY_PYTHON",
};
