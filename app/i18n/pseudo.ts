// A made-up language for tests: every text 40 % longer and accented, so that clipped or hard-wired texts are seen.

const accents: Readonly<Record<string, string>> = {
  a: "á",
  e: "ë",
  i: "ï",
  o: "ö",
  u: "ü",
  A: "Å",
  E: "É",
  O: "Ø",
  n: "ñ",
  c: "ç",
};

/** Longer and accented, {holes} untouched. */
export function pseudo<C extends Readonly<Record<string, string>>>(catalogue: C): C {
  const lengthen = (text: string) => {
    const accented = text.replace(/\{\w+\}|./gs, (part) => (part.length > 1 ? part : (accents[part] ?? part)));
    const extra = Math.max(1, Math.round(text.replace(/\{\w+\}/g, "").length * 0.4));
    return accented + "~ ùñ".repeat(extra).slice(0, extra);
  };
  const entries = Object.entries(catalogue).map(([key, text]) => [key, text.split("|").map(lengthen).join("|")]);
  return Object.fromEntries(entries) as C;
}
