// The user's choices, in localStorage so that they are there before the first paint. Where storage is forbidden they last as long as the page.
import type { Language } from "../i18n/i18n.ts";

export interface Settings {
  readonly theme: "system" | "light" | "dark" | "contrast";
  readonly language: Language | null;
  /** Percent. */
  readonly textSize: number;
  /** px */
  readonly codeSize: number;
  readonly reduceMotion: boolean;
  /** Offered for new projects. */
  readonly board: string;
  readonly view: "blocks" | "python" | "both";
  readonly isMuted: boolean;
  /** Percent of the loudest. */
  readonly volume: number;
}

const defaults: Settings = {
  theme: "system",
  language: null,
  textSize: 100,
  codeSize: 16,
  reduceMotion: false,
  board: "microbit-v2",
  view: "blocks",
  isMuted: false,
  volume: 100,
};
const key = "blinkyard-settings";
const listeners = new Set<(settings: Settings) => void>();
let current = load();

function load(): Settings {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Settings>) };
  } catch {
    return defaults; // storage is forbidden, or holds something else
  }
}

export function settings(): Settings {
  return current;
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Forbidden or full: the choice holds until the page is closed.
  }
  for (const listener of listeners) listener(current);
}

/** Calls `listener` after each change, until the returned function is called. */
export function onSettings(listener: (settings: Settings) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
