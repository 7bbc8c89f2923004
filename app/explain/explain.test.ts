// Every error text of real V1 firmware (messages.txt, recorded) and of newer firmware finds an explanation in both languages.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { en } from "../i18n/en.ts";
import { es } from "../i18n/es.ts";
import { fill } from "../i18n/i18n.ts";
import { explain, explainTable } from "./table.ts";
import { lookAtSyntax, readTraceback } from "./traceback.ts";

const messages = readFileSync(new URL("messages.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");

describe("explanations", () => {
  test("there are many recorded messages", () => expect(messages.length).toBeGreaterThan(150));

  test.each(messages)("%s", (message) => {
    const { key, what, attempt, values } = explain(message, 3);
    for (const catalogue of [en, es]) {
      expect(fill(catalogue[what], values, "en")).not.toMatch(/[{}]/);
      expect(fill(catalogue[attempt], values, "en")).not.toMatch(/[{}]/);
    }
    if (!/^(StopIteration|NotImplementedError|Exception|RuntimeError|KeyboardInterrupt|AttributeError)/.test(message)) {
      expect(key).not.toBe("other");
    }
  });

  test("every row has texts", () => {
    for (const { key } of explainTable) {
      expect(en).toHaveProperty([`explain.${key}`]);
      expect(en).toHaveProperty([`explain.${key}.try`]);
    }
  });

  test.each([
    ["NameError: name 'x' is not defined", "name-unknown", { name: "x" }],
    ["NameError: name 'x' isn't defined", "name-unknown", { name: "x" }],
    ["NameError: local variable referenced before assignment", "name-too-early", {}],
    ["TypeError: unsupported types for __add__: 'int', 'str'", "type-add", { type: "int", other: "str" }],
    ["TypeError: can't convert 'int' object to str implicitly", "type-add", { type: "int", other: "str" }],
    ["TypeError: unsupported types for __lt__: 'int', 'str'", "type-compare", { type: "int" }],
    ["TypeError: 'int' object isn't callable", "not-callable", { type: "int" }],
    ["TypeError: function takes 1 positional arguments but 2 were given", "arg-count", { n: "1", m: "2" }],
    ["TypeError: function expected at most 2 arguments, got 3", "arg-count", { n: "2", m: "3" }],
    ["TypeError: function missing 2 required positional arguments", "arg-some", {}],
    ["ImportError: no module named 'json'", "module-missing", { name: "json" }],
    ["ImportError: can't import name x", "import-name", { name: "x" }],
    ["ZeroDivisionError: divide by zero", "divide-zero", {}],
    ["ValueError: brightness out of bounds", "out-of-range", {}],
    ["ValueError: value must be between 0 and 1023", "out-of-range", {}],
    ["ValueError: Pin 3 in display mode", "pin-mode", {}],
    ["OSError: [Errno 2] ENOENT", "file-missing", {}],
    ["MemoryError: ", "memory", {}],
    ["RuntimeError: maximum recursion depth exceeded", "recursion", {}],
    ["ValueError: received packet is not a string", "radio-packet", {}],
  ])("%s is %s", (message, key, values) => {
    const found = explain(message, 1);
    expect(found.key).toBe(key);
    expect(found.values).toMatchObject(values);
  });
});

describe("traceback", () => {
  const files = { "main.py": "import other\nother.go()\n", "other.py": "def go():\n    return x\n" };

  test("points at the innermost line of the learner's own files", () => {
    const text =
      'Traceback (most recent call last):\r\n  File "<stdin>", line 2, in <module>\r\n  File "other.py", line 2, in go\r\nNameError: name \'x\' is not defined\r\n';
    expect(readTraceback(text, files)).toMatchObject({ file: "other.py", line: 2, error: "NameError: name 'x' is not defined" });
  });

  test("ignores frames of the board's own modules", () => {
    const text =
      'Traceback (most recent call last):\n  File "__main__", line 1, in <module>\n  File "antigravity.py", line 9\nValueError: no\n';
    expect(readTraceback(text, files)).toMatchObject({ file: "main.py", line: 1 });
  });

  test("is silent about a stopped program", () => {
    expect(
      readTraceback('Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nKeyboardInterrupt: \n', files),
    ).toBeNull();
  });
});

describe("a closer look at a syntax error", () => {
  test.each([
    ["if x > 1\n    y = 2\n", 1, "syntax-colon", 1],
    ["while True\n    pass\n", 2, "syntax-colon", 1],
    ["if x = 1:\n    pass\n", 1, "syntax-equals", 1],
    ["print((1, 2)\nx = 3\n", 2, "syntax-bracket", 1],
    ["for i in range(3):\nprint(i)\n", 2, "indent-missing", 2],
    ["print('hello)\n", 1, "syntax-bracket", 1],
  ])("%j", (source, line, key, at) => {
    expect(lookAtSyntax(source, line)).toEqual({ key, line: at });
  });

  test("finds nothing where nothing typical is wrong", () => {
    expect(lookAtSyntax("x = 3 $ 4\n", 1)).toBeNull();
  });
});
