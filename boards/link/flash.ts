// Puts a hex on a micro:bit over WebUSB, and says what is on it. A door. Only pages that differ are written, the whole through DAPLink
// when most do, and what was written is read back. USB is daplink/probe.ts; hexes are made by firmware.ts.
import { boardOfId, type BoardVersion } from "./firmware.ts";
import { FlashError, TargetFault } from "./daplink/fault.ts";
import { crc32, imageOf, type Geometry, type Image } from "./daplink/image.ts";
import type { Probe } from "./daplink/probe.ts";

export { FlashError, type FlashErrorCode } from "./daplink/fault.ts";

/** What the browser's chooser shows. */
const filter = { vendorId: 0x0d28, productId: 0x0204 } as const;

/** The part of WebUSB that is used. */
export interface UsbLike {
  requestDevice(options: { filters: { vendorId: number; productId: number }[] }): Promise<USBDevice>;
  getDevices(): Promise<USBDevice[]>;
}

export interface FoundBoard {
  readonly board: BoardVersion;
  readonly boardId: number;
  /** What MicroPython on it calls itself; null: it holds some other program, or none, or does not let itself be read. */
  readonly micropython: string | null;
}

/** looking: what differs. sending: the hex goes over. checking: it is read back. */
export type FlashPhase = "looking" | "sending" | "checking";

export interface FlashProgress {
  readonly phase: FlashPhase;
  /** Of this phase, 0 to 1. */
  readonly done: number;
}

export interface FlashOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FlashProgress) => void;
  /** Longest wait for one answer of the board. */
  readonly answerMs?: number;
}

export interface FlashResult {
  /** same: nothing had to be written. pages: some pages were. whole: DAPLink wrote everything. */
  readonly way: "same" | "pages" | "whole";
  readonly pages: number;
}

/** Whether this browser can flash at all; when not, offer a file for the MICROBIT drive. */
export function canFlash(): boolean {
  return typeof navigator !== "undefined" && "usb" in navigator;
}

function usbOfBrowser(): UsbLike {
  if (!canFlash()) throw new FlashError("unsupported", "no WebUSB in this browser");
  return navigator.usb as unknown as UsbLike;
}

/** Shows the browser's chooser; must come from a click. Throws FlashError: unsupported, no-device. */
export async function chooseUsb(usb: UsbLike = usbOfBrowser()): Promise<USBDevice> {
  try {
    return await usb.requestDevice({ filters: [filter] });
  } catch (cause) {
    const isRefused = cause instanceof Error && cause.name === "SecurityError";
    throw new FlashError(isRefused ? "unsupported" : "no-device", String(cause), { cause });
  }
}

/** `device` as it is now: after it was plugged in again a browser has a new object for it. Null when it is not there. */
export async function sameUsb(device: USBDevice, usb: UsbLike = usbOfBrowser()): Promise<USBDevice | null> {
  const devices = await usb.getDevices();
  const { serialNumber } = device;
  return devices.find((each) => serialNumber !== undefined && each.serialNumber === serialNumber) ?? null;
}

/** A USB serial number begins with the board id. */
function boardOfSerial(serial: string): { readonly board: BoardVersion; readonly boardId: number } | null {
  if (!/^[0-9a-fA-F]{4}/.test(serial)) return null;
  const boardId = Number.parseInt(serial.slice(0, 4), 16);
  const board = boardOfId(boardId);
  return board && { board, boardId };
}

/** What is plugged in, and what is on it. Its program runs on. Throws FlashError. */
export async function inspectBoard(device: USBDevice, options: FlashOptions = {}): Promise<FoundBoard> {
  return withProbe(device, options, async (probe) => {
    const { board, boardId } = await identify(probe);
    try {
      await probe.attach();
      return { board, boardId, micropython: await (board === "V1" ? versionOnV1(probe) : versionOnV2(probe)) };
    } catch (error) {
      if (error instanceof TargetFault) return { board, boardId, micropython: null };
      throw error;
    }
  });
}

/**
 * Makes the board's flash what `hex` says, and starts it. `hex` is an Intel hex for that kind of board, as Firmware's or makeHex's.
 * Throws FlashError; when that `isTouched`, the board has to be flashed again, and can be.
 */
export async function flashBoard(
  device: USBDevice,
  { board, hex }: { readonly board: BoardVersion; readonly hex: string },
  options: FlashOptions = {},
): Promise<FlashResult> {
  const tell = (phase: FlashPhase, done: number) => options.onProgress?.({ phase, done });
  let isTouched = false;
  let result: FlashResult = { way: "same", pages: 0 };
  try {
    return await withProbe(device, options, async (probe) => {
      tell("looking", 0);
      const found = await identify(probe);
      if (found.board !== board) throw new FlashError("other-board", `a hex for ${board} on a ${found.board}`);

      // A target that its debugger cannot reach is locked or lost in its program: DAPLink erases it first.
      let target = await lookAt(probe, hex).catch(async (error: unknown) => {
        if (error instanceof TargetFault) return null;
        await probe.run().catch(() => {}); // its own program goes on, if it can be reached
        throw error;
      });
      let complaint: string | null = null;
      tell("looking", 1);
      if (!target || target.hasOtherUicr || target.different.length > target.image.pages.length / 2) {
        isTouched = true;
        tell("sending", 0);
        complaint = await probe.stream(hex, (done) => tell("sending", done));
        tell("checking", 0);
        target = await lookAt(probe, hex);
        result = { way: "whole", pages: target.image.pages.length };
      }
      // Also after DAPLink: it has let the program start, which may have written to its files by now.
      const { different, image, geometry } = target;
      if (different.length > 0) {
        isTouched = true;
        for (const [i, page] of different.entries()) {
          probe.stopIfAsked();
          if (result.way !== "whole") tell("sending", i / different.length);
          await probe.writePage(page * geometry.pageBytes, image.pages[page]!);
        }
        if (result.way === "same") result = { way: "pages", pages: different.length };
        tell("checking", 0);
        const left = await differing(probe, image, geometry);
        if (left.length > 0) {
          const where = `page ${left[0]} of ${left.length} that differ`;
          throw new FlashError(complaint ? "refused" : "verify", complaint ? `${complaint}, ${where}` : where);
        }
      }
      if (target.hasOtherUicr) throw new FlashError(complaint ? "refused" : "verify", complaint ?? "UICR differs");
      tell("checking", 1);
      await probe.run();
      return result;
    });
  } catch (error) {
    const fault = error instanceof TargetFault ? new FlashError("protocol", error.message, { cause: error }) : error;
    if (fault instanceof FlashError) fault.isTouched = isTouched;
    throw fault;
  }
}

interface Target {
  readonly geometry: Geometry;
  readonly image: Image;
  /** Pages that are not as the hex wants them. */
  readonly different: readonly number[];
  readonly hasOtherUicr: boolean;
}

/** Stops the target at its reset and compares it with the hex. */
async function lookAt(probe: Probe, hex: string): Promise<Target> {
  await probe.attach();
  const geometry = await probe.geometry();
  const image = imageOf(hex, geometry);
  if (!image) throw new FlashError("other-board", "the hex has bytes where the board has no memory");
  await probe.haltAtReset();
  const different = await differing(probe, image, geometry);
  let hasOtherUicr = false;
  for (const [address, value] of image.uicr) hasOtherUicr ||= (await probe.readWord(address)) !== value;
  return { geometry, image, different, hasOtherUicr };
}

async function differing(probe: Probe, image: Image, geometry: Geometry): Promise<number[]> {
  const sums = await probe.sums(geometry);
  return image.pages.flatMap((bytes, page) => (crc32(bytes) === sums[page] ? [] : [page]));
}

async function identify(probe: Probe): Promise<{ readonly board: BoardVersion; readonly boardId: number }> {
  const id = await probe.uniqueId();
  const found = boardOfSerial(id);
  if (!found) throw new FlashError("unknown-board", `unique id ${id}`);
  return found;
}

async function withProbe<T>(device: USBDevice, options: FlashOptions, work: (probe: Probe) => Promise<T>): Promise<T> {
  const { Probe } = await import("./daplink/probe.ts"); // dapjs comes with it, when it is needed
  const probe = await Probe.open(device, options);
  try {
    return await work(probe);
  } finally {
    await probe.close();
  }
}

/** V1's MicroPython leaves where its version is in UICR (bbcmicrobit/micropython, tools/makecombinedhex.py): a mark, regions, the address. */
async function versionOnV1(probe: Probe): Promise<string | null> {
  if ((await probe.readWord(0x1000_10c0)) !== 0x17ee_b07c) return null;
  return text(probe, await probe.readWord(0x1000_10d4));
}

/** V2's has a table at the end of its last page (micropython-microbit-v2, addlayouttable.py); the row of region 2 points to the version. */
async function versionOnV2(probe: Probe): Promise<string | null> {
  const { pageBytes, pages } = await probe.geometry();
  for (let page = pages - 1; page >= 0; page--) {
    const end = (page + 1) * pageBytes;
    if ((await probe.readWord(end - 16)) !== 0x597f_30fe) continue;
    const header = new DataView((await probe.read(end - 16, 16)).buffer);
    const length = header.getUint16(6, true);
    if (header.getUint32(12, true) !== 0xc1b1_d79d || length > pageBytes - 16) continue;
    const rows = new DataView((await probe.read(end - 16 - length, length)).buffer);
    for (let at = 0; at + 16 <= length; at += 16) {
      if (rows.getUint8(at) === 2 && rows.getUint8(at + 1) === 2) return text(probe, rows.getUint32(at + 8, true));
    }
  }
  return null;
}

/** A text of C in flash, or null when that is no text. */
async function text(probe: Probe, address: number): Promise<string | null> {
  const { pageBytes, pages } = await probe.geometry();
  if (address + 128 > pageBytes * pages) return null;
  const bytes = await probe.read(address, 128);
  const found = String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
  return /^micro:bit [\x20-\x7e]+$/.test(found) ? found : null;
}
