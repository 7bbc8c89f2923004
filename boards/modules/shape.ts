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

/** A method (a plain function, or a native that knows its arguments) or a constant of a class, in the order in which V1's dir() lists them. */
export type Members = Readonly<Record<string, Method | Obj>>;

/** A class with these members. Its objects print as "<Name>". */
export function newType(name: string, members: Members, constants: Readonly<Record<string, Obj>> = {}): PyType {
  const type = new PyType(name);
  for (const [key, member] of Object.entries({ ...members, ...constants }))
    type.proto[`$${key}`] = typeof member === "function" ? fun(key, member) : member;
  type.print = () => `<${name}>`;
  return type;
}

/** The only object of a class of its own. */
export function singleton(name: string, members: Members, constants: Readonly<Record<string, Obj>> = {}): BoardObject {
  return new BoardObject(newType(name, members, constants));
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
  while (!ready()) yield { wait: "until", ns: at(), sooner: ready };
}

/** "is not" on a V1, "isn't" since: how the firmware of that board says it. */
export function isnt(board: string): string {
  return board === "microbit-v1" ? "is not" : "isn't";
}
