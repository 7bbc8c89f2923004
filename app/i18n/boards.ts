// The boards' own texts in the page's language, for their drawings and controls.
import { en } from "../../boards/messages/en.ts";
import { es } from "../../boards/messages/es.ts";
import { boardText, type BoardText } from "../../boards/messages/text.ts";
import { language } from "./i18n.ts";
import { pseudo } from "./pseudo.ts";

const texts = { en: boardText(en), es: boardText(es), pseudo: boardText(pseudo(en)) };

/** The same function for the same language, so that views see no change where there is none. */
export function boardTexts(): BoardText {
  return texts[language()];
}
