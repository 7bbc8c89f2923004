// The SSD1306's settings, and how many bytes follow each command (Solomon SSD1306 rev. 1.1, table 9-1 "Command table" and 9-2, 9-3).
export interface Registers {
  /** 0 horizontal, 1 vertical, 2 page addressing. */
  addressing: number;
  columns: [start: number, end: number];
  pages: [start: number, end: number];
  startLine: number;
  contrast: number;
  hasPump: boolean;
  isRemapped: boolean;
  isEntireOn: boolean;
  isInverse: boolean;
  /** Rows, 16..64. */
  multiplex: number;
  isOn: boolean;
  scansDown: boolean;
  offset: number;
  divide: number;
  /** Display clocks of the two precharge phases. */
  precharge: number;
  isAlternative: boolean;
  isComSwapped: boolean;
  /** Rows that stay, and rows that scroll. */
  area: [fixed: number, scrolling: number];
}

/** As after RES#. */
export const atReset = (): Registers => ({
  addressing: 2,
  columns: [0, 127],
  pages: [0, 7],
  startLine: 0,
  contrast: 0x7f,
  hasPump: false,
  isRemapped: false,
  isEntireOn: false,
  isInverse: false,
  multiplex: 64,
  isOn: false,
  scansDown: false,
  offset: 0,
  divide: 1,
  precharge: 4,
  isAlternative: true,
  isComSwapped: false,
  area: [0, 64],
});

export interface Scroll {
  /** Columns to the right at each step. */
  readonly step: 1 | -1;
  readonly pages: readonly [first: number, last: number];
  readonly frames: number;
  /** Rows up at each step. */
  readonly rows: number;
}
const scrollFrames = [5, 64, 128, 256, 3, 4, 25, 2] as const;

const argumentCounts: Readonly<Record<number, number>> = {
  0x20: 1,
  0x21: 2,
  0x22: 2,
  0x26: 6,
  0x27: 6,
  0x29: 5,
  0x2a: 5,
  0x81: 1,
  0x8d: 1,
  0xa3: 2,
  0xa8: 1,
  0xd3: 1,
  0xd5: 1,
  0xd9: 1,
  0xda: 1,
  0xdb: 1,
};

/** How many bytes belong to the command after its first. */
export const argumentsOf = (command: number): number => argumentCounts[command] ?? 0;

/** The scroll that a command with its arguments sets up; null for other commands. */
export function scrollOf([command, , first, interval, last, rows]: readonly number[]): Scroll | null {
  if (![0x26, 0x27, 0x29, 0x2a].includes(command!)) return null;
  return {
    step: command === 0x26 || command === 0x29 ? 1 : -1,
    pages: [first! & 7, last! & 7],
    frames: scrollFrames[interval! & 7]!,
    rows: command! >= 0x29 ? rows! & 0x3f : 0,
  };
}

/** Carries out a command that only sets something. */
export function setRegister(to: Registers, [command, a = 0, b = 0]: readonly number[]): void {
  const at = command!;
  if (at >= 0x40 && at <= 0x7f) to.startLine = at & 0x3f;
  else if (at === 0x20) to.addressing = Math.min(a & 3, 2);
  else if (at === 0x21) to.columns = [a & 0x7f, b & 0x7f];
  else if (at === 0x22) to.pages = [a & 7, b & 7];
  else if (at === 0x81) to.contrast = a;
  else if (at === 0x8d) to.hasPump = (a & 4) !== 0;
  else if (at === 0xa0 || at === 0xa1) to.isRemapped = at === 0xa1;
  else if (at === 0xa3) to.area = [a & 0x3f, b & 0x7f];
  else if (at === 0xa4 || at === 0xa5) to.isEntireOn = at === 0xa5;
  else if (at === 0xa6 || at === 0xa7) to.isInverse = at === 0xa7;
  else if (at === 0xa8) to.multiplex = Math.max(16, (a & 0x3f) + 1);
  else if (at === 0xae || at === 0xaf) to.isOn = at === 0xaf;
  else if (at === 0xc0 || at === 0xc8) to.scansDown = at === 0xc8;
  else if (at === 0xd3) to.offset = a & 0x3f;
  else if (at === 0xd5) to.divide = (a & 15) + 1;
  else if (at === 0xd9) to.precharge = (a & 15) + (a >> 4);
  else if (at === 0xda) [to.isAlternative, to.isComSwapped] = [(a & 0x10) !== 0, (a & 0x20) !== 0];
}

/** One frame's time in ns: display clocks per row times rows, at the oscillator's 370 kHz (section 8.3 and table 12-1). */
export function frameNs({ divide, precharge, multiplex }: Registers): number {
  return (divide * (precharge + 50) * multiplex * 1e9) / 370e3;
}

/**
 * Which row of the picture each line of the glass shows, from top to bottom; -1 for one that is not driven. The glass of the usual
 * modules hangs upside down: its top line is the last COM pin. Section 10.1, tables 10-1 to 10-3.
 */
export function rowsOnGlass(registers: Registers, height: number): readonly number[] {
  const { multiplex, offset, scansDown, isAlternative, isComSwapped } = registers;
  return Array.from({ length: height }, (_, y) => {
    const pin = height - 1 - y;
    const com = comAt(pin, height, isAlternative, isComSwapped);
    if (com >= multiplex && !scansDown) return rowOf(com, offset, multiplex);
    return rowOf(scansDown ? multiplex - 1 - com : com, offset, multiplex);
  });
}

function rowOf(com: number, offset: number, multiplex: number): number {
  const row = (((com + offset) % 64) + 64) % 64;
  return row < multiplex ? row : -1;
}

// Glass of 64 lines has its even lines on one side of the chip and its odd ones on the other ("alternative"), of 32 lines all on one.
// With the wrong setting the lines come in another order.
function comAt(pin: number, height: number, isAlternative: boolean, isSwapped: boolean): number {
  const isGlassAlternative = height === 64;
  const [side, place] = isGlassAlternative ? [pin % 2, Math.floor(pin / 2)] : [0, pin];
  const real = isSwapped ? 1 - side : side;
  return isAlternative ? 2 * place + real : 32 * real + place;
}
