// @micropython.viper and t-strings. npm's MicroPython has neither, so these facts were read from MicroPython 1.29 built for x64 (py/emitnative.c,
// py/objtemplate.c); what differs there is the word: 64 bits, here as on boards 32.
import { describe, expect, test } from "vitest";
import { createVm } from "../index.ts";
import { unixCoverage } from "../mpconfig.ts";

function run(source: string): string {
  let text = "";
  const vm = createVm(
    {
      clock: { ns: 0, alarm: () => ({ cancel() {} }) },
      stdio: { write: (bytes) => void (text += Buffer.from(bytes).toString("utf8")) },
      vfs: null as never,
      random32: () => 0,
    },
    { ...unixCoverage, smallIntBits: 31 },
    [],
  );
  vm.load(source, "main.py");
  for (let i = 0; i < 50; i++) {
    const stop = vm.run(100000);
    if (stop.why === "raised") return `${text}${stop.error.type}: ${stop.error.message}`;
    if (stop.why !== "budget") break;
  }
  return text;
}

const viper = (source: string): string => run(`@micropython.viper\n${source}`);

describe("viper", () => {
  test.each([
    ["def f(x: int) -> int:\n  return x + 1\nprint(f(0x7fffffff))", "-2147483648\n"],
    ["def f(x: uint) -> uint:\n  return x << 1\nprint(f(-1))", "4294967294\n"],
    ["def f(x: uint) -> uint:\n  return x >> 28\nprint(f(-1))", "15\n"],
    ["def f(x: int) -> int:\n  return x >> 28\nprint(f(-1))", "-1\n"],
    ["def f(a: int, b: int) -> int:\n  return (a // b) * 1000 + a % b\nprint(f(-17, 5), f(17, -5))", "-3997 -4003\n"],
    ["def f(p: ptr8):\n  p[0] = 0x1ff\n  p[1] += 1\nb = bytearray(b'ab')\nf(b)\nprint(b)", "bytearray(b'\\xffc')\n"],
    ["def f(p: ptr16) -> int:\n  return p[1]\nprint(hex(f(b'1234')))", "0x3433\n"],
    ["def f(p: ptr32) -> int:\n  return p[0]\nprint(f(b'\\xff\\xff\\xff\\xff'))", "-1\n"],
    ["def f(a, b=1):\n  return b\nprint(f(1, 2))\nf(1)", "2\nTypeError: function takes 2 positional arguments but 1 were given"],
    ["def f(a):\n  return a\nf(a=1)", "TypeError: function doesn't take keyword arguments"],
    ["def f(x: bool) -> bool:\n  return x\nprint(f([]), f(2))", "False True\n"],
    ["def f(x) -> int:\n  return int(x)\nprint(f(1 << 40 | 5))", "5\n"],
    ["def f() -> int:\n  return None\nprint(f())", "0\n"],
    ["def f(n: int):\n  t = 0\n  for i in range(n):\n    t += i\n  print(t)\nf(10)", "45\n"],
    ["def f(l, n: int):\n  l[n] = n + 1\n  return l\nprint(f([0, 0], 1))", "[0, 2]\n"],
  ])("%s", (source, output) => {
    expect(viper(source)).toBe(output);
  });

  test.each([
    ["def f(x: float): pass", "ViperTypeError: unknown type 'float'"],
    ["def f(x: 1): pass", "SyntaxError: annotation must be an identifier"],
    ["def f(x: int):\n  return x", "ViperTypeError: return expected 'object' but got 'int'"],
    ["def f(x: int):\n  x = None", "ViperTypeError: local 'x' has type 'int' but source is 'None'"],
    ["def f():\n  print(x)\n  x = 1", "ViperTypeError: local 'x' used before type known"],
    ["def f(x: int):\n  return x + 1.0", "ViperTypeError: return expected 'object' but got 'int'"],
    ["def f(x: int):\n  x + 1.0", "ViperTypeError: can't do binary op between 'int' and 'object'"],
    ["def f(x: uint) -> uint:\n  return x % x", "ViperTypeError: div/mod not implemented for uint"],
    ["def f(x: int) -> int:\n  return x / 2", "ViperTypeError: binary op __truediv__ not implemented"],
    ["def f(p: ptr8) -> int:\n  return p[None]", "ViperTypeError: can't load with 'None' index"],
    ["def f():\n  yield 1", "NotImplementedError: native yield"],
    ["def f():\n  raise", "NotImplementedError: native raise"],
    ["def f():\n  int(int)", "NotImplementedError: casting"],
    ["def f():\n  print(ptr(1))", "NotImplementedError: conversion to object"],
  ])("refuses %s", (source, error) => {
    expect(viper(source)).toBe(error);
  });
});

describe("a t-string", () => {
  test.each([
    ["x = 1\nprint(t'a{x}b')", "Template(strings=('a', 'b'), interpolations=(Interpolation(1, 'x', None, ''),))\n"],
    ["x = 1\nprint(t'{x!r:>{x}}')", "Template(strings=('', ''), interpolations=(Interpolation(1, 'x', 'r', '>1'),))\n"],
    ["x = 1\nprint(t'{x=}'.strings, t'{x=}'.interpolations[0].conversion)", "('x=', '') r\n"],
    ["print(t'{{}}'.strings, t''.strings)", "('{}',) ('',)\n"],
    ["t'a' 'b'", "SyntaxError: invalid syntax"],
    ["print(t'{1:5{{x}}}')", "Template(strings=('', ''), interpolations=(Interpolation(1, '1', None, '5{x}'),))\n"],
    ["print(list(t'a{1}{2}b')[0], (t'a{1}' + t'{2}b').values)", "a (1, 2)\n"],
    ["t'' + 'x'", "TypeError: unsupported types for __add__: 'Template', 'str'"],
    [`print(len(list(t'${"{1}".repeat(64)}')))`, "64\n"],
  ])("%s", (source, output) => {
    expect(run(source)).toBe(output);
  });
});
