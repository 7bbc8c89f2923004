// The catalogues: same keys, same holes, both forms where English has two; and every key that the source names exists.
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fill } from "./i18n.ts";
import { pseudo } from "./pseudo.ts";

const keys = Object.keys(en) as (keyof typeof en)[];
const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe("catalogues", () => {
  test("Spanish has the keys, holes and forms of English", () => {
    expect(Object.keys(es).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      expect(holes(es[key]), key).toEqual(holes(en[key]));
      expect(es[key].split("|").length, key).toBe(en[key].split("|").length);
    }
  });

  test("no text is left in English by mistake", () => {
    const same = keys.filter((key) => es[key] === en[key]);
    expect(
      same.filter(
        (key) =>
          !/^(app\.name|view\.python|target\.real|files\.bytes|board\.|project\.changed\.day|plot\.(at|span\.seconds)|dock\.radio)/.test(
            key,
          ),
      ),
    ).toEqual([]);
  });

  test("the source uses every key, and only keys that exist", () => {
    const root = fileURLToPath(new URL("..", import.meta.url));
    const source = globSync("**/*.ts", { cwd: root })
      .filter((file) => !/i18n[\\/]e[ns]|explain\.|\.test\.ts$/.test(file))
      .map((file) => readFileSync(root + file, "utf8"))
      .join("\n");
    // Some keys are made from codes: connect.<LinkError code>, share.<fault>, drop.<fault>, storage.<trouble>, hex.fault.<fault>, flash.fault.<code>, flash.phase.<phase>, firmware.trouble.<trouble>, board.<id>, explain.<row>, tape.said.<state>.
    const made =
      /^(connect|share|drop|storage|hex\.fault|flash\.(fault|phase)|firmware\.trouble|board|explain|settings\.theme|view|save|run\.said|tape\.said)\./;
    const unused = keys.filter((key) => !made.test(key) && !source.includes(`"${key}"`));
    expect(unused).toEqual([]);
  });

  test("the pseudo-language is longer and keeps holes", () => {
    const longer = pseudo(en);
    for (const key of keys) expect(holes(longer[key]), key).toEqual(holes(en[key]));
    expect(longer["home.new"].length).toBeGreaterThan(en["home.new"].length * 1.3);
  });
});

describe("fill", () => {
  test("fills holes and leaves unknown ones", () => expect(fill("{a} and {b}", { a: 1 }, "en")).toBe("1 and {b}"));
  test("chooses the form by number", () => {
    expect(fill("{n} line|{n} lines", { n: 1 }, "en")).toBe("1 line");
    expect(fill("{n} line|{n} lines", { n: 0 }, "en")).toBe("0 lines");
  });
});
