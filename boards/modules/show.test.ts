// Animations in the background, and those that come to a wrong picture. What V1 says in show is in microbit/tests/show_errors.py.
import { expect, test } from "vitest";
import { RawBoard } from "../microbit/tests/oracle.ts";

const prelude = `from microbit import *
def numbers():
    yield Image.HEART
    yield 5
def for_ever():
    while True:
        yield Image.HEART
        yield Image.HAPPY
`;

function said(version: "v1" | "v2", source: string): string {
  const board = new RawBoard(version);
  board.enterRaw();
  board.exec(prelude);
  const { out, err } = board.exec(source);
  return out + err;
}

test("V2 returns first, and raises where the program is then", () => {
  expect(said("v2", "display.show([Image.HEART, 5], delay=10)\nprint('next')\nsleep(1)\nprint('never')")).toBe(
    'next\nTraceback (most recent call last):\n  File "<stdin>", line 3, in <module>\nTypeError: not an image\n',
  );
});

test.each(["v1", "v2"] as const)("%s: what plays in the background is asked for one picture after the other", (version) => {
  const source = `display.show(for_ever(), wait=False, delay=20)
seen = set()
for i in range(12):
    seen.add(display.get_pixel(1, 0))
    sleep(10)
display.clear()
print(sorted(seen))`;
  expect(said(version, source)).toBe("[0, 9]\n");
});

test.each(["v1", "v2"] as const)("%s: an error in the background comes between two lines", (version) => {
  const source = "display.show(numbers(), wait=False, delay=20)\nprint('goes on')\nsleep(100)\nprint('never')";
  expect(said(version, source)).toMatch(/^goes on\nTraceback [^]*line 3[^]*TypeError: not an image\n$/);
});

test.each(["v1", "v2"] as const)("%s: a list may change while it is shown", (version) => {
  const source =
    "l = [Image.HEART]\ndisplay.show(l, wait=False, delay=50)\nl.append(Image.HAPPY)\nsleep(70)\nprint(display.get_pixel(1, 0))";
  expect(said(version, source)).toBe("0\n");
});
