// How blocks look: nine hues for fourteen drawers, in three themes, and an icon per category, because hue is never the only sign.
// Data only; editor.ts hands it to Blockly.

import type { CategoryId } from "./block.ts";

export type BlocksTheme = "light" | "dark" | "contrast";

type HueId = "display" | "input" | "sound" | "pins" | "radio" | "control" | "values" | "variables" | "functions" | "python";

/** The hue of each drawer: Logic and Loops share one, as do Numbers, Text and Lists. */
export const HUE_OF: Readonly<Record<CategoryId, HueId>> = {
  display: "display",
  input: "input",
  sound: "sound",
  pins: "pins",
  radio: "radio",
  loops: "control",
  logic: "control",
  numbers: "values",
  text: "values",
  lists: "values",
  variables: "variables",
  functions: "functions",
  python: "python",
};

// Chosen so that the closest two differ by at least 10 (CIEDE2000) under normal sight and all three kinds of colour blindness.
const LIGHT: Readonly<Record<HueId, string>> = {
  display: "#9F2A4C",
  input: "#1212B8",
  sound: "#48234A",
  pins: "#684F01",
  radio: "#065E83",
  control: "#173C22",
  values: "#00837D",
  variables: "#A86248",
  functions: "#8B50DA",
  python: "#FFFFFF",
};
const DARK: Readonly<Record<HueId, string>> = {
  display: "#FF7389",
  input: "#A9D1FF",
  sound: "#C8A4C2",
  pins: "#D4AD1B",
  radio: "#8CF5EC",
  control: "#ABF27E",
  values: "#2DBB99",
  variables: "#FBE3C2",
  functions: "#AE8EFF",
  python: "#18201C",
};

export interface Palette {
  readonly canvas: string;
  readonly surface: string;
  readonly text: string;
  readonly line: string;
  readonly focus: string;
  readonly bad: string;
  /** On filled blocks. */
  readonly blockText: string;
  readonly fieldFill: string;
  readonly fieldText: string;
}

export const PALETTES: Readonly<Record<BlocksTheme, Palette>> = {
  light: {
    canvas: "#F6F7F4",
    surface: "#FFFFFF",
    text: "#17201B",
    line: "#747D76",
    focus: "#1A56DB",
    bad: "#B3261E",
    blockText: "#FFFFFF",
    fieldFill: "#FFFFFF",
    fieldText: "#17201B",
  },
  dark: {
    canvas: "#101613",
    surface: "#18201C",
    text: "#E9EFEA",
    line: "#7C8A82",
    focus: "#8FB4FF",
    bad: "#FF9C92",
    blockText: "#101613",
    fieldFill: "#0B100D",
    fieldText: "#E9EFEA",
  },
  contrast: {
    canvas: "#000000",
    surface: "#000000",
    text: "#FFFFFF",
    line: "#FFFFFF",
    focus: "#00FFFF",
    bad: "#FFA3A3",
    blockText: "#FFFFFF",
    fieldFill: "#000000",
    fieldText: "#FFFFFF",
  },
};

export interface BlockColours {
  readonly fill: string;
  /** Shadow blocks. */
  readonly soft: string;
  readonly edge: string;
}

export function coloursOf(category: CategoryId, theme: BlocksTheme): BlockColours {
  const hue = HUE_OF[category];
  const palette = PALETTES[theme];
  if (theme === "contrast") return { fill: "#000000", soft: "#000000", edge: hue === "python" ? "#FFFFFF" : DARK[hue] };
  const fill = (theme === "light" ? LIGHT : DARK)[hue];
  if (hue === "python") return { fill, soft: fill, edge: palette.line };
  return { fill, soft: mix(fill, palette.blockText, 0.15), edge: mix(fill, palette.blockText, 0.3) };
}

/** The colour that a drawer's name is marked with. */
export const markOf = (category: CategoryId, theme: BlocksTheme): string =>
  theme === "contrast" || HUE_OF[category] === "python" ? coloursOf(category, theme).edge : coloursOf(category, theme).fill;

export function mix(from: string, to: string, part: number): string {
  const channel = (colour: string, i: number): number => Number.parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16);
  const mixed = [0, 1, 2].map((i) => Math.round(channel(from, i) * (1 - part) + channel(to, i) * part));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

// Strokes on a 24x24 grid, 2 wide.
const ICONS: Readonly<Record<CategoryId, string>> = {
  display: '<path d="M4 4h4v4H4zM16 4h4v4h-4zM4 16h4v4H4zM16 16h4v4h-4zM10 10h4v4h-4z"/>',
  input: '<path d="M8 13V5a2 2 0 0 1 4 0v6l6 1.5a3 3 0 0 1 2 3L19 21H9l-5-6a1.8 1.8 0 0 1 3-2z"/>',
  sound: '<path d="M4 9v6h4l5 4V5L8 9zM17 8a6 6 0 0 1 0 8M19.500 5a10 10 0 0 1 0 14"/>',
  pins: '<path d="M7 3v6M17 3v6M4 9h16v3a8 8 0 0 1-16 0zM12 20v2"/>',
  radio: '<path d="M12 13v8M8 9a5 5 0 0 1 8 0M4.500 6a10 10 0 0 1 15 0"/><circle cx="12" cy="12" r="1.500"/>',
  loops: '<path d="M4 12V9a3 3 0 0 1 3-3h12M16 3l3 3-3 3M20 12v3a3 3 0 0 1-3 3H5M8 15l-3 3 3 3"/>',
  logic: '<path d="M12 3v6M12 9l-7 6v6M12 9l7 6v6"/><circle cx="12" cy="9" r="2"/>',
  numbers: '<path d="M9 4 7 20M17 4l-2 16M4 9h16M4 15h16"/>',
  text: '<path d="M5 7V4h14v3M12 4v16M9 20h6"/>',
  lists: '<path d="M9 6h11M9 12h11M9 18h11M4 6h.010M4 12h.010M4 18h.010"/>',
  variables: '<path d="M12 3 4 7v10l8 4 8-4V7zM4 7l8 4 8-4M12 11v10"/>',
  functions: '<path d="M15 5c-3-1-4 1-4.500 4L9 19c-.500 2-2 2.500-4 2M7 11h8"/>',
  python: '<path d="m8 7-5 5 5 5M16 7l5 5-5 5"/>',
};

/** A category's icon as SVG text. */
export function iconOf(category: CategoryId, colour: string): string {
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" ' +
    `stroke="${colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${ICONS[category]}</svg>`
  );
}
export const dataUri = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;
