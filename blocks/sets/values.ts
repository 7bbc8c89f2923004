// Logic, numbers and text: expressions that every Python has. Literals, and, or, calls are in structures.ts.

import type { ArgDef, BlockDef } from "../block.ts";

const number = (shadow: string): ArgDef => ({ kind: "value", check: "float", shadow });
const text = (shadow: string): ArgDef => ({ kind: "value", check: "str", shadow });
const truth: ArgDef = { kind: "value", check: "bool", shadow: "True" };
const same = (...names: string[]): ArgDef => ({ kind: "choice", options: names.map((name) => [name, name] as const) });

export const valueBlocks: readonly BlockDef[] = [
  {
    type: "logic_compare",
    category: "logic",
    label: "LOGIC_COMPARE",
    args: {
      a: number("0"),
      op: {
        kind: "choice",
        options: [
          ["=", "=="],
          ["≠", "!="],
          ["<", "<"],
          ["≤", "<="],
          [">", ">"],
          ["≥", ">="],
          ["OPT_IN", "in"],
          ["OPT_NOT_IN", "not in"],
          ["OPT_IS", "is"],
          ["OPT_IS_NOT", "is not"],
        ],
      },
      b: number("0"),
    },
    python: "{a} {op} {b}",
    shape: "value",
  },
  { type: "logic_not", category: "logic", label: "LOGIC_NOT", args: { a: truth }, python: "not {a}", shape: "value" },
  {
    type: "logic_boolean",
    category: "logic",
    label: "LOGIC_BOOLEAN",
    args: {
      value: {
        kind: "choice",
        options: [
          ["OPT_TRUE", "True"],
          ["OPT_FALSE", "False"],
        ],
      },
    },
    python: "{value}",
    shape: "value",
  },
  { type: "logic_none", category: "logic", label: "LOGIC_NONE", args: {}, python: "None", shape: "value" },
  {
    type: "logic_conditional",
    category: "logic",
    label: "LOGIC_CONDITIONAL",
    args: { test: truth, yes: number("1"), no: number("0") },
    python: "{yes} if {test} else {no}",
    shape: "value",
  },
  {
    type: "math_arithmetic",
    category: "numbers",
    label: "MATH_ARITHMETIC",
    args: {
      a: number("1"),
      op: {
        kind: "choice",
        options: [
          ["+", "+"],
          ["-", "-"],
          ["×", "*"],
          ["÷", "/"],
          ["OPT_FLOOR_DIVIDE", "//"],
          ["OPT_REMAINDER", "%"],
          ["^", "**"],
        ],
      },
      b: number("1"),
    },
    python: "{a} {op} {b}",
    shape: "value",
  },
  {
    type: "math_negative",
    category: "numbers",
    label: "MATH_NEGATIVE",
    args: { a: number("1") },
    python: "-{a}",
    shape: "value",
  },
  {
    type: "random_integer",
    category: "numbers",
    label: "RANDOM_INTEGER",
    args: { low: number("1"), high: number("6") },
    python: "random.randint({low}, {high})",
    imports: ["import random"],
    shape: "value",
  },
  {
    type: "random_fraction",
    category: "numbers",
    label: "RANDOM_FRACTION",
    args: {},
    python: "random.random()",
    imports: ["import random"],
    shape: "value",
  },
  {
    type: "math_convert",
    category: "numbers",
    label: "MATH_CONVERT",
    args: {
      function: {
        kind: "choice",
        options: [
          ["OPT_ROUND", "round"],
          ["OPT_ABS", "abs"],
          ["OPT_INT", "int"],
          ["OPT_FLOAT", "float"],
        ],
      },
      a: number("3.7"),
    },
    python: "{function}({a})",
    shape: "value",
  },
  {
    type: "math_extreme",
    category: "numbers",
    label: "MATH_EXTREME",
    args: {
      function: {
        kind: "choice",
        options: [
          ["OPT_MIN", "min"],
          ["OPT_MAX", "max"],
        ],
      },
      a: number("1"),
      b: number("2"),
    },
    python: "{function}({a}, {b})",
    shape: "value",
  },
  {
    type: "math_function",
    category: "numbers",
    label: "MATH_FUNCTION",
    args: { function: same("sqrt", "sin", "cos", "tan", "floor", "ceil", "log"), a: number("9") },
    python: "math.{function}({a})",
    imports: ["import math"],
    shape: "value",
  },
  {
    type: "text_print",
    category: "text",
    label: "TEXT_PRINT",
    args: { text: text("'Hello'") },
    python: "print({text})",
    shape: "statement",
  },
  {
    type: "text_str",
    category: "text",
    label: "TEXT_STR",
    args: { value: number("0") },
    python: "str({value})",
    shape: "value",
  },
  {
    type: "text_length",
    category: "text",
    label: "TEXT_LENGTH",
    args: { text: text("'Hello'") },
    python: "len({text})",
    shape: "value",
  },
  {
    type: "text_case",
    category: "text",
    label: "TEXT_CASE",
    args: {
      text: text("'Hello'"),
      method: {
        kind: "choice",
        options: [
          ["OPT_UPPER", "upper"],
          ["OPT_LOWER", "lower"],
          ["OPT_STRIP", "strip"],
        ],
      },
    },
    python: "{text}.{method}()",
    shape: "value",
  },
  {
    type: "text_replace",
    category: "text",
    label: "TEXT_REPLACE",
    args: { text: text("'banana'"), old: text("'a'"), new: text("'o'") },
    python: "{text}.replace({old}, {new})",
    shape: "value",
  },
  {
    type: "text_input",
    category: "text",
    label: "TEXT_INPUT",
    args: { prompt: text("'Your name: '") },
    python: "input({prompt})",
    shape: "value",
  },
];
