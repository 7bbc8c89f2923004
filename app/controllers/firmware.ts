// The MicroPython that this browser keeps for real boards: brought by the user as a hex file, never fetched, never sent anywhere.
// Reading a hex is store/hex.ts's, keeping it store/firmware.ts's; what it is for is the dialogs'.
import { boardOfId, type BoardVersion, type Firmware } from "../../boards/link/firmware.ts";
import { DropError, readHexFile, type DropFault } from "../store/drop.ts";
import { FirmwareStore, FirmwareStoreError } from "../store/firmware.ts";
import type { Trouble } from "../store/projects.ts";

export const firmwareStore = new FirmwareStore();

/** The project boards that hex files are for, and which micro:bit each is. */
export const versionOf = (board: string): BoardVersion | null =>
  board === "microbit-v1" ? "V1" : board === "microbit-v2" ? "V2" : null;

/** Keeps MicroPython for boards that have none yet: a hex that was opened for its project is as good as one that was asked for. */
export async function keepMissing(firmware: readonly Firmware[]): Promise<void> {
  const has = new Set((await firmwareStore.list()).map(({ boardId }) => boardOfId(boardId)));
  const missing = firmware.filter(({ board }) => !has.has(board));
  if (missing.length === 0) return;
  try {
    await firmwareStore.replace(missing, Date.now());
  } catch (error) {
    if (!(error instanceof FirmwareStoreError)) throw error; // it will be asked for when it is needed
  }
}

/** What a dialog needs of the firmware while it is open: what there is, and a file taken in. */
export class FirmwareShelf {
  /** null: not looked yet. One for each kind of micro:bit, V1 first. */
  firmware: readonly Firmware[] | null = null;
  isReading = false;
  /** Why the last file was not taken. */
  fault: { readonly fault: DropFault; readonly file: string } | null = null;
  /** It is here, but could not be kept for the next time. */
  trouble: Trouble | null = null;
  onChange: (() => void) | null = null;

  async open(): Promise<void> {
    const kept = await firmwareStore.list();
    // Several board ids are one kind of board: the newest will do.
    const newest = [...kept].sort((a, b) => a.at - b.at);
    this.put(newest);
  }

  has(version: BoardVersion): boolean {
    return this.of(version) !== null;
  }

  of(version: BoardVersion): Firmware | null {
    return this.firmware?.find(({ board }) => board === version) ?? null;
  }

  /** Takes MicroPython out of a hex file and keeps it. */
  async bring(file: File): Promise<void> {
    this.isReading = true;
    this.fault = this.trouble = null;
    this.onChange?.();
    try {
      const { firmware } = await readHexFile(file);
      this.put(firmware);
      await firmwareStore.replace(firmware, Date.now());
    } catch (error) {
      if (error instanceof DropError) this.fault = { fault: error.fault, file: file.name };
      else if (error instanceof FirmwareStoreError) this.trouble = error.trouble;
      else throw error;
    } finally {
      this.isReading = false;
      this.onChange?.();
    }
  }

  private put(firmware: readonly Firmware[]): void {
    const all = new Map((this.firmware ?? []).map((each) => [each.board, each]));
    for (const each of firmware) all.set(each.board, each);
    this.firmware = [...all.values()].sort((a, b) => a.boardId - b.boardId);
    this.onChange?.();
  }
}

/** "MicroPython 1.18 (micro:bit 2.1.2)" of what a build calls itself; all of it when that is written in another way. */
export function shortVersion(version: string): string {
  const [, release] = /micro:bit v([\d.]+)/.exec(version) ?? [];
  const [, python] = /MicroPython v([\d.]+)/.exec(version) ?? [];
  return release && python ? `MicroPython ${python} (micro:bit ${release})` : version;
}
