// Our micro:bit V1 and the real V1 firmware in QEMU, side by side: the recorded inputs (oracle/v1.tsv) and the checks of the API list
// print the same bytes. Debian's firmware is release 1.0.1, ours is 1.1.1: where they differ, the recording of 1.1.1 decides.
import { afterAll, describe, expect, test } from "vitest";
import { qemuIsHere } from "../../link/qemu.ts";
import { ApiBoard, apiChecks, apiPrelude } from "./api.ts";
import { FirmwareBoard } from "./firmware.ts";
import { exceptions } from "./oracle-exceptions.ts";
import { answerOf, comparable, type Entry, oracle, preludeOf, RawBoard } from "./oracle.ts";

/** What release 1.0.1 has not, or says otherwise. */
const later = [
  /accelerometer\.set_range|get_analog_period_microseconds|^scale\(|^math\.exp\(1000\)/,
  /^import microbit\nprint\(sorted\(dir\(microbit\)\)\)|dir\((accelerometer|pin0|pin3)\)|dir\(Image\) if x\.isupper/,
  /^import neopixel\nprint\(dir\(neopixel\.NeoPixel\)\)|NeoPixel\(pin0, 3, 5\)|Image\(2, 2\) \+ Image\(3, 2\)/,
  /^Image\("123"\)\.shift_(left|right)|^music\.play\(\[5\]\)/,
];
/** What the emulator has not: radio, tones, pulses, the sensors' chips. Much of it never answers. */
const absent =
  /^(radio|speech|microbit\.compass|microbit\.temperature|microbit\.spi\.write_readinto|machine\.time_pulse_us|microbit\.i2c)\b/;

const firmware = new FirmwareBoard();
afterAll(() => firmware.stop());
const entries = oracle("v1").filter(({ output, kind }) => !output.startsWith("!") && kind !== "boot");
const sections = [...new Set(entries.map((entry) => entry.section))];
let same = 0;
let others = 0;

const isKnown = ({ section, input }: Entry): boolean =>
  later.some((pattern) => pattern.test(input)) || exceptions.v1.some((e) => e.section === section && e.matches(input));

describe.skipIf(!qemuIsHere)("V1 and its firmware", { timeout: 120000 }, () => {
  test.each(sections)("%s", async (section) => {
    const wrong: string[] = [];
    let ours: RawBoard | null = null;
    for (const entry of entries.filter((each) => each.section === section)) {
      if (ours === null || entry.kind === "block") {
        ours = new RawBoard("v1");
        ours.enterRaw();
        ours.exec(preludeOf(entry) || "pass");
        await firmware.restart(preludeOf(entry));
      }
      const [is, should] = [await answerOf(ours, entry), await answerOf(firmware, entry)].map(comparable);
      if (is === should) same++;
      else if (isKnown(entry)) others++;
      else wrong.push(`${JSON.stringify(entry.input)}\n    is ${JSON.stringify(is)}\nshould ${JSON.stringify(should)}`);
    }
    expect(wrong).toEqual([]);
  });

  test("the checks of the API list", async () => {
    const wrong: string[] = [];
    const checks = apiChecks.filter(({ row, v1 }) => !absent.test(row) && !/no attribute 'SoundEffect'/.test(v1));
    await firmware.restart(apiPrelude);
    for (const { code } of checks) {
      const board = new ApiBoard("v1");
      const should = await ApiBoard.answer(firmware, code);
      const is = board.value(code);
      await firmware.exec("pin0.read_digital()\nmusic.reset()\nimport gc\ngc.collect()");
      if (is === should) same++;
      else if (later.some((pattern) => pattern.test(code))) others++;
      else wrong.push(`${code}\n    is ${is}\nshould ${should}`);
    }
    expect(wrong).toEqual([]);
  });

  test("at least 300 answers are the same", () => {
    console.log(`${same} answers of the real firmware are ours too; ${others} belong to another release or another machine`);
    expect(same).toBeGreaterThanOrEqual(300);
  });
});
