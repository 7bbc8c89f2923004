// describe.ts in both languages, and the catalogues themselves.
import { describe, expect, test } from "vitest";
import { silence } from "./parts/speaker/state.ts";
import { describeLeds, describePixels, describeScreen, describeSound } from "./describe.ts";
import { en } from "./messages/en.ts";
import { es } from "./messages/es.ts";
import { boardText, englishText as t } from "./messages/text.ts";
import { charFrame } from "./parts/led-matrix/model.ts";
import { images } from "./parts/led-matrix/images.ts";

const pixels = (rows: string): number[] => [...rows.replaceAll(":", "")].map(Number);

describe("the screen in words", () => {
  test.each([
    ["00000:00000:00000:00000:00000", "Screen empty"],
    ["99999:99999:99999:99999:99999", "All lights on"],
    [images["HEART"], "Heart"],
    [images["HEART"].replaceAll("9", "3"), "Heart, level 3 of 9"],
    [images["CLOCK3"], "Clock, 3 o'clock"],
    ["00000:00900:00000:00000:00000", "One light, column 3, row 2"],
    ["09090:99999:00000:00000:00000", "Row 1: columns 2, 4. Row 2: all."],
    ["09010:00000:00000:00000:00000", "Row 1: column 2 level 9, column 4 level 1."],
  ])("%s is %j", (rows, words) => expect(describePixels(pixels(rows), t)).toBe(words));

  test.each([
    ["A", "Letter A"],
    ["0", "Number 0 or O"],
    ["?", "Sign ?"],
  ])("the glyph %s is %j", (char, words) => expect(describePixels(charFrame(char), t)).toBe(words));

  test("says scrolling text once, and that a screen is off", () => {
    const state = {
      pixels: pixels("00009:00000:00000:00000:00000"),
      on: true,
      playing: { kind: "scroll", text: "Hello" } as const,
    };
    expect(describeScreen(state, t)).toBe("Scrolling: Hello");
    expect(describeScreen({ ...state, on: false }, t)).toBe("Screen off");
  });

  test("has a name for each of the 64 images in both languages", () => {
    for (const name of Object.keys(images)) {
      const words = describePixels(pixels(images[name]), boardText(es));
      expect(words, name).not.toMatch(/Fila|undefined/);
    }
  });
});

test("names LEDs and tones", () => {
  expect(describeLeds({ led1: { intensity: 255 }, led4: { intensity: 128 } }, t)).toBe("On: Red light, Blue light at 50 %");
  expect(describeLeds({}, t)).toBe("All lights off");
  expect(describeSound({ ...silence, hz: 262 }, t)).toBe("Playing C4");
  expect(describeSound(silence, t)).toBe("Silent");
  expect(describeSound({ ...silence, hz: 988, playing: "giggle" }, t)).toBe("Playing the sound giggle");
  expect(describeSound({ ...silence, hz: 988, playing: "effect" }, t)).toBe("Playing a sound effect");
  expect(describeSound({ ...silence, playing: "samples" }, t)).toBe("Playing samples");
  expect(describeSound({ ...silence, words: "hello" }, t)).toBe("Saying “hello”");
});

test("both catalogues have the same keys and holes", () => {
  expect(Object.keys(es)).toEqual(Object.keys(en));
  const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, text] of Object.entries(en)) expect(holes(es[key as keyof typeof en]), key).toEqual(holes(text));
});
