// How long scroll, show and music take: our V1 and the real firmware in QEMU agree within 1 % or one tick of the display.
import { afterAll, describe, expect, test } from "vitest";
import { qemuIsHere } from "../../link/qemu.ts";
import { FirmwareBoard } from "./firmware.ts";
import { RawBoard } from "./oracle.ts";

const tickMs = 6;
const calls = [
  "display.scroll('A')",
  "display.scroll('Hi!', delay=40)",
  "display.scroll('il', monospace=True, delay=60)",
  "display.show('AB')",
  "display.show([Image.HEART, Image.HAPPY], delay=150)",
  "display.show([Image.HEART], delay=200, clear=True)",
  "display.show(1.5, delay=100)",
  "music.play(['c4:4', 'd4:2'])",
  "music.play(['c', 'r:1', 'e5:1'])",
  "music.play(music.JUMP_UP)",
  "music.pitch(440, 300)",
  "sleep(250)",
  "music.set_tempo(bpm=240), music.play('c4:8')",
];
const timed = (call: string): string => `t = running_time()\n${call}\nprint(running_time() - t)`;

const firmware = new FirmwareBoard();
afterAll(() => firmware.stop());

describe.skipIf(!qemuIsHere)("a V1 takes as long as its firmware for", { timeout: 60000 }, () => {
  test.each(calls)("%s", async (call) => {
    const board = new RawBoard("v1");
    board.enterRaw();
    board.exec("import music");
    const ours = Number(board.exec(timed(call)).out);
    await firmware.restart("import music\n");
    const theirs = Number((await firmware.exec(timed(call))).out);
    expect(Math.max(0, Math.abs(ours - theirs) - tickMs) / theirs, `${ours} ms and ${theirs} ms`).toBeLessThanOrEqual(0.01);
  });
});
