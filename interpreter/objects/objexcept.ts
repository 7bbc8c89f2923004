// Exceptions: their types, the object, and how TypeScript raises one (py/objexcept.c). A raised exception is thrown as
// the object itself, never as a JavaScript Error: that is 17 times faster and cannot be mistaken for a bug of ours.
import { uncounted } from "./heap.ts";
import { PyInstance, PyObj, PyType, run, typeOf, type Gen, type Obj, type PrintKind, type Step } from "./obj.ts";
import { mp } from "./mpstate.ts";
import { PyTuple } from "./objtuple.ts";
import { wording } from "./wording.ts";

/** One line of a traceback. `block` null: the module itself, printed without "in". */
export interface TracebackEntry {
  readonly file: string;
  readonly line: number;
  readonly block: string;
}

export class PyExc extends PyObj {
  override type: PyType;
  args: Obj[];
  /** Innermost first, as frames are left. */
  traceback: TracebackEntry[] = [];
  constructor(type: PyType, args: Obj[]) {
    super();
    this.type = type;
    this.args = args;
  }
}

const exception = (name: string, base: PyType | null): PyType => {
  const type = new PyType(name, base === null ? [] : [base]);
  type.makeNew = (of, args, kw) => {
    if (kw !== null && kw.size > 0) raiseMsg(typeTypeError, "function doesn't take keyword arguments");
    return new PyExc(of, mp.heapLocked > 0 && args.length > mp.emergencyArgs ? [] : args);
  };
  type.print = (self: PyExc, kind) => printExc(self, kind);
  type.attr = excAttr;
  type.storeAttr = (self: PyExc, name, value) => {
    // exc.__traceback__ = None clears it, for exceptions that are raised again and again
    if (name !== "__traceback__" || value !== null) return false;
    self.traceback = [];
    return null;
  };
  return type;
};

export const typeBaseException = exception("BaseException", null);
export const typeSystemExit = exception("SystemExit", typeBaseException);
export const typeKeyboardInterrupt = exception("KeyboardInterrupt", typeBaseException);
export const typeGeneratorExit = exception("GeneratorExit", typeBaseException);
export const typeException = exception("Exception", typeBaseException);
export const typeStopIteration = exception("StopIteration", typeException);
export const typeStopAsyncIteration = exception("StopAsyncIteration", typeException);
export const typeArithmeticError = exception("ArithmeticError", typeException);
export const typeOverflowError = exception("OverflowError", typeArithmeticError);
export const typeZeroDivisionError = exception("ZeroDivisionError", typeArithmeticError);
export const typeAssertionError = exception("AssertionError", typeException);
export const typeAttributeError = exception("AttributeError", typeException);
export const typeEOFError = exception("EOFError", typeException);
export const typeImportError = exception("ImportError", typeException);
export const typeLookupError = exception("LookupError", typeException);
export const typeIndexError = exception("IndexError", typeLookupError);
export const typeKeyError = exception("KeyError", typeLookupError);
export const typeMemoryError = exception("MemoryError", typeException);
export const typeNameError = exception("NameError", typeException);
export const typeOSError = exception("OSError", typeException);
export const typeRuntimeError = exception("RuntimeError", typeException);
export const typeNotImplementedError = exception("NotImplementedError", typeRuntimeError);
export const typeSyntaxError = exception("SyntaxError", typeException);
export const typeIndentationError = exception("IndentationError", typeSyntaxError);
export const typeTypeError = exception("TypeError", typeException);
export const typeViperTypeError = exception("ViperTypeError", typeTypeError);
export const typeValueError = exception("ValueError", typeException);
export const typeUnicodeError = exception("UnicodeError", typeValueError);

/** Every exception type that is a built-in name, in MicroPython's order of use. */
export const exceptionTypes: readonly PyType[] = [
  typeBaseException,
  typeArithmeticError,
  typeAssertionError,
  typeAttributeError,
  typeEOFError,
  typeException,
  typeGeneratorExit,
  typeImportError,
  typeIndentationError,
  typeIndexError,
  typeKeyboardInterrupt,
  typeKeyError,
  typeLookupError,
  typeMemoryError,
  typeNameError,
  typeNotImplementedError,
  typeOSError,
  typeOverflowError,
  typeRuntimeError,
  typeStopIteration,
  typeStopAsyncIteration,
  typeSyntaxError,
  typeSystemExit,
  typeTypeError,
  typeUnicodeError,
  typeValueError,
  typeViperTypeError,
  typeZeroDivisionError,
];

/** Raises `type(message)`. The text is the newest MicroPython's; older releases word some otherwise (wording.ts). */
export function raiseMsg(type: PyType, message: string): never {
  throw newExcMsg(type, message);
}

export function newExcMsg(type: PyType, message: string): PyExc {
  const text = wording(message, mp.config.release);
  return new PyExc(type, text === "" ? [] : [text]);
}

export function raiseArgs(type: PyType, ...args: Obj[]): never {
  throw new PyExc(type, args);
}

export function raiseTypeError(message: string): never {
  raiseMsg(typeTypeError, message);
}
export function raiseValueError(message: string): never {
  raiseMsg(typeValueError, message);
}
export function raiseOSError(errno: number): never {
  throw new PyExc(typeOSError, [errno]);
}

export function noAttributeText(typeName: string, attr: string): string {
  return `'${typeName}' object has no attribute '${attr}'`;
}

/** The PyExc inside an exception object (itself, or what an instance of a user's exception class wraps). */
export function excOf(o: Obj): PyExc | null {
  if (o instanceof PyExc) return o;
  if (o instanceof PyInstance && o.subobj instanceof PyExc) return o.subobj;
  return null;
}

export function isExceptionType(type: PyType): boolean {
  return type.isSubclassOf(typeBaseException);
}

/** Whether something caught in TypeScript is a Python exception of this type. */
export function isExc(caught: unknown, type: PyType): caught is PyExc | PyInstance {
  return caught instanceof PyObj && caught.type.isSubclassOf(type);
}

/** `except type`: a type or a tuple of types against the exception at hand. Anything else is told to `refuse`. */
export function excMatch(exc: Obj, type: Obj, refuse: (type: Obj) => never): boolean {
  const excType = exc instanceof PyType ? exc : typeOf(exc);
  for (const one of type instanceof PyTuple ? type.items : [type]) {
    if (!(one instanceof PyType && isExceptionType(one))) refuse(one);
    if (isExceptionType(excType) && excType.isSubclassOf(one as PyType)) return true;
  }
  return false;
}

export function excValue(exc: Obj): Obj {
  return excOf(exc)?.args[0] ?? null;
}

function excAttr(self: PyExc, name: string): Step | undefined {
  if (name === "args") return uncounted(() => new PyTuple(self.args.slice()));
  // Aliases of args[0], on every exception.
  if (name === "value" || name === "errno") return self.args[0] ?? null;
  return undefined;
}

const allErrnoNames: ReadonlyMap<number, string> = new Map(
  Object.entries({
    EPERM: 1,
    ENOENT: 2,
    EIO: 5,
    EBADF: 9,
    EAGAIN: 11,
    ENOMEM: 12,
    EACCES: 13,
    EEXIST: 17,
    ENODEV: 19,
    EISDIR: 21,
    EINVAL: 22,
    ENOSPC: 28,
    EOPNOTSUPP: 95,
    EADDRINUSE: 98,
    ECONNABORTED: 103,
    ECONNRESET: 104,
    ENOBUFS: 105,
    ENOTCONN: 107,
    ETIMEDOUT: 110,
    ECONNREFUSED: 111,
    EHOSTUNREACH: 113,
    EALREADY: 114,
    EINPROGRESS: 115,
  }).map(([name, number]) => [number, name]),
);
// MicroPython's own list (py/moderrno.c) has all but this one; a port may choose for itself.
const notInList = "ENOSPC";

/** The errno names of this build, by number. */
export function errnoNames(): ReadonlyMap<number, string> {
  const own = mp.config.moduleMembers?.["errno"]?.split(" ");
  return new Map([...allErrnoNames].filter(([, name]) => (own ? own.includes(name) : name !== notInList)));
}

/** "exc" is the last line of a traceback, "repr" has the arguments as a tuple; the type's name is left out by `str`. */
export function* printExc(self: PyExc, kind: PrintKind, typeName = self.type.name): Gen<string> {
  const { args } = self;
  const head = kind === "repr" ? typeName : kind === "exc" ? `${typeName}: ` : "";
  if (kind !== "repr") {
    if (args.length === 0) return head;
    const errno = args[0];
    if (typeof errno === "number" && args.length < 3 && self.type === typeOSError && mp.config.release !== "1.9.2") {
      const name = errnoNames().get(errno);
      if (name !== undefined)
        return `${head}[Errno ${errno}] ${name}${args.length > 1 ? `: ${yield* run(printer.strOf(args[1]!))}` : ""}`;
    }
    if (args.length === 1) return head + (yield* run(printer.strOf(args[0]!)));
  }
  return head + (yield* run(printer.reprOf(new PyTuple(args))));
}

// print.ts prints exceptions and exceptions print their arguments: print.ts hands its functions over when it loads.
interface Printer {
  reprOf(o: Obj): Step<string>;
  strOf(o: Obj): Step<string>;
}
let printer: Printer;
export function usePrinter(functions: Printer): void {
  printer = functions;
}
