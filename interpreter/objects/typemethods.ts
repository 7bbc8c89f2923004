// type, object, property and the other tools that classes are made with; functions, methods and modules as objects.
import { isCore } from "./features.ts";
import { codeAttr } from "./codemethods.ts";
import * as bc0 from "../bytecode/bc0.ts";
import { isSpecialAccessor, loadAttrMaybe, storeMember } from "../vm/attr.ts";
import { blankInstance, call } from "../vm/call.ts";
import { nameOfFun, strOf } from "../vm/print.ts";
import { qstrOf } from "../vm/qstr.ts";
import { checkArgs, fun, funVar, PyBoundMethod, PyFun, typeGeneratorFunction } from "./objfun.ts";
import { PyDict } from "./objdict.ts";
import { noAttributeText, raiseMsg, raiseTypeError, typeAttributeError } from "./objexcept.ts";
import { PyModule } from "./objmodule.ts";
import { mp } from "./mpstate.ts";
import { PyTuple } from "./objtuple.ts";
import {
  newInstanceType,
  PyInstance,
  PyType,
  run,
  typeBool,
  typeBoundMethod,
  typeClassmethod,
  typeClosure,
  typeEllipsis,
  typeFunction,
  typeModule,
  typeNone,
  typeObject,
  typeOf,
  typeProperty,
  typeRange,
  typeStaticmethod,
  typeSuper,
  typeType,
  type Attrs,
  type Gen,
  type Obj,
  type Step,
} from "./obj.ts";
import { PyClassmethod, PyProperty, PyStaticmethod, PySuper } from "./objtype.ts";

/** Built-in types that a class cannot derive from: those without a constructor, and bool and range like on CPython. */
const finalTypes = new Set<PyType>([
  typeBool,
  typeRange,
  typeFunction,
  typeClosure,
  typeBoundMethod,
  typeNone,
  typeEllipsis,
  typeModule,
]);

/** type(name, bases, dict): a new class. */
export function* makeClass(name: string, bases: Obj, locals: PyDict): Gen {
  if (!(bases instanceof PyTuple)) raiseTypeError("type takes 1 or 3 arguments");
  const types: PyType[] = [];
  let native: PyType | null = null;
  for (const base of bases.items) {
    if (!(base instanceof PyType)) raiseTypeError("type isn't an acceptable base type");
    if (base === typeObject) continue;
    if (finalTypes.has(base) || (!base.isInstanceType && base.makeNew === null))
      raiseTypeError(`type '${base.name}' isn't an acceptable base type`);
    const baseNative = base.isInstanceType ? base.nativeBase : base;
    if (baseNative !== null) {
      if (native !== null && native !== baseNative) raiseTypeError("multiple bases have instance lay-out conflict");
      native = baseNative;
    }
    types.push(base);
  }
  const type = newInstanceType(name, types);
  type.isOrdered = locals.isOrdered;
  // In the order in which the body made them: __dict__ fills a table with them that way.
  for (const { key, value } of locals.map.values()) {
    if (typeof key !== "string") continue;
    let member = value!;
    // __new__ is a static method without being told
    if (key === "__new__" && member instanceof PyFun) member = new PyStaticmethod(member);
    if (member instanceof PyStaticmethod && key.startsWith("__") && key !== "__new__") {
      const { fun: inner } = member;
      member.asMethod = funVar(key, (args, kw) => call(inner, args.slice(1), kw));
    }
    if (member instanceof PyClassmethod && key.startsWith("__")) {
      const { fun: inner } = member;
      member.asMethod = funVar(key, (args, kw) => call(inner, [typeOf(args[0]!), ...args.slice(1)], kw));
    }
    if (isSpecialAccessor(key, member)) type.useSpecialAccessors();
    if (key === "__get__") (type.proto as unknown as { isDescr: boolean }).isDescr = true;
    type.proto[`$${key}` as keyof Attrs] = member;
  }
  for (const { key, value } of locals.entries()) {
    if (!(value instanceof PyInstance) || typeof key !== "string") continue;
    const setName = value.type.find("$__set_name__");
    if (setName !== undefined) yield* run(call(setName, [value, type, key], null));
  }
  return type;
}

typeType.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 1, 3);
  if (args.length === 1) return typeOf(args[0]!);
  if (args.length === 2 || typeof args[0] !== "string" || !(args[2] instanceof PyDict))
    raiseTypeError("type takes 1 or 3 arguments");
  return makeClass(qstrOf(args[0]!), args[1]!, args[2] as PyDict);
};

/** class statement: runs the body, then calls the metaclass. */
export const buildClass = funVar(
  "__build_class__",
  function* (args, kw): Gen {
    const body = args[0] as PyFun;
    const name = args[1]!;
    const bases = args.slice(2);
    const locals = new PyDict();
    const frame = call(body, [], null) as { locals?: PyDict };
    frame.locals = locals;
    const cell = yield* run(frame as never);
    let meta: Obj = typeType;
    if (bases.length > 0) meta = typeOf(bases[0]!);
    if (meta !== typeType && !(meta instanceof PyType)) meta = typeType;
    const cls = yield* run(call(meta, [name, new PyTuple(bases), locals], kw));
    // __class__ of methods that use super()
    if (cell !== null && typeof cell === "object" && "value" in cell) (cell as { value: Obj }).value = cls;
    return cls;
  },
  2,
);

// ---- object

typeObject.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 0, 0);
  return new PyInstance(typeObject);
};
typeObject.print = () => "<object>";
const object = typeObject.proto;
object.$__init__ = fun("__init__", () => null, 1);
object.$__new__ = new PyStaticmethod(
  fun(
    "__new__",
    (type: Obj) => {
      if (!(type instanceof PyType) || !type.isInstanceType) raiseTypeError("arg must be user-type");
      return blankInstance(type);
    },
    1,
    1,
  ),
);
object.$__setattr__ = fun("__setattr__", (self: Obj, name: Obj, value: Obj) => {
  if (!(self instanceof PyInstance)) raiseTypeError("arg must be user-type");
  if (typeof name !== "string") raiseTypeError(`can't convert '${typeOf(name).name}' object to str implicitly`);
  storeMember(self, `$${name}`, value);
  return null;
});
object.$__delattr__ = fun("__delattr__", (self: Obj, name: Obj) => {
  if (!(self instanceof PyInstance)) raiseTypeError("arg must be user-type");
  if (!storeMember(self, `$${String(name)}`, undefined))
    raiseMsg(typeAttributeError, noAttributeText(self.type.name, String(name)));
  return null;
});

// ---- property, staticmethod, classmethod, super

typeProperty.makeNew = (type, args, kw) => {
  const get = (i: number, name: string): Obj => args[i] ?? kw?.get(name) ?? null;
  return new PyProperty(get(0, "fget"), get(1, "fset"), get(2, "fdel"));
};
typeProperty.proto.$getter = fun("getter", (self: PyProperty, f: Obj) => new PyProperty(f, self.fset, self.fdel));
typeProperty.proto.$setter = fun("setter", (self: PyProperty, f: Obj) => new PyProperty(self.fget, f, self.fdel));
typeProperty.proto.$deleter = fun("deleter", (self: PyProperty, f: Obj) => new PyProperty(self.fget, self.fset, f));
typeStaticmethod.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 1);
  return new PyStaticmethod(args[0]!);
};
typeStaticmethod.call = (self: PyStaticmethod, args, kw) => call(self.fun, args, kw);
typeClassmethod.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 1);
  return new PyClassmethod(args[0]!);
};
typeSuper.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 2);
  const [of, o] = args;
  if (!(of instanceof PyType)) raiseTypeError("first argument to super() must be type");
  // The object has to be an instance of the type, or a class below it.
  const own = o instanceof PyType ? o : typeOf(o!);
  if (!own.isSubclassOf(of) && !typeOf(o!).isSubclassOf(of)) raiseTypeError("");
  return new PySuper(of, o!);
};
typeSuper.print = function* (self: PySuper): Gen<string> {
  return `<super: <class '${self.of.name}'>, ${yield* run(strOf(self.obj))}>`;
};

// ---- functions as objects

function funAttr(self: Obj, name: string): Step | undefined {
  if (self instanceof PyFun) {
    // MICROPY_PY_FUNCTION_ATTRS
    if (isCore()) return undefined;
    if (name === "__name__") return nameOfFun(self);
    if (name === "__globals__") return self.globals;
    if (name === "__code__") return codeAttr(self);
  }
  if (self instanceof PyBoundMethod) {
    if (name === "__self__") return self.self;
    if (name === "__func__") return self.meth;
    return loadAttrMaybe(self.meth, name);
  }
  return undefined;
}
for (const type of [typeFunction, typeClosure, typeBoundMethod, typeGeneratorFunction]) type.attr = funAttr;
typeBoundMethod.binaryOp = (op, self: PyBoundMethod, other) => {
  if (op !== bc0.BINARY_EQUAL) return undefined;
  if (!(other instanceof PyBoundMethod)) return false;
  return self.meth === other.meth && self.self === other.self;
};
typeBoundMethod.hash = (self: PyBoundMethod) => mp.idOf(self.self) ^ mp.idOf(self.meth);

// ---- modules

typeModule.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 1, 1);
  return new PyModule(String(args[0]), new PyDict(), false);
};

// dict's constructor is a type's; so is what classes of the user derive from.
