// What counts as numbers in a printed line, and what is left alone as text.
import { describe, expect, test } from "vitest";
import { lineLimit, readNumbers } from "./numbers.ts";

/** "#1=3 #2=4", gaps as "-", or null. */
const read = (line: string): string | null =>
  readNumbers(line)
    ?.map(({ name, value }) => `${name}=${value ?? "-"}`)
    .join(" ") ?? null;

describe("numbers", () => {
  test.each([
    ["7", "#1=7"],
    ["-0.5", "#1=-0.5"],
    ["+3", "#1=3"],
    ["1e-05", "#1=0.00001"],
    ["2.", "#1=2"],
    ["  42\t", "#1=42"],
    ["12345678901234567890", "#1=12345678901234567000"],
    ["(1, 2)", "#1=1 #2=2"],
    ["(1,)", "#1=1"],
    ["[3, 4.5, -6]", "#1=3 #2=4.5 #3=-6"],
    ["1, 2,3", "#1=1 #2=2 #3=3"],
    ["1 2  3", "#1=1 #2=2 #3=3"],
    ["1\t2", "#1=1 #2=2"],
    ["1;2", "#1=1 #2=2"],
    ["(12, True, False)", "#1=12 #2=1 #3=0"],
    ["(1, None)", "#1=1 #2=-"],
    ["(nan, 2)", "#1=- #2=2"],
    ["1 -inf", "#1=1 #2=-"],
    ["light:120", "light=120"],
    ["light: 120", "light=120"],
    ["light level: 120", "light level=120"],
    ["light:120, temp:21", "light=120 temp=21"],
    ["x:1 y:2", "x=1 y=2"],
    ["x: 1 y: -2.5", "x=1 y=-2.5"],
    ["x:1,y:2,", "x=1 y=2"],
    ["año (°C): 21", "año (°C)=21"],
    ["on:True, t:5", "on=1 t=5"],
    ["a:nan, b:1", "a=- b=1"],
    ["{'x': 1, 'y z': 2}", "x=1 y z=2"],
    ['{"x": 1}', "x=1"],
    ["x:1, x:2", "x=2"],
  ])("%j is %j", (line, expected) => expect(read(line)).toBe(expected));

  test.each([
    "",
    "   ",
    "hello",
    "hello 7",
    "7 apples",
    ">>> 7",
    "True",
    "None",
    "nan",
    "(None, None)",
    "()",
    "(1, 'a')",
    "((1, 2), 3)",
    "(1+2j)",
    "1 + 2",
    "1-2",
    "12:30",
    "12:30:05",
    "http://x:80/",
    "temp: 21 C",
    "Traceback (most recent call last):",
    '  File "<stdin>", line 7, in <module>',
    "NameError: name 'x' isn't defined",
    "MicroPython v1.18 on 2023-10-30; micro:bit v2.1.2 with nRF52833",
    "{'=x': 1}",
    "'a:1",
    "0x10",
    "1_000",
    "--1",
    "1..2",
    "e5",
    ":5",
    "a:",
    "(1, 2",
    "1 ".repeat(lineLimit),
  ])("%j is text", (line) => expect(read(line)).toBe(null));

  test("takes no longer for a line made to be hard", () => {
    const start = performance.now();
    for (const line of ["a".repeat(399), "a ".repeat(199), "a:1 ".repeat(99) + "a", "1".repeat(399) + "x", " ".repeat(399)])
      for (let i = 0; i < 100; i++) readNumbers(line);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
