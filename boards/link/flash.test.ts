// Flashing against a model of the board: USB transfers, CMSIS-DAP, DAPLink's stream, routines run on a modelled core, bytes compared.
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { findFirmware } from "../../.ci/find.mjs";
import { nrf51822, nrf52833, type Chip } from "./daplink/model/nrf.ts";
import { UsbBoard, UsbBus, type UsbOptions } from "./usb-board.ts";
import { imageOf } from "./daplink/image.ts";
import { makeHex, readHex } from "./firmware.ts";
import { chooseUsb, flashBoard, FlashError, inspectBoard, sameUsb, type FlashOptions, type FlashPhase } from "./flash.ts";
import { printHex } from "./hex/records.ts";
import { syntheticV2, syntheticVersion } from "./synthetic.ts";

const small: Chip = { ...nrf51822, pages: 16 };
/** Pages of no real chip, so that every transfer can have its turn. */
const tiny: Chip = { ...nrf51822, pageBytes: 0x100, pages: 16 };
const some = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + seed, 2654435761) >>> 13) & 0xff);
/** A program of so many bytes, with a word of UICR as MicroPython's has. */
const program = (length: number, seed = 1) =>
  printHex([
    { address: 0, data: some(length, seed) },
    { address: 0x1000_10c0, data: Uint8Array.of(0x7c, 0xb0, 0xee, 0x17) },
  ]);

const device = (board: UsbBoard) => board as unknown as USBDevice;
const flash = (board: UsbBoard, hex: string, options: FlashOptions = {}) =>
  flashBoard(device(board), { board: board.options.board ?? "V1", hex }, options);

/** The board's flash and UICR are what the hex says, and nothing else. */
function expectFlashed(board: UsbBoard, hex: string): void {
  const { chip, flash, uicr, badWrites } = board.target;
  const image = imageOf(hex, chip)!;
  for (const [i, page] of image.pages.entries()) {
    expect(flash.subarray(i * chip.pageBytes, (i + 1) * chip.pageBytes), `page ${i}`).toEqual(page);
  }
  for (const [address, word] of image.uicr) expect(new DataView(uicr.buffer).getUint32(address - 0x1000_1000, true)).toBe(word);
  expect(badWrites).toBe(0);
}

async function fault(work: Promise<unknown>): Promise<FlashError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FlashError);
  return error as FlashError;
}

describe.each<[string, UsbOptions]>([
  ["V1, over control transfers", { board: "V1", chip: small }],
  ["V2, over bulk endpoints", { board: "V2", chip: { ...nrf52833, pages: 16 }, hasEndpoints: true }],
])("%s", (_, options) => {
  test("a blank board gets everything through DAPLink, and starts", async () => {
    const board = new UsbBoard(options);
    const hex = program(board.target.flash.length - 100);
    const { resets } = board.target;
    expect(await flash(board, hex)).toMatchObject({ way: "whole" });
    expectFlashed(board, hex);
    expect(board.probe.streams).toEqual(["open 1", "close"]);
    expect(board.target.resets).toBeGreaterThan(resets);
    expect(board.target.isHalted).toBe(false);
    expect(board.opened).toBe(false);
  });

  test("a changed page is written alone, and what is no longer in the hex is erased", async () => {
    const board = new UsbBoard(options);
    const { pageBytes } = board.target.chip;
    await flash(board, program(pageBytes * 12));
    const hex = printHex([
      { address: 0, data: some(pageBytes * 10, 1) },
      { address: pageBytes * 13, data: some(40, 9) },
      { address: 0x1000_10c0, data: Uint8Array.of(0x7c, 0xb0, 0xee, 0x17) },
    ]);
    expect(await flash(board, hex)).toEqual({ way: "pages", pages: 3 });
    expectFlashed(board, hex);
    expect(board.target.erasedPages).toBe(3);
    expect(board.probe.streams).toHaveLength(2);
    expect(await flash(board, hex)).toEqual({ way: "same", pages: 0 });
    expect(board.target.erasedPages).toBe(3);
  });

  test("a program that writes to its files as soon as it starts is set right before the end", async () => {
    const board = new UsbBoard(options);
    const { pageBytes } = board.target.chip;
    board.target.onRun = () => board.target.flash.fill(0x11, pageBytes * 15, pageBytes * 15 + 8);
    const hex = program(pageBytes * 15);
    let seen = false;
    const onProgress = ({ phase, done }: { phase: FlashPhase; done: number }) => {
      if (phase === "checking" && done === 1) {
        expectFlashed(board, hex);
        seen = true;
      }
    };
    expect(await flash(board, hex, { onProgress })).toMatchObject({ way: "whole" });
    expect(seen).toBe(true);
  });
});

test("progress rises within each phase, and the phases come in order", async () => {
  const board = new UsbBoard({ chip: small });
  const seen: [FlashPhase, number][] = [];
  await flash(board, program(14_000), { onProgress: ({ phase, done }) => seen.push([phase, done]) });
  const order = { looking: 0, sending: 1, checking: 2 };
  const flat = seen.map(([phase, done]) => order[phase] + done);
  expect(flat).toEqual([...flat].sort((a, b) => a - b));
  expect(new Set(seen.map(([phase]) => phase)).size).toBe(3);
  expect(flat.at(-1)).toBe(3);
});

test("a locked chip, which no debugger can read, is erased and written by DAPLink", async () => {
  const board = new UsbBoard({ chip: small, isLocked: true });
  const hex = program(9000);
  expect(await inspectBoard(device(board))).toMatchObject({ board: "V1", micropython: null });
  expect(await flash(board, hex)).toMatchObject({ way: "whole" });
  expectFlashed(board, hex);
});

test("other configuration words than the hex's mean writing everything", async () => {
  const board = new UsbBoard({ chip: small });
  const hex = program(9000);
  await flash(board, hex);
  board.target.uicr.fill(0, 0xc0, 0xc4);
  expect(await flash(board, hex)).toMatchObject({ way: "whole" });
  expectFlashed(board, hex);
});

test("answers left over from a page that went away are taken off the line", async () => {
  const board = new UsbBoard({ chip: small, staleAnswers: 5 });
  const hex = program(9000);
  await flash(board, hex);
  expectFlashed(board, hex);
});

describe("refused, and the board is as it was", () => {
  const hex = program(4000);
  test.each<[string, UsbOptions, Partial<FlashError>]>([
    ["held by another program", { isHeld: true }, { code: "in-use", isTouched: false }],
    ["an interface from before WebUSB", { isOld: true }, { code: "old-interface", isTouched: false }],
    ["no known board", { uniqueId: "1234".padEnd(48, "0") }, { code: "unknown-board", isTouched: false }],
    ["nonsense on the line", { staleAnswers: 99 }, { code: "protocol", isTouched: false }],
  ])("%s", async (_, options, wanted) => {
    const board = new UsbBoard({ chip: small, ...options });
    expect(await fault(flash(board, hex))).toMatchObject(wanted);
    expect(board.target.flash.every((byte) => byte === 0xff)).toBe(true);
    expect(board.opened).toBe(false);
  });

  test("a hex for the other board", async () => {
    const board = new UsbBoard({ board: "V2" });
    expect(await fault(flashBoard(device(board), { board: "V1", hex }))).toMatchObject({ code: "other-board" });
    const larger = printHex([{ address: small.pageBytes * 16, data: new Uint8Array(16) }]);
    const other = new UsbBoard({ chip: small });
    expect(await fault(flash(other, larger))).toMatchObject({ code: "other-board" });
    expect(other.target.isHalted).toBe(false);
  });

  test("a chooser that is closed, or may not be shown", async () => {
    const bus = (name: string) => ({
      requestDevice: () => Promise.reject(new DOMException("no", name)),
      getDevices: async () => [],
    });
    expect(await fault(chooseUsb(bus("NotFoundError")))).toMatchObject({ code: "no-device" });
    expect(await fault(chooseUsb(bus("SecurityError")))).toMatchObject({ code: "unsupported" });
  });
});

describe("what DAPLink makes of it", () => {
  test("it opens no stream", async () => {
    const board = new UsbBoard({ chip: small, refusesStream: true });
    expect(await fault(flash(board, program(14_000)))).toMatchObject({ code: "refused" });
  });

  test.each([
    ["written whole", 14_000],
    ["written alone", 3000],
  ])("worn flash is found by reading back, %s", async (_, length) => {
    const board = new UsbBoard({ chip: small });
    board.target.worn.add(2);
    board.target.uicr.set([0x7c, 0xb0, 0xee, 0x17], 0xc0);
    expect(await fault(flash(board, program(length)))).toMatchObject({ code: "verify", isTouched: true });
  });
});

test("a board that goes silent is told after the time limit, at any point", async () => {
  const hex = program(3000);
  const measure = new UsbBoard({ chip: small });
  measure.target.uicr.set([0x7c, 0xb0, 0xee, 0x17], 0xc0);
  await flash(measure, hex);
  for (let at = 1; at < measure.transfers; at += 7) {
    const board = new UsbBoard({ chip: small });
    board.target.uicr.set([0x7c, 0xb0, 0xee, 0x17], 0xc0);
    board.silentFrom = at;
    expect((await fault(flash(board, hex, { answerMs: 5 }))).code, `transfer ${at}`).toBe("timeout");
    expect(board.opened).toBe(false);
  }
});

describe.each([
  ["everything", 3000, "whole"],
  ["pages", 800, "pages"],
] as const)("the cable is pulled at every transfer of flashing %s", (_, length, way) => {
  const hex = program(length);
  const make = (): UsbBoard => {
    const board = new UsbBoard({ chip: tiny });
    board.target.uicr.set([0x7c, 0xb0, 0xee, 0x17], 0xc0);
    return board;
  };

  test("says lost, says whether the board is touched, and the next time all is well", async () => {
    const measure = make();
    expect(await flash(measure, hex)).toMatchObject({ way });
    const all = measure.transfers;
    const touched: boolean[] = [];
    for (let at = 1; at <= all; at++) {
      const board = make();
      board.pullAt = at;
      const before = board.target.flash.slice();
      const error = await flash(board, hex).then(
        () => null,
        (reason: unknown) => reason,
      );
      // The very last transfers let the target go: by then everything is written and read back.
      if (error === null) {
        expect(all - at).toBeLessThan(6);
        expectFlashed(board, hex);
        continue;
      }
      expect(error, `transfer ${at}`).toMatchObject({ name: "FlashError", code: "lost" });
      expect(board.opened).toBe(false);
      const { isTouched } = error as FlashError;
      touched.push(isTouched);
      if (!isTouched) expect(board.target.flash, `transfer ${at}`).toEqual(before);
      // Flashing again is asked of a share: it is the same from each of them, and takes long.
      if (at % 5 === 0) {
        board.plugIn();
        await flash(board, hex);
        expectFlashed(board, hex);
      }
    }
    expect(touched).toEqual([...touched].sort((a, b) => Number(a) - Number(b)));
    expect(touched[0]).toBe(false);
    expect(touched.at(-1)).toBe(true);
  }, 60_000);
});

describe("cancelled", () => {
  test.each([
    ["looking", 14_000, false],
    ["sending", 14_000, true],
    ["sending", 3000, true],
  ] as const)("while %s, %i bytes: stops, lets go, and can begin again", async (when, length, isTouched) => {
    const board = new UsbBoard({ chip: small });
    board.target.uicr.set([0x7c, 0xb0, 0xee, 0x17], 0xc0);
    const hex = program(length);
    const stop = new AbortController();
    const onProgress = ({ phase, done }: { phase: FlashPhase; done: number }) => {
      if (phase === when && done >= (when === "looking" ? 0 : 0.3)) stop.abort();
    };
    expect(await fault(flash(board, hex, { signal: stop.signal, onProgress }))).toMatchObject({ code: "aborted", isTouched });
    expect(board.opened).toBe(false);
    await flash(board, hex);
    expectFlashed(board, hex);
  });
});

test("cancelled while its program is held, the board goes on with its program", async () => {
  const board = new UsbBoard({ chip: small });
  const stop = new AbortController();
  board.onTransfer = () => {
    if (board.target.isHalted) stop.abort();
  };
  let runs = 0;
  board.target.onRun = () => runs++;
  const error = await fault(flash(board, program(4000), { signal: stop.signal }));
  expect(error).toMatchObject({ code: "aborted", isTouched: false });
  expect([stop.signal.aborted, board.target.isHalted, runs > 0]).toEqual([true, false, true]);
});

describe("which board", () => {
  test("plugged in again it is another device for the page, and is found again", async () => {
    const board = new UsbBoard({ chip: tiny });
    const bus = new UsbBus([board]);
    const before = await chooseUsb(bus);
    board.pull();
    expect(await sameUsb(before, bus)).toBe(null);
    board.plugIn();
    expect(await fault(flashBoard(before, { board: "V1", hex: program(800) }))).toMatchObject({ code: "lost" });
    const after = await sameUsb(before, bus);
    expect(await flashBoard(after!, { board: "V1", hex: program(800) })).toMatchObject({ way: "whole" });
  });
});

describe("real chips and MicroPython", () => {
  const path = findFirmware();
  let v1Hex = "";
  let v2Hex = "";
  const files = { "main.py": new TextEncoder().encode("print('flashed')\n") };
  beforeAll(async () => {
    if (path) v1Hex = await makeHex((await readHex(readFileSync(path, "utf8"))).firmware, files);
    v2Hex = await makeHex((await readHex(syntheticV2())).firmware, files);
  });

  test.skipIf(!path)(
    "a V1 gets it, tells its version, and a changed program costs few pages",
    async () => {
      const board = new UsbBoard({ board: "V1" });
      expect(await inspectBoard(device(board))).toEqual({ board: "V1", boardId: 0x9900, micropython: null });
      expect(await flash(board, v1Hex)).toMatchObject({ way: "whole" });
      expectFlashed(board, v1Hex);
      const found = await inspectBoard(device(board));
      expect(found.micropython).toMatch(/^micro:bit v1\.0\.1.*MicroPython v1\.9\.2/);
      const { firmware } = await readHex(readFileSync(path!, "utf8"));
      const changed = await makeHex(firmware, { "main.py": new TextEncoder().encode("print('again')\n") });
      const before = board.transfers;
      expect(await flash(board, changed)).toEqual({ way: "pages", pages: 1 });
      expectFlashed(board, changed);
      // 19 packets for the sums, 20 for a page; a packet is a command and an answer.
      expect(board.transfers - before).toBeLessThan(300);
    },
    60_000,
  );

  test("a V2 gets it, and tells its version", async () => {
    const board = new UsbBoard({ board: "V2", hasEndpoints: true });
    await flash(board, v2Hex);
    expectFlashed(board, v2Hex);
    const { resets } = board.target;
    expect(await inspectBoard(device(board))).toEqual({ board: "V2", boardId: 0x9904, micropython: syntheticVersion });
    expect(board.target.resets).toBe(resets); // the program was left alone
  }, 60_000);
});
