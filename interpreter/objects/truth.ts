// Truth of values that need no Python code for it (py/obj.c mp_obj_is_true). Instances with __bool__ are the runtime's work.
import { typeOf, type Obj } from "./obj.ts";
import { PyComplex } from "./objcomplex.ts";
import { PyFloat } from "./objfloat.ts";

export function isTrueSync(o: Obj): boolean {
  switch (typeof o) {
    case "boolean":
      return o;
    case "number":
      return o !== 0;
    case "bigint":
      return true; // zero is a number
    case "string":
      return o !== "";
    default: {
      if (o === null) return false;
      if (o instanceof PyFloat) return o.v !== 0;
      if (o instanceof PyComplex) return o.re !== 0 || o.im !== 0;
      const { len } = typeOf(o);
      return len === null || len(o) !== 0;
    }
  }
}
