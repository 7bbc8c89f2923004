// Source text to something that can be called: parse, compile, wrap in a function (py/runtime.c mp_parse_compile_execute).
import { compile, type CompiledModule, type CompileOptions } from "../compiler/compile.ts";
import { parse } from "../compiler/parse.ts";
import { PySyntaxError, type InputKind } from "../compiler/tree.ts";
import type { MpConfig } from "../mpconfig.ts";
import { builtinModule } from "../modules/registry.ts";
import { allocate, heap } from "../objects/heap.ts";
import { PyDict } from "../objects/objdict.ts";
import {
  newExcMsg,
  raiseMsg,
  typeIndentationError,
  typeNotImplementedError,
  typeOverflowError,
  typeRuntimeError,
  typeSyntaxError,
  typeValueError,
  typeViperTypeError,
} from "../objects/objexcept.ts";
import { floatOfText, PyFloat } from "../objects/objfloat.ts";
import { PyFun } from "../objects/objfun.ts";
import { PyModule } from "../objects/objmodule.ts";
import { run, type Gen, type Obj } from "../objects/obj.ts";
import { mp } from "../objects/mpstate.ts";
import { call } from "./call.ts";
import { intern } from "./qstr.ts";

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
    const isQstr = (text: string): boolean => text === filename || isFirmwareName(text);
    const tree = parse(source, kind, { ...mp.config, isQstr, floatOfText });
    const compiled = compile(tree, filename, compileOptions(kind, isRepl, optLevel));
    intern([filename, ...tree.names]);
    intern(compiled.context.qstrs);
    mp.onCompile?.(compiled);
    return compiled;
  } catch (caught) {
    // Deeper than JavaScript's own stack; MicroPython's is about as deep.
    if (caught instanceof RangeError) raiseMsg(typeRuntimeError, "maximum recursion depth exceeded");
    if (!(caught instanceof PySyntaxError)) throw caught;
    const exc = newExcMsg(types[caught.type], caught.message + (mp.config.errorDetail === "detailed" ? caught.detail : ""));
    // What the lexer cannot do at all has no place.
    if (caught.line > 0) exc.traceback.push({ file: filename, line: errorLine(source, caught), block: caught.block });
    throw exc;
  }
}

// The parser knows the numbers in these modules and puts them in place of `errno.EIO` (MICROPY_COMP_MODULE_CONST).
const constModules = ["errno", "uctypes", "math"];
const constants = new WeakMap<MpConfig, Map<string, Readonly<Record<string, Obj>>>>();

function moduleConst(module: string, name: string): Obj | undefined {
  if (!constModules.includes(module)) return undefined;
  let known = constants.get(mp.config);
  if (known === undefined) constants.set(mp.config, (known = new Map<string, Readonly<Record<string, Obj>>>()));
  let members = known.get(module);
  if (members === undefined) {
    const builtin = builtinModule(module, mp.config);
    members = builtin === undefined ? {} : builtin.members(new PyModule(module, new PyDict(), true));
    known.set(module, members);
  }
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  return typeof value === "number" || typeof value === "bigint" || value instanceof PyFloat ? value : undefined;
}

/** Names that the firmware has as qstrs of its own, as far as a program can tell: modules and built-ins. */
function isFirmwareName(text: string): boolean {
  return mp.builtins.getStr(text) !== undefined || builtinModule(text, mp.config) !== undefined;
}

function compileOptions(kind: InputKind, isRepl: boolean, optLevel: number): CompileOptions {
  const { smallIntBits, release, romLevel } = mp.config;
  return {
    isRepl,
    kind,
    optLevel,
    smallIntBits,
    release,
    emitsNative: mp.config.emitsNative === true,
    lacksAssembler: mp.config.hasInlineAssembler === true,
    settrace: mp.config.settrace === true,
    moduleConst: romLevel === "core" ? undefined : moduleConst,
  };
}

/**
 * Runs a module's body. Its parse tree, where the compiler leaves it, takes memory until then, as `sourceBytes` of its text do that
 * wait in the heap. Raises MemoryError when they do not fit.
 */
export function* runModule(compiled: CompiledModule, globals: PyDict, sourceBytes = 0): Gen {
  const bytes = sourceBytes + (compiled.tokens ?? 0) * (mp.config.parseTreePerToken ?? 0);
  const blocks = Math.ceil(bytes / heap.blockBytes);
  const compiling = Math.ceil(((compiled.scopes ?? 0) * (mp.config.compilePerScope ?? 0)) / heap.blockBytes);
  mp.heapHeld += blocks;
  try {
    allocate(blocks + compiling);
    heap.left += compiling;
    return yield* run(call(moduleFunction(compiled, globals), [], null));
  } finally {
    mp.heapHeld -= blocks;
    heap.left += blocks;
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
  if (mp.config.release === "1.28" || error.offset < 0 || error.offset > source.length) return error.line;
  const rest = /^(?:[ \t\r\n\f]|#[^\n]*)*/.exec(source.slice(error.offset))![0];
  if (!rest.includes("\n") && error.offset + rest.length < source.length) return error.line;
  const end = error.offset + rest.length;
  const line = source.slice(0, end).split("\n").length;
  return end === source.length && !source.endsWith("\n") ? line + 1 : line;
}
