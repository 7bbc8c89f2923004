// math (py/modmath.c). Results are rounded to the board's precision by PyFloat.of.
import { intFromFloat, asFloat, asInt, int, type Int } from "../objects/number.ts";
import { raiseMsg, raiseTypeError, raiseValueError, typeOverflowError, typeZeroDivisionError } from "../objects/objexcept.ts";
import { fun, funKw } from "../objects/objfun.ts";
import { floatPow } from "../objects/floatpow.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { mp } from "../objects/mpstate.ts";
import { nativeOf, PyInstance, run, typeFloat, typeOf, type Gen, type Obj } from "../objects/obj.ts";
import { register } from "./registry.ts";

function num(o: Obj): number {
  const v = asFloat(o) ?? asFloat(nativeOf(o));
  if (v === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to float`);
  return v;
}

function domain(): never {
  raiseValueError("math domain error");
}

/** Raises for a result that is no number, or infinite, when the arguments were neither. MicroPython 1.9.2 did not look. */
function checkResult(r: number, ...args: readonly number[]): void {
  if (mp.config.release === "1.9.2") return;
  if (r !== r ? args.every((x) => x === x) : !Number.isFinite(r) && args.every(Number.isFinite)) domain();
}

/** One number in, one out. */
function unary(name: string, f: (x: number) => number): Obj {
  const apply = (v: number): Obj => {
    const r = f(v);
    checkResult(r, v);
    return PyFloat.of(r);
  };
  return fun(name, (x: Obj) => {
    if (x instanceof PyInstance && x.subobj === undefined) {
      return (function* (): Gen {
        return apply(((yield* run(typeFloat.makeNew!(typeFloat, [x], null))) as PyFloat).v);
      })();
    }
    return apply(num(x));
  });
}

function gamma(x: number): number {
  if (x === Math.floor(x) && x <= 0) return NaN;
  if (x === Infinity) return x;
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  if (x > 171.7) return Infinity;
  if (x === Math.floor(x)) {
    let r = 1;
    for (let i = 2; i < x; i++) r *= i;
    return r;
  }
  return Math.exp(lgamma(x));
}

// Lanczos, g = 7, nine terms.
// prettier-ignore
const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];

function lgamma(x: number): number {
  if (!Number.isFinite(x)) return x === x ? Infinity : x;
  if (x === Math.floor(x) && x <= 0) return Infinity;
  if (x === 1 || x === 2) return 0;
  if (x < 0.5) return Math.log(Math.abs(Math.PI / Math.sin(Math.PI * x))) - lgamma(1 - x);
  const y = x - 1;
  let sum = LANCZOS[0]!;
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (y + i);
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

// erf by series below 2.5, by continued fraction above.
function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a < 2.5) {
    let term = a;
    let sum = a;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= (-a * a) / n;
      sum += term / (2 * n + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  return Math.sign(x) * (1 - erfcTail(a));
}
function erfcTail(a: number): number {
  let f = 0;
  for (let k = 60; k >= 1; k--) f = k / 2 / (a + f);
  return Math.exp(-a * a) / Math.sqrt(Math.PI) / (a + f);
}
function erfc(x: number): number {
  return x > 2.5 ? erfcTail(x) : 1 - erf(x);
}

function toInt(name: string, f: (v: number) => number): Obj {
  return fun(name, (x: Obj) => {
    const i = asInt(x);
    if (i !== undefined) return i;
    return intFromFloat(f(num(x)));
  });
}

function integer(o: Obj): Int {
  const i = asInt(o);
  if (i === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to int`);
  return i;
}

register("math", {
  isExtensible: false,
  members: () => {
    const small = {
      e: PyFloat.of(Math.E),
      pi: PyFloat.of(Math.PI),
      sqrt: unary("sqrt", (x) => (x < 0 ? domain() : Math.sqrt(x))),
      pow: fun("pow", (a: Obj, b: Obj) => {
        const x = num(a);
        const y = num(b);
        const r = x === 1 ? 1 : floatPow(x, y);
        checkResult(r, x, y);
        return PyFloat.of(r);
      }),
      exp: unary("exp", Math.exp),
      log: fun(
        "log",
        (a: Obj, b?: Obj) => {
          const x = num(a);
          if (x <= 0) domain();
          if (b === undefined) return PyFloat.of(Math.log(x));
          const base = num(b);
          if (base <= 0) domain();
          if (base === 1) raiseMsg(typeZeroDivisionError, "divide by zero");
          return PyFloat.of(Math.log(x) / Math.log(base));
        },
        1,
        2,
      ),
      cos: unary("cos", Math.cos),
      sin: unary("sin", Math.sin),
      tan: unary("tan", Math.tan),
      acos: unary("acos", Math.acos),
      asin: unary("asin", Math.asin),
      atan: unary("atan", Math.atan),
      atan2: fun("atan2", (y: Obj, x: Obj) => PyFloat.of(Math.atan2(num(y), num(x)))),
      ceil: toInt("ceil", Math.ceil),
      floor: toInt("floor", Math.floor),
      trunc: toInt("trunc", Math.trunc),
      copysign: fun("copysign", (a: Obj, b: Obj) => {
        const s = num(b);
        const v = Math.abs(num(a));
        return PyFloat.of(s < 0 || Object.is(s, -0) ? -v : v);
      }),
      fabs: unary("fabs", Math.abs),
      fmod: fun("fmod", (a: Obj, b: Obj) => {
        const r = num(a) % num(b);
        checkResult(r, num(a), num(b));
        return PyFloat.of(r);
      }),
      isfinite: fun("isfinite", (x: Obj) => Number.isFinite(num(x))),
      isinf: fun("isinf", (x: Obj) => Math.abs(num(x)) === Infinity),
      isnan: fun("isnan", (x: Obj) => num(x) !== num(x)),
      frexp: fun("frexp", (x: Obj) => {
        const v = num(x);
        if (v === 0 || !Number.isFinite(v)) return new PyTuple([PyFloat.of(v), 0]);
        let e = Math.max(-1023, Math.floor(Math.log2(Math.abs(v))) + 1);
        let m = v * 2 ** -e;
        while (Math.abs(m) < 0.5) {
          m *= 2;
          e--;
        }
        while (Math.abs(m) >= 1) {
          m /= 2;
          e++;
        }
        return new PyTuple([PyFloat.of(m), e]);
      }),
      ldexp: fun("ldexp", (x: Obj, e: Obj) => {
        const n = Number(integer(e));
        const v = num(x);
        const half = Math.trunc(n / 2);
        const r = v * 2 ** half * 2 ** (n - half);
        if (!Number.isFinite(r) && Number.isFinite(v)) domain();
        return PyFloat.of(r);
      }),
      modf: fun("modf", (x: Obj) => {
        const v = num(x);
        const whole = Math.trunc(v);
        const part = Number.isFinite(v) ? v - whole : v === v ? 0 : v;
        return new PyTuple([PyFloat.of(Object.is(part, 0) && v < 0 ? -0 : part), PyFloat.of(whole)]);
      }),
      degrees: unary("degrees", (x) => (x * 180) / Math.PI),
      radians: unary("radians", (x) => (x * Math.PI) / 180),
    };
    if (mp.config.release === "1.9.2") return small;
    return {
      ...small,
      tau: PyFloat.of(2 * Math.PI),
      inf: PyFloat.of(Infinity),
      nan: PyFloat.of(NaN),
      expm1: unary("expm1", Math.expm1),
      log2: unary("log2", (x) => (x <= 0 ? NaN : Math.log2(x))),
      log10: unary("log10", (x) => (x <= 0 ? NaN : Math.log10(x))),
      cosh: unary("cosh", Math.cosh),
      sinh: unary("sinh", Math.sinh),
      tanh: unary("tanh", Math.tanh),
      acosh: unary("acosh", Math.acosh),
      asinh: unary("asinh", Math.asinh),
      atanh: unary("atanh", Math.atanh),
      erf: unary("erf", erf),
      erfc: unary("erfc", erfc),
      gamma: unary("gamma", gamma),
      lgamma: unary("lgamma", lgamma),
      factorial: fun("factorial", (n: Obj) => {
        const v = integer(n);
        if (v < 0) raiseValueError("negative factorial");
        if (v > 20000) raiseMsg(typeOverflowError, "overflow converting long int to machine word");
        let r = 1n;
        for (let i = 2n; i <= BigInt(v); i++) r *= i;
        return int(r);
      }),
      isclose: funKw(
        "isclose",
        [
          { name: "a" },
          { name: "b" },
          { name: "rel_tol", default: null, kwOnly: true },
          { name: "abs_tol", default: 0, kwOnly: true },
        ],
        (a: Obj, b: Obj, rel: Obj, abs: Obj) => {
          const x = num(a);
          const y = num(b);
          const r = rel === null ? 1e-9 : num(rel);
          const t = num(abs);
          if (r < 0 || t < 0) domain();
          if (x === y) return true;
          if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return false;
          const d = Math.abs(x - y);
          return d <= Math.abs(r * y) || d <= Math.abs(r * x) || d <= t;
        },
      ),
    };
  },
});
