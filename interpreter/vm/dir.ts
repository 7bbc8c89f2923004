// What an object has (py/modbuiltins.c mp_builtin_dir, py/repl.c): every interned name is tried on it, in the order of the pools:
// the names that all MicroPythons know by number, the firmware's others in alphabetical order, then those that programs brought.
// Firmwares before 1.10 list the object's own table instead, and know no inherited names.
import { mp } from "../objects/mpstate.ts";
import { uncounted } from "../objects/heap.ts";
import { PyExc, typeAttributeError } from "../objects/objexcept.ts";
import { PyList } from "../objects/objlist.ts";
import { PyModule } from "../objects/objmodule.ts";
import { isPending, PyInstance, PyType, run, typeOf, type Gen, type Obj, type Step } from "../objects/obj.ts";
import { loadAttr, loadAttrMaybe } from "./attr.ts";
import { call } from "./call.ts";
import { membersOfType } from "./members.ts";
import { qstrNames } from "./qstr.ts";

/** The names in an object's own tables, without its class's bases. */
function tableNames(o: Obj): Set<string> {
  const names = new Set<string>();
  const add = (attrs: object): void => {
    for (const [key, value] of Object.entries(attrs)) if (key.startsWith("$") && value !== undefined) names.add(key.slice(1));
  };
  if (o instanceof PyModule) for (const { key } of o.globals.map.values()) names.add(String(key));
  else {
    const type = o instanceof PyType ? o : typeOf(o);
    for (const name of membersOfType(mp.config, type.name) ?? []) names.add(name);
    add(type.proto);
  }
  if (o instanceof PyInstance) add(o);
  return names;
}

/** Names that may be an object's: the interned ones, then those of its own that a program has made up while it ran. */
function candidates(o: Obj): Set<string> {
  const names = new Set(qstrNames());
  for (const name of tableNames(o)) names.add(name);
  if (!(o instanceof PyType)) for (const name of typeOf(o).attrNames) names.add(name);
  return names;
}

/** An attribute's value or what will give it; undefined: there is none. */
function attempt(o: Obj, name: string): Step | undefined {
  try {
    return uncounted(() => loadAttrMaybe(o, name));
  } catch (caught) {
    if (isAttributeError(caught)) return undefined;
    throw caught;
  }
}

function isAttributeError(caught: unknown): boolean {
  return caught instanceof PyExc && caught.type.isSubclassOf(typeAttributeError);
}

const hasTables = (): boolean => mp.config.release === "1.9.2";

/**
 * What dir(o) gives: what __dir__ of its class makes, or the names that it has. Runs what an attribute needs: getters of properties,
 * and __getattr__ for every name.
 */
export function* dir(o: Obj): Gen {
  if (o instanceof PyInstance && o.type.lookup("__dir__") !== undefined) {
    const method = yield* run(loadAttr(o, "__dir__"));
    return yield* run(call(method, [], null));
  }
  return new PyList(yield* attributesOf(o));
}

function* attributesOf(o: Obj): Gen<string[]> {
  if (hasTables()) return [...tableNames(o)];
  const found: string[] = [];
  for (const name of candidates(o)) {
    const step = attempt(o, name);
    if (step === undefined) continue;
    if (isPending(step)) {
      try {
        yield* run(step);
      } catch (caught) {
        if (isAttributeError(caught)) continue;
        throw caught;
      }
    }
    found.push(name);
  }
  return found;
}

/** The names that Tab offers after `o.`: those of dir() that begin so, without running anything. */
export function completions(o: Obj, prefix: string): string[] {
  const names = hasTables() ? tableNames(o) : candidates(o);
  return [...names].filter((name) => name.startsWith(prefix) && isThere(o, name));
}

function isThere(o: Obj, name: string): boolean {
  try {
    return attempt(o, name) !== undefined;
  } catch {
    return false;
  }
}
