// MicroPython for real boards, kept in this browser so that it has to be brought once: one of each board id. In a database of its
// own, since it is a megabyte that can be had again, unlike projects. Looks into no hex: boards/link/firmware.ts has done that.
import { Dexie, type EntityTable } from "dexie";
import type { Firmware } from "../../boards/link/firmware.ts";
import { isQuota, type Trouble } from "./projects.ts";

export interface StoredFirmware extends Firmware {
  /** When it was kept. */
  readonly at: number;
  /** Of the hex, as it is stored. */
  readonly sizeBytes: number;
}

/** It could not be kept. The page words `trouble`. */
export class FirmwareStoreError extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble, options?: ErrorOptions) {
    super(`firmware: ${trouble}`, options);
    this.name = "FirmwareStoreError";
    this.trouble = trouble;
  }
}

export class FirmwareStore {
  private readonly db: Dexie & { firmware: EntityTable<StoredFirmware, "boardId"> };

  constructor(name = "blinkyard-firmware") {
    this.db = new Dexie(name) as FirmwareStore["db"];
    this.db.version(1).stores({ firmware: "boardId" });
  }

  close(): void {
    this.db.close();
  }

  /** All that is kept, by board id; nothing where nothing can be kept. */
  async list(): Promise<StoredFirmware[]> {
    try {
      return await this.db.firmware.orderBy("boardId").toArray();
    } catch (error) {
      if (error instanceof Dexie.DexieError) return []; // a private window, or storage switched off
      throw error;
    }
  }

  /** Keeps all of `firmware` in place of what was kept for those boards, or none of it. Throws FirmwareStoreError. */
  async replace(firmware: readonly Firmware[], now: number): Promise<void> {
    const rows = firmware.map((each) => ({ ...each, at: now, sizeBytes: each.hex.length }));
    await this.write(() => this.db.firmware.bulkPut(rows));
  }

  /** Throws FirmwareStoreError. */
  async remove(boardId: number): Promise<void> {
    await this.write(() => this.db.firmware.delete(boardId));
  }

  private async write(work: () => PromiseLike<unknown>): Promise<void> {
    try {
      // One transaction: when the second hex finds the disk full, the first is not kept either.
      await this.db.transaction("rw", this.db.firmware, work);
    } catch (cause) {
      throw new FirmwareStoreError(isQuota(cause) ? "full" : "denied", { cause });
    }
  }
}
