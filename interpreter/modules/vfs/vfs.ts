// Mounting: which file system a path belongs to, and the functions of os and vfs that pass a call on to it (extmod/vfs.c).
// A file system is any object with the methods; the built-in ones are in this folder. What import and open() need is here too.
import { getInt } from "../../native.ts";
import { decodeUtf8, encodeUtf8, PyBytes } from "../../objects/objbytes.ts";
import { isExc, raiseOSError, raiseTypeError, typeException } from "../../objects/objexcept.ts";
import { fun, funKw, funVar, parseArgs, type PyNative } from "../../objects/objfun.ts";
import { PyList } from "../../objects/objlist.ts";
import { PyTuple } from "../../objects/objtuple.ts";
import { mp } from "../../objects/mpstate.ts";
import { nativeOf, PyObj, run, STOP, typeOf, type Gen, type Obj, type Step } from "../../objects/obj.ts";
import { loadAttr, loadAttrMaybe } from "../../vm/attr.ts";
import { call } from "../../vm/call.ts";
import { collect, FunIter, getIter, iterNext } from "../../vm/iter.ts";
import { getStream, STREAM_GET_BUFFER_SIZE, streamClose, streamRw } from "../../vm/stream.ts";

export const EPERM = 1;
export const ENOENT = 2;
export const EIO = 5;
export const ENODEV = 19;
export const EEXIST = 17;
export const EINVAL = 22;
export const EROFS = 30;
export const S_IFDIR = 0x4000;
export const S_IFREG = 0x8000;

/** The longest path, as f_namemax of a root with nothing mounted on it. */
const PATH_MAX = 4096;
/** What import reads at once from a file whose stream does not say; and the least and the most it takes. */
const READER_BUFFER = { default: 53, min: 21, max: 255 } as const;

export interface Mount {
  /** "/flash"; "/" is the root. */
  readonly point: string;
  readonly fs: Obj;
}

/** A built-in file system answers import without making a tuple for it. */
export abstract class NativeVfs extends PyObj {
  /** What is at a path, or null. */
  abstract importStat(path: string): Step<"file" | "dir" | null>;
}

interface VfsState {
  readonly mounts: Mount[];
  /** Where relative paths begin; null is the root that holds the mount points. */
  current: Mount | null;
  /** For the collector: the file systems. */
  live(): Iterable<Obj>;
}

/** What is mounted when the VM starts, made by whoever has the host's files (vfs_posix.ts). */
let firstMount: (() => Mount | null) | null = null;
export function useFirstMount(make: () => Mount | null): void {
  firstMount = make;
}

function state(): VfsState {
  let vfs = mp.rootPointers.get("vfs") as VfsState | undefined;
  if (vfs === undefined) {
    const mount = firstMount?.() ?? null;
    const mounts = mount === null ? [] : [mount];
    vfs = { mounts, current: mount, live: () => mounts.map(({ fs }) => fs) };
    mp.rootPointers.set("vfs", vfs);
  }
  return vfs;
}

/** The file systems mounted now. */
export function mounted(): readonly Mount[] {
  return state().mounts;
}

/** A path argument: str or bytes. Raises TypeError. */
export function pathOf(o: Obj): string {
  const native = nativeOf(o);
  if (typeof native === "string") return native;
  if (native instanceof PyBytes) return decodeUtf8(native.v);
  raiseTypeError(`can't convert '${typeOf(o).name}' object to str implicitly`);
}

/** Which mount a path is in, and the path there. "root": the place where mount points are; "none": nowhere. */
function lookup(path: string): { mount: Mount | "root" | "none"; rest: string } {
  const { mounts, current } = state();
  const isAbsolute = path.startsWith("/");
  if (!isAbsolute && current !== null) return { mount: current, rest: path };
  const name = isAbsolute ? path.slice(1) : path;
  if (name === "") return { mount: "root", rest: "" };
  for (const mount of mounts) {
    if (mount.point.length === 1) return { mount, rest: path };
    const point = mount.point.slice(1);
    if (name === point) return { mount, rest: "/" };
    if (name.startsWith(`${point}/`)) return { mount, rest: name.slice(point.length) };
  }
  return { mount: "none", rest: "" };
}

/** A path's rest in the type that the path had. */
function lookupObj(pathObj: Obj): { mount: Mount | "root" | "none"; rest: Obj } {
  const { mount, rest } = lookup(pathOf(pathObj));
  return { mount, rest: nativeOf(pathObj) instanceof PyBytes ? new PyBytes(encodeUtf8(rest)) : rest };
}

function* proxy(mount: Mount | "root" | "none", method: string, ...args: Obj[]): Gen {
  if (mount === "none") raiseOSError(ENODEV);
  if (mount === "root") raiseOSError(EPERM);
  return yield* run(call(yield* run(loadAttr(mount.fs, method)), args, null));
}

function rootMount(): Mount | undefined {
  return state().mounts.find((mount) => mount.point.length === 1);
}

// ---- mounting

/** Makes a file system of a block device that has none yet; given by modvfs.ts, which knows the kinds. */
let autodetect: ((device: Obj) => Gen) | null = null;
export function useAutodetect(detect: (device: Obj) => Gen): void {
  autodetect = detect;
}

function* mount(given: Obj, pointObj: Obj, readonly: Obj, mkfs: Obj): Gen {
  const vfs = state();
  const point = pathOf(pointObj);
  const hasMount = loadAttrMaybe(given, "mount");
  let fs = given;
  if (hasMount === undefined) fs = yield* autodetect!(given);
  const entry: Mount = { point, fs };
  yield* proxy(entry, "mount", readonly, mkfs);
  const existing = lookup(point).mount;
  // Something may lie below a mounted root; nothing else may be mounted in a mount.
  if (typeof existing === "object" && !(point.length !== 1 && existing.point.length === 1)) raiseOSError(EPERM);
  const root = vfs.mounts.findIndex((other) => other.point.length === 1);
  vfs.mounts.splice(root < 0 ? vfs.mounts.length : root, 0, entry);
  return null;
}

const mountParams = [
  { name: "" },
  { name: "" },
  { name: "readonly", default: false, kwOnly: true },
  { name: "mkfs", default: false, kwOnly: true },
] as const;
// Without arguments it tells what is mounted.
const mountKw = funVar("mount", (args, kw) => {
  if (args.length === 0) return new PyList(state().mounts.map(({ fs, point }) => new PyTuple([fs, point])));
  const [given, point, readonly, mkfs] = parseArgs(mountParams, args, kw);
  return mount(given!, point!, readonly!, mkfs!);
});

function* umount(what: Obj): Gen {
  const vfs = state();
  const point = typeof what === "string" ? what : null;
  const at = vfs.mounts.findIndex((entry) => entry.point === point || entry.fs === what);
  if (at < 0) raiseOSError(EINVAL);
  const [entry] = vfs.mounts.splice(at, 1);
  if (vfs.current === entry) vfs.current = null;
  yield* proxy(entry!, "umount");
  return null;
}

// ---- what os passes on

function* chdir(path: Obj): Gen {
  const vfs = state();
  const { mount: to, rest } = lookupObj(path);
  if (to === "root") {
    // A file system at the root has a current folder of its own, and relative paths begin there.
    const root = rootMount();
    if (root !== undefined) yield* proxy(root, "chdir", "/");
    vfs.current = null;
  } else {
    yield* proxy(to, "chdir", rest);
    vfs.current = to as Mount;
  }
  return null;
}

function* getcwd(): Gen {
  const { current } = state();
  if (current === null) return "/";
  const cwd = yield* proxy(current, "getcwd");
  if (current.point.length === 1) return cwd;
  const inside = pathOf(cwd);
  return inside === "/" ? current.point : current.point + inside;
}

function listRoot(isBytes: boolean): Obj {
  const rest = [...state().mounts];
  let inner: Obj | null = null;
  return new FunIter(function* (): Gen {
    if (inner === null) {
      const next = rest.shift();
      if (next === undefined) return STOP;
      if (next.point.length > 1) {
        const name = next.point.slice(1);
        return new PyTuple([isBytes ? new PyBytes(encodeUtf8(name)) : name, S_IFDIR, 0]);
      }
      inner = yield* run(getIter(yield* proxy(next, "ilistdir", "/")));
    }
    return yield* run(iterNext(inner));
  });
}

function* ilistdir(path: Obj = ""): Gen {
  const { mount: at, rest } = lookupObj(path);
  if (at === "root") return listRoot(nativeOf(path) instanceof PyBytes);
  return yield* proxy(at, "ilistdir", rest);
}

function* listdir(path: Obj = ""): Gen {
  const names: Obj[] = [];
  for (const entry of yield* collect(yield* ilistdir(path))) {
    const slot = typeOf(entry).subscr;
    if (slot === null) raiseTypeError(`'${typeOf(entry).name}' object isn't subscriptable`);
    names.push(yield* run(slot(entry, 0)));
  }
  return new PyList(names);
}

function* mkdir(path: Obj): Gen {
  const { mount: at, rest } = lookupObj(path);
  if (at === "root" || (at !== "none" && pathOf(rest) === "/")) raiseOSError(EEXIST);
  return yield* proxy(at, "mkdir", rest);
}

function* rename(from: Obj, to: Obj): Gen {
  const old = lookupObj(from);
  const target = lookupObj(to);
  if (old.mount !== target.mount) raiseOSError(EPERM);
  return yield* proxy(old.mount, "rename", old.rest, target.rest);
}

const passOn = (name: string, method = name): PyNative =>
  fun(
    name,
    (path: Obj) => {
      const { mount: at, rest } = lookupObj(path);
      return proxy(at, method, rest);
    },
    1,
  );

function* stat(path: Obj): Gen {
  const { mount: at, rest } = lookupObj(path);
  if (at === "root") return new PyTuple([S_IFDIR, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  return yield* proxy(at, "stat", rest);
}

function* statvfs(path: Obj): Gen {
  const { mount: at, rest } = lookupObj(path);
  if (at !== "root") return yield* proxy(at, "statvfs", rest);
  const root = rootMount();
  return root === undefined ? new PyTuple([0, 0, 0, 0, 0, 0, 0, 0, 0, PATH_MAX]) : yield* proxy(root, "statvfs", "/");
}

/** vfs.mount and vfs.umount; os has them as well. */
export const mountFunctions = { mount: mountKw, umount: fun("umount", umount, 1) };

/** The functions of os that work on files. */
export const osFunctions: Readonly<Record<string, Obj>> = {
  chdir: fun("chdir", chdir, 1),
  getcwd: fun("getcwd", getcwd, 0),
  listdir: fun("listdir", listdir, 0, 1),
  mkdir: fun("mkdir", mkdir, 1),
  remove: passOn("remove"),
  rename: fun("rename", rename, 2),
  rmdir: passOn("rmdir"),
  unlink: passOn("unlink", "remove"),
  stat: fun("stat", stat, 1),
  statvfs: fun("statvfs", statvfs, 1),
  ilistdir: fun("ilistdir", ilistdir, 0, 1),
};

// ---- open() and import

/** open(file, mode="r", buffering, encoding): the last two change nothing. */
export const openFunction: PyNative = funKw(
  "open",
  [{ name: "file" }, { name: "mode", default: "r" }, { name: "buffering", default: -1 }, { name: "encoding", default: null }],
  (file: Obj, mode: Obj) => openPath(file, mode),
);

/** Opens a file where its path is mounted. Raises OSError. */
export function* openPath(file: Obj, mode: Obj): Gen {
  // The number of an open file is the POSIX file system's, whatever is mounted where.
  if (typeof file === "number" && openNumber !== null) return openNumber(file, mode);
  const { mount: at, rest } = lookupObj(file);
  return yield* proxy(at, "open", rest, mode);
}

let openNumber: ((fd: number, mode: Obj) => Obj) | null = null;
export function useOpenNumber(open: (fd: number, mode: Obj) => Obj): void {
  openNumber = open;
}

/** Whether a path is a file or a folder, as import asks; null if it is not there. */
export function* importStat(path: string): Gen<"file" | "dir" | null> {
  const { mount: at, rest } = lookup(path);
  if (typeof at === "string") return null;
  if (at.fs instanceof NativeVfs) return yield* run(at.fs.importStat(rest));
  let answer: Obj;
  try {
    answer = yield* proxy(at, "stat", rest);
  } catch (caught) {
    if (isExc(caught, typeException)) return null;
    throw caught;
  }
  const first = answer instanceof PyTuple || answer instanceof PyList ? answer.items[0] : undefined;
  if (first === undefined) raiseTypeError("object 'NoneType' isn't a tuple or list");
  return (getInt(first) & S_IFDIR) !== 0 ? "dir" : "file";
}

/** A whole file, for import. Raises OSError. */
export function* readFile(path: string): Gen<Uint8Array> {
  const file = yield* openPath(path, "rb");
  const stream = getStream(file, "read");
  const { ioctl } = stream.protocol;
  let size = ioctl === undefined ? 0 : yield* run(ioctl(stream.object as never, STREAM_GET_BUFFER_SIZE, 0));
  size = size <= 0 ? READER_BUFFER.default : Math.min(READER_BUFFER.max, Math.max(READER_BUFFER.min, size));
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const part = new Uint8Array(size);
    const { done, error } = yield* streamRw(stream, part, "read", true);
    if (error !== 0) {
      if (total === 0) raiseOSError(error);
      break;
    }
    parts.push(part.subarray(0, done));
    total += done;
    if (done < size) break;
    if (parts.length % 256 === 0) yield { wait: "tick" };
  }
  yield* streamClose(file);
  const all = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
