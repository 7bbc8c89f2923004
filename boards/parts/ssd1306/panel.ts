// Which dot of the display memory shines where on the glass: the registers that turn, shift and invert the picture.
// SSD1306 rev 1.1: 10.1.6 to 10.1.18, tables 10-1 and 10-2 (offset and start line), 10-3 (how COM pins are wired).
import { columns } from "./gddram.ts";

export interface Registers {
  isOn: boolean;
  hasPump: boolean;
  contrast: number;
  isEntireOn: boolean;
  isInverse: boolean;
  startLine: number;
  isComReversed: boolean;
  multiplex: number;
  offset: number;
  isComAlternative: boolean;
  isComSwapped: boolean;
  divide: number;
  phase1: number;
  phase2: number;
  fixedRows: number;
  scrollRows: number;
}

/** As a reset leaves them (8.5 and table 9-1). */
export const resetRegisters: Readonly<Registers> = {
  isOn: false,
  hasPump: false,
  contrast: 0x7f,
  isEntireOn: false,
  isInverse: false,
  startLine: 0,
  isComReversed: false,
  multiplex: 64,
  offset: 0,
  isComAlternative: true,
  isComSwapped: false,
  divide: 1,
  phase1: 2,
  phase2: 2,
  fixedRows: 0,
  scrollRows: 64,
};

/** The rows of the glass from its top, as the modules are held: their pins are above, so SEG127 is left and COM0 is below. */
export function seenRows(ram: Uint8Array, registers: Readonly<Registers>, height: 32 | 64, scrolled: number): string[] {
  return Array.from({ length: height }, (_, y) => {
    const row = rowOf(comOf(padOf(height - 1 - y, height), registers), registers);
    if (row >= registers.multiplex) return "0".repeat(columns);
    if (registers.isEntireOn) return "1".repeat(columns);
    const line = (scrolledRow(row, registers, scrolled) + registers.startLine) % 64;
    const [from, bit] = [(line >> 3) * columns, line & 7];
    let dots = "";
    for (let x = 0; x < columns; x++) {
      dots += ((ram[from + columns - 1 - x]! >> bit) & 1) !== (registers.isInverse ? 1 : 0) ? "1" : "0";
    }
    return dots;
  });
}

// The glass of 64 rows takes them in turn from both ends of the chip; that of 32 rows is wired to one end only.
function padOf(glassRow: number, height: 32 | 64): number {
  if (height === 32) return glassRow;
  return (glassRow >> 1) + (glassRow & 1) * 32;
}

function comOf(pad: number, { isComAlternative, isComSwapped }: Readonly<Registers>): number {
  if (!isComAlternative) return isComSwapped ? (pad + 32) % 64 : pad;
  const isRight = pad >= 32;
  return (pad % 32) * 2 + (isRight !== isComSwapped ? 1 : 0);
}

function rowOf(com: number, { isComReversed, multiplex, offset }: Readonly<Registers>): number {
  return ((isComReversed ? multiplex - 1 - com : com) + offset + 64) % 64;
}

function scrolledRow(row: number, { fixedRows, scrollRows }: Readonly<Registers>, scrolled: number): number {
  if (scrolled === 0 || row < fixedRows || row >= fixedRows + scrollRows) return row;
  return fixedRows + ((row - fixedRows + scrolled) % scrollRows);
}
