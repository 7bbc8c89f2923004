// Source text to something that can be called: parse, compile, wrap in a function (py/runtime.c mp_parse_compile_execute).
import { compile, type CompiledModule } from "../compiler/compile.ts";
import { parse } from "../compiler/parse.ts";
import { PySyntaxError, type InputKind } from "../compiler/tree.ts";
import type { PyDict } from "../objects/objdict.ts";
import {
  newExcMsg,
  typeIndentationError,
  typeNotImplementedError,
  typeOverflowError,
  typeRuntimeError,
  typeSyntaxError,
  typeValueError,
  typeViperTypeError,
} from "../objects/objexcept.ts";
import { PyFun } from "../objects/objfun.ts";
import { mp } from "../objects/mpstate.ts";

const types = {
  SyntaxError: typeSyntaxError,
  IndentationError: typeIndentationError,
  NotImplementedError: typeNotImplementedError,
  ViperTypeError: typeViperTypeError,
  OverflowError: typeOverflowError,
  ValueError: typeValueError,
  RuntimeError: typeRuntimeError,
} as const;

/** Compiles a program. Raises SyntaxError (as a Python exception, the place in its traceback). */
export function compileSource(
  source: string,
  filename: string,
  kind: InputKind,
  isRepl: boolean,
  optLevel = mp.optLevel,
): CompiledModule {
  try {
    const tree = parse(source, kind, mp.config);
    return compile(tree, filename, { isRepl, kind, optLevel, smallIntBits: mp.config.smallIntBits });
  } catch (caught) {
    if (!(caught instanceof PySyntaxError)) throw caught;
    const exc = newExcMsg(types[caught.type], caught.message + (mp.config.errorDetail === "detailed" ? caught.detail : ""));
    exc.traceback.push({ file: filename, line: errorLine(source, caught), block: caught.block });
    throw exc;
  }
}

/** The function that runs a module's body with these globals. */
export function moduleFunction(compiled: CompiledModule, globals: PyDict): PyFun {
  return new PyFun(compiled.rc, compiled.context, globals, null, null, null, false);
}

/**
 * The line an error is reported on. Lexers up to 1.18 make the end of a line a token only after they have skipped to the next
 * one, so whatever is wrong at a line's end, or with an indentation, is reported there.
 */
function errorLine(source: string, error: PySyntaxError): number {
  if (mp.config.release === "1.28" || error.offset < 0) return error.line;
  const rest = /^(?:[ \t\r\n\f]|#[^\n]*)*/.exec(source.slice(error.offset))![0];
  if (!rest.includes("\n") && error.offset + rest.length < source.length) return error.line;
  const end = error.offset + rest.length;
  const line = source.slice(0, end).split("\n").length;
  return end === source.length && !source.endsWith("\n") ? line + 1 : line;
}
