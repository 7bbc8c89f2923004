// Where the page starts: look and language before anything is drawn, then the shell.
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./shell/shell.css";
import { preferredLanguage, setLanguage, type Language } from "./i18n/i18n.ts";
import { applyLook } from "./shell/look.ts";
import { settings } from "./store/settings.ts";
import { base } from "./styles/base.ts";

document.adoptedStyleSheets = [...document.adoptedStyleSheets, base.styleSheet!];
applyLook();
// ?lang= is for trying a language, also the made-up one; it is not kept.
const wanted = new URLSearchParams(location.search).get("lang") as Language | null;
const language = wanted && ["en", "es", "pseudo"].includes(wanted) ? wanted : (settings().language ?? preferredLanguage());
await setLanguage(language);
await import("./shell/app.ts");
