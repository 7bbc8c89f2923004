// Code objects: function.__code__, what it tells, and functions made of it (py/objcode.c, py/objfun.c). Builds with everything only.
import { checkArgs, fun, PyBoundMethod, PyFun, typeGeneratorFunction } from "./objfun.ts";
import { PyBytes } from "./objbytes.ts";
import { PyCode, typeCode } from "./objcode.ts";
import { PyDict } from "./objdict.ts";
import { raiseTypeError } from "./objexcept.ts";
import { mp } from "./mpstate.ts";
import { PyTuple } from "./objtuple.ts";
import { STOP, typeFunction, type Obj } from "./obj.ts";
import { codeOf, type Code } from "../vm/code.ts";
import { lineIncrements, lineOf } from "../vm/prelude.ts";
import { currentLocals } from "../vm/current.ts";
import { FunIter } from "../vm/iter.ts";
import { address } from "../vm/print.ts";

const decoded = (self: PyCode): Code => codeOf(self.compiled.rc, self.compiled.context);

const lineAt = (code: Code, offset: number): number => lineOf(code.bytes, code, offset);

/** (start, end, line) for each run of bytecode; entries that do not go on are taken together with the next. */
function colines(self: PyCode): Obj {
  const code = decoded(self);
  const size = code.bytes.length - code.opcodes;
  const table = [...lineIncrements(code.bytes, code.lineInfo, code.lineInfoTop)];
  let at = 0;
  let bytecode = 0;
  let line = 1;
  return new FunIter(() => {
    const start = bytecode;
    let own = line;
    let isOpen = true;
    while (isOpen && at < table.length) {
      const [bytesOn, linesOn] = table[at++]!;
      bytecode += bytesOn;
      line += linesOn;
      if (bytesOn === 0) own = line;
      isOpen = bytesOn === 0 || linesOn === 0;
    }
    if (isOpen) {
      if (bytecode >= size) return STOP;
      bytecode = size;
    }
    return new PyTuple([start, bytecode, own]);
  });
}

/** Pairs of bytes: how far bytecode and line have gone on at each change of line. */
function lnotab(code: Code): Obj {
  const out: number[] = [];
  let bytecode = 0;
  let line = 1;
  let last = lineAt(code, 0);
  let lastAt = 0;
  const table = [...lineIncrements(code.bytes, code.lineInfo, code.lineInfoTop)];
  for (const [i, [bytesOn, linesOn]] of table.entries()) {
    bytecode += bytesOn;
    line += linesOn;
    if (line <= last || table[i + 1]?.[0] === 0) continue;
    out.push(bytecode - lastAt, line - last);
    last = line;
    lastAt = bytecode;
  }
  return new PyBytes(Uint8Array.from(out));
}

typeCode.print = (self: PyCode) => {
  const code = decoded(self);
  const file = self.compiled.context.qstrs[0]!;
  return `<code object ${code.name} at ${address(self)}, file "${file}", line ${self.compiled.rc.line}>`;
};

const colinesMethod = fun("co_lines", colines);

typeCode.attr = (self: PyCode, name) => {
  if (mp.config.romLevel !== "everything") return undefined;
  const { context, rc } = self.compiled;
  const code = decoded(self);
  switch (name) {
    case "co_code":
      return new PyBytes(code.bytes.slice(code.opcodes));
    case "co_consts":
      return new PyTuple([...rc.children.map((child) => new PyCode({ context, rc: child })), null]);
    case "co_filename":
      return context.qstrs[0]!;
    case "co_firstlineno":
      return lineAt(code, 0);
    case "co_name":
      return code.name;
    case "co_names":
      return currentLocals() ?? mp.mainGlobals;
    case "co_lnotab":
      return lnotab(code);
    case "co_lines":
      return new PyBoundMethod(colinesMethod, self);
    default:
      return undefined;
  }
};

/** function.__code__: of plain functions and generator functions, not of closures. */
export function codeAttr(self: PyFun): Obj | undefined {
  const hasCode = (self.type === typeFunction || self.type === typeGeneratorFunction) && !self.rc.isNative;
  return hasCode && mp.config.romLevel === "everything" ? new PyCode({ context: self.context, rc: self.rc }) : undefined;
}

// function(code, globals)
typeFunction.makeNew = (type, args, kw) => {
  if (mp.config.romLevel !== "everything") raiseTypeError("can't create 'function' instances");
  checkArgs(args.length, kw, 2);
  const [code, globals] = args;
  if (!(code instanceof PyCode) || !(globals instanceof PyDict)) raiseTypeError("");
  const { context, rc } = code.compiled;
  return new PyFun(rc, context, globals, null, null, null, decoded(code).isGenerator);
};
