// property, staticmethod, classmethod, super: what classes are made with (py/objproperty.c, py/objtype.c).
import { PyObj, PyType, typeClassmethod, typeProperty, typeStaticmethod, typeSuper, type Obj } from "./obj.ts";

export class PyProperty extends PyObj {
  declare type: PyType;
  readonly fget: Obj;
  readonly fset: Obj;
  readonly fdel: Obj;
  constructor(fget: Obj, fset: Obj, fdel: Obj) {
    super();
    this.fget = fget;
    this.fset = fset;
    this.fdel = fdel;
  }
}
PyProperty.prototype.type = typeProperty;
PyProperty.prototype.isDescr = true;

export class PyStaticmethod extends PyObj {
  declare type: PyType;
  readonly fun: Obj;
  /** What stands in for it where an operator calls it as a method: drops its first argument. Set by its class. */
  asMethod: Obj | null = null;
  constructor(fun: Obj) {
    super();
    this.fun = fun;
  }
}
PyStaticmethod.prototype.type = typeStaticmethod;
PyStaticmethod.prototype.isDescr = true;

export class PyClassmethod extends PyObj {
  declare type: PyType;
  readonly fun: Obj;
  /** The same as a static method's: gives the class in place of self. */
  asMethod: Obj | null = null;
  constructor(fun: Obj) {
    super();
    this.fun = fun;
  }
}
PyClassmethod.prototype.type = typeClassmethod;
PyClassmethod.prototype.isDescr = true;

export class PySuper extends PyObj {
  declare type: PyType;
  readonly of: PyType;
  readonly obj: Obj;
  constructor(of: PyType, obj: Obj) {
    super();
    this.of = of;
    this.obj = obj;
  }
}
PySuper.prototype.type = typeSuper;
