// Interned names (py/qstr.c), as far as a program can ask about them: which ones its firmware has already, and which ones it has
// brought itself. JavaScript interns on its own, so nothing else depends on this.
//
// DIFFERS: names that are only made while a program runs (setattr with a computed name) are not seen.
import { staticQstrs } from "../bytecode/qstrs.ts";
import { builtinModule, builtinModuleNames } from "../modules/registry.ts";
import { allocate, heap, uncounted } from "../objects/heap.ts";
import { encodeUtf8 } from "../objects/objbytes.ts";
import { PyDict } from "../objects/objdict.ts";
import { PyNative } from "../objects/objfun.ts";
import { raiseMsg, raiseTypeError, typeRuntimeError } from "../objects/objexcept.ts";
import { PyModule } from "../objects/objmodule.ts";
import { mp } from "../objects/mpstate.ts";
import { nativeOf, PyObj, PyType, typeOf, type Obj } from "../objects/obj.ts";
import type { MpConfig } from "../mpconfig.ts";

// What no built-in object would tell: special methods that only classes of a program have, and attributes without a method.
const others =
  "__abs__ __add__ __aenter__ __aexit__ __aiter__ __and__ __anext__ __bases__ __bool__ __bytes__ __code__ __complex__ __contains__ __del__ " +
  "__delattr__ __delete__ __dict__ __divmod__ __eq__ __file__ __float__ __floordiv__ __ge__ __get__ __globals__ __gt__ __iadd__ " +
  "__iand__ __ifloordiv__ __ilshift__ __imatmul__ __imod__ __imul__ __invert__ __ior__ __ipow__ __irshift__ __isub__ __itruediv__ " +
  "__ixor__ __le__ __lshift__ __lt__ __matmul__ __mod__ __mul__ __ne__ __neg__ __or__ __path__ __pos__ __pow__ __radd__ __rand__ " +
  "__reversed__ __rfloordiv__ __rlshift__ __rmatmul__ __rmod__ __rmul__ __ror__ __rpow__ __rrshift__ __rshift__ __rsub__ " +
  "__rtruediv__ __rxor__ __set__ __set_name__ __setattr__ __sub__ __truediv__ __xor__ <dictcomp> <genexpr> <lambda> <listcomp> " +
  "<setcomp> <stdin> <string> _asdict asm_thumb asm_xtensa call co_code co_consts co_filename co_firstlineno co_lines co_lnotab co_name " +
  "co_names default errno exception f_back f_code f_globals f_lasti f_lineno imag itemsize line native object pend_throw ptr ptr16 ptr32 ptr8 real " +
  "return uint viper";

const known = new WeakMap<MpConfig, ReadonlySet<string>>();

/** The names of everything that is built in. Made when first asked for. */
function firmwareNames(): ReadonlySet<string> {
  const before = known.get(mp.config);
  if (before !== undefined) return before;
  const names = uncounted(collectNames);
  known.set(mp.config, names);
  return names;
}

function collectNames(): Set<string> {
  const names = new Set<string>(others.split(" "));
  for (const name of staticQstrs) if (name !== undefined) names.add(name);
  const seen = new Set<PyType>();
  const add = (name: string, value: Obj | undefined): void => {
    names.add(name);
    if (value instanceof PyNative) for (const param of value.params ?? []) names.add(param.name);
    if (!(value instanceof PyType) || value.isInstanceType || seen.has(value)) return;
    seen.add(value);
    names.add(value.name);
    for (const base of value.bases) add(base.name, base);
    for (const name of value.attrNames) names.add(name);
    for (const [key, member] of Object.entries(value.proto)) add(key.slice(1), member);
  };
  for (const [key, { value }] of mp.builtins.map) add(String(key), value);
  const addTypeOf = (value: Obj): void => {
    if (value instanceof PyObj && !(value instanceof PyType) && !seen.has(value.type)) add(value.type.name, value.type);
  };
  for (const [name, members] of mp.boardModules()) {
    names.add(name);
    for (const [key, value] of Object.entries(members)) {
      add(key, value);
      addTypeOf(value);
    }
  }
  for (const name of builtinModuleNames(mp.config)) {
    names.add(name);
    const module = builtinModule(name, mp.config) ?? builtinModule(name.slice(1), mp.config);
    const members = module?.members(new PyModule(name, new PyDict(), true)) ?? {};
    for (const [key, value] of Object.entries(members)) add(key, value);
  }
  return names;
}

/** The most bytes that a name may have (MICROPY_QSTR_BYTES_IN_LEN). */
export const QSTR_LEN = 255;

/** A name made while the program runs, as mp_obj_str_get_qstr makes it. Raises TypeError, and RuntimeError if it is too long. */
export function qstrOf(o: Obj): string {
  const name = nativeOf(o);
  if (typeof name !== "string") raiseTypeError(`can't convert '${typeOf(o).name}' object to str implicitly`);
  checkName(name);
  return name;
}

/** Raises RuntimeError if a name is too long. */
export function checkName(name: string): void {
  if (name.length * 3 > QSTR_LEN && encodeUtf8(name).length > QSTR_LEN) raiseMsg(typeRuntimeError, "name too long");
}

/** The names that programs have brought, in the order in which they came. */
class Pool {
  readonly names = new Set<string>();
  *live(): Iterable<Obj> {}
}

/** Notes the names of a module that has been compiled or loaded, in the order in which they were read. */
export function intern(names: readonly string[]): void {
  let pool = mp.rootPointers.get("qstr");
  if (!(pool instanceof Pool)) {
    pool = new Pool();
    mp.rootPointers.set("qstr", pool);
  }
  const { size } = (pool as Pool).names;
  for (const name of names) (pool as Pool).names.add(name);
  if ((pool as Pool).names.size === size) return;
  const blocks = Math.ceil(poolInfo().totalBytes / heap.blockBytes);
  allocate(blocks - mp.qstrBlocks);
  mp.qstrBlocks = blocks;
}

const ordered = new WeakMap<MpConfig, readonly string[]>();

/** All names that are known now, in the order of their numbers: the firmware's, then those that programs have brought. */
export function qstrNames(): readonly string[] {
  let firmware = ordered.get(mp.config);
  if (firmware === undefined) {
    const names = new Set(staticQstrs.filter((name) => name !== undefined));
    // The names of special methods stand first (py/makeqstrdata.py), so that their numbers fit into a byte.
    const inOrder = [...firmwareNames()].sort();
    for (const isSpecial of [true, false]) for (const name of inOrder) if (name.startsWith("__") === isSpecial) names.add(name);
    ordered.set(mp.config, (firmware = [...names]));
  }
  const pool = mp.rootPointers.get("qstr");
  return pool instanceof Pool ? [...firmware, ...pool.names] : firmware;
}

/** The first pool that is not in flash has room for so many; each further one for twice as many as the one before. */
const FIRST_POOL = 20;

/** What the names of programs take (py/qstr.c qstr_pool_info), and the names. */
export function poolInfo(): { pools: number; dataBytes: number; totalBytes: number; names: readonly string[] } {
  const pool = mp.rootPointers.get("qstr");
  const firmware = firmwareNames();
  const names = pool instanceof Pool ? [...pool.names].filter((name) => !firmware.has(name)) : [];
  const word = mp.config.smallIntBits > 31 ? 8 : 4;
  // Hashes and lengths stand in front of the text up to 1.18, and in tables of the pool since.
  const isOld = mp.config.release !== "1.28";
  const extra = mp.config.qstrHashBytes + 1;
  let dataBytes = 0;
  for (const name of names) dataBytes += encodeUtf8(name).length + 1 + (isOld ? extra : 0);
  let totalBytes = dataBytes;
  let pools = 0;
  for (let left = names.length, room = FIRST_POOL; left > 0; left -= room, room *= 2) {
    pools++;
    totalBytes += isOld ? (4 + room) * word : Math.ceil((6 * word + (word + extra) * room) / (4 * word)) * 4 * word;
  }
  return { pools, dataBytes, totalBytes, names };
}
