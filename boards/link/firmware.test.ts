// Hexes in and out: Debian's V1 firmware, a synthetic V2, both in one; scripts of the old kind; MakeCode's and broken ones refused.
import { readFileSync } from "node:fs";
import { addIntelHexAppendedScript, MicropythonFsHex } from "@microbit/microbit-fs";
import { createUniversalHex, isUniversalHex, separateUniversalHex } from "@microbit/microbit-universal-hex";
import { describe, expect, test } from "vitest";
import { findFirmware } from "../../.ci/find.mjs";
import { boardOfId, HexError, makeHex, readHex, type HexFault } from "./firmware.ts";
import { memoryOf, parseRecords, printHex, printRecord } from "./hex/records.ts";
import { syntheticV2, syntheticVersion } from "./synthetic.ts";

const v2 = syntheticV2();
const v1Path = findFirmware();
const v1 = v1Path ? readFileSync(v1Path, "utf8") : "";
const bytes = (text: string) => new TextEncoder().encode(text);
const project = {
  "main.py": bytes("from microbit import *\n# ñandú ♥\n"),
  "data.bin": Uint8Array.from({ length: 300 }, (_, i) => i),
};

async function refusal(work: Promise<unknown>): Promise<HexError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(HexError);
  return error as HexError;
}

/** A program that is no MicroPython, with `mark` in it. */
const program = (mark: readonly number[], at: number) => {
  const data = new Uint8Array(0x200).fill(0x11);
  data.set(mark, at);
  return printHex([{ address: 0x18000, data }]);
};
const makeCodeMark = [0x41, 0x14, 0x0e, 0x2f, 0xb8, 0x2f, 0xa2, 0xbb];

test.each([
  [0x9900, "V1"],
  [0x9901, "V1"],
  [0x9902, null],
  [0x9903, "V2"],
  [0x9904, "V2"],
  [0x9905, "V2"],
  [0x9906, "V2"],
  [0x9907, null],
])("board id %i is %s", (id, board) => expect(boardOfId(id)).toBe(board));

describe("MicroPython for V2", () => {
  test("is told with its version and has no files", async () => {
    const { isUniversal, firmware, files } = await readHex(v2);
    expect({ isUniversal, files }).toEqual({ isUniversal: false, files: {} });
    expect(firmware).toMatchObject([{ board: "V2", boardId: 0x9903, version: syntheticVersion }]);
    expect(memoryOf(parseRecords(firmware[0]!.hex))).toEqual(memoryOf(parseRecords(v2)));
  });

  test("takes a project, gives it back, and is the same without it", async () => {
    const { firmware } = await readHex(v2);
    const hex = await makeHex(firmware, project);
    expect(isUniversalHex(hex)).toBe(false);
    const again = await readHex(hex);
    expect(again.files).toEqual(project);
    expect(again.firmware).toEqual(firmware);
    const other = new MicropythonFsHex(v2);
    expect(other.importFilesFromHex(hex).sort()).toEqual(["data.bin", "main.py"]);
    expect(other.read("main.py")).toBe("from microbit import *\n# ñandú ♥\n");
  });

  test("says how much too big a project is", async () => {
    const { firmware } = await readHex(v2);
    const fits = { "main.py": new Uint8Array(20_000).fill(0x23) };
    expect((await readHex(await makeHex(firmware, fits))).files).toEqual(fits);
    const error = await refusal(makeHex(firmware, { "main.py": new Uint8Array(21_000).fill(0x23) }));
    expect(error.fault).toBe("full");
    expect(error.detail.roomBytes).toBe(0x5000);
    expect(error.detail.usedBytes).toBeGreaterThan(21_000);
  });

  test("holds an empty module as a blank line, and no other empty file", async () => {
    const { firmware } = await readHex(v2);
    expect((await readHex(await makeHex(firmware, { "main.py": new Uint8Array(0) }))).files).toEqual({ "main.py": bytes("\n") });
    expect(await refusal(makeHex(firmware, { "a.txt": new Uint8Array(0) }))).toMatchObject({
      fault: "empty",
      detail: { file: "a.txt" },
    });
  });

  test("refuses names that the file system has no room for", async () => {
    const { firmware } = await readHex(v2);
    const file = `${"ñ".repeat(60)}.py`;
    expect(await refusal(makeHex(firmware, { [file]: bytes("1") }))).toMatchObject({ fault: "name", detail: { file } });
  });
});

describe.skipIf(!v1)("MicroPython for V1, Debian's", () => {
  test("is told with its version and has no files", async () => {
    const { firmware, files } = await readHex(v1);
    expect(files).toEqual({});
    expect(firmware).toMatchObject([{ board: "V1", boardId: 0x9900 }]);
    expect(firmware[0]!.version).toMatch(/micro:bit v1\.0\.1.*MicroPython v1\.9\.2/);
  });

  test("takes a project, gives it back, and is the same without it", async () => {
    const { firmware } = await readHex(v1);
    const again = await readHex(await makeHex(firmware, project));
    expect(again.files).toEqual(project);
    expect(again.firmware).toEqual(firmware);
  });

  test("has an appended script as main.py, and none of it in the firmware", async () => {
    const script = "display.scroll('ñ')\n";
    const { files, firmware } = await readHex(addIntelHexAppendedScript(v1, script));
    expect(files).toEqual({ "main.py": bytes(script) });
    expect(firmware).toEqual((await readHex(v1)).firmware);
  });

  test("is read with the first editor's line of colons and Windows' line ends", async () => {
    const old = v1.replaceAll("\n", "\r\n").replace(":020000041000EA", `${":".repeat(43)}\r\n:020000041000EA`);
    expect((await readHex(old)).firmware).toEqual((await readHex(v1)).firmware);
  });

  test("goes with V2's into a Universal Hex that the Foundation's library takes apart", async () => {
    const firmware = [...(await readHex(v1)).firmware, ...(await readHex(v2)).firmware];
    const hex = await makeHex(firmware, project);
    expect(isUniversalHex(hex)).toBe(true);
    expect(separateUniversalHex(hex).map(({ boardId }) => boardId)).toEqual([0x9900, 0x9903]);
    const again = await readHex(hex);
    expect(again).toEqual({ isUniversal: true, firmware, files: project });
  });

  test("is refused when its part for V2 holds another project", async () => {
    const one = await makeHex((await readHex(v1)).firmware, { "main.py": bytes("1") });
    const two = await makeHex((await readHex(v2)).firmware, { "main.py": bytes("2") });
    const hex = createUniversalHex([
      { hex: one, boardId: 0x9900 },
      { hex: two, boardId: 0x9903 },
    ]);
    expect((await refusal(readHex(hex))).fault).toBe("unequal");
  });
});

describe("refused", () => {
  const universal = (hex: string, boardId: number) => createUniversalHex([{ hex, boardId }]);
  const end = ":00000001FF\n";
  const sources = printRecord(0x0e, 0, Uint8Array.from([...makeCodeMark, 0, 0, 0, 0, 0, 0, 0, 0]));
  test.each<[string, string, HexFault]>([
    ["nothing", "", "not-hex"],
    ["a program's text", "from microbit import *\n", "not-hex"],
    ["a page", "<!doctype html>", "not-hex"],
    ["MakeCode's for V1", program(makeCodeMark, 0x40), "makecode"],
    ["MakeCode's across two records", program(makeCodeMark, 0x4c), "makecode"],
    ["MakeCode's for V2", universal(program(makeCodeMark, 0x40), 0x9903), "makecode"],
    [
      "MakeCode's with its source beside the flash",
      universal(program([], 0), 0x9903).replace(end.trim(), `${sources}\n${end}`),
      "makecode",
    ],
    ["a C++ program", program([], 0), "no-micropython"],
    ["MicroPython for another board", universal(v2, 0x1234), "other-board"],
    ["V2's MicroPython as V1's", universal(v2, 0x9900), "no-micropython"],
    ["a file without its end", v2.replace(end, ""), "cut"],
    ["a file that stops in a line", v2.slice(0, 1000), "cut"],
  ])("%s", async (_, text, fault) => expect((await refusal(readHex(text))).fault).toBe(fault));

  test("a changed digit, with its line", async () => {
    const all = v2.split("\n");
    all[6] = all[6]!.replace("5A5A", "5A5B");
    expect(await refusal(readHex(all.join("\n")))).toMatchObject({ fault: "damaged", detail: { line: 7 } });
  });

  test("every cut, and as nothing but cut", async () => {
    const short = printHex([{ address: 0x1_0000, data: new Uint8Array(40) }]).trim();
    for (let length = 11; length < short.length; length++) {
      expect((await refusal(readHex(short.slice(0, length)))).fault, `${length} characters`).toBe("cut");
    }
  });

  test("files for no firmware", async () => expect((await refusal(makeHex([], project))).fault).toBe("no-firmware"));
});
