// Sound, through the whole page: the program's pitches leave WebAudio without gaps, mute is mute, and what is said is shown.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFirst, runButton, startWorld, visit, write, type World } from "./browser.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

interface Piece {
  readonly start: number;
  readonly pcm: readonly number[];
}

/** Keeps every piece of sound that the page schedules. */
async function listenTo(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const pieces: { start: number; pcm: number[] }[] = [];
    Object.assign(globalThis, { pieces });
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function (when = 0) {
      pieces.push({ start: Math.round(when * this.context.sampleRate), pcm: [...(this.buffer?.getChannelData(0) ?? [])] });
      start.call(this, when);
    };
  });
  await page.reload();
}
const pieces = (page: Page): Promise<Piece[]> => page.evaluate(() => (globalThis as unknown as { pieces: Piece[] }).pieces);

test("a pitch of 440 Hz for a second leaves the page as that, in one piece", async () => {
  const { page, context, complaints } = await visit(world);
  await listenTo(page);
  await openFirst(page);
  await write(page, "import music\nmusic.pitch(440, 1000)\nprint('over')\n");
  await runButton(page).click();
  await page.locator("by-console .lines", { hasText: "over" }).waitFor();
  await expect.poll(async () => (await pieces(page)).length, { timeout: 5000 }).toBeGreaterThan(10);
  const heard = await pieces(page);
  const pcm = heard.flatMap((piece) => piece.pcm);
  // The board is one of many things that this machine does, so a gap may be; but not many.
  const gaps = heard.filter(({ start }, i) => i > 0 && start !== heard[i - 1]!.start + heard[i - 1]!.pcm.length).length;
  expect(gaps).toBeLessThanOrEqual(3);
  const crossings = pcm.filter((value, i) => i > 0 && pcm[i - 1]! < 0 && value >= 0).length;
  expect(crossings).toBeGreaterThan(430);
  expect(crossings).toBeLessThan(452);
  expect(complaints).toEqual([]);
  await context.close();
});

test("what is said is shown as words, and a built-in sound by its name", async () => {
  const { page, context } = await visit(world);
  await openFirst(page);
  await write(
    page,
    "from microbit import *\nimport speech, audio\nspeech.say('hello world', speed=200)\naudio.play(Sound.TWINKLE)\n",
  );
  await runButton(page).click();
  const board = page.locator("by-board").first();
  await board.getByText("hello world").waitFor();
  await board.getByRole("img", { name: /Saying “hello world”/ }).waitFor();
  await board.getByRole("img", { name: /Playing the sound twinkle/ }).waitFor();
  await expect.poll(() => board.locator(".caption").textContent()).toBe("");
  await context.close();
});
