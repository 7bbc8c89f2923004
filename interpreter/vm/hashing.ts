// dict and set with any key: those that file under themselves go straight to the map, the others by __hash__ and __eq__.
import { keyOf, PyDict, type Entry } from "../objects/objdict.ts";
import { raiseTypeError } from "../objects/objexcept.ts";
import { PySet } from "../objects/objset.ts";
import { isPending, PyInstance, run, typeOf, type Gen, type Obj, type Step } from "../objects/obj.ts";
import { mp } from "../objects/mpstate.ts";
import { equal, equalSync, hashOf } from "./operator.ts";

/** The entry of a key, or undefined. */
export function dictEntry(dict: PyDict, key: Obj, isRemoval = false): Step<Entry | undefined> {
  const filed = keyOf(key);
  if (filed !== undefined)
    return dict.buckets === null || typeof key !== "object" ? dict.entry(filed) : (dict.entry(filed) ?? undefined);
  if (dict.onlyNames) return undefined; // no key is asked for its hash in an empty set, nor in a dict that has only names
  // A key object that is there itself is found without asking for its hash (MICROPY_OPT_MAP_LOOKUP_CACHE).
  const own = isRemoval || dict.isOfSet || mp.config.romLevel === "core" ? undefined : dict.own?.get(key);
  if (own !== undefined) return own;
  const hash = hashIn(dict, key);
  if (!isPending(hash)) {
    const found = findSync(dict, hash as number, key);
    if (found !== null) return found;
  }
  return findSlow(dict, hash, key);
}

/** An ordered dict is searched from its beginning, so its keys need no hash. */
function hashIn(dict: PyDict, key: Obj): Step {
  return dict.isOrdered && !(key instanceof PyInstance) && !typeOf(key).isHashable ? 0 : hashOf(key);
}

// Hashes are not kept, so an object of a class is compared with all that it comes by: its __eq__ may tell.
function candidates(dict: PyDict, key: Obj, hash: number): readonly Entry[] {
  return key instanceof PyInstance || dict.own !== null ? dict.probed(hash) : dict.candidates(hash);
}

// null: comparing needs Python
function findSync(dict: PyDict, hash: number, key: Obj): Entry | undefined | null {
  for (const entry of candidates(dict, key, Number(hash))) {
    const same = entry.key === key ? true : equalSync(entry.key, key);
    if (same === undefined) return null;
    if (same) return entry;
  }
  return undefined;
}

function* findSlow(dict: PyDict, hash: Step, key: Obj): Gen<Entry | undefined> {
  const h = Number(yield* run(hash));
  for (const entry of [...candidates(dict, key, h)]) {
    if (entry.key === key || (yield* run(equal(entry.key, key)))) return entry;
  }
  return undefined;
}

/** A result that may be an Entry: isPending would take one for something to run. */
export function* runEntry(step: Step<Entry | undefined>): Gen<Entry | undefined> {
  if (step === undefined || "key" in (step as object)) return step as Entry | undefined;
  return (yield* run(step as unknown as Gen<Obj>)) as unknown as Entry | undefined;
}

function isEntry(step: Step<Entry | undefined>): step is Entry | undefined {
  return step === undefined || "key" in (step as object);
}

export function checkWritable(dict: PyDict): void {
  if (dict.isReadonly) raiseTypeError("'dict' object doesn't support item assignment");
}

export function dictStore(dict: PyDict, key: Obj, value: Obj): Step {
  // `OrderedDict({...})` stores into whatever a function of that name gives.
  if (!(dict instanceof PyDict)) raiseTypeError("object isn't subscriptable");
  const filed = keyOf(key);
  if (dict.isReadonly) checkWritable(dict);
  if (filed !== undefined) {
    dict.set(filed, key, value);
    return null;
  }
  const found = dictEntry(dict, key);
  if (isEntry(found)) {
    const hash = hashIn(dict, key);
    if (!isPending(hash)) {
      if (found !== undefined) found.value = value;
      else dict.addHashed(Number(hash), key, value);
      return null;
    }
  }
  return storeSlow(dict, key, value);
}

function* storeSlow(dict: PyDict, key: Obj, value: Obj): Gen {
  const hash = Number(yield* run(hashIn(dict, key)));
  const found = yield* findSlow(dict, hash, key);
  if (found !== undefined) found.value = value;
  else dict.addHashed(hash, key, value);
  return null;
}

/** The value of a key; undefined when it is not there. `then` gets it, now or later. */
export function dictGet(dict: PyDict, key: Obj, then: (value: Obj | undefined) => Step): Step {
  const found = dictEntry(dict, key);
  if (isEntry(found)) return then(found?.value);
  return (function* (): Gen {
    return yield* run(then((yield* runEntry(found))?.value));
  })();
}

/** Removes a key; `then` gets its entry, or undefined. */
export function dictRemove(dict: PyDict, key: Obj, then: (entry: Entry | undefined) => Step): Step {
  checkWritable(dict);
  const drop = (entry: Entry | undefined): Step => {
    if (entry !== undefined) {
      const filed = keyOf(entry.key);
      if (filed !== undefined) dict.delete(filed);
      else dict.deleteHashed(entry);
    }
    return then(entry);
  };
  const found = dictEntry(dict, key, true);
  if (isEntry(found)) return drop(found);
  return (function* (): Gen {
    return yield* run(drop(yield* runEntry(found)));
  })();
}

export function setStore(set: Obj, item: Obj): Step {
  const { dict } = set as PySet;
  return dictEntryThen(dict, item, (entry) => (entry === undefined ? dictStore(dict, item, null) : null));
}

function dictEntryThen(dict: PyDict, key: Obj, then: (entry: Entry | undefined) => Step): Step {
  const found = dictEntry(dict, key);
  if (isEntry(found)) return then(found);
  return (function* (): Gen {
    return yield* run(then(yield* runEntry(found)));
  })();
}

/** A new set of these items. */
export function newSet(items: readonly Obj[]): Step {
  const set = new PySet(new PyDict(items.length));
  return fillSet(set, items);
}

/** Adds items to a set and gives the set. */
export function fillSet(set: PySet, items: readonly Obj[]): Step {
  for (let i = 0; i < items.length; i++) {
    const step = setStore(set, items[i]!);
    if (isPending(step)) {
      return (function* (): Gen {
        yield* run(step);
        for (let k = i + 1; k < items.length; k++) yield* run(setStore(set, items[k]!));
        return set;
      })();
    }
  }
  return set;
}
