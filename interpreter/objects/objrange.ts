// range (py/objrange.c). Its bounds are machine words, and so is its length, which wraps round as C's does.
import * as bc0 from "../bytecode/bc0.ts";
import { RangeIter } from "../vm/iter.ts";
import { containsByIteration } from "../vm/operator.ts";
import { mp } from "./mpstate.ts";
import { asInt, int, intAdd, intMul, intOfFloat, machineInt, type Int } from "./number.ts";
import { raiseMsg, raiseTypeError, raiseValueError, typeIndexError } from "./objexcept.ts";
import { checkArgs } from "./objfun.ts";
import { PySlice, seqIndex, sliceBounds } from "./objlist.ts";
import { PyObj, STOP, typeIterator, typeOf, typeRange, type Obj, type PyType } from "./obj.ts";

const isSafe = (v: Int): v is number => typeof v === "number" && Math.abs(v) <= 2 ** 50;

/** What is left of a sum in a machine word. */
const wrap = (v: bigint): Int => int(BigInt.asIntN(mp.config.smallIntBits + 1, v));

function rangeLength(start: Int, stop: Int, step: Int): Int {
  if (isSafe(start) && isSafe(stop) && isSafe(step)) {
    const span = stop - start + step + (step > 0 ? -1 : 1);
    if (Math.abs(span) < 0x40000000 || Math.abs(span) < 2 ** mp.config.smallIntBits) return Math.max(0, Math.trunc(span / step));
  }
  const span = wrap(BigInt(stop) - BigInt(start) + BigInt(step) + (step > 0 ? -1n : 1n));
  const length = BigInt(span) / BigInt(step);
  return length < 0n ? 0 : int(length);
}

export class PyRange extends PyObj {
  declare type: PyType;
  readonly start: Int;
  readonly stop: Int;
  readonly step: Int;
  readonly length: Int;
  constructor(start: Int, stop: Int, step: Int) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = rangeLength(start, stop, step);
  }

  at(i: Int): Int {
    return intAdd(this.start, intMul(i, this.step));
  }
}
PyRange.prototype.type = typeRange;

/** The iterator of a range that leaves the integers which a JavaScript number holds. */
class WideRangeIter extends PyObj {
  declare type: PyType;
  private current: Int;
  private readonly range: PyRange;
  constructor(range: PyRange) {
    super();
    this.current = range.start;
    this.range = range;
  }

  next(): Obj {
    const { current, range } = this;
    if (range.step > 0 ? current >= range.stop : current <= range.stop) return STOP;
    this.current = intAdd(current, range.step);
    return current;
  }
}
WideRangeIter.prototype.type = typeIterator;

typeRange.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 1, 3);
  const [a, b, c] = args.map((arg) => machineInt(asInt(arg) ?? raiseTypeError(`can't convert ${typeOf(arg).name} to int`)));
  const step = c ?? 1;
  if (step === 0) raiseValueError("zero step");
  return b === undefined ? new PyRange(0, a!, 1) : new PyRange(a!, b, step);
};
typeRange.print = (self: PyRange) => `range(${self.start}, ${self.stop}${self.step === 1 ? "" : `, ${self.step}`})`;
typeRange.len = (self: PyRange) => self.length;
typeRange.getIter = (self: PyRange) => {
  const { start, stop, step, length } = self;
  return isSafe(start) && isSafe(stop) && isSafe(step) && isSafe(length)
    ? new RangeIter(start, step, length)
    : new WideRangeIter(self);
};
typeRange.isHashable = true;
typeRange.subscr = (self: PyRange, index) => {
  if (index instanceof PySlice) {
    // A range shows the bounds that it was given, though nothing lies between them.
    const { start, stop, step } = sliceBounds(index, Number(self.length), true);
    return new PyRange(self.at(intOfFloat(start)), self.at(intOfFloat(stop)), intMul(self.step, step));
  }
  const i = asInt(index);
  if (isSafe(self.length) || i === undefined) return self.at(seqIndex(typeRange, Number(self.length), index));
  const at = i < 0 ? intAdd(machineInt(i), self.length) : machineInt(i);
  if (at < 0 || at >= self.length) raiseMsg(typeIndexError, "range index out of range");
  return self.at(at);
};
typeRange.attr = (self: PyRange, name) => (name === "start" || name === "stop" || name === "step" ? self[name] : undefined);
typeRange.binaryOp = (op, self: PyRange, other) => {
  // MICROPY_PY_BUILTINS_RANGE_BINOP; without it a range equals itself alone.
  if (op !== bc0.BINARY_EQUAL || mp.config.romLevel !== "everything") return undefined;
  if (!(other instanceof PyRange)) return false;
  return (
    self.length === other.length &&
    (self.length === 0 || (self.start === other.start && (self.length === 1 || self.step === other.step)))
  );
};
typeRange.contains = (self: PyRange, item) => {
  const i = asInt(item);
  if (i === undefined) return containsByIteration(self, item);
  if (self.step > 0 ? i < self.start || i >= self.stop : i > self.start || i <= self.stop) return false;
  return (BigInt(i) - BigInt(self.start)) % BigInt(self.step) === 0n;
};
