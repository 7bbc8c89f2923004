// import: built-in modules, then files and packages along sys.path (py/builtinimport.c).
import { loadRawCode } from "../bytecode/persistentcode.ts";
import { importStat, readFile } from "../modules/vfs/vfs.ts";
import { PyDict } from "../objects/objdict.ts";
import {
  isExc,
  raiseMsg,
  raiseTypeError,
  typeAttributeError,
  typeImportError,
  typeKeyError,
  typeValueError,
} from "../objects/objexcept.ts";
import { hasCpythonCompat, isCore } from "../objects/features.ts";
import { PyList } from "../objects/objlist.ts";
import { PyModule } from "../objects/objmodule.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { mp } from "../objects/mpstate.ts";
import { run, typeOf, type Gen, type Obj, type Step } from "../objects/obj.ts";
import { loadAttr, loadAttrMaybe } from "./attr.ts";
import { FROZEN_OPT_LEVEL, frozenFile, frozenKind, isFrozenPath } from "./frozen.ts";
import { itemsOf } from "./iter.ts";
import { decodeUtf8 } from "../objects/objbytes.ts";
import { checkName, intern, qstrOf } from "./qstr.ts";
import { compileSource, moduleFunction, runModule } from "./source.ts";
import { call } from "./call.ts";

/** Makes a built-in module the first time it is imported, or tells that there is none of that name. */
export interface BuiltinModules {
  /** Extensible ones may be replaced by a file of the same name. */
  find(name: string): FoundModule | undefined;
}
export interface FoundModule {
  readonly isExtensible: boolean;
  readonly isLoaded: boolean;
  load(): PyModule;
}

let builtinModules: (() => BuiltinModules) | null = null;
/** Set by the VM's core: how the running VM finds its built-in modules. */
export function useBuiltinModules(source: () => BuiltinModules): void {
  builtinModules = source;
}

/** `import name`, or `from name import fromlist`. */
export function importName(name: string, fromlist: Obj, level: number, globals: PyDict): Step {
  // The common case, a module that is loaded already, needs no generator.
  if (level === 0) {
    const loaded = ownBuiltin(name) ?? loadedModule(name);
    // A package may have to load the submodules that are asked for.
    const isPackage = loaded instanceof PyModule && loaded.globals.getStr("__path__") !== undefined;
    if (loaded !== undefined && (fromlist === null ? !name.includes(".") : !isPackage)) return loaded;
  }
  return importSlow(name, fromlist, level, globals);
}

/** A module in sys.modules. Without a path not even those are looked for. */
function loadedModule(name: string): Obj | undefined {
  const loaded = mp.loadedModules.getStr(name);
  return loaded === undefined || sysPath().length === 0 ? undefined : loaded;
}

/** A built-in module that no file can stand in for, once it has been imported. */
function ownBuiltin(name: string): PyModule | undefined {
  const builtin = builtinModules!().find(name);
  return builtin?.isExtensible === false && builtin.isLoaded ? builtin.load() : undefined;
}

/** A built-in module by name; undefined: the board has none of that name. */
export function builtinModuleOf(name: string): PyModule | undefined {
  return builtinModules!().find(name)?.load();
}

function* importSlow(name: string, fromlist: Obj, level: number, globals: PyDict): Gen {
  let full = name;
  if (level > 0) full = absoluteName(name, level, globals);
  if (full === "") refuseRelative();
  checkName(full);
  const parts = full.split(".");
  let top: Obj = null;
  let outer: Obj = null;
  let path = "";
  for (let i = 0; i < parts.length; i++) {
    path = i === 0 ? parts[0]! : `${path}.${parts[i]!}`;
    const module: Obj = yield* loadLevel(path, parts[i]!, outer, i < parts.length - 1);
    if (i === 0) top = module;
    outer = module;
  }
  if (fromlist === null) return top;
  // from package import submodule
  if (outer instanceof PyModule && outer.globals.getStr("__path__") !== undefined && fromlist instanceof PyTuple) {
    for (const item of fromlist.items) {
      if (typeof item !== "string" || item === "*" || loadAttrMaybeSync(outer, item)) continue;
      yield* loadLevel(`${path}.${item}`, item, outer, false, true);
    }
  }
  return outer;
}

function loadAttrMaybeSync(module: PyModule, name: string): boolean {
  return module.globals.getStr(name) !== undefined;
}

function refuseRelative(): never {
  if (!hasCpythonCompat()) raiseMsg(typeValueError, "cannot perform relative import");
  raiseMsg(typeImportError, "can't perform relative import");
}

function absoluteName(name: string, level: number, globals: PyDict): string {
  const current = globals.getStr("__name__");
  if (typeof current !== "string") raiseMsg(typeKeyError, "__name__");
  const isPackage = globals.getStr("__path__") !== undefined;
  const parts = current.split(".");
  const drop = isPackage ? level - 1 : level;
  const base = parts.slice(0, Math.max(0, parts.length - drop));
  if (base.length === 0) refuseRelative();
  return name === "" ? base.join(".") : [...base, name].join(".");
}

// 1.9.2 looks for the first part of a dotted name among files only.
function* loadLevel(full: string, last: string, outer: Obj, isOuter: boolean, isOptional = false): Gen {
  const loaded = loadedModule(full);
  if (loaded !== undefined) return loaded;
  const module = outer === null ? yield* loadTop(full) : yield* loadSub(full, last, outer);
  if (module === undefined || (isOuter && module.isBuiltin && !hasCpythonCompat())) {
    if (isOptional) return null;
    raiseMsg(typeImportError, `no module named '${full}'`);
  }
  if (outer instanceof PyModule && !outer.isBuiltin) outer.globals.setStr(last, module);
  return module;
}

function* loadTop(name: string): Gen<PyModule | undefined> {
  const builtin = builtinModules!().find(name);
  if (builtin !== undefined && !builtin.isExtensible) return yield* loadBuiltin(builtin);
  // `uos` is the built-in os, whatever there is in files; and `usys`, sys.
  const isForced = name.startsWith("u") && mp.config.modules?.includes(name) !== false;
  const forced = isForced ? builtinModules!().find(name.slice(1)) : undefined;
  if (forced !== undefined && (forced.isExtensible || name === "usys")) return yield* loadBuiltin(forced);
  for (const dir of sysPath()) {
    const module = yield* loadFrom(dir, name, name);
    if (module !== undefined) return module;
  }
  return builtin && (yield* loadBuiltin(builtin));
}

/** A built-in module's own __init__ runs when it is imported for the first time (MICROPY_MODULE_BUILTIN_INIT). */
function* loadBuiltin(found: FoundModule): Gen<PyModule> {
  const { isLoaded } = found;
  const module = found.load();
  const init = isLoaded ? undefined : module.globals.getStr("__init__");
  if (init !== undefined) yield* run(call(init, [], null));
  return module;
}

function* loadSub(full: string, last: string, outer: Obj): Gen<PyModule | undefined> {
  if (!(outer instanceof PyModule)) return undefined;
  const known = outer.globals.getStr(last);
  if (known instanceof PyModule) return known;
  const path = outer.globals.getStr("__path__");
  return typeof path === "string" ? yield* loadFrom(path, last, full) : undefined;
}

function sysPath(): string[] {
  const path = builtinModules!().find("sys")?.load().globals.getStr("path");
  if (path instanceof PyList || path instanceof PyTuple) return path.items.map(String);
  return [...mp.config.path];
}

function* kindOf(path: string): Gen<"file" | "dir" | null> {
  return isFrozenPath(path) ? frozenKind(path) : yield* importStat(path);
}

/** A folder's package or file of that name: the package first. */
function* loadFrom(dir: string, name: string, full: string): Gen<PyModule | undefined> {
  const path = dir === "" ? name : `${dir}/${name}`;
  if ((yield* kindOf(path)) === "dir") {
    const module = newModule(full);
    module.globals.setStr("__path__", path);
    const init = yield* sourceFile(`${path}/__init__`);
    if (init !== undefined) yield* execute(module, init);
    return module;
  }
  const file = yield* sourceFile(path);
  if (file === undefined) return undefined;
  const module = newModule(full);
  try {
    yield* execute(module, file);
  } catch (caught) {
    mp.loadedModules.delete(full);
    throw caught;
  }
  return module;
}

/** The text of a module, or what mpy-cross made of it; small builds cannot read that. */
function* sourceFile(path: string): Gen<string | undefined> {
  if ((yield* kindOf(`${path}.py`)) === "file") return `${path}.py`;
  return mp.config.release === "1.28" && (yield* kindOf(`${path}.mpy`)) === "file" ? `${path}.mpy` : undefined;
}

function newModule(full: string): PyModule {
  const module = new PyModule(full, new PyDict(), false);
  mp.loadedModules.setStr(full, module);
  return module;
}

function* execute(module: PyModule, file: string): Gen<void> {
  if (isFrozenPath(file)) {
    const { source, name } = frozenFile(file);
    if (!isCore()) module.globals.setStr("__file__", name);
    const frozen = compileSource(source, name, "file", false, FROZEN_OPT_LEVEL);
    yield* run(call(moduleFunction(frozen, module.globals), [], null));
    return;
  }
  // MICROPY_PY___FILE__
  if (!isCore()) module.globals.setStr("__file__", file);
  const bytes = yield* readFile(file);
  const compiled = file.endsWith(".mpy") ? loadRawCode(bytes) : compileSource(decodeUtf8(bytes), file, "file", false);
  intern(compiled.context.qstrs);
  yield* runModule(compiled, module.globals);
}

/** `from module import *`, of whatever stands in sys.modules: the names in its __all__, or else in its __dict__. */
export function* importAll(module: Obj, into: PyDict): Gen {
  const all = yield* loadMaybe(module, "__all__");
  if (all !== undefined) {
    const names = itemsOf(all);
    if (names === undefined || !(all instanceof PyList || all instanceof PyTuple))
      raiseTypeError(`object '${typeOf(all).name}' isn't a tuple or list`);
    for (const item of names) {
      const name = qstrOf(item);
      into.setStr(name, yield* run(loadAttr(module, name)));
    }
    return null;
  }
  const dict = module instanceof PyModule ? module.globals : ((yield* run(loadAttr(module, "__dict__"))) as PyDict);
  for (const { key, value } of dict.entries()) {
    if (typeof key === "string" && !key.startsWith("_")) into.setStr(key, value!);
  }
  return null;
}

// An attribute, if there is one: what raises AttributeError is not there, whatever else is raised goes on.
function* loadMaybe(o: Obj, name: string): Gen<Obj | undefined> {
  try {
    const step = loadAttrMaybe(o, name);
    return step === undefined ? undefined : yield* run(step);
  } catch (caught) {
    if (isExc(caught, typeAttributeError)) return undefined;
    throw caught;
  }
}
