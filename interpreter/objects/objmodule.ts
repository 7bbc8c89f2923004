// Modules: a name and a dict of globals (py/objmodule.c).
import { PyDict } from "./objdict.ts";
import { PyObj, typeModule, type Obj, type PyType } from "./obj.ts";

export class PyModule extends PyObj {
  declare type: PyType;
  readonly globals: PyDict;
  /** Built in: its attributes cannot be set. */
  readonly isBuiltin: boolean;
  /** Attributes of a built-in module that may be set and deleted all the same: sys.ps1 (MICROPY_MODULE_ATTR_DELEGATION). */
  settable: readonly string[] = [];
  /** Told of what they are set to; undefined: deleted. */
  onSet: ((name: string, value: Obj | undefined) => void) | null = null;
  /** builtins: what programs put over the board's own (MICROPY_CAN_OVERRIDE_BUILTINS), and what was there before. */
  overrides: { readonly dict: PyDict; readonly originals: Map<string, Obj | undefined> } | null = null;
  /** Looks up what the globals do not have (a module's __getattr__ in MicroPython). */
  getattr: ((name: string) => Obj | undefined) | null = null;
  constructor(name: string, globals: PyDict, isBuiltin: boolean) {
    super();
    this.globals = globals;
    this.isBuiltin = isBuiltin;
    globals.setStr("__name__", name);
  }
}
PyModule.prototype.type = typeModule;
