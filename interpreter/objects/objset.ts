// set and frozenset: the object, a dict whose values do not matter. Its methods are in setmethods.ts.
import { PyDict } from "./objdict.ts";
import { PyObj, typeFrozenset, typeSet, type Obj, type PyType } from "./obj.ts";

export class PySet extends PyObj {
  declare type: PyType;
  readonly dict: PyDict;
  constructor(dict: PyDict) {
    super();
    this.dict = dict;
    dict.isOfSet = true;
  }
  items(): Obj[] {
    return this.dict.entries().map((entry) => entry.key);
  }
}
PySet.prototype.type = typeSet;

export class PyFrozenset extends PySet {}
PyFrozenset.prototype.type = typeFrozenset;
