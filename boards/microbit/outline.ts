// The micro:bit's shape in millimetres, origin top left of the front, USB up; measured, see README.md. Data and paths only.

export const width = 51.6;
export const height = 42;
const corner = 3;

export interface BigPad {
  readonly label: string;
  readonly x: number;
  /** The pin it is, or null for supply and ground. */
  readonly pin: string | null;
}
export const bigPads: readonly BigPad[] = [
  { label: "0", x: 4.21, pin: "P0" },
  { label: "1", x: 14.37, pin: "P1" },
  { label: "2", x: 25.8, pin: "P2" },
  { label: "3V", x: 37.23, pin: null },
  { label: "GND", x: 47.39, pin: null },
];
export const padHole = { y: 35.1, radius: 2, ring: 2.6 } as const;
export const bigPadWidth = 4.8;

// prettier-ignore
export const narrowPads: readonly number[] = [
  1.04, 7.39, 8.66, 9.93, 11.2, 17.55, 18.82, 20.09, 21.36, 22.63, 28.98, 30.25, 31.52, 32.79, 34.06, 40.41, 41.68, 42.95, 44.22, 50.57,
];
export const narrowPad = { top: 37, width: 1 } as const;

export const leds = { x: 17.72, y: 13.9, pitch: 4.04 } as const;
export const buttonA = { x: 5.5, y: 21 } as const;
export const buttonB = { x: 46.1, y: 21 } as const;
export const logo = { x: 25.8, y: 7.9 } as const;
export const microphone = { x: 33.5, y: 9.9, light: { x: 35.6, y: 8.6 } } as const;
export const usb = { x: 25.8, width: 7 } as const;

const notch = { half: 1.8, radius: 2.43 } as const;

/** The board with the holes of its big pads cut out; V2 has a half-round notch under each. */
export function boardPath(notched: boolean): string {
  const bottom = [...bigPads]
    .reverse()
    .map(({ x }) => `H${x + notch.half}A${notch.radius} ${notch.radius} 0 0 0 ${x - notch.half} ${height}`)
    .join("");
  const c = corner;
  const outline =
    `M${c} 0H${width - c}A${c} ${c} 0 0 1 ${width} ${c}V${height - 1}A1 1 0 0 1 ${width - 1} ${height}` +
    `${notched ? bottom : ""}H1A1 1 0 0 1 0 ${height - 1}V${c}A${c} ${c} 0 0 1 ${c} 0Z`;
  const sideHoles = [1.45, width - 1.45].map((x) => hole(x, 21, 0.5));
  return outline + bigPads.map(({ x }) => hole(x, padHole.y, padHole.radius)).join("") + sideHoles.join("");
}

/** A big pad: from its ring down to the edge, with the hole cut out. */
export function bigPadPath(x: number, notched: boolean): string {
  const { y, ring, radius } = padHole;
  const half = bigPadWidth / 2;
  // The ring is a little wider than the pad: they meet where the circle is as wide as the pad.
  const meet = Math.sqrt(ring * ring - half * half);
  const foot = notched
    ? `H${x + notch.half}A${notch.radius} ${notch.radius} 0 0 0 ${x - notch.half} ${height}H${x - half}`
    : `H${x - half}`;
  return `M${x - half} ${y + meet}A${ring} ${ring} 0 1 1 ${x + half} ${y + meet}V${height}${foot}Z` + hole(x, y, radius);
}

function hole(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}
