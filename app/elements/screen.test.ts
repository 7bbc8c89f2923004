// The console's text: line ends, readline's controls, and memory that stays bounded however much a program prints.
import { describe, expect, test } from "vitest";
import { linesKept, Screen } from "./screen.ts";

const shown = (...parts: string[]) => {
  const screen = new Screen();
  for (const part of parts) screen.write(part);
  return screen.lines;
};

describe("screen", () => {
  test("takes CR LF as one line end", () => expect(shown("a\r\nb\r\n")).toEqual(["a", "b", ""]));
  test("writes over after CR", () => expect(shown("abc\rX")).toEqual(["Xbc"]));
  test("rubs out as readline does", () => expect(shown(">>> ab", "\b\x1b[K")).toEqual([">>> a"]));
  test("moves by escape sequences, also cut in two", () => expect(shown("abc\x1b", "[2DX")).toEqual(["aXc"]));
  test("keeps tabs in columns", () => expect(shown("a\tb")).toEqual(["a       b"]));

  test("keeps the newest lines and counts the others", () => {
    const screen = new Screen();
    for (let i = 0; i < 20_000; i++) screen.write(`${i}\n`);
    expect(screen.lines.length).toBeLessThanOrEqual(linesKept + 501);
    expect(screen.lines.at(-2)).toBe("19999");
    expect(screen.dropped + screen.lines.length).toBe(20_001);
  });

  test("breaks a line that never ends", () => {
    const screen = new Screen();
    for (let i = 0; i < 100; i++) screen.write("x".repeat(1000));
    expect(Math.max(...screen.lines.map((line) => line.length))).toBeLessThanOrEqual(4000);
    expect(screen.lines.join("").length).toBe(100_000);
  });
});
