// Hex files: what is in a dropped one, MicroPython out of it without its files, and a project's files into MicroPython. A door.
// The micro:bit Foundation's two libraries do the reading and writing of MicroPython's file system; they are loaded at the first hex.
// It knows nothing of where firmware is kept (app/store) or how it gets to a board.
import {
  checkEnd,
  cleanText,
  memoryOf,
  parseRecords,
  printHex,
  record,
  RecordError,
  without,
  type HexRecord,
  type RecordFault,
  type Stretch,
} from "./hex/records.ts";

export type BoardVersion = "V1" | "V2";

/** MicroPython for one kind of micro:bit, without any files. */
export interface Firmware {
  readonly board: BoardVersion;
  /** As it stands in a Universal Hex and at the start of a board's USB serial number. */
  readonly boardId: number;
  /** What MicroPython's build calls itself. */
  readonly version: string;
  /** Intel hex. */
  readonly hex: string;
}

export interface HexContent {
  readonly isUniversal: boolean;
  /** At least one. */
  readonly firmware: readonly Firmware[];
  /** The project inside, by file name; empty when it is MicroPython alone. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/**
 * Why a hex is refused or cannot be made. RecordFault: not-hex, cut, damaged.
 * makecode: a MakeCode program. other-board: for boards that are no micro:bit. no-micropython: some other program.
 * unequal: its parts for V1 and V2 hold different files. full: the files are too many or too big.
 * empty, name: the board's file system cannot hold that file. no-firmware: nothing to put the files into.
 */
export type HexFault =
  RecordFault | "makecode" | "other-board" | "no-micropython" | "unequal" | "full" | "empty" | "name" | "no-firmware";

/** `message` is technical English; the app words `fault` with `detail`. */
export class HexError extends Error {
  readonly fault: HexFault;
  readonly detail: Readonly<{ line?: number; file?: string; usedBytes?: number; roomBytes?: number }>;
  constructor(fault: HexFault, detail: HexError["detail"] = {}, options?: ErrorOptions) {
    super(`hex: ${fault} ${JSON.stringify(detail)}`, options);
    this.name = "HexError";
    this.fault = fault;
    this.detail = detail;
  }
}

/** V1 is 0x9900 and 0x9901, V2 0x9903 to 0x9906; null is no micro:bit that is known. */
export function boardOfId(boardId: number): BoardVersion | null {
  if (boardId === 0x9900 || boardId === 0x9901) return "V1";
  return boardId >= 0x9903 && boardId <= 0x9906 ? "V2" : null;
}

const canonicalId: Readonly<Record<BoardVersion, number>> = { V1: 0x9900, V2: 0x9903 };
/** The file system has a byte for a name's length, and less than a chunk of 128 bytes for it and what stands before it. */
const nameLimitBytes = 120;

const libraries = async () => {
  const [fs, universal] = await Promise.all([import("@microbit/microbit-fs"), import("@microbit/microbit-universal-hex")]);
  return { ...fs, ...universal };
};
type Libraries = Awaited<ReturnType<typeof libraries>>;

/** What a hex holds. Throws HexError with the reason why it is refused. */
export async function readHex(text: string): Promise<HexContent> {
  const records = recordsOf(text);
  const clean = cleanText(text);
  const library = await libraries();
  const isUniversal = records.some(({ type }) => type === record.blockStart);
  const parts: readonly { readonly boardId: number | null; readonly hex: string }[] = isUniversal
    ? separate(library, clean)
    : [{ boardId: null, hex: clean }];
  const known = parts.filter(({ boardId }) => boardId === null || boardOfId(boardId));
  if (known.length === 0) throw new HexError("other-board");
  const read = known.map(({ boardId, hex }) => readPart(library, hex, boardId));
  const [first, ...others] = read;
  if (others.some(({ files }) => !areSame(first!.files, files))) throw new HexError("unequal");
  return { isUniversal, firmware: read.map(({ firmware }) => firmware), files: first!.files };
}

/**
 * A hex with `files` inside: a Universal Hex when there is firmware for both boards, else an Intel hex for the one.
 * An empty .py becomes a blank line, since the file system made here holds no empty files. Throws HexError.
 */
export async function makeHex(firmware: readonly Firmware[], files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  if (firmware.length === 0) throw new HexError("no-firmware");
  const { MicropythonFsHex } = await libraries();
  const builder = new MicropythonFsHex(firmware.map(({ hex, boardId }) => ({ hex, boardId })));
  for (const [file, bytes] of Object.entries(files)) {
    const nameBytes = new TextEncoder().encode(file).length;
    if (nameBytes === 0 || nameBytes > nameLimitBytes) throw new HexError("name", { file });
    if (bytes.length === 0 && !file.endsWith(".py")) throw new HexError("empty", { file });
    builder.write(file, bytes.length > 0 ? bytes : Uint8Array.of(0x0a));
  }
  const usedBytes = builder.getStorageUsed();
  const roomBytes = builder.getStorageSize();
  if (usedBytes > roomBytes) throw new HexError("full", { usedBytes, roomBytes });
  return firmware.length > 1 ? builder.getUniversalHex() : builder.getIntelHex(firmware[0]!.boardId);
}

/** Checked records of something that is a whole hex and not MakeCode's. */
function recordsOf(text: string): HexRecord[] {
  try {
    const records = parseRecords(text);
    if (isMakeCode(records)) throw new HexError("makecode");
    checkEnd(records);
    return records;
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new HexError(error.fault, error.line ? { line: error.line } : {}, { cause: error });
  }
}

/**
 * MakeCode embeds the program's source behind these eight bytes (pxt, docs/source-embedding.md): in flash for V1, and in records
 * that the board skips in a Universal Hex.
 */
const makeCodeMark = [0x41, 0x14, 0x0e, 0x2f, 0xb8, 0x2f, 0xa2, 0xbb];

function isMakeCode(records: readonly HexRecord[]): boolean {
  let reached = 0; // so many bytes of the mark, also across records; its first byte does not come again within it
  for (const { type, data } of records) {
    if (type !== record.data && type !== record.customData && type !== record.otherData) continue;
    for (const byte of data) {
      if (byte === makeCodeMark[reached]) reached++;
      else reached = byte === makeCodeMark[0] ? 1 : 0;
      if (reached === makeCodeMark.length) return true;
    }
  }
  return false;
}

function separate({ separateUniversalHex }: Libraries, text: string) {
  try {
    return separateUniversalHex(text);
  } catch (cause) {
    throw new HexError("damaged", {}, { cause }); // its blocks do not fit together
  }
}

function readPart(library: Libraries, hex: string, boardId: number | null): { firmware: Firmware; files: HexContent["files"] } {
  let info;
  try {
    info = library.getIntelHexDeviceMemInfo(hex);
  } catch (cause) {
    throw new HexError("no-micropython", {}, { cause });
  }
  const board: BoardVersion = info.deviceVersion;
  if (!info.uPyVersion || (boardId !== null && boardOfId(boardId) !== board)) throw new HexError("no-micropython");
  const memory = memoryOf(parseRecords(hex));
  const bare = printHex(without(memory, info.fsStartAddress, info.fsEndAddress));
  const firmware = { board, boardId: boardId ?? canonicalId[board], version: info.uPyVersion, hex: bare };
  return { firmware, files: filesOf(library, hex, bare, board === "V1" ? appendedScript(memory) : null) };
}

/** The file system's files. `script` is the one that V1 finds at a fixed address: its main.py when no file is. */
function filesOf(library: Libraries, hex: string, bare: string, script: Uint8Array | null): Record<string, Uint8Array> {
  const reader = new library.MicropythonFsHex(bare);
  const files: Record<string, Uint8Array> = {};
  try {
    for (const name of reader.importFilesFromIntelHex(hex)) files[name] = reader.readBytes(name);
  } catch (cause) {
    // An empty file system is told as an error too.
    if (!/does not have any files/i.test(String(cause))) throw new HexError("damaged", {}, { cause });
  }
  if (script && !files["main.py"]) files["main.py"] = script;
  return files;
}

/** "MP", the length in two bytes, the script: at 0x3E000 in V1's flash. */
function appendedScript(memory: readonly Stretch[]): Uint8Array | null {
  const block = new Uint8Array(0x2000);
  for (const { address, data } of memory) {
    if (address >= 0x3e000 && address + data.length <= 0x40000) block.set(data, address - 0x3e000);
  }
  if (block[0] !== 0x4d || block[1] !== 0x50) return null;
  return block.slice(4, Math.min(4 + (block[2]! | (block[3]! << 8)), block.length));
}

function areSame(a: HexContent["files"], b: HexContent["files"]): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => b[name]?.length === a[name]!.length && a[name]!.every((byte, at) => b[name]![at] === byte))
  );
}
