// Firmware in a real IndexedDB: kept per board, replaced, removed, there after closing; and a full disk keeps nothing by halves.
import { Dexie } from "dexie";
import type { Firmware } from "../../boards/link/firmware.ts";
import { FirmwareStore, FirmwareStoreError } from "./firmware.ts";

declare const describe: (name: string, body: () => void) => void;
declare const it: (name: string, body: () => Promise<void> | void) => void;
declare const beforeEach: (body: () => Promise<void> | void) => void;
declare const afterEach: (body: () => Promise<void> | void) => void;

const database = "blinkyard-firmware-test";
const v1: Firmware = { board: "V1", boardId: 0x9900, version: "one", hex: ":00000001FF\n" };
const v2: Firmware = { board: "V2", boardId: 0x9903, version: "two", hex: ":0000\n" };

function equal(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }
}

async function trouble(work: Promise<void>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FirmwareStoreError) return error.trouble;
    throw error;
  }
  return "none";
}

describe("firmware store", () => {
  let store: FirmwareStore;
  const realPut = IDBObjectStore.prototype.put;
  beforeEach(async () => {
    await Dexie.delete(database);
    store = new FirmwareStore(database);
  });
  afterEach(() => {
    IDBObjectStore.prototype.put = realPut;
    store.close();
  });
  const versions = async () => (await store.list()).map(({ boardId, version, at }) => [boardId, version, at]);

  it("keeps one for each board, with its size and when", async () => {
    await store.replace([v2, v1], 5);
    equal(await store.list(), [
      { ...v1, at: 5, sizeBytes: 12 },
      { ...v2, at: 5, sizeBytes: 6 },
    ]);
  });

  it("has it after the page was closed", async () => {
    await store.replace([v1], 5);
    store.close();
    store = new FirmwareStore(database);
    equal(await versions(), [[0x9900, "one", 5]]);
  });

  it("replaces one board's and leaves the other's", async () => {
    await store.replace([v1, v2], 5);
    await store.replace([{ ...v2, version: "newer" }], 6);
    equal(await versions(), [
      [0x9900, "one", 5],
      [0x9903, "newer", 6],
    ]);
  });

  it("removes one, and what is not there", async () => {
    await store.replace([v1, v2], 5);
    await store.remove(0x9900);
    await store.remove(0x9900);
    equal(await versions(), [[0x9903, "two", 5]]);
  });

  it("says that the disk is full, and keeps what it had and nothing of the new", async () => {
    await store.replace([v1], 5);
    let puts = 0;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<IDBObjectStore["put"]>) {
      if (++puts > 1) throw new DOMException("no room", "QuotaExceededError");
      return realPut.apply(this, args);
    };
    equal(await trouble(store.replace([{ ...v1, version: "newer" }, v2], 6)), "full");
    IDBObjectStore.prototype.put = realPut;
    equal(await versions(), [[0x9900, "one", 5]]);
  });

  it("says that nothing can be kept, and lists nothing", async () => {
    await store.list();
    store.close();
    equal(await trouble(store.replace([v1], 5)), "denied");
    equal(await store.list(), []);
  });
});
