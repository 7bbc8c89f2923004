// The hex that we make starts its program on real V1 firmware in QEMU: alone, and as V1's part of a Universal Hex.
// Skipped where the Debian packages are missing.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { separateUniversalHex } from "@microbit/microbit-universal-hex";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFirmware } from "../../.ci/find.mjs";
import { makeHex, readHex } from "./firmware.ts";
import { qemuIsHere, startQemu, TcpTransport } from "./qemu.ts";
import { syntheticV2 } from "./synthetic.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const files = {
  "main.py": bytes("import helper\nprint('main says', helper.word)\n"),
  "helper.py": bytes("word = 'ñandú'\n"),
};

/** What the board prints until `words` come. */
async function boot(hex: string, words: string): Promise<string> {
  const board = await startQemu({ waits: true, hex });
  const line = new TcpTransport(board.port);
  const decoder = new TextDecoder();
  let printed = "";
  line.onBytes = (more) => (printed += decoder.decode(more, { stream: true }));
  try {
    await line.open();
    await expect.poll(() => printed, { timeout: 10_000 }).toContain(words);
    return printed;
  } finally {
    await line.close();
    await board.stop();
  }
}

describe.skipIf(!qemuIsHere)("a hex of ours on real V1 firmware", { retry: 2 }, () => {
  let folder: string;
  const save = (text: string): string => {
    const path = join(folder, "project.hex");
    writeFileSync(path, text);
    return path;
  };
  const firmware = async () => (await readHex(readFileSync(findFirmware()!, "utf8"))).firmware;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "hex-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("boots and runs main.py, which imports another file of the project", async () => {
    const printed = await boot(save(await makeHex(await firmware(), files)), "main says");
    expect(printed).toContain("main says ñandú\r\n");
  }, 30_000);

  test("boots as V1's part of a Universal Hex", async () => {
    const both = [...(await firmware()), ...(await readHex(syntheticV2())).firmware];
    const part = separateUniversalHex(await makeHex(both, files)).find(({ boardId }) => boardId === 0x9900);
    expect(await boot(save(part!.hex), "main says")).toContain("main says ñandú\r\n");
  }, 30_000);

  test("without files comes to its prompt", async () => {
    expect(await boot(save((await firmware())[0]!.hex), ">>> ")).toContain("MicroPython v1.9.2");
  }, 30_000);
});
