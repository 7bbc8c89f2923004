// Our micro:bits answer what the real ones answered (oracle.ts), byte for byte. What cannot be the same is listed with its reason,
// and has to differ somewhere.
import { describe, expect, test } from "vitest";
import { type Exception, exceptions } from "./oracle-exceptions.ts";
import { answers, comparable, type Entry, oracle } from "./oracle.ts";

describe.each([
  ["v1", 510],
  ["v2", 1810],
] as const)("micro:bit %s", (version, least) => {
  const entries = oracle(version).filter(({ output }) => !output.startsWith("!"));
  const sections = [...new Set(entries.map((entry) => entry.section))];
  const exceptionOf = ({ section, input }: Entry): Exception | undefined =>
    exceptions[version].find((e) => e.section === section && e.matches(input));

  test("has many answers to compare", () => {
    const compared = entries.filter((entry) => exceptionOf(entry) === undefined).length;
    console.log(`micro:bit ${version}: ${compared} of ${entries.length} recorded answers are compared`);
    expect(compared).toBeGreaterThan(least);
  });

  test.each(sections)("%s", async (section) => {
    const wrong: string[] = [];
    const unused = new Set(exceptions[version].filter((e) => e.section === section));
    for await (const { entry, answer } of answers(
      version,
      entries.filter((other) => other.section === section),
    )) {
      const isCutOff = entry.kind === "boot" && !entry.output.endsWith(">>> ");
      const [is, should] = [comparable(answer), comparable(entry.output)];
      const isSame = isCutOff ? is.startsWith(should) : is === should;
      const exception = exceptionOf(entry);
      if (!isSame && exception) unused.delete(exception);
      if (!isSame && !exception)
        wrong.push(`${JSON.stringify(entry.input)}\n    is ${JSON.stringify(is)}\nshould ${JSON.stringify(should)}`);
    }
    expect(wrong).toEqual([]);
    expect([...unused].map(({ reason }) => reason)).toEqual([]);
  });
});
