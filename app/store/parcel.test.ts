// Links and files of projects: whole, cut, forged, newer, and bombs.
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeHex, readHex } from "../../boards/link/firmware.ts";
import { syntheticMakeCode, syntheticV2 } from "../../boards/link/synthetic.ts";
import { answer, type HexReply, type HexRequest } from "./hex.worker.ts";
import { boardFileName, DropError, readParcel } from "./drop.ts";
import { crc32, decodeFile, decodeLink, encodeFile, encodeLink, ParcelError } from "./parcel.ts";
import type { Parcel } from "./project.ts";

const parcel: Parcel = {
  name: "Señal ♥",
  board: "microbit-v2",
  files: { "main.py": "from microbit import *\n# ñandú ♥\nwhile True:\n    display.show(Image.HEART)\n", "other.py": "x = 1\n" },
  layout: { 3: [10, 20] },
};

const faultOf = async (work: () => unknown) => {
  try {
    await work();
  } catch (error) {
    if (error instanceof ParcelError || error instanceof DropError) return error.fault;
    throw error;
  }
  return "none";
};

/** A link as a stranger might make it, with a right checksum. */
function forge(value: unknown): string {
  const bytes = Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
  return `#share=1.${crc32(bytes).toString(36)}.${deflateRawSync(bytes).toString("base64url")}`;
}

describe("link", () => {
  test("carries a whole project there and back", async () => {
    const link = await encodeLink(parcel);
    expect(link).toMatch(/^#share=1\.[a-z0-9]+\.[A-Za-z0-9_-]+$/);
    expect(await decodeLink(link)).toEqual(parcel);
  });

  test("carries what is wired to the pins, and a stranger's wiring as far as the board can have it", async () => {
    const lamp = { kind: "led-5mm", pins: { anode: "P1" } } as const;
    const tape = { name: "t", board: "microbit-v2", ms: 9, events: [{ atMs: 1, part: "knob", event: { position: 0.2 } }] };
    const wired: Parcel = {
      ...parcel,
      wiring: { lamp, knob: { kind: "potentiometer", pins: { wiper: "P2" } } },
      tapes: [tape],
    };
    expect(await decodeLink(await encodeLink(wired))).toEqual(wired);
    expect(decodeFile(encodeFile(wired))).toEqual(wired);
    const forged = { ...parcel, wiring: { lamp, bomb: { kind: "bomb" }, "<b>": lamp, buttonA: lamp }, tapes: [tape] };
    expect(await decodeLink(forge(forged))).toEqual({ ...parcel, wiring: { lamp }, tapes: [{ ...tape, events: [] }] });
    expect(await decodeLink(forge({ ...parcel, wiring: [lamp] }))).toEqual(parcel);
  });

  test("says of every cut link that it is not complete", async () => {
    const link = await encodeLink(parcel);
    for (let length = 7; length < link.length; length++) {
      expect(await faultOf(() => decodeLink(link.slice(0, length))), `${length} characters`).toBe("cut");
    }
  });

  test("says of a changed link that it is not complete", async () => {
    const link = await encodeLink(parcel);
    const at = link.length - 20;
    const other = link[at] === "A" ? "B" : "A";
    expect(await faultOf(() => decodeLink(link.slice(0, at) + other + link.slice(at + 1)))).toMatch(/cut|not-ours/);
  });

  test("knows a link of a newer version, whatever follows", async () => {
    expect(await faultOf(() => decodeLink("#share=2.whatever~!"))).toBe("newer");
  });

  test("stops at two megabytes", async () => {
    expect(await faultOf(() => decodeLink(forge(" ".repeat(50_000_000))))).toBe("huge");
  });

  test.each([
    ["no object", [1]],
    ["no name", { board: "b", files: { "main.py": "" } }],
    ["no main.py", { name: "n", board: "b", files: { "a.py": "" } }],
    ["a path as file name", { name: "n", board: "b", files: { "main.py": "", "../x": "" } }],
    ["a number as file", { name: "n", board: "b", files: { "main.py": 1 } }],
    ["a list of files", { name: "n", board: "b", files: ["main.py"] }],
  ])("refuses %s", async (_, value) => {
    expect(await faultOf(() => decodeLink(forge(value)))).toBe("not-ours");
  });
});

describe("file", () => {
  test("carries a whole project there and back", () => {
    expect(decodeFile(encodeFile(parcel))).toEqual(parcel);
  });

  test("of a newer version is told", async () => {
    expect(await faultOf(() => decodeFile('{"blinkyard": 99}'))).toBe("newer");
    expect(await faultOf(() => decodeFile('{"name": "x"}'))).toBe("not-ours");
  });
});

describe("dropped file", () => {
  const drop = (name: string, content: string | Uint8Array<ArrayBuffer>) => readParcel(new File([content], name), "microbit-v1");

  test("a .py becomes a project of that name", async () => {
    expect(await drop("Dice.py", "print(1)\r\n")).toEqual({
      name: "Dice",
      board: "microbit-v1",
      files: { "main.py": "print(1)\n" },
      layout: null,
    });
  });

  test.each([
    ["huge.py", new Uint8Array(3_000_000).fill(32), "huge"],
    ["binary.py", new Uint8Array([65, 0, 66]), "binary"],
    ["latin1.py", new Uint8Array([65, 0xf1, 66]), "not-utf8"],
    ["photo.jpg", "x", "kind"],
    ["other.blinkyard", "{}", "not-ours"],
    ["broken.blinkyard", "{", "not-ours"],
  ])("%s is refused with its reason", async (name, content, fault) => {
    expect(await faultOf(() => drop(name, content))).toBe(fault);
  });

  test("gets a name that a board takes", () => {
    expect(boardFileName("my song (1).py")).toBe("my_song_1_.py");
    expect(boardFileName(".hidden")).toBe("file_.hidden");
  });

  /** What the worker does, without a thread. */
  class WorkerHere {
    onmessage: ((event: { data: HexReply }) => void) | null = null;
    postMessage(request: HexRequest): void {
      void answer(request).then((data) => this.onmessage?.({ data }));
    }
    terminate(): void {}
  }
  beforeAll(() => void vi.stubGlobal("Worker", WorkerHere));
  afterAll(() => void vi.unstubAllGlobals());

  const bytes = (text: string) => new TextEncoder().encode(text);
  const hexOf = async (files: Record<string, Uint8Array>) => makeHex((await readHex(syntheticV2())).firmware, files);

  test("a .hex becomes the project that is in it, for the board it is for", async () => {
    const hex = await hexOf({ "main.py": bytes("import other\r\n# ñ\n"), "other.py": bytes("x = 1\n") });
    expect(await drop("microbit-Dice.HEX", hex)).toEqual({
      name: "microbit-Dice",
      board: "microbit-v2",
      files: { "main.py": "import other\n# ñ\n", "other.py": "x = 1\n" },
      layout: null,
    });
  });

  test.each<[string, () => Promise<string>, string]>([
    ["MicroPython alone", async () => syntheticV2(), "hex-no-files"],
    ["a project without main.py", () => hexOf({ "a.py": bytes("1") }), "hex-no-main"],
    ["bytes", () => hexOf({ "main.py": bytes("1"), "a.bin": Uint8Array.of(0xff, 0xfe) }), "hex-bytes"],
    ["a name of other programs", () => hexOf({ "main.py": bytes("1"), "my song.py": bytes("1") }), "hex-bytes"],
    ["MakeCode's", async () => syntheticMakeCode(), "hex-makecode"],
    ["a text", async () => "print(1)", "hex-not-hex"],
    ["half a hex", async () => (await hexOf({ "main.py": bytes("1") })).slice(0, 3000), "hex-cut"],
  ])("a .hex with %s is refused with its reason", async (_, make, fault) => {
    const hex = await make();
    expect(await faultOf(() => drop("a.hex", hex))).toBe(fault);
  });
});
