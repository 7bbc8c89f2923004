// weakref: references that do not keep an object alive, and functions to call once it is gone (py/modweakref.c).
// Whether it is gone is found out by gc.collect() (vm/gc.ts).
import { mp } from "../objects/mpstate.ts";
import { raiseTypeError } from "../objects/objexcept.ts";
import { checkArgs, fun, PyNative } from "../objects/objfun.ts";
import { PyDict } from "../objects/objdict.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { PyModule } from "../objects/objmodule.ts";
import { Ellipsis, NotImplemented, PyObj, PyType, run, type Gen, type Kw, type Obj, type Step } from "../objects/obj.ts";
import { call } from "../vm/call.ts";
import { unwatch, watch, type Watch } from "../vm/gc.ts";
import { tracebackText } from "../vm/print.ts";
import { register } from "./registry.ts";

const typeRef = new PyType("ref");
const typeFinalize = new PyType("finalize");

/** weakref.ref and, with arguments for its callback, weakref.finalize. */
class PyRef extends PyObj {
  override readonly type: PyType;
  /** null once the target is gone, or the finaliser has been called or detached. */
  watch: Watch | null = null;
  readonly callback: Obj;
  readonly args: readonly Obj[];
  readonly kw: Kw | null;
  constructor(type: PyType, callback: Obj, args: readonly Obj[], kw: Kw | null) {
    super();
    this.type = type;
    this.callback = callback;
    this.args = args;
    this.kw = kw;
  }
  get target(): Obj {
    return this.watch === null ? null : this.watch.target;
  }
  detach(): void {
    if (this.watch !== null) unwatch(this.watch);
    this.watch = null;
  }
}

/** None, numbers and short strings are no objects on the heap, and what firmware brings is not either. */
function heapObject(o: Obj): PyObj {
  const isHeap =
    o instanceof PyObj &&
    o !== Ellipsis &&
    o !== NotImplemented &&
    !(o instanceof PyNative) &&
    !(o instanceof PyType && !o.isInstanceType) &&
    !(o instanceof PyModule && o.isBuiltin) &&
    !(o instanceof PyTuple && o.items.length === 0);
  if (!isHeap) raiseTypeError("not a heap object");
  return o;
}

function* callBack(self: PyRef, args: readonly Obj[]): Gen {
  try {
    return yield* run(call(self.callback, [...args], self.kw));
  } catch (caught) {
    if (!(caught instanceof PyObj)) throw caught;
    mp.print("Unhandled exception in weakref callback:\n");
    mp.print(yield* tracebackText(caught));
    return null;
  }
}

function makeRef(type: PyType, args: Obj[], kw: Kw | null): Obj {
  if (type === typeRef) checkArgs(args.length, kw, 1, 2);
  else checkArgs(args.length, kw, 2, 0xffff, true);
  const target = heapObject(args[0]!);
  const self = new PyRef(type, args[1] ?? null, args.slice(2), kw);
  self.watch = {
    target,
    isFinaliser: type === typeFinalize,
    // A finaliser lives as long as its target; a reference has to be kept by somebody.
    holds: type === typeFinalize ? [self] : [],
    self,
    gone: function* (): Gen {
      self.watch = null;
      if (self.callback === null) return null;
      return yield* callBack(self, type === typeRef ? [self] : self.args);
    },
  };
  watch(self.watch);
  return self;
}

typeRef.makeNew = makeRef;
typeFinalize.makeNew = makeRef;
typeRef.call = (self: PyRef) => self.target;
typeFinalize.call = (self: PyRef): Step => {
  if (self.watch === null) return null;
  self.detach();
  return call(self.callback, [...self.args], self.kw);
};
typeRef.proto.$__del__ = fun("__del__", (self: PyRef) => {
  self.detach();
  return null;
});

function peek(self: PyRef): Obj {
  if (self.watch === null) return null;
  const kw = new PyDict();
  for (const [name, value] of self.kw ?? []) kw.setStr(name, value);
  return new PyTuple([self.target, self.callback, new PyTuple([...self.args]), kw]);
}

typeFinalize.attr = (self: PyRef, name) => (name === "alive" ? self.watch !== null : undefined);
typeFinalize.proto.$peek = fun("peek", peek);
typeFinalize.proto.$detach = fun("detach", (self: PyRef) => {
  const was = peek(self);
  self.detach();
  return was;
});

register("weakref", {
  isExtensible: true,
  members: () => ({ ref: typeRef, finalize: typeFinalize }),
  when: (config) => config.platform === "linux",
});
