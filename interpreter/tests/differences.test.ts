// Known differences stay true: each is explained, each is still one, and the page lists them all.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { page, pageFile } from "./differences.ts";
import { differences } from "./programs.ts";

test("the page is made from the programs: npm run expect", () => {
  expect(readFileSync(pageFile, "utf8")).toBe(page());
});

test.each(differences())("$name is a difference", ({ expected, ours }) => {
  expect(readFileSync(ours, "utf8")).not.toBe(readFileSync(expected, "utf8"));
});
