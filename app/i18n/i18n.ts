// Texts in the reader's language: `msg(key, values)`. Catalogues are one file per language; a test holds them to the same keys.
// "one|many" texts choose by the value `n`. The pseudo-language (en, 40 % longer, accented) shows clipping and hard-wired text.
import { en } from "./en.ts";
import { pseudo } from "./pseudo.ts";

export type Key = keyof typeof en;
export type Catalogue = Readonly<Record<Key, string>>;
export type Language = "en" | "es" | "pseudo";
export type Values = Readonly<Record<string, string | number>>;

/** Languages offered in Settings, named in themselves. */
export const languages: readonly (readonly [Language, string])[] = [
  ["en", "English"],
  ["es", "Español"],
];

const loaders: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve(en),
  es: async () => (await import("./es.ts")).es,
  pseudo: () => Promise.resolve(pseudo(en)),
};

let current: Catalogue = en;
let currentLanguage: Language = "en";
const listeners = new Set<() => void>();

/** Loads a catalogue, then tells every listener. Sets `lang` of the page. */
export async function setLanguage(language: Language): Promise<void> {
  current = await loaders[language]();
  currentLanguage = language;
  document.documentElement.lang = language === "pseudo" ? "en" : language;
  for (const listener of listeners) listener();
}

export function language(): Language {
  return currentLanguage;
}

/** The language that lessons, blocks and boards are asked for: they have no pseudo-language. */
export function contentLanguage(): "en" | "es" {
  return currentLanguage === "es" ? "es" : "en";
}

/** Calls `listener` after each change of language, until the returned function is called. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language of the browser that we have, else English. */
export function preferredLanguage(): Language {
  for (const tag of navigator.languages) {
    const base = tag.split("-")[0];
    if (base === "en" || base === "es") return base;
  }
  return "en";
}

/** The text of `key` with {names} filled in. */
export function msg(key: Key, values: Values = {}): string {
  return fill(current[key], values, currentLanguage);
}

/** Fills {names} and chooses between "one|many"; apart from `msg` so that it can be tested without a page. */
export function fill(text: string, values: Values, tag: string): string {
  const forms = text.split("|");
  let chosen = forms[0]!;
  if (forms.length > 1 && typeof values.n === "number") {
    chosen = new Intl.PluralRules(tag === "pseudo" ? "en" : tag).select(values.n) === "one" ? forms[0]! : forms[1]!;
  }
  return chosen.replace(/\{(\w+)\}/g, (hole, name: string) => (name in values ? String(values[name]) : hole));
}

/** Is there a text of that name? For keys that are made from codes. */
export function isKey(key: string): key is Key {
  return key in en;
}
