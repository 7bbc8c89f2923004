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
import { currentLocals } from "../vm/current.ts";
import { FunIter } from "../vm/iter.ts";
import { address } from "../vm/print.ts";

const decoded = (self: PyCode): Code => codeOf(self.compiled.rc, self.compiled.context);

/** One entry of the line table: how far bytecode and lines go on. */
function lineInfo(bytes: Uint8Array, at: number): { bytecode: number; lines: number; next: number } {
  const c = bytes[at]!;
  if ((c & 0x80) === 0) return { bytecode: c & 0x1f, lines: c >> 5, next: at + 1 };
  return { bytecode: c & 0xf, lines: ((c << 4) & 0x700) | bytes[at + 1]!, next: at + 2 };
}

/** The line of a place in the bytecode, counted from its first opcode. */
function lineAt({ bytes, lineInfo: from, lineInfoTop }: Code, offset: number): number {
  let line = 1;
  let left = offset;
  for (let at = from; at < lineInfoTop;) {
    const { bytecode, lines, next } = lineInfo(bytes, at);
    if (left < bytecode) break;
    left -= bytecode;
    line += lines;
    at = next;
  }
  return line;
}

/** (start, end, line) for each run of bytecode; entries that do not go on are taken together with the next. */
function colines(self: PyCode): Obj {
  const code = decoded(self);
  const size = code.bytes.length - code.opcodes;
  let at = code.lineInfo;
  let bytecode = 0;
  let line = 1;
  return new FunIter(() => {
    const start = bytecode;
    let own = line;
    let isOpen = true;
    while (isOpen && at < code.lineInfoTop) {
      const info = lineInfo(code.bytes, at);
      at = info.next;
      bytecode += info.bytecode;
      line += info.lines;
      if (info.bytecode === 0) own = line;
      isOpen = info.bytecode === 0 || info.lines === 0;
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
  for (let at = code.lineInfo; at < code.lineInfoTop;) {
    const info = lineInfo(code.bytes, at);
    at = info.next;
    bytecode += info.bytecode;
    line += info.lines;
    const goesOn = at < code.lineInfoTop && lineInfo(code.bytes, at).bytecode === 0;
    if (line <= last || goesOn) continue;
    out.push(bytecode - lastAt, line - last);
    last = line;
    lastAt = bytecode;
  }
  return new PyBytes(Uint8Array.from(out));
}

typeCode.print = (self: PyCode) => {
  const code = decoded(self);
  const file = self.compiled.context.qstrs[0]!;
  return `<code object ${code.name} at ${address(self)}, file "${file}", line ${lineAt(code, 0)}>`;
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
