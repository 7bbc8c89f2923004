// dict: the object. Lookup is a JavaScript Map; the order that a program sees is MicroPython's hash-table order (py/map.c),
// worked out only when somebody iterates. Keys that need __hash__ or a walk (tuples, bytes, instances) go through buckets.
// Hot: measured by bench/micro_dict.py.
import { hashValue, hashWord, truncateHash, type Hash } from "./hash.ts";
import { allocate } from "./heap.ts";
import { PyFloat } from "./objfloat.ts";
import { PyTuple } from "./objtuple.ts";
import { PyInstance, PyObj, typeDict, typeOrderedDict, type Obj, type PyType } from "./obj.ts";

/** One key and its value. It stays the same object while the key is in the dict. */
export interface Entry {
  readonly key: Obj;
  value: Obj | undefined;
  /** The bucket of a key that has no filing key. */
  readonly hash: number;
  /** For the simulated table; -1 while not computed. */
  word: Hash;
}

/**
 * What a key is filed under: equal keys give the same value. ints, bools and floats that are equal share one number.
 * undefined: equality of this key is not identity, use `hashOf` and `equals` (compare.ts).
 */
export function keyOf(key: Obj): unknown {
  switch (typeof key) {
    case "string":
    case "number":
    case "bigint":
      return key;
    case "boolean":
      return key ? 1 : 0;
    default:
      if (key === null) return null;
      if (key instanceof PyFloat) return key.v === key.v ? key.v : key; // nan is only itself
      if (key instanceof PyTuple) return undefined;
      return key.type.isHashable && key.type.hash === null && !key.type.isInstanceType ? key : undefined;
  }
}

let versions = 0;

export class PyDict extends PyObj {
  declare type: PyType;
  /** Changes whenever a key comes or goes; no two dicts ever have the same. */
  version = versions++;
  readonly map = new Map<unknown, Entry>();
  /** Entries whose keys have no simple filing key, by hash. */
  buckets: Map<number, Entry[]> | null = null;
  /** Entries by the very object that is their key, where its class could have a __hash__: see dictEntry. */
  own: Map<Obj, Entry> | null = null;
  private table: HashTable | null = null;
  private readonly presize: number;
  /** Entries that its table has room for, as the heap counts them. */
  private room: number;
  /** A change of its keys while somebody iterates is noticed by this. */
  isOrdered = false;
  isReadonly = false;
  /** No key but strings has come since it was empty. */
  onlyNames = true;
  /** Whether it is the table of a set. */
  isOfSet = false;

  /** `presize`: slots the table starts with, as BUILD_MAP asks; it decides the order of few keys. */
  constructor(presize = 0) {
    super();
    this.presize = presize;
    this.room = presize;
    allocate(1 + this.tableBlocks);
  }

  get size(): number {
    return this.map.size;
  }
  /** Blocks of its table: a set has no values in it. */
  get tableBlocks(): number {
    return this.isOfSet ? (this.room + 3) >> 2 : (this.room + 1) >> 1;
  }

  // ---- keys with a filing key

  get(key: unknown): Obj | undefined {
    return this.map.get(key)?.value;
  }
  entry(key: unknown): Entry | undefined {
    return this.map.get(key);
  }
  /** Stores under `filed` (keyOf(key)). */
  set(filed: unknown, key: Obj, value: Obj): void {
    const entry = this.map.get(filed);
    if (entry !== undefined) entry.value = value;
    else this.add(filed, { key, value, hash: 0, word: -1 });
  }
  /** By name: globals, modules and everything else whose keys are strings. */
  setStr(name: string, value: Obj): void {
    this.set(name, name, value);
  }
  getStr(name: string): Obj | undefined {
    return this.map.get(name)?.value;
  }
  delete(filed: unknown): Entry | undefined {
    const entry = this.map.get(filed);
    if (entry === undefined) return undefined;
    this.hashTable()?.remove(entry);
    this.map.delete(filed);
    this.version = versions++;
    return entry;
  }

  private add(filed: unknown, entry: Entry): void {
    if (this.map.size >= this.room) {
      const before = this.tableBlocks;
      this.room = sizeFrom(this.room + 1);
      allocate(this.tableBlocks);
      // The old table is given back at once.
      allocate(-before);
    }
    this.map.set(filed, entry);
    if (this.isOfSet || typeof filed !== "string") this.onlyNames = false;
    this.version = versions++;
    this.table?.insert(entry);
  }

  // ---- keys with a hash; the caller (compare.ts) finds the entry among the candidates

  /** The entries that a search comes by, in their order, whether their hash is the same or not. */
  probed(hash: number): readonly Entry[] {
    return this.isOrdered ? [...this.map.values()] : this.hashTable()!.probed(hashWord(truncateHash(hash)));
  }
  candidates(hash: number): readonly Entry[] {
    return this.buckets?.get(hash) ?? [];
  }
  addHashed(hash: number, key: Obj, value: Obj): void {
    const entry = { key, value, hash, word: hashWord(truncateHash(hash)) };
    this.buckets ??= new Map();
    const bucket = this.buckets.get(hash);
    if (bucket === undefined) this.buckets.set(hash, [entry]);
    else bucket.push(entry);
    if (key instanceof PyInstance) (this.own ??= new Map()).set(key, entry);
    this.add(entry, entry);
  }
  deleteHashed(entry: Entry): void {
    const bucket = this.buckets!.get(entry.hash)!;
    bucket.splice(bucket.indexOf(entry), 1);
    this.own?.delete(entry.key);
    this.delete(entry);
  }

  clear(): void {
    this.map.clear();
    this.onlyNames = true;
    this.own = null;
    this.version = versions++;
    this.buckets = null;
    this.table = null;
  }

  // ---- order

  private hashTable(): HashTable | null {
    if (this.isOrdered) return null;
    if (this.table === null) {
      this.table = new HashTable(this.presize);
      for (const entry of this.map.values()) this.table.insert(entry);
    }
    return this.table;
  }

  /** The entries in the order the program sees. */
  entries(): Entry[] {
    if (this.isOrdered || this.map.size < 2) return [...this.map.values()];
    return this.hashTable()!.entries();
  }

  /** Copies all entries into an empty dict, each into the same slot of its table. */
  copyInto(other: PyDict): void {
    const copies = new Map<Entry, Entry>();
    for (const [filed, entry] of this.map) {
      const copy = { ...entry };
      copies.set(entry, copy);
      other.map.set(filed === entry ? copy : filed, copy);
    }
    if (this.buckets !== null)
      other.buckets = new Map([...this.buckets].map(([hash, entries]) => [hash, entries.map((entry) => copies.get(entry)!)]));
    other.onlyNames = this.onlyNames;
    other.version = versions++;
    if (!other.isOrdered) other.table = this.hashTable()!.copy(copies);
  }
}
PyDict.prototype.type = typeDict;

export class PyOrderedDict extends PyDict {
  constructor() {
    super();
    this.isOrdered = true;
  }
}
PyOrderedDict.prototype.type = typeOrderedDict;

// Sizes the table grows through: pairs first, then primes.
// prettier-ignore
const SIZES_NOW = [0, 2, 4, 6, 8, 10, 12, 17, 23, 29, 37, 47, 59, 73, 97, 127, 167, 223, 293, 389, 521, 691, 919, 1223, 1627, 2161, 3229, 4831, 7243, 10861, 16273, 24407, 36607, 54907];

function sizeFrom(n: number): number {
  return SIZES_NOW.find((size) => size >= n) ?? (n + Math.floor(n / 2)) | 1;
}

/** py/map.c's open addressing with linear probing, for the order it gives. */
export class HashTable {
  private slots: (Entry | "removed" | undefined)[];

  constructor(alloc: number) {
    this.slots = new Array<Entry | undefined>(alloc).fill(undefined);
  }

  insert(entry: Entry): void {
    const alloc = this.slots.length;
    if (alloc === 0) {
      this.rehash();
      this.insert(entry);
      return;
    }
    const hash = tableHash(entry);
    const start = typeof hash === "number" ? hash % alloc : Number(hash % BigInt(alloc));
    let free = -1;
    for (let pos = start; ;) {
      const slot = this.slots[pos];
      if (slot === undefined) {
        this.slots[free >= 0 ? free : pos] = entry;
        return;
      }
      if (slot === "removed" && free < 0) free = pos;
      pos = (pos + 1) % alloc;
      if (pos !== start) continue;
      if (free >= 0) this.slots[free] = entry;
      else {
        this.rehash();
        this.insert(entry);
      }
      return;
    }
  }

  copy(copies: ReadonlyMap<Entry, Entry>): HashTable {
    const table = new HashTable(0);
    table.slots = this.slots.map((slot) => (typeof slot === "object" ? copies.get(slot) : slot));
    return table;
  }

  /** The entries from where this hash would stand up to the next empty slot. */
  probed(hash: Hash): Entry[] {
    const alloc = this.slots.length;
    const found: Entry[] = [];
    if (alloc === 0) return found;
    const start = typeof hash === "number" ? hash % alloc : Number(hash % BigInt(alloc));
    for (let i = 0; i < alloc; i++) {
      const slot = this.slots[(start + i) % alloc];
      if (slot === undefined) break;
      if (slot !== "removed") found.push(slot);
    }
    return found;
  }

  remove(entry: Entry): void {
    const pos = this.slots.indexOf(entry);
    if (pos < 0) return;
    const next = this.slots[(pos + 1) % this.slots.length];
    this.slots[pos] = next === undefined ? undefined : "removed";
  }

  private rehash(): void {
    const old = this.slots;
    this.slots = new Array<Entry | undefined>(sizeFrom(old.length + 1)).fill(undefined);
    for (const slot of old) if (slot !== undefined && slot !== "removed") this.insert(slot);
  }

  entries(): Entry[] {
    return this.slots.filter((slot): slot is Entry => slot !== undefined && slot !== "removed");
  }
}

// The hash as an unsigned machine word.
function tableHash(entry: Entry): Hash {
  if (entry.word < 0) entry.word = hashWord(hashValue(entry.key));
  return entry.word;
}
