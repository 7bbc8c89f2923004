// tuple, and the tuples with names for their items that os.uname() and the like return (py/objtuple.c, py/objattrtuple.c).
import { allocate } from "./heap.ts";
import { PyObj, typeTuple, type Obj, type PyType } from "./obj.ts";

export class PyTuple extends PyObj {
  declare type: PyType;
  readonly items: readonly Obj[];
  /** Field names of an attrtuple, printed as (name=value, ...); null for a plain tuple. */
  readonly fields: readonly string[] | null;
  constructor(items: readonly Obj[], fields: readonly string[] | null = null) {
    super();
    if (items.length > 0) allocate(1 + (items.length >> 2));
    this.items = items;
    this.fields = fields;
  }
}
PyTuple.prototype.type = typeTuple;

export const emptyTuple = new PyTuple([]);
