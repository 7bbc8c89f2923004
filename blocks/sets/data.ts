// Variables, lists and functions. What grows (a list's items, a call's arguments) is in structures.ts.

import type { ArgDef, BlockDef } from "../block.ts";

const list: ArgDef = { kind: "value", check: "list", shadow: "numbers" };
const value = (shadow: string): ArgDef => ({ kind: "value", shadow });
const index: ArgDef = { kind: "value", check: "int", shadow: "0" };

export const dataBlocks: readonly BlockDef[] = [
  {
    type: "variables_set",
    category: "variables",
    label: "VARIABLES_SET",
    args: { name: { kind: "name", initial: "score" }, value: value("0") },
    python: "{name} = {value}",
    shape: "statement",
  },
  {
    type: "variables_change",
    category: "variables",
    label: "VARIABLES_CHANGE",
    args: { name: { kind: "name", initial: "score" }, value: value("1") },
    python: "{name} += {value}",
    shape: "statement",
  },
  {
    type: "variables_change_by",
    category: "variables",
    label: "VARIABLES_CHANGE_BY",
    args: {
      name: { kind: "name", initial: "score" },
      op: {
        kind: "choice",
        options: [
          ["-", "-"],
          ["×", "*"],
          ["÷", "/"],
          ["OPT_FLOOR_DIVIDE", "//"],
          ["OPT_REMAINDER", "%"],
        ],
      },
      value: value("1"),
    },
    python: "{name} {op}= {value}",
    shape: "statement",
  },
  {
    type: "lists_set_item",
    category: "lists",
    label: "LISTS_SET_ITEM",
    args: { list, index, value: value("0") },
    python: "{list}[{index}] = {value}",
    shape: "statement",
  },
  {
    type: "lists_append",
    category: "lists",
    label: "LISTS_APPEND",
    args: { list, value: value("0") },
    python: "{list}.append({value})",
    shape: "statement",
  },
  {
    type: "lists_insert",
    category: "lists",
    label: "LISTS_INSERT",
    args: { list, index, value: value("0") },
    python: "{list}.insert({index}, {value})",
    shape: "statement",
  },
  {
    type: "lists_delete",
    category: "lists",
    label: "LISTS_DELETE",
    args: { list, index },
    python: "del {list}[{index}]",
    shape: "statement",
  },
  { type: "lists_sort", category: "lists", label: "LISTS_SORT", args: { list }, python: "{list}.sort()", shape: "statement" },
  { type: "lists_pop", category: "lists", label: "LISTS_POP", args: { list }, python: "{list}.pop()", shape: "value" },
  {
    type: "lists_slice",
    category: "lists",
    label: "LISTS_SLICE",
    args: { list, start: index, stop: { kind: "value", check: "int", shadow: "2" } },
    python: "{list}[{start}:{stop}]",
    shape: "value",
  },
  {
    type: "lists_range",
    category: "lists",
    label: "LISTS_RANGE",
    args: { stop: { kind: "value", check: "int", shadow: "10" } },
    python: "range({stop})",
    shape: "value",
  },
  {
    type: "lists_choice",
    category: "lists",
    label: "LISTS_CHOICE",
    args: { list },
    python: "random.choice({list})",
    imports: ["import random"],
    shape: "value",
  },
  {
    type: "attribute_set",
    category: "functions",
    label: "ATTRIBUTE_SET",
    args: { target: value("thing.size"), value: value("0") },
    python: "{target} = {value}",
    shape: "statement",
    hidden: true,
  },
  {
    type: "attribute_change",
    category: "functions",
    label: "ATTRIBUTE_CHANGE",
    args: { target: value("thing.size"), value: value("1") },
    python: "{target} += {value}",
    shape: "statement",
    hidden: true,
  },
  {
    type: "function_return",
    category: "functions",
    label: "FUNCTION_RETURN",
    args: { value: value("0") },
    python: "return {value}",
    shape: "statement",
  },
  { type: "function_end", category: "functions", label: "FUNCTION_END", args: {}, python: "return", shape: "statement" },
];
