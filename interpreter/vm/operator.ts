// Operators on any two objects: arithmetic, comparison, membership, indexing, truth, length, hash (py/runtime.c, py/obj.c).
// The dispatch loop has fast paths of its own for numbers; all else comes here.
import * as bc0 from "../bytecode/bc0.ts";
import { mp } from "../objects/mpstate.ts";
import { PyComplex } from "../objects/objcomplex.ts";
import { hashValue, truncateHash, type Hash } from "../objects/hash.ts";
import { PyExc, excMatch, raiseTypeError } from "../objects/objexcept.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { PyList } from "../objects/objlist.ts";
import { PyBytes } from "../objects/objbytes.ts";
import { PyFrozenset } from "../objects/objset.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { asFloat, asInt, floatBinaryOp, numberBinaryOp, numberUnaryOp, type Number_ } from "../objects/number.ts";
import { isTrueSync } from "../objects/truth.ts";
import {
  isPending,
  NotImplemented,
  PyInstance,
  PyType,
  pythonMethod,
  run,
  STOP,
  typeBytes,
  typeList,
  typeOf,
  typeStr,
  typeTuple,
  type Attrs,
  type Gen,
  type Obj,
  type Step,
} from "../objects/obj.ts";
import { PyFun } from "../objects/objfun.ts";
import { call, callFun } from "./call.ts";
import { hasCpythonCompat, hasSpecialMethod, specialName } from "../objects/features.ts";
import { getIter, iterNext } from "./iter.ts";
import { raiseRecursion } from "./stackctrl.ts";

// prettier-ignore
const methodNames = ["or", "xor", "and", "lshift", "rshift", "add", "sub", "mul", "matmul", "floordiv", "truediv", "mod", "pow", "divmod"];
const relationNames = ["__lt__", "__gt__", "__eq__", "__le__", "__ge__", "__ne__"];

/** The key of each operator's method, by opcode, and of its reflected one. */
const methodKeys: (keyof Attrs)[] = [];
const reverseKeys: (keyof Attrs)[] = [];
for (let op = 0; op <= bc0.BINARY_DIVMOD; op++) {
  methodKeys.push(`$${methodName(op)}`);
  reverseKeys.push(op < bc0.BINARY_OR ? "$" : `$__r${methodNames[op - bc0.BINARY_OR]!}__`);
}

/** A class's own method for an operator, as far as the build knows it. */
function ownMethod(type: PyType, key: keyof Attrs): Obj | undefined {
  return hasSpecialMethod(key.slice(1)) ? pythonMethod(type, key) : undefined;
}

function methodName(op: number): string {
  if (op === bc0.BINARY_EXCEPTION_MATCH) return "";
  if (op < relationNames.length) return relationNames[op]!;
  if (op === bc0.BINARY_IN) return "__contains__";
  if (op < bc0.BINARY_OR) return `__i${methodNames[op - bc0.BINARY_INPLACE_OR]!}__`;
  return `__${methodNames[op - bc0.BINARY_OR]!}__`;
}

export function binaryOp(op: number, a: Obj, b: Obj): Step {
  switch (op) {
    case bc0.BINARY_IS:
      return isSame(a, b);
    case bc0.BINARY_EQUAL:
      return equal(a, b);
    case bc0.BINARY_NOT_EQUAL:
      return notEqual(a, b);
    case bc0.BINARY_IN:
      return contains(b, a);
    case bc0.BINARY_EXCEPTION_MATCH:
      return excMatch(a, b, (type) => unsupported(op, a, type));
  }
  if (op < bc0.BINARY_IN) return order(op, a, b);
  // Numbers
  const x = number(a);
  if (x !== undefined) {
    const y = number(b);
    if (y !== undefined) {
      const normal = isInplaceOp(op) ? op + bc0.INPLACE_TO_NORMAL : op;
      if (normal === bc0.BINARY_DIVMOD) return divmod(x, y);
      const value = numberBinaryOp(normal, x, y);
      if (value !== undefined) return value;
    }
  }
  return operate(op, a, b);
}

function number(o: Obj): Number_ | undefined {
  if (o instanceof PyFloat || o instanceof PyComplex) return o;
  return asInt(o);
}

function divmod(a: Number_, b: Number_): Obj {
  const q = numberBinaryOp(bc0.BINARY_FLOOR_DIVIDE, a, b);
  const r = numberBinaryOp(bc0.BINARY_MODULO, a, b);
  if (q === undefined || r === undefined) unsupported(bc0.BINARY_DIVMOD, a, b);
  return new PyTuple([q, r]);
}

export function isSame(a: Obj, b: Obj): boolean {
  return a === b;
}

// What an int on the left multiplies (py/objint.c mp_obj_int_binary_op_extra_cases).
const repeatable: ReadonlySet<PyType> = new Set([typeStr, typeBytes, typeTuple, typeList]);

/** A type's own operator, a class's method, then the other operand's reflected one. */
function operate(op: number, a: Obj, b: Obj): Step {
  const isInplace = isInplaceOp(op);
  const normal = isInplace ? op + bc0.INPLACE_TO_NORMAL : op;
  if (a instanceof PyInstance || b instanceof PyInstance) return operateInstances(op, normal, isInplace, a, b);
  const slot = typeOf(a).binaryOp;
  let value = slot?.(op, a, b);
  if (value === undefined && isInplace) value = slot?.(normal, a, b);
  // 3 * "a" is "a" * 3
  if (value === undefined && normal === bc0.BINARY_MULTIPLY && asInt(a) !== undefined && repeatable.has(typeOf(b)))
    value = typeOf(b).binaryOp?.(normal, b, a);
  if (value === undefined) unsupported(normal, a, b);
  return value;
}

function* operateInstances(op: number, normal: number, isInplace: boolean, a: Obj, b: Obj): Gen {
  if (isInplace) {
    const value = yield* tryOperator(op, a, b);
    if (value !== undefined) return value;
  }
  const value = yield* tryOperator(normal, a, b);
  return value !== undefined ? value : yield* operateReflected(normal, a, b);
}

function* operateReflected(op: number, a: Obj, b: Obj): Gen {
  const reverse = op >= bc0.BINARY_OR && b instanceof PyInstance ? ownMethod(b.type, reverseKeys[op]!) : undefined;
  if (reverse !== undefined) {
    const value = yield* run(call(reverse, [b, a], null));
    if (value !== NotImplemented) return value;
  }
  if (op < bc0.BINARY_OR || !(b instanceof PyInstance) || !hasOperators(b.subobj)) unsupported(op, a, b);
  // The built-in part is asked for the reflected operator, which none has.
  const x = number(b.subobj);
  if (typeof x === "number" && number(a) !== undefined)
    raiseTypeError(`unsupported types for __r${methodNames[op - bc0.BINARY_OR]!}__: 'int', '${typeNameIn(a)}'`);
  unsupported(op, a, b.subobj);
}

/** Whether an instance's built-in part takes part in operators: exceptions have none. */
function hasOperators(subobj: Obj | undefined): subobj is Obj {
  return subobj !== undefined && !(subobj instanceof PyExc);
}

/** What a class's __float__ makes of an operand. */
function* floatOf(o: PyInstance): Gen<PyFloat | undefined> {
  const method = pythonMethod(o.type, "$__float__");
  if (method === undefined) return undefined;
  const value = yield* run(call(method, [o], null));
  return value instanceof PyFloat ? value : undefined;
}

const typeNameIn = (o: Obj): string => (typeof o === "boolean" ? "int" : typeOf(o).name);

/**
 * The frame of the Python method that a class has for an operator, for the loop to run at once. undefined: binaryOp decides.
 * When the method says NotImplemented, operatorRest goes on.
 */
export function operatorFrame(op: number, a: PyInstance, b: Obj): Step | undefined {
  if (op === bc0.BINARY_EXCEPTION_MATCH) return undefined;
  let method = operatorMethod(a, op);
  if (method === undefined && isInplaceOp(op)) method = ownMethod(a.type, methodKeys[op + bc0.INPLACE_TO_NORMAL]!);
  return method instanceof PyFun ? callFun(method, [a, b], 0, 2, null) : undefined;
}

/** What is left to try of an operator after the left side's method has said NotImplemented. */
export function* operatorRest(op: number, a: Obj, b: Obj): Gen {
  if (op < bc0.BINARY_IN) unsupported(op, a, b);
  if (!isInplaceOp(op)) return yield* operateReflected(op, a, b);
  const normal = op + bc0.INPLACE_TO_NORMAL;
  if (a instanceof PyInstance && ownMethod(a.type, methodKeys[op]!) !== undefined) {
    const value = yield* tryOperator(normal, a, b);
    if (value !== undefined) return value;
  }
  return yield* operateReflected(normal, a, b);
}

function isInplaceOp(op: number): boolean {
  return op >= bc0.BINARY_INPLACE_OR && op < bc0.BINARY_OR;
}

/** A class's own method for an operator. Small builds have of the in-place ones only += and -=. */
function operatorMethod(a: PyInstance, op: number): Obj | undefined {
  const isMissing =
    isInplaceOp(op) && op !== bc0.BINARY_INPLACE_ADD && op !== bc0.BINARY_INPLACE_SUBTRACT && mp.config.romLevel !== "everything";
  return isMissing ? undefined : ownMethod(a.type, methodKeys[op]!);
}

function* tryOperator(op: number, a: Obj, b: Obj): Gen<Obj | undefined> {
  if (a instanceof PyInstance) {
    const method = operatorMethod(a, op);
    if (method !== undefined) {
      const value = yield* run(call(method, [a, b], null));
      return value === NotImplemented ? undefined : value;
    }
    // The built-in part meets the other operand as it is.
    if (!hasOperators(a.subobj)) return undefined;
    return yield* run(binaryOp(op, a.subobj, b));
  }
  if (a instanceof PyFloat && b instanceof PyInstance) {
    const y = yield* floatOf(b);
    return y === undefined ? undefined : floatBinaryOp(isInplaceOp(op) ? op + bc0.INPLACE_TO_NORMAL : op, a.v, y.v);
  }
  const value = typeOf(a).binaryOp?.(op, a, b);
  if (value !== undefined) return yield* run(value);
  return undefined;
}

function unsupported(op: number, a: Obj, b: Obj): never {
  if (op === bc0.BINARY_IN) raiseTypeError(`'${typeOf(a).name}' object isn't iterable`);
  // A bool that is asked for its operator asks the int; the right side is asked for its reflected one.
  const isReflected = op >= bc0.BINARY_OR && op < bc0.BINARY_DIVMOD;
  const left = typeNameIn(a);
  const right = typeof b === "boolean" && isReflected ? "int" : typeOf(b).name;
  raiseTypeError(`unsupported types for ${specialName(methodName(op))}: '${left}', '${right}'`);
}

// ---- comparison

function order(op: number, a: Obj, b: Obj): Step {
  const x = asFloatOrInt(a);
  if (x !== undefined) {
    const y = asFloatOrInt(b);
    if (y !== undefined) return compareNumbers(op, x, y);
  }
  if (typeof a === "string" && typeof b === "string") return relation(op, compareStrings(a, b));
  if (a instanceof PyInstance || b instanceof PyInstance) return orderInstances(op, a, b);
  const value = typeOf(a).binaryOp?.(op, a, b);
  if (value !== undefined) return value;
  unsupported(op, a, b);
}

function asFloatOrInt(o: Obj): number | bigint | undefined {
  return asInt(o) ?? asFloat(o);
}

function compareNumbers(op: number, a: number | bigint, b: number | bigint): boolean {
  switch (op) {
    case bc0.BINARY_LESS:
      return a < b;
    case bc0.BINARY_MORE:
      return a > b;
    case bc0.BINARY_LESS_EQUAL:
      return a <= b;
    default:
      return a >= b;
  }
}

/** By code point: UTF-16 order is wrong where surrogates meet characters above them. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const fix = (c: number): number => (c >= 0xd800 && c < 0xe000 ? c + 0x10000 : c);
      return fix(x) - fix(y);
    }
  }
  return a.length - b.length;
}

/** A relational operator's answer from a comparison's sign. */
export function relation(op: number, sign: number): boolean {
  switch (op) {
    case bc0.BINARY_LESS:
      return sign < 0;
    case bc0.BINARY_MORE:
      return sign > 0;
    case bc0.BINARY_LESS_EQUAL:
      return sign <= 0;
    default:
      return sign >= 0;
  }
}

function* orderInstances(op: number, a: Obj, b: Obj): Gen {
  // No reflection: a > b does not ask b for __lt__, as MicroPython has it.
  const value = yield* tryOrder(op, a, b);
  if (value !== undefined) return value;
  unsupported(op, a, b);
}

function* tryOrder(op: number, a: Obj, b: Obj): Gen<Obj | undefined> {
  if (a instanceof PyInstance) {
    const method = ownMethod(a.type, methodKeys[op]!);
    if (method !== undefined) {
      const value = yield* run(call(method, [a, b], null));
      return value === NotImplemented ? undefined : value;
    }
    // A tuple knows a tuple in other classes too.
    const other = a.subobj instanceof PyTuple && b instanceof PyInstance && b.subobj instanceof PyTuple ? b.subobj : b;
    return hasOperators(a.subobj) ? yield* run(order(op, a.subobj, other)) : undefined;
  }
  if (a instanceof PyFloat && b instanceof PyInstance) {
    const y = yield* floatOf(b);
    return y === undefined ? undefined : yield* run(order(op, a, y));
  }
  const value = typeOf(a).binaryOp?.(op, a, b);
  return value === undefined ? undefined : yield* run(value);
}

/** Whether two values are equal without running Python; undefined: Python decides. */
export function equalSync(a: Obj, b: Obj): boolean | undefined {
  if (a === b) {
    if (a instanceof PyInstance) return pythonMethod(a.type, "$__eq__") === undefined ? true : undefined;
    if (a instanceof PyComplex) return a.re === a.re && a.im === a.im;
    return !(a instanceof PyFloat) || a.v === a.v;
  }
  const ta = typeof a;
  if (ta === "string" || typeof b === "string") return a instanceof PyInstance || b instanceof PyInstance ? undefined : false;
  if (a === null || b === null) return a instanceof PyInstance || b instanceof PyInstance ? undefined : false;
  const x = asFloatOrInt(a);
  if (x !== undefined) {
    const y = asFloatOrInt(b);
    // eslint-disable-next-line eqeqeq
    if (y !== undefined) return x == y;
  }
  if (typeof a === "object" && typeof b === "object") {
    if (a instanceof PyInstance || b instanceof PyInstance) return undefined;
    if (a instanceof PyTuple && b instanceof PyTuple) return equalArrays(a.items, b.items);
    if (a instanceof PyList && b instanceof PyList) return equalArrays(a.items, b.items);
  }
  if (a instanceof PyInstance || b instanceof PyInstance) return undefined;
  if (a instanceof PyComplex || b instanceof PyComplex) {
    const p = a instanceof PyComplex ? a : new PyComplex(asFloat(a) ?? NaN, 0);
    const q = b instanceof PyComplex ? b : new PyComplex(asFloat(b) ?? NaN, 0);
    return p.re === q.re && p.im === q.im;
  }
  return typeOf(a).binaryOp === null && typeOf(b).binaryOp === null ? false : undefined;
}

function equalArrays(a: readonly Obj[], b: readonly Obj[]): boolean | undefined {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const same = equalSync(a[i]!, b[i]!);
    if (same === undefined) return undefined;
    if (!same && a[i] !== b[i]) return false;
  }
  return true;
}

let equalDepth = 0;

export function equal(a: Obj, b: Obj): Step<boolean> {
  const known = equalDepth > 200 ? undefined : equalSync(a, b);
  return known === undefined ? equalSlow(a, b) : known;
}

function notEqual(a: Obj, b: Obj): Step<boolean> {
  const hasNe =
    (a instanceof PyInstance && ownMethod(a.type, "$__ne__") !== undefined) ||
    (b instanceof PyInstance && ownMethod(b.type, "$__ne__") !== undefined);
  const known = hasNe ? undefined : equalSync(a, b);
  if (known !== undefined) return !known;
  return (function* (): Gen<boolean> {
    // One side after the other: its __ne__, then its __eq__.
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const) {
      if (!(x instanceof PyInstance)) continue;
      const ne = ownMethod(x.type, "$__ne__");
      if (ne !== undefined) {
        const value = yield* run(call(ne, [x, y], null));
        if (value !== NotImplemented) return value as boolean;
      }
      const eq = pythonMethod(x.type, "$__eq__");
      if (eq === undefined) continue;
      const value = yield* run(call(eq, [x, y], null));
      if (value !== NotImplemented) return !(yield* run(isTrue(value)));
    }
    return !(yield* run(isTrue(yield* run(equalSlow(a, b) as Gen<Obj>))));
  })();
}

function* equalSlow(a: Obj, b: Obj): Gen<boolean> {
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    if (x instanceof PyInstance) {
      const eq = pythonMethod(x.type, "$__eq__");
      if (eq !== undefined) {
        const value = yield* run(call(eq, [x, y], null));
        // As it is: a == b need not be a bool.
        if (value !== NotImplemented) return value as boolean;
      } else if (x.subobj !== undefined)
        return yield* run(equal(x.subobj, y instanceof PyInstance && y.subobj !== undefined ? y.subobj : y));
      continue;
    }
    if ((x instanceof PyList && y instanceof PyList) || (x instanceof PyTuple && y instanceof PyTuple))
      return yield* equalItems(x.items, y.items);
    if (x instanceof PyFloat && y instanceof PyInstance) {
      const f = yield* floatOf(y);
      if (f !== undefined) return yield* run(equal(x, f));
    }
    if (x instanceof PyInstance || y instanceof PyInstance) continue;
    const value = typeOf(x).binaryOp?.(bc0.BINARY_EQUAL, x, y);
    if (value !== undefined) return (yield* run(value)) as boolean;
  }
  return a === b;
}

export function* equalItems(a: readonly Obj[], b: readonly Obj[]): Gen<boolean> {
  if (a.length !== b.length) return false;
  equalDepth++;
  if (equalDepth > 100) {
    equalDepth = 0;
    raiseRecursion();
  }
  try {
    for (let i = 0; i < a.length; i++) {
      if (a[i] !== b[i] && !(yield* run(isTrue((yield* run(equal(a[i]!, b[i]!))) as Obj)))) return false;
    }
  } finally {
    equalDepth = Math.max(0, equalDepth - 1);
  }
  return true;
}

/** Lexicographic order of two sequences. */
export function orderItems(op: number, a: readonly Obj[], b: readonly Obj[]): Step {
  // Only > and >= are asked for, and only True counts (py/sequence.c mp_seq_cmp_objs).
  if (op === bc0.BINARY_LESS) return orderItems(bc0.BINARY_MORE, b, a);
  if (op === bc0.BINARY_LESS_EQUAL) return orderItems(bc0.BINARY_MORE_EQUAL, b, a);
  return (function* (): Gen {
    const n = Math.min(a.length, b.length);
    for (let i = 0; i < n; i++) {
      if (yield* run(equal(a[i]!, b[i]!))) continue;
      return (yield* run(order(op, a[i]!, b[i]!))) === true;
    }
    return relation(op, a.length - b.length);
  })();
}

// ---- membership

export function contains(container: Obj, item: Obj): Step<boolean> {
  if (container instanceof PyInstance) {
    const method = pythonMethod(container.type, "$__contains__");
    if (method !== undefined) {
      return (function* (): Gen<boolean> {
        return yield* run(isTrue(yield* run(call(method, [container, item], null))));
      })();
    }
    if (container.subobj !== undefined && hasOperators(container.subobj)) {
      noContainer(container.subobj, item);
      if (number(container.subobj) !== undefined) raiseTypeError(`'${typeNameIn(container.subobj)}' object isn't iterable`);
      return contains(container.subobj, item);
    }
    return containsByIteration(container, item);
  }
  if (typeof container === "boolean" || number(container) !== undefined) inNumber(container, item);
  const type = typeOf(container);
  if (type.contains !== null) return type.contains(container, item);
  if (container instanceof PyList || container instanceof PyTuple) {
    const { items } = container;
    for (let i = 0; i < items.length; i++) {
      const same = equalSync(items[i]!, item);
      if (same === true || items[i] === item) return true;
      if (same === undefined) return containsFrom(items, item, i);
    }
    return false;
  }
  return containsByIteration(container, item);
}

/** `item in container` where the container is a number: how that is refused depends on which operator refuses it. */
function inNumber(container: Obj, item: Obj): never {
  const name = typeNameIn(container);
  if (!hasCpythonCompat()) {
    if (typeof item === "number" && typeof container !== "bigint")
      raiseTypeError(`unsupported types for __contains__: 'int', '${typeOf(container).name}'`);
    if (container instanceof PyFloat && number(item) === undefined) raiseTypeError(`can't convert ${typeOf(item).name} to float`);
    raiseTypeError(`'${name}' object is not iterable`);
  }
  // A small int on the left is refused before the operator has a name.
  if (typeof item === "number" && typeof container !== "bigint" && typeof container !== "boolean")
    raiseTypeError(`unsupported types for : 'int', '${name}'`);
  const isRefused =
    typeof container === "boolean"
      ? typeof item !== "bigint" && number(item) !== undefined
      : typeof container === "number" && typeof item === "boolean";
  if (isRefused) raiseTypeError(`unsupported types for __contains__: 'int', '${typeNameIn(item)}'`);
  raiseTypeError(`'${name}' object isn't iterable`);
}

function noContainer(container: Obj, item: Obj): void {
  if (typeof container === "number" && typeof item !== "bigint" && number(item) !== undefined)
    raiseTypeError(`unsupported types for __contains__: 'int', '${typeNameIn(item)}'`);
}

function* containsFrom(items: readonly Obj[], item: Obj, from: number): Gen<boolean> {
  for (let i = from; i < items.length; i++) if (yield* run(equal(items[i]!, item))) return true;
  return false;
}

export function* containsByIteration(container: Obj, item: Obj): Gen<boolean> {
  const iterator = yield* run(getIter(container));
  for (let n = 1; ; n++) {
    const value = yield* run(iterNext(iterator));
    if (value === STOP) return false;
    if (yield* run(equal(value, item))) return true;
    if (n % 256 === 0) yield { wait: "tick" };
  }
}

// ---- unary operators

export function unaryOp(op: number, a: Obj): Step {
  if (op === bc0.UNARY_NOT) {
    const truth = isTrue(a);
    return isPending(truth)
      ? (function* (): Gen {
          return !(yield* run(truth));
        })()
      : !truth;
  }
  const x = number(a);
  const sign = ["+", "-", "~"][op]!;
  if (x !== undefined && (sign !== "~" || (!(x instanceof PyFloat) && !(x instanceof PyComplex)))) return numberUnaryOp(sign, x);
  const name = (["__pos__", "__neg__", "__invert__"] as const)[op]!;
  if (a instanceof PyInstance) {
    const method = ownMethod(a.type, `$${name}`);
    if (method !== undefined) return call(method, [a], null);
    if (a.subobj !== undefined) return unaryOp(op, a.subobj);
  } else {
    const value = typeOf(a).unaryOp?.(op, a);
    if (value !== undefined) return value;
  }
  raiseTypeError(`unsupported type for ${specialName(name)}: '${typeOf(a).name}'`);
}

export function isTrue(o: Obj): Step<boolean> {
  if (o instanceof PyInstance) {
    // Of __bool__ only True itself is true.
    const bool = pythonMethod(o.type, "$__bool__");
    const method = bool ?? pythonMethod(o.type, "$__len__");
    if (method !== undefined) {
      return (function* (): Gen<boolean> {
        const value = yield* run(call(method, [o], null));
        return bool === undefined ? isTrueSync(value) : value === true;
      })();
    }
    return o.subobj === undefined ? true : isTrue(o.subobj);
  }
  return isTrueSync(o);
}

export function lenOf(o: Obj): Step {
  if (typeof o === "string") return strLength(o);
  if (o instanceof PyInstance) {
    const method = pythonMethod(o.type, "$__len__");
    if (method !== undefined) return call(method, [o], null);
    if (hasOperators(o.subobj) && !(o.subobj instanceof PyBytes)) {
      if (typeof o.subobj !== "string" && typeOf(o.subobj).len === null)
        raiseTypeError(`unsupported type for __len__: '${typeOf(o.subobj).name}'`);
      return lenOf(o.subobj);
    }
  } else {
    const { len } = typeOf(o);
    if (len !== null) return len(o);
  }
  raiseTypeError(`object of type '${typeOf(o).name}' has no len()`);
}

const SURROGATE = /[\ud800-\udfff]/;
let plainString = "";

/** Whether every character is one UTF-16 unit, remembered for the string last asked about. */
export function isPlain(text: string): boolean {
  if (text.length < 16) return !SURROGATE.test(text);
  if (text === plainString) return true;
  if (SURROGATE.test(text)) return false;
  plainString = text;
  return true;
}

export function strLength(text: string): number {
  if (isPlain(text)) return text.length;
  let n = 0;
  for (const c of text) n += c.length > 0 ? 1 : 0;
  return n;
}

export function hashOf(o: Obj): Step {
  if (o instanceof PyInstance) {
    const method = pythonMethod(o.type, "$__hash__");
    if (method !== undefined) return hashFrom(call(method, [o], null));
    // bytes has no slot for it, so its hash is the object's own.
    const { subobj } = o;
    if (hasOperators(subobj) && !(subobj instanceof PyBytes)) return hashOf(subobj);
    if (pythonMethod(o.type, "$__eq__") !== undefined) unhashable(o);
    return mp.idOf(o);
  }
  if (o instanceof PyTuple) return hashItems(o.items);
  if (o instanceof PyFrozenset) return hashItems(o.items());
  if (!typeOf(o).isHashable) unhashable(o);
  return hashValue(o);
}

// What __hash__ gives is cut to a small int.
function hashFrom(step: Step): Step {
  if (isPending(step)) {
    return (function* (): Gen {
      return yield* run(hashFrom(yield* run(step)));
    })();
  }
  const n = asInt(step);
  if (n === undefined) raiseTypeError(`can't convert ${typeOf(step).name} to int`);
  return truncateHash(n);
}

function unhashable(o: Obj): never {
  raiseTypeError(`unsupported type for __hash__: '${typeOf(o).name}'`);
}

// The sum of the items' hashes; in C it starts with an address.
function hashItems(items: readonly Obj[]): Step {
  let hash = 0n;
  for (let i = 0; i < items.length; i++) {
    const item = hashOf(items[i]!);
    if (isPending(item)) {
      return (function* (): Gen {
        for (let k = i; k < items.length; k++) hash += BigInt((yield* run(hashOf(items[k]!))) as Hash);
        return truncateHash(hash);
      })();
    }
    hash += BigInt(item as Hash);
  }
  return truncateHash(hash);
}

// ---- indexing

export function subscr(o: Obj, index: Obj): Step {
  if (o instanceof PyInstance) {
    const method = pythonMethod(o.type, "$__getitem__");
    if (method !== undefined) return call(method, [o, index], null);
    if (hasOperators(o.subobj) && typeOf(o.subobj).subscr !== null) return subscr(o.subobj, index);
  } else {
    const slot = typeOf(o).subscr;
    if (slot !== null) return slot(o, index);
    if (o instanceof PyType) {
      const method = o.find("$__class_getitem__");
      if (method !== undefined) return call(method, [o, index], null);
    }
  }
  raiseTypeError(`'${typeOf(o).name}' object isn't subscriptable`);
}

/** o[index] = value, or, value undefined, del o[index]. */
export function storeSubscr(o: Obj, index: Obj, value: Obj | undefined): Step {
  if (o instanceof PyInstance) {
    const method = pythonMethod(o.type, value === undefined ? "$__delitem__" : "$__setitem__");
    if (method !== undefined) return call(method, value === undefined ? [o, index] : [o, index, value], null);
    if (hasOperators(o.subobj)) return storeSubscr(o.subobj, index, value);
  } else {
    const slot = typeOf(o).storeSubscr;
    if (slot !== null) return slot(o, index, value);
  }
  raiseTypeError(`'${typeOf(o).name}' object doesn't support item ${value === undefined ? "deletion" : "assignment"}`);
}
