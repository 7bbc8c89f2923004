// Template and Interpolation, what t"..." makes (PEP 750; py/objtemplate.c).
import * as bc0 from "../bytecode/bc0.ts";
import { allocate } from "./heap.ts";
import { FunIter, itemsOf } from "../vm/iter.ts";
import { reprOf } from "../vm/print.ts";
import { checkArgs, parseArgs, VAR_ARGS } from "./objfun.ts";
import { raiseTypeError } from "./objexcept.ts";
import { PyObj, PyType, run, STOP, type Gen, type Obj } from "./obj.ts";
import { PyTuple } from "./objtuple.ts";

export const typeTemplate = new PyType("Template");
export const typeInterpolation = new PyType("Interpolation");

export class PyTemplate extends PyObj {
  declare type: PyType;
  /** One more than there are interpolations. */
  readonly strings: readonly string[];
  readonly interpolations: readonly PyInterpolation[];
  constructor(strings: readonly string[], interpolations: readonly PyInterpolation[]) {
    super();
    allocate(2 + ((strings.length + interpolations.length) >> 2));
    this.strings = strings;
    this.interpolations = interpolations;
  }
}
PyTemplate.prototype.type = typeTemplate;

export class PyInterpolation extends PyObj {
  declare type: PyType;
  readonly value: Obj;
  readonly expression: Obj;
  readonly conversion: Obj;
  readonly formatSpec: Obj;
  constructor(value: Obj, expression: Obj, conversion: Obj, formatSpec: Obj) {
    super();
    allocate(2);
    this.value = value;
    this.expression = expression;
    this.conversion = conversion;
    this.formatSpec = formatSpec;
  }
}
PyInterpolation.prototype.type = typeInterpolation;

/** __template__(strings, value, expression, conversion, format_spec, ...); the fields may come as one tuple. */
export function makeTemplate(args: readonly Obj[]): Obj {
  const strings = itemsOf(args[0]!);
  const fields = args.length === 2 ? itemsOf(args[1]!) : args.slice(1);
  if (strings === undefined || fields === undefined) raiseTypeError("object 'NoneType' isn't a tuple or list");
  const interpolations: PyInterpolation[] = [];
  for (let i = 0; i + 3 < fields.length; i += 4) {
    interpolations.push(new PyInterpolation(fields[i]!, fields[i + 1]!, fields[i + 2]!, fields[i + 3]!));
  }
  return new PyTemplate(strings as string[], interpolations);
}

typeTemplate.makeNew = (_type, args, kw) => {
  checkArgs(args.length, kw, 0, VAR_ARGS);
  const strings = [""];
  const interpolations: PyInterpolation[] = [];
  for (const arg of args) {
    if (typeof arg === "string") strings[strings.length - 1] += arg;
    else if (arg instanceof PyInterpolation) {
      interpolations.push(arg);
      strings.push("");
    } else raiseTypeError("expected str or Interpolation");
  }
  return new PyTemplate(strings, interpolations);
};
typeTemplate.print = function* (self: PyTemplate): Gen<string> {
  const strings = yield* run(reprOf(new PyTuple(self.strings)));
  return `Template(strings=${strings}, interpolations=${yield* run(reprOf(new PyTuple(self.interpolations)))})`;
};
typeTemplate.binaryOp = (op, self: PyTemplate, other) => {
  if ((op !== bc0.BINARY_ADD && op !== bc0.BINARY_INPLACE_ADD) || !(other instanceof PyTemplate)) return undefined;
  const joined = self.strings[self.strings.length - 1]! + other.strings[0]!;
  const strings = [...self.strings.slice(0, -1), joined, ...other.strings.slice(1)];
  return new PyTemplate(strings, [...self.interpolations, ...other.interpolations]);
};
typeTemplate.attr = (self: PyTemplate, name) => {
  if (name === "strings") return new PyTuple(self.strings);
  if (name === "interpolations") return new PyTuple(self.interpolations);
  return name === "values" ? new PyTuple(self.interpolations.map((interpolation) => interpolation.value)) : undefined;
};
typeTemplate.getIter = (self: PyTemplate) => {
  let at = 0;
  allocate(1);
  return new FunIter(() => {
    for (; at < self.strings.length + self.interpolations.length;) {
      const i = at++;
      if (i & 1) return self.interpolations[i >> 1]!;
      if (self.strings[i >> 1] !== "") return self.strings[i >> 1]!;
    }
    return STOP;
  });
};

const fields = [
  { name: "value" },
  { name: "expression", default: "" },
  { name: "conversion", default: null },
  { name: "format_spec", default: "" },
];
typeInterpolation.makeNew = (_type, args, kw) => {
  const [value, expression, conversion, formatSpec] = parseArgs(fields, args, kw) as [Obj, Obj, Obj, Obj];
  return new PyInterpolation(value, expression, conversion, formatSpec);
};
typeInterpolation.print = function* (self: PyInterpolation): Gen<string> {
  allocate(2);
  const parts: string[] = [];
  for (const part of [self.value, self.expression, self.conversion, self.formatSpec]) parts.push(yield* run(reprOf(part)));
  return `Interpolation(${parts.join(", ")})`;
};
typeInterpolation.attr = (self: PyInterpolation, name) => {
  switch (name) {
    case "value":
      return self.value;
    case "expression":
      return self.expression;
    case "conversion":
      return self.conversion;
    case "format_spec":
      return self.formatSpec;
    default:
      return undefined;
  }
};
