// What the bindings share: objects of a board's own classes, and arguments that need more than native.ts gives.
import { fun, type Gen, type Obj, PyObj, PyTuple, PyType, type Step } from "../../interpreter/native.ts";

/** An object of a class that Python cannot make: a sensor, a bus, the display. It prints as "<Name>". */
export class BoardObject extends PyObj {
  override readonly type: PyType;
  constructor(type: PyType) {
    super();
    this.type = type;
  }
}

/* eslint-disable-next-line */
export type Method = (self: any, ...args: any[]) => Step;

/** A class with these methods and constants. Its objects print as "<Name>". */
export function newType(
  name: string,
  methods: Readonly<Record<string, Method>>,
  constants: Readonly<Record<string, Obj>> = {},
): PyType {
  const type = new PyType(name);
  for (const [key, method] of Object.entries(methods)) type.proto[`$${key}`] = fun(key, method);
  for (const [key, value] of Object.entries(constants)) type.proto[`$${key}`] = value;
  type.print = () => `<${name}>`;
  return type;
}

/** The only object of a class of its own. */
export function singleton(
  name: string,
  methods: Readonly<Record<string, Method>>,
  constants: Readonly<Record<string, Obj>> = {},
): BoardObject {
  return new BoardObject(newType(name, methods, constants));
}

export function tuple(items: readonly Obj[]): PyTuple {
  return new PyTuple([...items]);
}

/** A tuple whose items have names, as os.uname() gives. */
export function namedTuple(items: Readonly<Record<string, Obj>>): PyTuple {
  return new PyTuple(Object.values(items), Object.keys(items));
}

/** Waits until `ready`, looking again at the instants that `at` gives. Ctrl-C ends it. */
export function* waitFor(ready: () => boolean, at: () => number): Gen<void> {
  while (!ready()) yield { wait: "until", ns: at() };
}

/** "is not" on a V1, "isn't" since: how the firmware of that board says it. */
export function isnt(board: string): string {
  return board === "microbit-v1" ? "is not" : "isn't";
}
