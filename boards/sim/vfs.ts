// The board's file system in memory: flat with a micro:bit's chunk arithmetic, or a tree with /flash as on a pyboard.
// It keeps nothing by itself: `snapshot` gives the files to whoever stores them, and `onChange` says when.
import { type FileMode, type Vfs, VfsError, type VfsFile } from "../../interpreter/host.ts";
import type { FileSystemDef } from "../descriptor.ts";

/** Files by path below the root: {"main.py": …, "lib/motor.py": …}. A name ending in "/" is an empty folder. */
export type FileSet = Readonly<Record<string, Uint8Array>>;

export interface BoardVfs extends Vfs {
  snapshot(): FileSet;
  /** A file's content, or null. */
  get(name: string): Uint8Array | null;
  /** A file was written and closed, removed or renamed. */
  onChange: (() => void) | null;
}

export function createVfs(def: FileSystemDef, files: FileSet): BoardVfs {
  return def.kind === "flat" ? new FlatVfs(def, files) : new TreeVfs(def, files);
}

const errno = { noent: 2, exist: 17, notdir: 20, isdir: 21, inval: 22, nospc: 28, badf: 9, notempty: 39, busy: 16 } as const;

interface Content {
  bytes: Uint8Array;
  size: number;
}

/** One open file. `room` says how long the content may get; `closed` tells the file system about a write. */
class OpenFile implements VfsFile {
  private readonly content: Content;
  private readonly mode: FileMode;
  private readonly room: () => number;
  private readonly written: () => void;
  private position = 0;
  private dirty: boolean;
  private open = true;

  constructor(content: Content, mode: FileMode, room: () => number, written: () => void) {
    this.content = content;
    this.mode = mode;
    this.room = room;
    this.written = written;
    this.dirty = mode[0] === "w" || mode[0] === "x";
    if (mode[0] === "a") this.position = content.size;
  }

  read(n: number): Uint8Array {
    this.mustBe("r");
    const part = this.content.bytes.slice(this.position, Math.min(this.content.size, this.position + n));
    this.position += part.length;
    return part;
  }

  write(bytes: Uint8Array): number {
    this.mustBe("w");
    const { content } = this;
    if (this.mode[0] === "a") this.position = content.size;
    const end = this.position + bytes.length;
    if (end > this.room()) throw new VfsError(errno.nospc);
    if (end > content.bytes.length) {
      const longer = new Uint8Array(Math.max(end, 2 * content.bytes.length, 64));
      longer.set(content.bytes.subarray(0, content.size));
      content.bytes = longer;
    }
    content.bytes.set(bytes, this.position);
    this.position = end;
    content.size = Math.max(content.size, end);
    this.dirty = true;
    return bytes.length;
  }

  seek(offset: number, whence: 0 | 1 | 2): number {
    const from = whence === 0 ? 0 : whence === 1 ? this.position : this.content.size;
    if (from + offset < 0) throw new VfsError(errno.inval);
    // FAT and littlefs both stop at the end of a file opened for reading.
    this.position = Math.min(from + offset, this.content.size);
    return this.position;
  }

  flush(): void {
    if (this.dirty) this.written();
    this.dirty = false;
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.flush();
  }

  private mustBe(direction: "r" | "w"): void {
    const mode = this.mode;
    const can = mode.endsWith("+") || (direction === "r") === (mode[0] === "r");
    if (!can || !this.open) throw new VfsError(errno.badf);
  }
}

const copyOf = (content: Content): Uint8Array => content.bytes.slice(0, content.size);

/** The micro:bit's: 128-byte chunks with 126 of content; the first holds the name as well. Names are any text, also "a/b". */
class FlatVfs implements BoardVfs {
  onChange: (() => void) | null = null;
  private readonly def: FileSystemDef & { readonly kind: "flat" };
  private readonly chunks: number;
  private readonly nameMax: number;
  private readonly files = new Map<string, Content>();

  constructor(def: FileSystemDef & { readonly kind: "flat" }, files: FileSet) {
    this.def = def;
    this.chunks = def.chunks;
    this.nameMax = def.nameMax;
    for (const [name, bytes] of Object.entries(files)) this.files.set(name, { bytes: bytes.slice(), size: bytes.length });
  }

  private notFound(): VfsError {
    return new VfsError(errno.noent, this.def.notFound ?? null);
  }

  open(path: string, mode: FileMode): VfsFile {
    let content = this.files.get(path);
    if (mode[0] === "r") {
      if (!content) throw this.notFound();
      return new OpenFile(content, mode, () => 0, this.tell);
    }
    // The firmware finds no place for such a name, and says what it says of a file that is not there.
    if (path.length > this.nameMax || path === "") throw this.notFound();
    if (mode[0] === "x" && content) throw new VfsError(errno.exist);
    if (mode[0] !== "a" || !content) {
      // A new file replaces the old one at once, and takes its first chunk now.
      this.files.delete(path);
      content = { bytes: new Uint8Array(), size: 0 };
      if (this.freeChunks() < this.chunksOf(path, 0)) throw new VfsError(errno.nospc);
      this.files.set(path, content);
    }
    const own = content;
    const room = (): number => (this.freeChunks() + this.chunksOf(path, own.size)) * 126 - path.length - 2;
    return new OpenFile(own, mode, room, this.tell);
  }

  stat(path: string): { kind: "file" | "dir"; size: number } {
    const content = this.files.get(path);
    if (!content) throw this.notFound();
    return { kind: "file", size: content.size };
  }

  list(): readonly { name: string; kind: "file"; size: number }[] {
    return [...this.files].map(([name, { size }]) => ({ name, kind: "file", size }));
  }

  remove(path: string): void {
    if (!this.files.delete(path)) throw this.notFound();
    this.tell();
  }

  rename(from: string, to: string): void {
    const content = this.files.get(from);
    if (!content) throw this.notFound();
    this.files.delete(from);
    this.files.set(to, content);
    this.tell();
  }

  mkdir(): void {
    throw new VfsError(errno.inval);
  }
  rmdir(): void {
    throw new VfsError(errno.inval);
  }
  chdir(): void {
    throw new VfsError(errno.inval);
  }
  getcwd(): string {
    return "";
  }

  space(): { total: number; free: number } {
    return { total: this.chunks * 126, free: this.freeChunks() * 126 };
  }
  get(name: string): Uint8Array | null {
    const content = this.files.get(name);
    return content ? copyOf(content) : null;
  }
  snapshot(): FileSet {
    return Object.fromEntries([...this.files].map(([name, content]) => [name, copyOf(content)]));
  }

  private readonly tell = (): void => this.onChange?.();
  private chunksOf(name: string, size: number): number {
    return Math.ceil((2 + name.length + size) / 126);
  }
  private freeChunks(): number {
    let used = 0;
    for (const [name, { size }] of this.files) used += this.chunksOf(name, size);
    return this.chunks - used;
  }
}

type TreeNode = Content | Map<string, TreeNode>;

/** A pyboard's: one volume mounted at `root`, where the program starts. */
class TreeVfs implements BoardVfs {
  onChange: (() => void) | null = null;
  private readonly capacity: number;
  private readonly mount: string;
  private readonly volume = new Map<string, TreeNode>();
  private cwd: readonly string[];

  constructor(def: { readonly root: string; readonly bytes: number }, files: FileSet) {
    this.mount = def.root.slice(1);
    this.capacity = def.bytes;
    this.cwd = [this.mount];
    for (const [path, bytes] of Object.entries(files)) {
      const names = path.split("/");
      const last = names.pop() ?? "";
      let folder = this.volume;
      for (const name of names) folder = childFolder(folder, name);
      if (last !== "") folder.set(last, { bytes: bytes.slice(), size: bytes.length });
    }
  }

  open(path: string, mode: FileMode): VfsFile {
    const { folder, name } = this.place(path);
    const found = folder.get(name);
    if (found instanceof Map) throw new VfsError(errno.isdir);
    let content = found;
    if (mode[0] === "r" && !content) throw new VfsError(errno.noent);
    if (mode[0] === "x" && content) throw new VfsError(errno.exist);
    if (!content || mode[0] === "w") {
      content = { bytes: new Uint8Array(), size: 0 };
      folder.set(name, content);
    }
    const own = content;
    return new OpenFile(own, mode, () => this.space().free + own.size, this.tell);
  }

  stat(path: string): { kind: "file" | "dir"; size: number } {
    const node = this.find(this.resolve(path));
    if (!node) throw new VfsError(errno.noent);
    return node instanceof Map ? { kind: "dir", size: 0 } : { kind: "file", size: node.size };
  }

  list(path: string): readonly { name: string; kind: "file" | "dir"; size: number }[] {
    const names = this.resolve(path);
    if (names.length === 0) return [{ name: this.mount, kind: "dir", size: 0 }];
    const node = this.find(names);
    if (!node) throw new VfsError(errno.noent);
    if (!(node instanceof Map)) throw new VfsError(errno.notdir);
    return [...node].map(([name, child]) =>
      child instanceof Map ? { name, kind: "dir", size: 0 } : { name, kind: "file", size: child.size },
    );
  }

  remove(path: string): void {
    const { folder, name } = this.place(path);
    const node = folder.get(name);
    if (!node) throw new VfsError(errno.noent);
    if (node instanceof Map && node.size > 0) throw new VfsError(errno.notempty);
    folder.delete(name);
    this.tell();
  }

  mkdir(path: string): void {
    const { folder, name } = this.place(path);
    if (folder.has(name)) throw new VfsError(errno.exist);
    folder.set(name, new Map());
    this.tell();
  }

  rmdir(path: string): void {
    const { folder, name } = this.place(path);
    const node = folder.get(name);
    if (!node) throw new VfsError(errno.noent);
    if (!(node instanceof Map)) throw new VfsError(errno.notdir);
    if (node.size > 0) throw new VfsError(errno.notempty);
    folder.delete(name);
    this.tell();
  }

  rename(from: string, to: string): void {
    const old = this.place(from);
    const node = old.folder.get(old.name);
    if (!node) throw new VfsError(errno.noent);
    const target = this.place(to);
    if (target.folder.get(target.name) instanceof Map) throw new VfsError(errno.exist);
    old.folder.delete(old.name);
    target.folder.set(target.name, node);
    this.tell();
  }

  chdir(path: string): void {
    const names = this.resolve(path);
    if (names.length > 0 && !(this.find(names) instanceof Map)) throw new VfsError(errno.noent);
    this.cwd = names;
  }
  getcwd(): string {
    return "/" + this.cwd.join("/");
  }

  space(): { total: number; free: number } {
    // Clusters of 512 bytes, as the pyboard's FAT has them.
    const used = (node: TreeNode): number =>
      node instanceof Map ? [...node.values()].reduce((sum, child) => sum + used(child), 0) : Math.ceil(node.size / 512) * 512;
    return { total: this.capacity, free: this.capacity - used(this.volume) };
  }
  get(name: string): Uint8Array | null {
    const node = this.find([this.mount, ...name.split("/")]);
    return node && !(node instanceof Map) ? copyOf(node) : null;
  }
  snapshot(): FileSet {
    const all: Record<string, Uint8Array> = {};
    const walk = (folder: Map<string, TreeNode>, path: string): void => {
      if (folder.size === 0 && path !== "") all[path] = new Uint8Array();
      for (const [name, node] of folder) {
        if (node instanceof Map) walk(node, `${path}${name}/`);
        else all[path + name] = copyOf(node);
      }
    };
    walk(this.volume, "");
    return all;
  }

  private readonly tell = (): void => this.onChange?.();

  private resolve(path: string): readonly string[] {
    const names = path.startsWith("/") ? [] : [...this.cwd];
    for (const name of path.split("/")) {
      if (name === "..") names.pop();
      else if (name !== "" && name !== ".") names.push(name);
    }
    return names;
  }

  private find(names: readonly string[]): TreeNode | null {
    if (names[0] !== this.mount) return null;
    let node: TreeNode = this.volume;
    for (const name of names.slice(1)) {
      const child: TreeNode | undefined = node instanceof Map ? node.get(name) : undefined;
      if (!child) return null;
      node = child;
    }
    return node;
  }

  /** The folder a path's last name is in. */
  private place(path: string): { folder: Map<string, TreeNode>; name: string } {
    const names = this.resolve(path);
    const name = names.at(-1);
    if (name === undefined || names.length === 1) throw new VfsError(errno.busy);
    const folder = this.find(names.slice(0, -1));
    if (!folder) throw new VfsError(errno.noent);
    if (!(folder instanceof Map)) throw new VfsError(errno.notdir);
    return { folder, name };
  }
}

function childFolder(folder: Map<string, TreeNode>, name: string): Map<string, TreeNode> {
  const found = folder.get(name);
  if (found instanceof Map) return found;
  const made = new Map<string, TreeNode>();
  folder.set(name, made);
  return made;
}
