// The micro:bit font: 95 glyphs of 5x5 dots, code points 32 to 126, as the firmware shows them (V1 and V2 agree).
// One glyph is five digits in base 32: one per row, the leftmost dot is 16.

const rows: Readonly<Record<string, string>> = {
  " ": "00000",
  "!": "88808",
  '"': "aa000",
  "#": "avava",
  $: "epeje",
  "%": "pi49j",
  "&": "cicid",
  "'": "88000",
  "(": "48884",
  ")": "84448",
  "*": "0a4a0",
  "+": "04e40",
  ",": "00048",
  "-": "00e00",
  ".": "00080",
  "/": "1248g",
  "0": "ciiic",
  "1": "4c44e",
  "2": "s2cgu",
  "3": "u24ic",
  "4": "6aiv2",
  "5": "vgu1u",
  "6": "24ehe",
  "7": "v248g",
  "8": "ehehe",
  "9": "ehe48",
  ":": "08080",
  ";": "04048",
  "<": "24842",
  "=": "0e0e0",
  ">": "84248",
  "?": "eh604",
  "@": "ehljc",
  A: "ciuii",
  B: "sisis",
  C: "eggge",
  D: "siiis",
  E: "ugsgu",
  F: "ugsgg",
  G: "egjhe",
  H: "iiuii",
  I: "s888s",
  J: "v22ic",
  K: "ikoki",
  L: "ggggu",
  M: "hrlhh",
  N: "hpljh",
  O: "ciiic",
  P: "sisgg",
  Q: "ciic6",
  R: "sisih",
  S: "egc2s",
  T: "v4444",
  U: "iiiic",
  V: "hhha4",
  W: "hhlrh",
  X: "iicii",
  Y: "ha444",
  Z: "u48gu",
  "[": "e888e",
  "\\": "g8421",
  "]": "e222e",
  "^": "4a000",
  _: "0000v",
  "`": "84000",
  a: "0eiif",
  b: "ggsis",
  c: "0egge",
  d: "22eie",
  e: "cisge",
  f: "68s88",
  g: "eie2c",
  h: "ggsii",
  i: "80888",
  j: "2022c",
  k: "gkoki",
  l: "88886",
  m: "0rlhh",
  n: "0siii",
  o: "0ciic",
  p: "0sisg",
  q: "0eie2",
  r: "0eggg",
  s: "0684o",
  t: "88e87",
  u: "0iiif",
  v: "0hha4",
  w: "0hhlr",
  x: "0icci",
  y: "0ha4o",
  z: "0u48u",
  "{": "64c46",
  "|": "88888",
  "}": "o8c8o",
  "~": "00c30",
};

export const glyphWidth = 5;
export const glyphHeight = 5;

const glyphs = new Map(Object.entries(rows).map(([char, code]) => [char, decode(code)]));

/** 25 dots, row by row, each 0 or 9; null when the font has no such character. */
export function glyph(char: string): readonly number[] | null {
  return glyphs.get(char) ?? null;
}

/** Every character of the font whose dots are these; 0 and O share theirs. */
export function charsOf(pixels: readonly number[]): string {
  return [...glyphs]
    .filter(([, dots]) => dots.every((dot, i) => dot > 0 === pixels[i] > 0))
    .map(([char]) => char)
    .join("");
}

function decode(code: string): readonly number[] {
  return [...code].flatMap((digit) => {
    const row = parseInt(digit, 32);
    return [16, 8, 4, 2, 1].map((bit) => (row & bit ? 9 : 0));
  });
}
