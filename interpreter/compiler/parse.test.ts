// The parser against tables and against real MicroPython (the npm WebAssembly port): same verdict, same text, same line.

import { beforeAll, describe, expect, test } from "vitest";
import { parse, type SyntaxFeatures } from "./parse.ts";
import { PySyntaxError, type Expr, type InputKind, type Module, type Stmt } from "./tree.ts";

// The package has no types: this is the part used here.
interface Port {
  loadMicroPython(options: object): Promise<{ runPython(code: string): void; globals: { get(name: string): unknown } }>;
}
const PORT: string = "@micropython/micropython-webassembly-pyscript/micropython.mjs";

const ALL: SyntaxFeatures = {
  fstrings: true,
  asyncAwait: true,
  assignExpr: true,
  numericUnderscore: true,
  annotations: true,
  tstrings: true,
};
const OLD: SyntaxFeatures = {
  fstrings: false,
  asyncAwait: false,
  assignExpr: false,
  numericUnderscore: false,
  annotations: false,
};

const verdict = (source: string, kind: InputKind = "file", features: SyntaxFeatures = ALL): string => {
  try {
    parse(source, kind, features);
    return "ok";
  } catch (error) {
    if (!(error instanceof PySyntaxError)) throw error;
    return `${error.line} ${error.type}: ${error.message}${error.detail}`;
  }
};

const expression = (source: string): Expr => {
  const statement = parse(source, "eval", ALL).body[0];
  if (statement.kind !== "expr") throw new Error("no expression");
  return statement.value;
};

/** Every node of a tree with the span it lies in. */
function* nodes(value: unknown, parent: { start: number; end: number }): Generator<[NodeLike, { start: number; end: number }]> {
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return;
  let inner = parent;
  if (isNode(value)) {
    yield [value, parent];
    inner = value;
  }
  for (const [key, child] of Object.entries(value)) {
    if (key !== "outer" && key !== "trivia") yield* nodes(child, inner);
  }
}
interface NodeLike {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly kind?: string;
  readonly outer?: { readonly start: number; readonly end: number };
}
const isNode = (value: object): value is NodeLike => "start" in value && "end" in value && "line" in value;

const PROGRAM = `# start
from microbit import *
import math as m, sys


@decorate(1, key="v")  # a comment
def f(a, b: int = (1 + 2) * 3, *args, c, **kw) -> None:
    '''doc'''
    x = [i ** 2 for i in range(10) if i % 2] ; y = {"a": 1, 'b': -2.5e3}
    if x and not (y or
                  z):
        return x[1:2, ::3], a.b.c(1, *d, **e)

    elif (n := len(x)) > 10: pass
    else:
        yield (yield a), b
  # odd comment
    for i, (j, *k) in enumerate(a): i += 1
    else: del a[0], b.c

    try: raise E("x") from None
    except (A, B) as e: print(f"{a!r:>{w}} {b + 1} {{}}")
    finally:
        async with a as b, c: await d
    return lambda x, *y, z=1: x if y else 0x1F
class C(B, metaclass=M):
\tglobal q, r
\tw: int = not a is not b
assert a <= b < c, "m" ; nonlocal_ = 1_000, 1j, ..., b"\\x01" b'a', r'\\n' 'c'
`;

const SAME_AS_MICROPYTHON: readonly (string | readonly [string, InputKind])[] = [
  "print 1",
  "x = (1,\n2\n3)",
  "if x:\ny",
  " x",
  "\n\n  x",
  "if x:\n    a\n  b",
  "if x:\n\ta\n        b\n",
  "if x:\n    a\n\tb\n",
  "def f(:\n pass",
  "x = 'abc",
  "x = '''abc",
  "x = '\\x4'",
  "x = '\\N{DASH}'",
  "'\\777'",
  "b'\\777'",
  "'\\U00110000'",
  "'a' b'b'",
  "x = 01",
  "x = 00",
  "x = 0x",
  "x = 1if y else 2",
  "x = 1.2.3",
  "x = 1e",
  "x = 1e+",
  "x = 0b12",
  "x = 1__0",
  "1 +",
  "a b",
  "x = $",
  "x = a!b",
  "x = a..b",
  "x \\\n = 1",
  "x \\ \n = 1",
  "x = 1 \\",
  "(yield)",
  "f(a=1, *b, **c, d)",
  "f(a for a in b, c)",
  "f(a.b=1)",
  "{1: 2, 3}",
  "{1, 2: 3}",
  "{**a}",
  "[*a, *b]",
  "(*a)",
  "*a",
  "*a = b",
  "del a, (b, c)",
  "del (yield)",
  "return",
  "from . import a",
  "from ... import a,",
  "from a import (b, c,)",
  "from a import ()",
  "import a, ",
  "import a.b as c",
  "try:\n a",
  "try:\n a\nelse:\n b",
  "try:\n a\nexcept:\n b\nelse:\n c\nfinally:\n d",
  "with a as b, c as (d, e):\n f",
  "for a in b, c: d",
  "for a, in b: pass\nelse: pass",
  "while a: b\nelse: c",
  "@a.b(c)\ndef f(): pass",
  "@a\nx = 1",
  "@a + b\ndef f(): pass",
  "class A: pass",
  "class A(): pass",
  "class A(B, c=D):\n pass",
  "lambda *a, b=1, **c: d",
  "lambda: (yield)",
  "[a for b in c if d if e for f in g]",
  "[a for b in lambda: c]",
  "a if b",
  "not a in b",
  "a not b",
  "a is not not b",
  "-a ** -b",
  "a ** b ** c",
  "a[b:c:d, ::, e]",
  "a[]",
  "a[b,]",
  "async def f():\n await a\n async for b in c: d",
  "async x",
  "await a.b ** c",
  "if a := b: c",
  "(a := b)",
  "a := b",
  "f(a := b)",
  "[a := 1, b]",
  "x: int",
  "x: int = 5, 6",
  "x: int += 5",
  "x += y = z",
  "x = y = yield z",
  "match x:\n case 1: pass",
  "nonlocal a, b",
  "global",
  "assert a, b, c",
  "raise a from b",
  "raise from b",
  "exec 'x'",
  "a <> b",
  "a; b;",
  "a;; b",
  "; a",
  "if a: b; c\nd",
  "if a: if b: c",
  "x = [1,\n  # comment\n\n 2]",
  "x = {\n}",
  ")",
  "f'{a!r:>10} {b=} {{}}'",
  "f'{a'",
  "f'{a b}'",
  "f'{a}' 'b' f'{c:{d}}'",
  "f'{ }'",
  "f'{a[\"b\"]}'",
  'f"{a["b"]}"',
  "f'{\"}\"}'",
  "f'{a!x}'",
  "f'{lambda x: 1}'",
  "rf'\\{a}'",
  "R'a'",
  "U'a'",
  "br'a' rb'b'",
  "é = 1",
  "x\r\ny\rz",
  "x\f\ny",
  "def f():\n    pass\n  # low\n    pass",
  ["x", "single"],
  ["\\\n", "single"],
  ["\n", "single"],
  ["x\ny", "single"],
  ["if x:\n  y\n", "single"],
  ["if x:\n  y\nz", "single"],
  ["\nx", "single"],
  ["x, y\n", "eval"],
  ["x = 1", "eval"],
  ["", "eval"],
  [" x", "eval"],
  ["x\n\n", "eval"],
  ["x\n#c\n", "eval"],
];

describe("against real MicroPython", () => {
  let check: (source: string, kind: string) => string;
  beforeAll(async () => {
    const real = await ((await import(PORT)) as Port).loadMicroPython({ stdout: () => {} });
    real.runPython(`
import sys, io
def check(source, kind):
    try:
        compile(source, 'f', kind)
        return 'ok'
    except Exception as error:
        out = io.StringIO()
        sys.print_exception(error, out)
        return out.getvalue()
`);
    check = (source, kind) => {
      const text = (real.globals.get("check") as (source: string, kind: string) => string)(source, kind);
      const line = /File "f", line (\d+)/.exec(text)?.[1] ?? "0";
      const last = text.trim().split("\n").pop() ?? "";
      // Other texts are its compiler's.
      const isParsers = /invalid syntax|unexpected indent|unindent|malformed|name escapes/.test(last);
      return isParsers ? `${line} ${last}` : "ok";
    };
  });

  test.each(SAME_AS_MICROPYTHON.map((row) => ({ row })))("says the same of $row", ({ row }) => {
    const [source, kind] = typeof row === "string" ? [row, "file" as const] : row;
    expect(verdict(source, kind)).toBe(check(source, kind === "file" ? "exec" : kind));
  });
});

describe("older and larger builds", () => {
  test.each([
    ["f'a'", "1 SyntaxError: invalid syntax"],
    ["a := 1", "1 SyntaxError: invalid syntax"],
    ["x: int = 1", "1 SyntaxError: invalid syntax"],
    ["x = 1_000", "1 SyntaxError: invalid syntax"],
    ["async = await", "ok"],
    ["def f(a: int) -> None: pass", "ok"],
  ])("%s without the newer language", (source, expected) => {
    expect(verdict(source, "file", OLD)).toBe(expected);
  });
  test.each([
    ["f'{}'", "1 SyntaxError: malformed f-string"],
    ["f'{=}'", "1 SyntaxError: malformed f-string"],
    ["t'{a!r:>{w}} {b=} {{ }}'", "ok"],
    ["t'{ }'", "1 SyntaxError: malformed f-string"],
    ["t'}'", "1 SyntaxError: malformed f-string"],
    ["rt'\\{a}'", "ok"],
  ])("%s in 1.28", (source, expected) => {
    expect(verdict(source)).toBe(expected);
  });
});

describe("spans", () => {
  const module = parse(PROGRAM, "file", ALL);
  test("nest, and are cut without blanks", () => {
    for (const [node, parent] of nodes(module.body, module)) {
      const { start, end } = node.outer ?? node;
      expect(start >= parent.start && end <= parent.end && start <= node.start && node.end <= end, JSON.stringify(node)).toBe(
        true,
      );
      const text = PROGRAM.slice(node.start, node.end);
      expect(text).toBe(text.trim());
    }
  });
  test("of any expression are that expression again", () => {
    for (const [node] of nodes(module.body, module)) {
      if (node.kind === undefined || ["slice", "star", "yield", "walrus", "plain"].includes(node.kind)) continue;
      if (!EXPRESSIONS.has(node.kind)) continue;
      if (node.start === node.end || (node.kind === "tuple" && PROGRAM.slice(node.start, node.end).includes(":"))) continue;
      const again = expression(`(${PROGRAM.slice(node.start, node.end)})`);
      expect(shape(again)).toEqual(shape(node));
    }
  });
  test("statements give their own text", () => {
    const texts = module.body.map((statement) => PROGRAM.slice(statement.start, statement.end).split("\n")[0]);
    expect(texts).toEqual([
      "from microbit import *",
      "import math as m, sys",
      '@decorate(1, key="v")  # a comment',
      "class C(B, metaclass=M):",
      'assert a <= b < c, "m"',
      expect.stringContaining("nonlocal_ ="),
    ]);
    expect(module.body.map((statement) => statement.line)).toEqual([2, 3, 7, 26, 29, 29]);
  });
  test("comments and blank lines are kept", () => {
    expect(module.trivia.map(({ kind, start, end, line }) => [kind, PROGRAM.slice(start, end), line])).toEqual([
      ["comment", "# start", 1],
      ["blank", "\n\n", 4],
      ["comment", "# a comment", 6],
      ["blank", "\n", 13],
      ["comment", "# odd comment", 17],
      ["blank", "\n", 20],
    ]);
  });
});

const EXPRESSIONS: ReadonlySet<string> = new Set(
  "name int float imag str bytes fstring const tuple list dict set comp unary binary boolop compare conditional lambda call attribute subscript await".split(
    " ",
  ),
);

/** A tree without its places. */
function shape(value: unknown): unknown {
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(shape);
  const drop = ["start", "end", "line", "outer", "opStart", "attrStart", "parens", "opLine", "constLine", "bodyLine"];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !drop.includes(key))
      .map(([key, child]) => [key, shape(child)]),
  );
}

describe("values", () => {
  test.each<[string, unknown]>([
    ["0x1F", 31],
    ["0o17", 15],
    ["0b101", 5],
    ["1_000", 1000],
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", 9007199254740993n],
    ["1e3", 1000],
    [".5", 0.5],
    ["2.", 2],
    ["3j", 3],
    ["'a\\n\\x41\\u00e9\\101\\q\\\n'", "a\nA\u00e9A\\q"],
    ["r'a\\n\\''", "a\\n\\'"],
    ["'a' \"b\" '''c\nd'''", "abc\nd"],
    ["'''a\r\nb'''", "a\nb"],
    ["b'a\\xff\\u0041' b'\\0'", Uint8Array.of(97, 255, 92, 117, 48, 48, 52, 49, 0)],
    ["b'é'", Uint8Array.of(0xc3, 0xa9)],
  ])("%j", (source, value) => {
    expect((expression(source) as { value: unknown }).value).toEqual(value);
  });
  test("an f-string is a format and its arguments", () => {
    const string = expression("f'a{{{b!r:>{w}}{c=}'");
    expect(string).toMatchObject({ kind: "fstring", format: "a{{{!r:>{}}c={}" });
    expect(shape(string)).toMatchObject({
      args: [{ id: "b" }, { id: "w" }, { id: "c" }],
      parts: [
        "a{",
        { value: { id: "b" }, conversion: "r", spec: [">", { value: { id: "w" } }] },
        { value: { id: "c" }, debug: "c=" },
      ],
    });
  });
});

test("a thousand brackets end in an error of its own, not in JavaScript's", () => {
  expect(verdict("(".repeat(1000) + ")".repeat(1000))).toBe("1 RuntimeError: maximum recursion depth exceeded");
  expect(verdict("- ".repeat(1000) + "1")).toBe("1 RuntimeError: maximum recursion depth exceeded");
  expect(verdict(`${"(".repeat(150)}1${")".repeat(150)}`)).toBe("ok");
});

test("ten thousand lines are no trouble", { timeout: 20000 }, () => {
  const source = PROGRAM.slice(0, PROGRAM.indexOf("class")).repeat(500);
  const module: Module = parse(source, "file", ALL);
  expect(module.body.length).toBe(1500);
  const isDef = (statement: Stmt): boolean => statement.kind === "def";
  expect(module.body.filter(isDef).length).toBe(500);
});
