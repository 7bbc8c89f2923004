// Times as people say them, in the page's language.
import { language, msg } from "../i18n/i18n.ts";

/** "Today, 14:05" or "3 Nov". */
export function when(time: number): string {
  const tag = language() === "pseudo" ? "en" : language();
  const date = new Date(time);
  if (date.toDateString() === new Date().toDateString()) {
    return msg("project.changed.today", { time: date.toLocaleTimeString(tag, { hour: "2-digit", minute: "2-digit" }) });
  }
  return msg("project.changed.day", { date: date.toLocaleDateString(tag, { day: "numeric", month: "short", year: "numeric" }) });
}
