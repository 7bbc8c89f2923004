// import: built-in modules, then files and packages along sys.path (py/builtinimport.c).
import { loadRawCode } from "../bytecode/persistentcode.ts";
import { importStat, readFile } from "../modules/vfs/vfs.ts";
import { PyDict } from "../objects/objdict.ts";
import { raiseMsg, typeImportError, typeKeyError } from "../objects/objexcept.ts";
import { PyList } from "../objects/objlist.ts";
import { PyModule } from "../objects/objmodule.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { mp } from "../objects/mpstate.ts";
import { isPending, run, type Gen, type Obj, type Step } from "../objects/obj.ts";
import { loadAttrMaybe } from "./attr.ts";
import { FROZEN_OPT_LEVEL, frozenFile, frozenKind, isFrozenPath } from "./frozen.ts";
import { collect } from "./iter.ts";
import { decodeUtf8 } from "../objects/objbytes.ts";
import { intern } from "./qstr.ts";
import { compileSource, moduleFunction } from "./source.ts";
import { call } from "./call.ts";

/** Makes a built-in module the first time it is imported, or tells that there is none of that name. */
export interface BuiltinModules {
  /** Extensible ones may be replaced by a file of the same name. */
  find(name: string): { readonly isExtensible: boolean; load(): PyModule } | undefined;
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
    const loaded = mp.loadedModules.getStr(name);
    // A package may have to load the submodules that are asked for.
    const isPackage = loaded instanceof PyModule && loaded.globals.getStr("__path__") !== undefined;
    if (loaded !== undefined && (fromlist === null ? !name.includes(".") : !isPackage)) return loaded;
  }
  return importSlow(name, fromlist, level, globals);
}

function* importSlow(name: string, fromlist: Obj, level: number, globals: PyDict): Gen {
  let full = name;
  if (level > 0) full = absoluteName(name, level, globals);
  if (full === "") raiseMsg(typeImportError, "can't perform relative import");
  const parts = full.split(".");
  let top: Obj = null;
  let outer: Obj = null;
  let path = "";
  for (let i = 0; i < parts.length; i++) {
    path = i === 0 ? parts[0]! : `${path}.${parts[i]!}`;
    const module: Obj = yield* loadLevel(path, parts[i]!, outer, i === parts.length - 1 && fromlist === null);
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

function absoluteName(name: string, level: number, globals: PyDict): string {
  const current = globals.getStr("__name__");
  if (typeof current !== "string") raiseMsg(typeKeyError, "__name__");
  const isPackage = globals.getStr("__path__") !== undefined;
  const parts = current.split(".");
  const drop = isPackage ? level - 1 : level;
  if (drop > parts.length - (isPackage ? 0 : 0) || (!isPackage && level >= parts.length + 1))
    raiseMsg(typeImportError, "can't perform relative import");
  const base = parts.slice(0, parts.length - drop);
  if (base.length === 0 && name === "") raiseMsg(typeImportError, "can't perform relative import");
  if (base.length === 0) raiseMsg(typeImportError, "can't perform relative import");
  return name === "" ? base.join(".") : [...base, name].join(".");
}

function* loadLevel(full: string, last: string, outer: Obj, isMain: boolean, isOptional = false): Gen {
  const loaded = mp.loadedModules.getStr(full);
  if (loaded !== undefined) return loaded;
  const module = outer === null ? yield* loadTop(full) : yield* loadSub(full, last, outer);
  if (module === undefined) {
    if (isOptional) return null;
    raiseMsg(typeImportError, `no module named '${full}'`);
  }
  if (outer instanceof PyModule && !outer.isBuiltin) outer.globals.setStr(last, module);
  return module;
}

function* loadTop(name: string): Gen<PyModule | undefined> {
  const builtin = builtinModules!().find(name);
  if (builtin !== undefined && !builtin.isExtensible) return builtin.load();
  for (const dir of sysPath()) {
    const module = yield* loadFrom(dir, name, name);
    if (module !== undefined) return module;
  }
  if (builtin !== undefined) return builtin.load();
  // utime is time, without looking at files
  if (name.startsWith("u")) return builtinModules!().find(name.slice(1))?.load();
  return undefined;
}

function* loadSub(full: string, last: string, outer: Obj): Gen<PyModule | undefined> {
  if (!(outer instanceof PyModule)) return undefined;
  const known = outer.globals.getStr(last);
  if (known instanceof PyModule) return known;
  const path = outer.globals.getStr("__path__");
  return typeof path === "string" ? yield* loadFrom(path, last, full) : undefined;
}

function sysPath(): string[] {
  const sys = mp.loadedModules.getStr("sys") ?? builtinModules!().find("sys")?.load();
  const path = sys instanceof PyModule ? sys.globals.getStr("path") : undefined;
  if (path instanceof PyList) return path.items.filter((item) => typeof item === "string");
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
    module.globals.setStr("__file__", name);
    const frozen = compileSource(source, name, "file", false, FROZEN_OPT_LEVEL);
    yield* run(call(moduleFunction(frozen, module.globals), [], null));
    return;
  }
  module.globals.setStr("__file__", file);
  const bytes = yield* readFile(file);
  const compiled = file.endsWith(".mpy") ? loadRawCode(bytes) : compileSource(decodeUtf8(bytes), file, "file", false);
  intern(compiled.context.qstrs);
  yield* run(call(moduleFunction(compiled, module.globals), [], null));
}

/** `from module import *`. */
export function importAll(module: Obj, into: PyDict): Step {
  if (!(module instanceof PyModule)) return null;
  const all = module.isBuiltin ? undefined : module.globals.getStr("__all__");
  if (all === undefined) {
    for (const { key, value } of module.globals.map.values()) {
      if (typeof key === "string" && !key.startsWith("_")) into.setStr(key, value!);
    }
    return null;
  }
  return (function* (): Gen {
    for (const name of yield* collect(all)) {
      const value = loadAttrMaybe(module, String(name));
      if (value === undefined) raiseMsg(typeImportError, `can't import name ${String(name)}`);
      into.setStr(String(name), isPending(value) ? yield* run(value) : value);
    }
    return null;
  })();
}
