// Files from outside: a .py, .blinkyard or .hex that was dropped or chosen. Looks before it believes: size, bytes, encoding.
import type { Firmware, HexContent, HexFault } from "../../boards/link/firmware.ts";
import { HexRefusal, readHex } from "./hex.ts";
import { decodeFile, isFileName, ParcelError, unpackedLimit, type ParcelFault } from "./parcel.ts";
import { mainFile, type Parcel } from "./project.ts";

/** What can be wrong with a hex that is opened; the rest of HexFault is about making one. */
type HexDropFault = Exclude<HexFault, "full" | "empty" | "name" | "no-firmware"> | "no-files" | "no-main" | "bytes";
export type DropFault = ParcelFault | "binary" | "not-utf8" | "kind" | `hex-${HexDropFault}`;

/** A Universal Hex of MicroPython has 1.9 MB, one of MakeCode's up to 3. */
const hexLimitBytes = 8_000_000;

export class DropError extends Error {
  readonly fault: DropFault;
  constructor(fault: DropFault) {
    super(`drop: ${fault}`);
    this.fault = fault;
  }
}

/** The text of a file, or DropError: huge, binary, not-utf8. */
export async function readText(file: Blob, limitBytes = unpackedLimit): Promise<string> {
  if (file.size > limitBytes) throw new DropError("huge");
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.includes(0)) throw new DropError("binary");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    throw new DropError("not-utf8");
  }
}

/**
 * A parcel of a .py, .blinkyard or .hex file. Throws DropError. `board` is for programs, which name none.
 * `onFirmware` gets the MicroPython of a hex, also of one that has no project in it.
 */
export async function readParcel(
  file: File,
  board: string,
  onFirmware?: (firmware: readonly Firmware[]) => Promise<void>,
): Promise<Parcel> {
  const [, stem, kind] = /^(.*?)\.(py|blinkyard|hex)$/i.exec(file.name) ?? [];
  if (stem === undefined) throw new DropError("kind");
  if (kind!.toLowerCase() === "hex") {
    const { firmware, files } = await readHexFile(file);
    await onFirmware?.(firmware);
    return hexParcel(stem, firmware, files, board);
  }
  const text = await readText(file);
  if (kind!.toLowerCase() === "py") {
    return { name: stem === "main" ? "main" : stem.slice(0, 80), board, files: { [mainFile]: text }, layout: null };
  }
  try {
    return decodeFile(text);
  } catch (error) {
    if (error instanceof ParcelError) throw new DropError(error.fault);
    throw error;
  }
}

/** What a hex file holds. Throws DropError. */
export async function readHexFile(file: Blob): Promise<HexContent> {
  const text = await readText(file, hexLimitBytes);
  return readHex(text).catch((error: unknown) => {
    if (error instanceof HexRefusal) throw new DropError(`hex-${error.fault as HexDropFault}`);
    throw error;
  });
}

/** The project inside a hex. One for both micro:bits opens for `board` if that is one of them. */
function hexParcel(stem: string, firmware: readonly Firmware[], files: HexContent["files"], board: string): Parcel {
  const names = Object.keys(files);
  if (names.length === 0) throw new DropError("hex-no-files");
  if (!files[mainFile]) throw new DropError("hex-no-main");
  const texts: Record<string, string> = {};
  for (const name of names) {
    if (!isFileName(name)) throw new DropError("hex-bytes");
    try {
      texts[name] = new TextDecoder("utf-8", { fatal: true }).decode(files[name]).replaceAll("\r\n", "\n");
    } catch {
      throw new DropError("hex-bytes"); // projects hold texts
    }
  }
  const boards = firmware.map((each) => (each.board === "V1" ? "microbit-v1" : "microbit-v2"));
  const name = stem.slice(0, 80) || "main";
  return { name, board: boards.find((each) => each === board) ?? boards.at(-1)!, files: texts, layout: null };
}

/** A name that a board takes, from whatever a file was called. */
export function boardFileName(name: string): string {
  const clean = name.replace(/[^A-Za-z0-9_.-]+/g, "_").slice(0, 64);
  return isFileName(clean) ? clean : `file_${clean}`.slice(0, 64);
}
