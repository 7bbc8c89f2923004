// Files from outside: a .py or .blinkyard that was dropped or chosen. Looks before it believes: size, bytes, encoding.
import { decodeFile, isFileName, ParcelError, unpackedLimit, type ParcelFault } from "./parcel.ts";
import { mainFile, type Parcel } from "./project.ts";

export type DropFault = ParcelFault | "binary" | "not-utf8" | "kind";

export class DropError extends Error {
  readonly fault: DropFault;
  constructor(fault: DropFault) {
    super(`drop: ${fault}`);
    this.fault = fault;
  }
}

/** The text of a file, or DropError: huge, binary, not-utf8. */
export async function readText(file: Blob): Promise<string> {
  if (file.size > unpackedLimit) throw new DropError("huge");
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.includes(0)) throw new DropError("binary");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    throw new DropError("not-utf8");
  }
}

/** A parcel of a .py or .blinkyard file. Throws DropError. `board` is for programs, which name none. */
export async function readParcel(file: File, board: string): Promise<Parcel> {
  const [, stem, kind] = /^(.*?)\.(py|blinkyard)$/i.exec(file.name) ?? [];
  if (stem === undefined) throw new DropError("kind");
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

/** A name that a board takes, from whatever a file was called. */
export function boardFileName(name: string): string {
  const clean = name.replace(/[^A-Za-z0-9_.-]+/g, "_").slice(0, 64);
  return isFileName(clean) ? clean : `file_${clean}`.slice(0, 64);
}
