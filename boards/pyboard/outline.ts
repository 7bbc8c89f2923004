// The pyboard's shape in millimetres, origin top left of the main rectangle, USB up; measured, see README.md. Data and paths only.

export const width = 33.02;
export const height = 41.91;
const corner = 1.27;

export const ears = [
  { x: -2.54, y: 3.81 },
  { x: 35.56, y: 36.83 },
] as const;
const earRadius = 2.54;
const earHole = 1.4;

const pitch = 2.54;
const column = (c: number): number => pitch * c;
const row = (r: number): number => 1.27 + pitch * (r - 1);

export interface Hole {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** Where its label is printed. */
  readonly side: "left" | "right" | "bottom" | "none";
}

const left = "Y1 Y2 Y3 Y4 Y5 Y6 Y7 Y8 X9 X10 X11 X12 RST GND 3V3 VIN".split(" ");
const right = "VIN 3V3 GND RST Y12 Y11 Y10 Y9 X8 X7 X6 X5 X4 X3 X2 X1".split(" ");
const bottom = "X17 X18 X19 X20 X21 X22 A3V3 AGND GND VIN".split(" ");
const inner = "BOOT0 P2 P3 P4 P5 VBAT VIN GND".split(" ");

export const holes: readonly Hole[] = [
  ...left.map((label, i) => ({ label, x: column(1), y: row(i + 1), side: "left" as const })),
  ...right.map((label, i) => ({ label, x: column(12), y: row(i + 1), side: "right" as const })),
  ...bottom.map((label, i) => ({ label, x: column(i + 2), y: row(16), side: "bottom" as const })),
  ...inner.map((label, i) => ({ label, x: column(i + 2), y: row(15), side: "none" as const })),
  // The servo connectors repeat supply and ground beside X4 to X2.
  ...[13, 14, 15].flatMap((r) => [10, 11].map((c) => ({ label: "", x: column(c), y: row(r), side: "none" as const }))),
];
export const holeRadius = { ring: 0.85, drill: 0.5 } as const;

/** Top to bottom, as on the board. */
export const leds = [
  { part: "led4", x: 17.7, y: 1.5 },
  { part: "led3", x: 17.7, y: 4.2 },
  { part: "led2", x: 17.7, y: 6.4 },
  { part: "led1", x: 17.7, y: 8.4 },
] as const;
export const userSwitch = { x: 16.2, y: 12.1 } as const;
export const resetSwitch = { x: 25.4, y: 12.1 } as const;
export const usb = { x: 23.75, width: 7.7, top: -1, bottom: 4.4 } as const;
export const cardSlot = { x: 10.5, width: 11.5, bottom: 6.2 } as const;
export const chip = { x: 18.3, y: 21.6, size: 10 } as const;
export const accelerometer = { x: 7.7, y: 20.7, size: 3 } as const;
export const crystal = { x: 13.7, y: 30.6 } as const;

/** The board with its two ears, every hole cut out. */
export function boardPath(): string {
  const c = corner;
  const r = earRadius;
  const [l, rt] = ears;
  const outline =
    `M${c} 0H${width - c}A${c} ${c} 0 0 1 ${width} ${c}V${rt.y - r}H${rt.x}A${r} ${r} 0 0 1 ${rt.x} ${rt.y + r}H${width}` +
    `V${height - c}A${c} ${c} 0 0 1 ${width - c} ${height}H${c}A${c} ${c} 0 0 1 0 ${height - c}` +
    `V${l.y + r}H${l.x}A${r} ${r} 0 0 1 ${l.x} ${l.y - r}H0V${c}A${c} ${c} 0 0 1 ${c} 0Z`;
  return (
    outline +
    ears.map(({ x, y }) => circle(x, y, earHole)).join("") +
    holes.map(({ x, y }) => circle(x, y, holeRadius.drill)).join("")
  );
}

/** The gold ring around a drilled hole. */
export function ringPath(x: number, y: number): string {
  return circle(x, y, holeRadius.ring) + circle(x, y, holeRadius.drill);
}

function circle(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}
