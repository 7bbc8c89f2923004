// The routines for the target: run on the model's core, against zlib's CRC-32, with the rules of the NVMC.
import { crc32 as zlib } from "node:zlib";
import { describe, expect, test } from "vitest";
import { crc32 } from "./image.ts";
import { Nrf, nrf51822, nrf52833 } from "./model/nrf.ts";
import { Thumb } from "./model/thumb.ts";
import { layout, sumPages, writePage } from "./routines.ts";

const some = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + seed, 2654435761) >>> 13) & 0xff);

function execute(nrf: Nrf, routine: Uint32Array, values: readonly number[]): Thumb {
  for (const [i, word] of routine.entries()) nrf.write(layout.code + i * 4, 4, word);
  const core = new Thumb(nrf);
  core.registers.set(values);
  core.registers[15] = layout.code;
  while (!core.step());
  return core;
}

test("our CRC-32 is zlib's", () => {
  for (const bytes of [new Uint8Array(0), new Uint8Array(1024).fill(0xff), some(999, 7)]) expect(crc32(bytes)).toBe(zlib(bytes));
});

test("sums of pages are zlib's, also of blank ones and up to the last byte", () => {
  const nrf = new Nrf({ ...nrf51822, pages: 4 });
  nrf.flash.set(some(3 * 1024 + 1, 1));
  nrf.flash[4 * 1024 - 1] = 0;
  execute(nrf, sumPages, [0, 1024, 4, layout.data]);
  const sums = [0, 1, 2, 3].map((i) => nrf.read(layout.data + i * 4, 4));
  expect(sums).toEqual([0, 1, 2, 3].map((i) => zlib(nrf.flash.subarray(i * 1024, (i + 1) * 1024))));
});

describe.each([nrf51822, nrf52833])("writing a page of $pageBytes bytes", (chip) => {
  const nrf = new Nrf({ ...chip, pages: 4 });
  const bytes = some(chip.pageBytes, 3);

  test("erases that page alone, writes it whole, and closes the flash", () => {
    nrf.flash.fill(0x00);
    nrf.ram.set(bytes, layout.data - 0x2000_0000);
    const core = execute(nrf, writePage, [chip.pageBytes, layout.data, chip.pageBytes, 0x4001_e504, 0x4001_e400]);
    expect(nrf.flash.subarray(chip.pageBytes, 2 * chip.pageBytes)).toEqual(bytes);
    expect(nrf.flash.subarray(0, chip.pageBytes).every((byte) => byte === 0)).toBe(true);
    expect(nrf.flash.subarray(2 * chip.pageBytes).every((byte) => byte === 0)).toBe(true);
    expect([nrf.erasedPages, nrf.badWrites]).toEqual([1, 0]);
    expect(core.registers[0]).toBe(2 * chip.pageBytes);
    expect(nrf.read(0x4001_e504, 4)).toBe(0);
  });

  test("is refused by flash that is not open for writing", () => {
    expect(() => nrf.write(0, 4, 0)).toThrow("not open");
  });
});
