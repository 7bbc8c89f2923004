import { expect, test } from "vitest";
import { SimClock } from "../../sim/clock.ts";
import { charsOf, glyph } from "./font.ts";
import { images } from "./images.ts";
import { charFrame, framesAnimation, LedMatrix, scrollAnimation } from "./model.ts";
import { opacities } from "./view.ts";

const ms = 1e6;
const options = { text: "", delayMs: 400, clear: false, loop: false };
const build = (): { clock: SimClock; display: LedMatrix } => {
  const clock = new SimClock();
  return { clock, display: new LedMatrix(clock) };
};
/** How long an animation takes, in ms. */
const duration = ({ clock, display }: ReturnType<typeof build>): number => {
  for (let t = 0; display.isPlaying; t += 1) clock.moveTo(t * ms);
  return Math.round(clock.ns / ms);
};

// Measured on real V1 firmware with delay=30: columns of text plus five, 30 ms each.
test.each([
  [" ", 8],
  ["A A", 17],
  ["AB", 14],
  ["", 5],
  ["i", 8],
  ["l", 9],
  ["A", 9],
  ["  ", 11],
  ["a ", 13],
  [" a", 14],
  ["Hello", 27],
])("scrolling %j takes %i columns", (text, columns) => {
  const world = build();
  world.display.play(scrollAnimation(text, { delayMs: 30, monospace: false, loop: false }));
  expect(duration(world)).toBe(columns * 30);
});

test("monospaced text has five columns a letter", () => {
  const world = build();
  world.display.play(scrollAnimation("A", { delayMs: 150, monospace: true, loop: false }));
  expect(duration(world)).toBe(1500);
});

test("text enters from the right, one column every 150 ms", () => {
  const { clock, display } = build();
  display.play(scrollAnimation("l", { delayMs: 150, monospace: false, loop: false }));
  expect(display.state.playing).toEqual({ kind: "scroll", text: "l" });
  expect(display.state.pixels.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
  clock.moveTo(150 * ms);
  expect(display.state.pixels.slice(0, 5)).toEqual([0, 0, 0, 0, 9]);
  clock.moveTo(300 * ms);
  expect(display.state.pixels.slice(0, 5)).toEqual([0, 0, 0, 9, 0]);
});

test.each([
  [{ ...options }, 2, 804],
  [{ ...options, clear: true }, 2, 1206],
  [{ ...options, delayMs: 31 }, 2, 72],
  [{ ...options, delayMs: 0 }, 2, 12],
])("%j with %i frames takes %i ms", (how, count, total) => {
  const world = build();
  const frames = [..."ABCDEF"].slice(0, count).map(charFrame);
  world.display.play(framesAnimation(frames, how));
  expect(world.display.state.pixels).toEqual(charFrame("A"));
  expect(duration(world)).toBe(total);
  expect(world.display.state.pixels.some((level) => level > 0)).toBe(!how.clear);
});

test("a loop starts again, and a picture ends it", () => {
  const { clock, display } = build();
  display.play(framesAnimation([charFrame("A"), charFrame("B")], { ...options, loop: true }));
  clock.moveTo(402 * 3 * ms);
  expect(display.state.pixels).toEqual(charFrame("B"));
  display.draw(charFrame("C"));
  clock.moveTo(5000 * ms);
  expect([display.isPlaying, display.state.pixels]).toEqual([false, charFrame("C")]);
});

test("off shows nothing but keeps the picture", () => {
  const { display } = build();
  display.setPixel(1, 2, 7);
  display.setOn(false);
  expect(display.state.pixels.every((level) => level === 0)).toBe(true);
  expect(display.getPixel(1, 2)).toBe(7);
  display.setOn(true);
  expect(display.state.pixels[11]).toBe(7);
});

test("has 95 characters, 64 images, and brightness that always rises", () => {
  expect(Array.from({ length: 95 }, (_, i) => glyph(String.fromCharCode(32 + i))).every(Boolean)).toBe(true);
  expect(glyph("é")).toBe(null);
  expect(charsOf(charFrame("O"))).toBe("0O");
  expect(Object.keys(images)).toHaveLength(64);
  for (let i = 1; i < opacities.length; i++) expect(opacities[i]).toBeGreaterThan(opacities[i - 1]);
});
