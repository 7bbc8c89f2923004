// Applies the look settings to the page: theme, text size, code size, motion. Follows the system where the user chose so.
import { onSettings, settings, type Settings } from "../store/settings.ts";

const wantsDark = matchMedia("(prefers-color-scheme: dark)");
const wantsContrast = matchMedia("(prefers-contrast: more)");
const listeners = new Set<(theme: Theme) => void>();

export type Theme = "light" | "dark" | "contrast";

/** The theme that is shown now. */
export function theme(): Theme {
  const chosen = settings().theme;
  if (chosen !== "system") return chosen;
  if (wantsContrast.matches) return "contrast";
  return wantsDark.matches ? "dark" : "light";
}

/** Calls `listener` after each change of theme, until the returned function is called. */
export function onTheme(listener: (theme: Theme) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function apply({ textSize, codeSize, reduceMotion }: Settings): void {
  const { documentElement: root } = document;
  root.dataset["theme"] = theme();
  root.style.setProperty("--text-scale", String(textSize / 100));
  root.style.setProperty("--code-size", `${codeSize / 16}rem`);
  root.classList.toggle("still", reduceMotion);
  for (const listener of listeners) listener(theme());
}

export function applyLook(): void {
  apply(settings());
  onSettings(apply);
  for (const media of [wantsDark, wantsContrast]) media.addEventListener("change", () => apply(settings()));
}
