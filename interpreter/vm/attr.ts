// Attributes: finding, binding, setting (py/runtime.c mp_load_method, py/objtype.c). Whatever may run Python returns a Step.
// Hot: measured by bench/micro_attr.py.
import { hasCpythonCompat, isCore } from "../objects/features.ts";
import { mp } from "../objects/mpstate.ts";
import { PyDict } from "../objects/objdict.ts";
import { excOf, isExc, raiseMsg, raiseTypeError, typeAttributeError, typeImportError } from "../objects/objexcept.ts";
import { PyBoundMethod, PyFun, PyNative } from "../objects/objfun.ts";
import { PyModule } from "../objects/objmodule.ts";
import {
  attrKey,
  PyInstance,
  PyType,
  nativeOf,
  run,
  typeObject,
  typeOf,
  type Attrs,
  type Gen,
  type Obj,
  type Step,
} from "../objects/obj.ts";
import { PyClassmethod, PyProperty, PyStaticmethod, PySuper } from "../objects/objtype.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { call, callNative } from "./call.ts";

/** A class member as it looks from an instance (or, `self` undefined, from the class): functions bind, wrappers unwrap. */
function bind(self: Obj | undefined, type: PyType, member: Obj): Obj {
  if (typeof member !== "object" || member === null || !member.isDescr) return member;
  if (member instanceof PyFun) return self === undefined ? member : new PyBoundMethod(member, self);
  if (member instanceof PyNative) {
    // Natives stored in classes written in Python behave like static methods.
    if (type.isInstanceType) return member;
    if (self !== undefined) return new PyBoundMethod(member, self);
    return type === typeObject ? member : checkedMethod(type, member);
  }
  if (member instanceof PyStaticmethod) return member.fun;
  if (member instanceof PyClassmethod) {
    const of = self === undefined ? type : self instanceof PyType ? self : typeOf(self);
    return new PyBoundMethod(member.fun, of);
  }
  return member;
}

/** A built-in type's method without an object: checks that its first argument is of that type (py/objfun.c checked_fun). */
function checkedMethod(type: PyType, method: PyNative): Obj {
  const isOld = mp.config.release !== "1.28";
  const check = (args: Obj[], kw: Map<string, Obj> | null): Step => {
    const self = args[0];
    const own = self === undefined ? undefined : nativeOf(self);
    if (own === undefined && isOld) return callNative(method, args, kw);
    if (own !== undefined && isOld && !typeOf(own).isSubclassOf(type)) raiseTypeError("argument has wrong type");
    if (own === undefined || !typeOf(own).isSubclassOf(type))
      raiseTypeError(`argument should be a '${type.name}' not a '${self === undefined ? "NoneType" : typeOf(self).name}'`);
    return callNative(method, [own, ...args.slice(1)], kw);
  };
  return new PyNative(method.name, check, isOld ? 0 : 1, 0xffff, null, true);
}

/** The attribute of a class as its instances or the class itself see it, from the class that defines it. */
function classMember(type: PyType, name: string): { member: Obj; owner: PyType } | undefined {
  const key = attrKey(name);
  const value = type.proto[key];
  if (value === undefined && !type.hasManyBases) return undefined;
  for (const owner of type.line()) {
    const member = owner.proto[key];
    if (member !== undefined && Object.hasOwn(owner.proto, key)) return { member, owner };
  }
  return value === undefined ? undefined : { member: value, owner: type };
}

export function noAttribute(o: Obj, name: string): never {
  if (o instanceof PyType) raiseMsg(typeAttributeError, `type object '${o.name}' has no attribute '${name}'`);
  if (o instanceof PyModule && mp.config.errorDetail === "detailed") {
    raiseMsg(typeAttributeError, `module '${String(o.globals.getStr("__name__"))}' has no attribute '${name}'`);
  }
  raiseMsg(typeAttributeError, `'${typeOf(o).name}' object has no attribute '${name}'`);
}

export function loadAttr(o: Obj, name: string): Step {
  const value = loadAttrMaybe(o, name);
  if (value === undefined) noAttribute(o, name);
  return value;
}

/** undefined: there is no such attribute (as far as can be told without running Python). */
export function loadAttrMaybe(o: Obj, name: string): Step | undefined {
  if (typeof o === "object" && o !== null) {
    if (o.type.isInstanceType) return loadInstanceAttr(o as PyInstance, name);
    if (o instanceof PyType) return loadTypeAttr(o, name);
    if (o instanceof PyModule) return loadModuleAttr(o, name);
    if (o instanceof PySuper) return loadSuperAttr(o, name);
  }
  const type = typeOf(o);
  if (name === "__class__" && hasCpythonCompat()) return type;
  if (type.attr !== null) {
    const value = type.attr(o, name);
    if (value !== undefined) return value;
  }
  const member = type.proto[attrKey(name)];
  if (member !== undefined) return bind(o, type, member);
  if (name === "__next__" && type.iternext !== null) return new PyBoundMethod(mp.builtins.getStr("next")!, o);
  return undefined;
}

function loadModuleAttr(module: PyModule, name: string): Step | undefined {
  const value = module.globals.getStr(name);
  if (value !== undefined) return value;
  if (name === "__class__" && hasCpythonCompat()) return module.type;
  if (name === "__dict__" && mp.config.release === "1.28") return module.globals;
  const fromBuiltin = module.getattr?.(name);
  if (fromBuiltin !== undefined) return fromBuiltin;
  const getattr = module.isBuiltin ? undefined : module.globals.getStr("__getattr__");
  return getattr === undefined ? undefined : call(getattr, [name], null);
}

function loadTypeAttr(type: PyType, name: string): Step | undefined {
  if (name === "__class__" && hasCpythonCompat()) return type.type;
  if (name === "__name__" && hasCpythonCompat()) return type.name;
  if (name === "__bases__") return new PyTuple(type.bases.length > 0 ? [...type.bases] : type === typeObject ? [] : [typeObject]);
  if (name === "__dict__") return attrsDict(type.proto, type.isOrdered);
  const found = classMember(type, name);
  if (found !== undefined) {
    const { member, owner } = found;
    if (member instanceof PyClassmethod) return new PyBoundMethod(member.fun, type);
    if (type.hasSpecialAccessors && member instanceof PyInstance) {
      const get = typeOf(member).find("$__get__");
      if (get !== undefined) return call(get, [member, null, type], null);
    }
    return bind(undefined, owner, member);
  }
  if (type.attr !== null && type.isInstanceType === false) {
    // Some built-in types compute attributes of their own (int.from_bytes and the like are in proto).
    return undefined;
  }
  return undefined;
}

/** A read-only copy, as MicroPython's __dict__ is. */
function attrsDict(attrs: Attrs, isOrdered = false): PyDict {
  const keys = Object.keys(attrs).filter((key) => key.startsWith("$")) as (keyof Attrs)[];
  const dict = new PyDict();
  dict.isOrdered = isOrdered;
  for (const key of keys) if (attrs[key] !== undefined) dict.setStr(key.slice(1), attrs[key]);
  dict.isReadonly = true;
  return dict;
}

export function instanceDict(o: PyInstance): PyDict {
  return attrsDict(o as unknown as Attrs);
}

function loadInstanceAttr(o: PyInstance, name: string): Step | undefined {
  const key = attrKey(name);
  const direct = (o as unknown as Attrs)[key];
  const { type } = o;
  if (direct !== undefined) {
    const isPlain = typeof direct !== "object" || direct === null || (!direct.isDescr && !type.hasSpecialAccessors);
    if (isPlain || Object.hasOwn(o, key)) return direct;
  }
  if (name === "__class__" && hasCpythonCompat()) return type;
  if (name === "__dict__") return instanceDict(o);
  const found = direct === undefined && !type.hasManyBases ? undefined : classMember(type, name);
  if (found !== undefined) {
    const { member, owner } = found;
    if (member instanceof PyProperty) {
      if (member.fget === null) raiseMsg(typeAttributeError, "unreadable attribute");
      return call(member.fget, [o], null);
    }
    if (type.hasSpecialAccessors && member instanceof PyInstance) {
      const get = typeOf(member).find("$__get__");
      if (get !== undefined) return call(get, [member, o, type], null);
    }
    if (owner.isInstanceType || owner === typeObject) return bind(o, owner, member);
    return bind(o.subobj ?? notYetMade(), owner, member);
  }
  if (o.subobj !== undefined) {
    const value = loadAttrMaybe(o.subobj, name);
    if (value !== undefined) return value;
  }
  if (
    name.startsWith("__") &&
    (name === "__getattr__" ||
      name === "__get__" ||
      name === "__set__" ||
      name === "__delete__" ||
      name === "__set_name__" ||
      name === "__setattr__" ||
      name === "__delattr__")
  ) {
    return undefined;
  }
  const getattr = type.find("$__getattr__");
  if (getattr !== undefined) return call(getattr, [o, name], null);
  return undefined;
}

function loadSuperAttr(self: PySuper, name: string): Step | undefined {
  if (name === "__class__" && hasCpythonCompat()) return self.type;
  for (const base of self.of.bases) {
    const found = classMember(base, name);
    if (found === undefined) continue;
    const { member, owner } = found;
    if (!owner.isInstanceType) return nativeSuperMember(self, owner, name, member);
    return bind(self.obj, owner, member);
  }
  const native = self.of.nativeBase;
  if (native !== null && self.obj instanceof PyInstance) {
    if (name === "__init__") return nativeInit(self.obj, native);
    if (self.obj.subobj !== undefined) {
      const value = loadAttrMaybe(self.obj.subobj, name);
      if (value !== undefined) return value;
    }
  }
  const member = typeObject.lookup(name);
  return member === undefined ? undefined : bind(self.obj, typeObject, member);
}

function nativeSuperMember(self: PySuper, owner: PyType, name: string, member: Obj): Obj {
  if (self.obj instanceof PyInstance) {
    if (name === "__init__") return nativeInit(self.obj, owner);
    if (self.obj.subobj !== undefined) return bind(self.obj.subobj, owner, member);
    if (name === "__new__") return member;
    notYetMade();
  }
  return bind(self.obj, owner, member);
}

/** The built-in part of an instance is made by its __init__, or else after it. */
function notYetMade(): never {
  raiseMsg(typeAttributeError, "call super().__init__() first");
}

/** super().__init__(...) of a class that derives from a built-in type: makes the built-in part. */
function nativeInit(instance: PyInstance, native: PyType): Obj {
  return new PyNative(
    "__init__",
    function* (args: Obj[], kw: Map<string, Obj> | null): Gen {
      if (native.makeNew === null) return null;
      instance.subobj = yield* run(native.makeNew(native, args, kw));
      return null;
    },
    0,
    0xffff,
    null,
    true,
  );
}

/** LOAD_METHOD without making a bound method: the function, with `self` in selfOut[0] where it takes one. */
export const methodSelf: { value: Obj | undefined } = { value: undefined };

export function loadMethod(o: Obj, name: string, key: keyof Attrs): Step {
  methodSelf.value = undefined;
  if (typeof o === "object" && o !== null && o.type.isInstanceType) {
    const direct = (o as unknown as Attrs)[key];
    if (direct instanceof PyFun && (!(o as PyInstance).mayShadow || !Object.hasOwn(o, key))) {
      methodSelf.value = o;
      return direct;
    }
  } else if (o instanceof PyType) {
    const direct = o.proto[key];
    if (direct instanceof PyClassmethod) {
      methodSelf.value = o;
      return direct.fun;
    }
  } else {
    const direct = typeOf(o).proto[key];
    if (direct instanceof PyNative) {
      methodSelf.value = o;
      return direct;
    }
  }
  return loadAttr(o, name);
}

/** The method of that name of an object's class, unbound: for operators and protocols. */
export function classMethodOf(o: Obj, name: string): Obj | undefined {
  return typeOf(o).lookup(name);
}

// ---- storing

export function storeAttr(o: Obj, name: string, value: Obj | undefined): Step {
  if (o instanceof PyInstance) {
    const done = storeInstanceAttr(o, name, value);
    if (done !== false) return done;
  } else if (o instanceof PyType) {
    if (storeTypeAttr(o, name, value)) return null;
  } else if (o instanceof PyModule) {
    if (o.overrides !== null && overrideBuiltin(o, o.overrides, name, value)) return null;
    if (!o.isBuiltin || o.settable.includes(name)) {
      o.onSet?.(name, value);
      if (value !== undefined) {
        o.globals.setStr(name, value);
        return null;
      }
      if (o.globals.delete(name) !== undefined) return null;
    }
  } else {
    const type = typeOf(o);
    const done = type.storeAttr === null ? false : type.storeAttr(o, name, value);
    if (done !== false) return done;
  }
  raiseMsg(typeAttributeError, `'${typeOf(o).name}' object has no attribute '${name}'`);
}

/** Puts a value over a built-in name, or, value undefined, takes it off again. false: there is none to take off. */
function overrideBuiltin(
  module: PyModule,
  { dict, originals }: NonNullable<PyModule["overrides"]>,
  name: string,
  value: Obj | undefined,
): boolean {
  if (value === undefined && !originals.has(name)) return false;
  if (value !== undefined && !originals.has(name)) originals.set(name, dict.getStr(name));
  const now = value ?? originals.get(name);
  if (value === undefined) originals.delete(name);
  for (const into of [dict, module.globals]) {
    if (now === undefined) into.delete(name);
    else into.setStr(name, now);
  }
  return true;
}

function storeInstanceAttr(o: PyInstance, name: string, value: Obj | undefined): Step | false {
  const { type } = o;
  const key = attrKey(name);
  if (type.hasSpecialAccessors) {
    const member = type.lookup(name);
    if (member instanceof PyProperty) {
      const accessor = value === undefined ? member.fdel : member.fset;
      if (accessor === null) return false;
      return call(accessor, value === undefined ? [o] : [o, value], null);
    }
    if (member instanceof PyInstance) {
      const set = typeOf(member).lookup(value === undefined ? "__delete__" : "__set__");
      if (set !== undefined) return call(set, value === undefined ? [member, o] : [member, o, value], null);
    }
    const setattr = type.lookup(value === undefined ? "__delattr__" : "__setattr__");
    if (setattr !== undefined) return call(setattr, value === undefined ? [o, name] : [o, name, value], null);
  }
  return storeMember(o, key, value) ? null : excPart(o, name, value);
}

// An exception class of the user's: __traceback__ = None goes to its built-in part.
function excPart(o: PyInstance, name: string, value: Obj | undefined): Step | false {
  const exc = excOf(o);
  return exc === null || exc.type.storeAttr === null ? false : exc.type.storeAttr(exc, name, value);
}

/** object.__setattr__: the instance's own members, nothing in the way. */
export function storeMember(o: PyInstance, key: keyof Attrs, value: Obj | undefined): boolean {
  const attrs = o as unknown as Attrs;
  if (value !== undefined) {
    attrs[key] = value;
    if (value instanceof PyFun) shadow(o);
  } else {
    if (!Object.hasOwn(o, key)) return false;
    delete attrs[key];
  }
  return true;
}

/** Notes that an instance has a function of its own. */
export function shadow(o: PyInstance): void {
  (o.type.proto as unknown as { mayShadow: boolean }).mayShadow = true;
}

const specialNames = new Set(["__setattr__", "__delattr__", "__getattr__"]);

/** Whether a class member makes plain loads and stores of attributes impossible. */
export function isSpecialAccessor(name: string, value: Obj): boolean {
  // MICROPY_PY_DESCRIPTORS and MICROPY_PY_DELATTR_SETATTR
  if (isCore()) return value instanceof PyProperty;
  if (value instanceof PyProperty || (specialNames.has(name) && name !== "__getattr__")) return true;
  if (!(value instanceof PyInstance)) return false;
  const type = typeOf(value);
  return ["__get__", "__set__", "__delete__"].some((method) => type.lookup(method) !== undefined);
}

function storeTypeAttr(type: PyType, name: string, value: Obj | undefined): boolean {
  if (!type.isInstanceType) return false;
  const key = attrKey(name);
  if (value === undefined) {
    if (!Object.hasOwn(type.proto, key)) return false;
    delete type.proto[key];
    return true;
  }
  if (isSpecialAccessor(name, value) && !type.hasSpecialAccessors) {
    if (type.isSubclassed) raiseMsg(typeAttributeError, "can't add special method to already-subclassed class");
    type.useSpecialAccessors();
  }
  type.proto[key] = value;
  if (name === "__get__") (type.proto as unknown as { isDescr: boolean }).isDescr = true;
  return true;
}

/** `from module import name`. */
export function* importFrom(module: Obj, name: string): Gen {
  try {
    const value = loadAttrMaybe(module, name);
    if (value !== undefined) return yield* run(value);
  } catch (caught) {
    if (!isExc(caught, typeAttributeError)) throw caught;
  }
  return importSubmodule(module, name);
}

// from package import submodule, when it has been imported already
function importSubmodule(module: Obj, name: string): Obj {
  if (module instanceof PyModule) {
    const full = `${String(module.globals.getStr("__name__"))}.${name}`;
    const loaded = mp.loadedModules.getStr(full);
    if (loaded !== undefined && module.globals.getStr("__path__") !== undefined) return loaded;
  }
  raiseMsg(typeImportError, `can't import name ${name}`);
}
