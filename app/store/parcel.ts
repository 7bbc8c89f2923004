// What travels: a project as text in a link's fragment, and as a .blinkyard file. Everything that comes in is checked as a stranger's.
// A link is "#share=" version "." checksum "." data: the version is readable by every later and earlier Blinkyard.
import { boardById } from "../../boards/index.ts";
import { readWiring } from "../../boards/wiring.ts";
import type { Parcel } from "./project.ts";
import { checkTapes } from "./tape.ts";

/** cut: not complete, or changed on the way. newer: made by a later Blinkyard. huge: unpacks to more than is sane. */
export type ParcelFault = "cut" | "newer" | "huge" | "not-ours";

export class ParcelError extends Error {
  readonly fault: ParcelFault;
  constructor(fault: ParcelFault) {
    super(`parcel: ${fault}`);
    this.fault = fault;
  }
}

const formatVersion = 1;
export const shareMark = "#share=";
/** No project may unpack to more: a few bytes of link can hold gigabytes of zeros. */
export const unpackedLimit = 2_000_000;
/** Tapes go into a link while they take no more of it than this, in characters of JSON; into a file always. */
const linkTapesMost = 3000;
/** The most that a QR code holds, in characters. */
export const qrLimit = 2900;
const fileNamePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;

/** The fragment that carries `parcel`, with its "#share=". */
export async function encodeLink(parcel: Parcel): Promise<string> {
  const { tapes, ...rest } = plain(parcel);
  const bytes = new TextEncoder().encode(JSON.stringify(fitsLink(parcel) ? { ...rest, tapes } : rest));
  const packed = await pipe(bytes, new CompressionStream("deflate-raw"), Infinity);
  return `${shareMark}${formatVersion}.${crc32(bytes).toString(36)}.${toBase64Url(packed)}`;
}

/** Do the parcel's tapes travel in its link? */
export function fitsLink({ tapes }: Parcel): boolean {
  return JSON.stringify(tapes ?? []).length <= linkTapesMost;
}

/** The parcel in a link's fragment. Throws ParcelError. */
export async function decodeLink(fragment: string): Promise<Parcel> {
  const match = /^#share=(\d+)\.(.*)$/s.exec(fragment);
  if (!match) throw new ParcelError("cut");
  if (Number(match[1]) > formatVersion) throw new ParcelError("newer");
  const [checksum, data] = match[2]!.split(".");
  if (!checksum || !data || !/^[A-Za-z0-9_-]+$/.test(data)) throw new ParcelError("cut");
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await pipe(fromBase64Url(data), new DecompressionStream("deflate-raw"), unpackedLimit);
  } catch (error) {
    if (error instanceof ParcelError) throw error;
    throw new ParcelError("cut"); // the stream ended early, or is no deflate at all
  }
  if (crc32(bytes).toString(36) !== checksum) throw new ParcelError("cut");
  return check(parseJson(bytes));
}

/** The content of a .blinkyard file. */
export function encodeFile(parcel: Parcel): string {
  return JSON.stringify({ blinkyard: formatVersion, ...plain(parcel) }, null, 1);
}

/** Reads a .blinkyard file's text. Throws ParcelError. */
export function decodeFile(text: string): Parcel {
  if (text.length > unpackedLimit) throw new ParcelError("huge");
  const value = parseJson(new TextEncoder().encode(text));
  if (!isRecord(value) || typeof value["blinkyard"] !== "number") throw new ParcelError("not-ours");
  if (value["blinkyard"] > formatVersion) throw new ParcelError("newer");
  return check(value);
}

function plain({ name, board, files, layout, wiring, tapes }: Parcel): Parcel {
  const isWired = wiring && Object.keys(wiring).length > 0;
  return { name, board, files, layout, ...(isWired ? { wiring } : {}), ...(tapes?.length ? { tapes } : {}) };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new ParcelError("not-ours");
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A stranger's data into a parcel: only what a parcel has, of the right kinds. */
function check(value: unknown): Parcel {
  if (!isRecord(value)) throw new ParcelError("not-ours");
  const { name, board, files, layout } = value;
  const descriptor = typeof board === "string" ? boardById(board) : null;
  const wiring = descriptor ? readWiring(value["wiring"], descriptor).wiring : {};
  const tapes = checkTapes(value["tapes"], wiring);
  if (typeof name !== "string" || typeof board !== "string" || !isRecord(files)) throw new ParcelError("not-ours");
  const entries = Object.entries(files);
  if (typeof files["main.py"] !== "string" || entries.length > 100) throw new ParcelError("not-ours");
  for (const [file, text] of entries) {
    if (!fileNamePattern.test(file) || typeof text !== "string") throw new ParcelError("not-ours");
  }
  return {
    name: name.trim().slice(0, 80) || "Project",
    board: board.slice(0, 40),
    files: Object.fromEntries(entries) as Record<string, string>,
    layout: layout ?? null,
    ...(Object.keys(wiring).length > 0 ? { wiring } : {}),
    ...(tapes.length > 0 ? { tapes } : {}),
  };
}

/** Is that a name a project's file may have? Boards take no folders from us. */
export function isFileName(name: string): boolean {
  return fileNamePattern.test(name);
}

/** Streams bytes through; stops as soon as more than `limit` come out. */
async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = through.writable.getWriter();
  // The reader gets the same error; this promise only must not go unhandled.
  const written = writer.write(bytes).then(() => writer.close());
  written.catch(() => {});
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = through.readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw new ParcelError("huge");
    }
    chunks.push(value);
  }
  await written;
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 as in PNG and zip (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
