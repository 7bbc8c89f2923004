// Every row of api.tsv on both micro:bits: the name is there or is not, and each range and error text that the row states is provoked.
import { describe, expect, test } from "vitest";
import { ApiBoard, type ApiCheck, apiChecks, type ApiRow, apiRows, presence, statedErrors, statedRanges } from "./api.ts";

const rowName = ({ module, name }: ApiRow): string => `${module}.${name}`;

/** Texts that the firmware has and never says, and what has its test elsewhere. */
const unsaid: Readonly<Record<string, string>> = {
  "speech.say ValueError: could not parse input": "its letter table knows a rule for every byte",
  "speech.pronounce ValueError: text too long": "it is of the translation, which pronounce does not need",
  "speech.pronounce ValueError: could not parse input": "as in say",
  "speech.sing ValueError: text too long": "it is of the translation, which sing does not need",
  "speech.sing ValueError: could not parse input": "as in say",
  "radio.receive_full 0..-255": "needs a second board: modules/modradio.test.ts",
  "radio.receive ValueError: received packet is not a string": "needs a second board: modules/modradio.test.ts",
};

/** What kinds of error mean that a name is not there. */
const missing =
  /^(SyntaxError: invalid micropython decorator|AttributeError|ImportError|NameError|ValueError: invalid gesture|NotImplementedError)/;

const versions = ["v1", "v2"] as const;

/** Language rows are checks only: "feature" names no name. */
const isName = (row: ApiRow): boolean => row.kind !== "feature";

let walked = 0;

describe.each(versions)("micro:bit %s", (version) => {
  test("has each name of the list, and has not what it should not have", () => {
    const wrong: string[] = [];
    let board = new ApiBoard(version);
    for (const row of apiRows.filter(isName)) {
      const isThere = row[version] === "yes";
      for (const expression of presence(row)) {
        const answer = board.value(expression);
        if (missing.test(answer) === isThere) wrong.push(`${rowName(row)}: ${expression} is ${answer}`);
        // What is looked at may change the board: importing love plays, a row of pins takes them.
        if (row.kind === "method" || row.name === "__init__") board = new ApiBoard(version);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("has the constants that the list gives", () => {
    const wrong: string[] = [];
    const board = new ApiBoard(version);
    for (const row of apiRows.filter((each) => each[version] === "yes")) {
      const expected = valueOf(row, version);
      if (expected === null) continue;
      const answer = board.value(presence(row)[0]);
      if (answer !== expected) wrong.push(`${rowName(row)} is ${answer}, should be ${expected}`);
    }
    expect(wrong).toEqual([]);
  });

  test("takes no argument where the list names none", () => {
    const wrong: string[] = [];
    for (const row of apiRows.filter((each) => each[version] === "yes" && /^\(\)( |$)/.test(each.signature))) {
      if (row.name.includes("__") || row.name === "AudioFrame") continue;
      const answer = new ApiBoard(version).value(`${presence(row)[0]}(1, 2, 3)`);
      if (
        !/(^| )TypeError: (function takes \d( to \d)? positional|function expected at most|extra positional|wrong number of)/.test(
          answer,
        )
      )
        wrong.push(`${rowName(row)}(1, 2, 3): ${answer}`);
    }
    expect(wrong).toEqual([]);
  });

  test.each(apiChecks.map((check) => [check.row, check.code, check] as const))("%s: %s", (_row, code, check) => {
    expect(new ApiBoard(version).value(code)).toBe(check[version]);
  });
});

test("every range and every error that a row states has a check", () => {
  const checksOf = (row: ApiRow): readonly ApiCheck[] => apiChecks.filter((check) => check.row === rowName(row));
  const lacking: string[] = [];
  for (const row of apiRows) {
    walked++;
    const answers = checksOf(row).flatMap((check) => versions.map((version) => check[version]));
    for (const error of statedErrors(row)) {
      if (`${rowName(row)} ${error}` in unsaid) continue;
      const [type, text] = error.split(/: (.*)/);
      const pattern = new RegExp(`(^| )${type}: .*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/%[dq]/g, ".+")}`);
      if (!answers.some((answer) => pattern.test(answer))) lacking.push(`${rowName(row)}: ${error}`);
    }
    for (const range of statedRanges(row))
      if (answers.length === 0 && !(`${rowName(row)} ${range}` in unsaid)) lacking.push(`${rowName(row)}: ${range}`);
    if (row.kind === "feature" && answers.length === 0) lacking.push(rowName(row));
  }
  const known = new Set(apiRows.map(rowName));
  expect(apiChecks.filter((check) => !known.has(check.row)).map((check) => check.row)).toEqual([]);
  expect(lacking).toEqual([]);
  console.log(`${walked} rows of the list were walked`);
  expect(walked).toBe(593);
});

/** The value that a row gives: "int = 1", a picture, or a number for each board. */
function valueOf({ kind, signature, notes }: ApiRow, version: "v1" | "v2"): string | null {
  if (kind !== "constant") return null;
  const picture = /^(?:[0-9]{5}:){4}[0-9]{5}$/.exec(notes);
  if (picture) return `Image('${picture[0]}:')`;
  const each = new RegExp(`${version.toUpperCase()} = (-?\\d+)`).exec(notes);
  return each?.[1] ?? /^int = (-?\d+)$/.exec(signature)?.[1] ?? null;
}
