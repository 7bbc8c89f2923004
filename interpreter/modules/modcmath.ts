// cmath (py/modcmath.c). The formulas are MicroPython's, so the last digit is too; PyFloat.of rounds to the board's precision.
import { getFloat } from "../native.ts";
import { asComplex } from "../objects/number.ts";
import { PyComplex } from "../objects/objcomplex.ts";
import { raiseTypeError } from "../objects/objexcept.ts";
import { fun } from "../objects/objfun.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { nativeOf, PyInstance, run, typeFloat, typeOf, type Gen, type Obj } from "../objects/obj.ts";
import { call } from "../vm/call.ts";
import { register } from "./registry.ts";

type Function1 = (re: number, im: number) => Obj;

function* complexOf(o: PyInstance): Gen {
  for (const name of ["__float__", "__complex__"]) {
    const method = o.type.lookup(name);
    if (method === undefined) continue;
    const value = yield* run(call(method, [o], null));
    if (value instanceof PyComplex || (name === "__float__" && typeOf(value) === typeFloat)) return value;
  }
  raiseTypeError(`can't convert ${typeOf(o).name} to complex`);
}

function unary(name: string, f: Function1): Obj {
  const apply = (o: Obj): Obj => {
    const z = asComplex(o);
    if (z === undefined) raiseTypeError(`can't convert ${typeOf(o).name} to complex`);
    return f(z.re, z.im);
  };
  return fun(name, (o: Obj) => {
    const native = nativeOf(o);
    if (!(native instanceof PyInstance)) return apply(native);
    return (function* (): Gen {
      return apply(yield* complexOf(native));
    })();
  });
}

const complex = (re: number, im: number): PyComplex => new PyComplex(PyFloat.of(re).v, PyFloat.of(im).v);

register("cmath", {
  isExtensible: false,
  when: (config) => config.romLevel !== "core",
  members: () => ({
    e: PyFloat.of(Math.E),
    pi: PyFloat.of(Math.PI),
    phase: unary("phase", (re, im) => PyFloat.of(Math.atan2(im, re))),
    polar: unary("polar", (re, im) => new PyTuple([PyFloat.of(Math.sqrt(re * re + im * im)), PyFloat.of(Math.atan2(im, re))])),
    rect: fun("rect", (rIn: Obj, phiIn: Obj) => {
      const r = getFloat(rIn);
      const phi = getFloat(phiIn);
      return complex(r * Math.cos(phi), r * Math.sin(phi));
    }),
    exp: unary("exp", (re, im) => complex(Math.exp(re) * Math.cos(im), Math.exp(re) * Math.sin(im))),
    log: unary("log", (re, im) => complex(0.5 * Math.log(re * re + im * im), Math.atan2(im, re))),
    log10: unary("log10", (re, im) => complex(0.5 * Math.log10(re * re + im * im), 0.4342944819032518 * Math.atan2(im, re))),
    sqrt: unary("sqrt", (re, im) => {
      const r = (re * re + im * im) ** 0.25;
      const theta = 0.5 * Math.atan2(im, re);
      return complex(r * Math.cos(theta), r * Math.sin(theta));
    }),
    cos: unary("cos", (re, im) => complex(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im))),
    sin: unary("sin", (re, im) => complex(Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im))),
  }),
});
