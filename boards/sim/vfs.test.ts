import { describe, expect, test, vi } from "vitest";
import { VfsError } from "../../interpreter/host.ts";
import { microbitV1 } from "../microbit/descriptor.ts";
import { pyboardV11 } from "../pyboard/descriptor.ts";
import { createVfs } from "./vfs.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (content: Uint8Array | null): string => new TextDecoder().decode(content ?? new Uint8Array());
const errnoOf = (work: () => unknown): number => {
  try {
    work();
  } catch (error) {
    if (error instanceof VfsError) return error.errno;
    throw error;
  }
  return 0;
};

describe("a micro:bit's files", () => {
  const make = (): ReturnType<typeof createVfs> => createVfs(microbitV1.files, {});

  test("are written, read, listed and removed", () => {
    const vfs = make();
    vfs.onChange = vi.fn();
    const file = vfs.open("a.txt", "w");
    file.write(bytes("hello"));
    file.close();
    expect(vfs.onChange).toHaveBeenCalledTimes(1);
    expect(text(vfs.open("a.txt", "r").read(99))).toBe("hello");
    expect(vfs.list(".")).toEqual([{ name: "a.txt", kind: "file", size: 5 }]);
    vfs.remove("a.txt");
    expect(errnoOf(() => vfs.open("a.txt", "r"))).toBe(2);
  });

  test("fill the store by chunks, the first one shared with the name", () => {
    const vfs = make();
    const file = vfs.open("big", "w");
    const limit = 252 * 126 - 5;
    file.write(new Uint8Array(limit));
    expect(errnoOf(() => file.write(new Uint8Array(1)))).toBe(28);
    expect(errnoOf(() => vfs.open("more", "w"))).toBe(28);
    expect(vfs.space().free).toBe(0);
  });

  test("have names of up to 120 characters, and no folders", () => {
    const vfs = make();
    expect(errnoOf(() => vfs.open("n".repeat(121), "w"))).toBe(2);
    vfs.open("sub/a.txt", "w").close();
    expect(Object.keys(vfs.snapshot())).toEqual(["sub/a.txt"]);
  });

  test("cannot be written through a reader, nor read through a writer", () => {
    const vfs = createVfs(microbitV1.files, { a: bytes("x") });
    expect(errnoOf(() => vfs.open("a", "r").write(bytes("y")))).toBe(9);
    expect(errnoOf(() => vfs.open("a", "w").read(1))).toBe(9);
  });
});

describe("a pyboard's files", () => {
  const make = (): ReturnType<typeof createVfs> => createVfs(pyboardV11.files, { "main.py": bytes("x"), "lib/m.py": bytes("y") });

  test("lie under /flash, where the program starts", () => {
    const vfs = make();
    expect(vfs.getcwd()).toBe("/flash");
    expect(vfs.list("/")).toEqual([{ name: "flash", kind: "dir", size: 0 }]);
    expect(text(vfs.open("/flash/lib/m.py", "r").read(9))).toBe("y");
    vfs.chdir("lib");
    expect(text(vfs.open("m.py", "r").read(9))).toBe("y");
    expect(text(vfs.open("../main.py", "r").read(9))).toBe("x");
  });

  test("have folders with their errors", () => {
    const vfs = make();
    vfs.mkdir("d");
    expect(errnoOf(() => vfs.mkdir("d"))).toBe(17);
    expect(errnoOf(() => vfs.open("no/x", "w"))).toBe(2);
    expect(errnoOf(() => vfs.rmdir("lib"))).toBe(39);
    expect(errnoOf(() => vfs.open("lib", "r"))).toBe(21);
    vfs.rename("main.py", "d/n.py");
    expect(Object.keys(vfs.snapshot()).sort()).toEqual(["d/n.py", "lib/m.py"]);
    expect(text(vfs.get("d/n.py"))).toBe("x");
  });

  test("append, seek and overwrite in place", () => {
    const vfs = make();
    const file = vfs.open("f", "w+");
    file.write(bytes("hello"));
    file.seek(1, 0);
    file.write(bytes("a"));
    file.seek(0, 0);
    expect(text(file.read(9))).toBe("hallo");
    file.close();
    const more = vfs.open("f", "a");
    more.write(bytes("!"));
    more.close();
    expect(text(vfs.get("f"))).toBe("hallo!");
    expect(errnoOf(() => vfs.open("f", "x"))).toBe(17);
  });

  test("come back from a snapshot, empty folders too", () => {
    const vfs = make();
    vfs.mkdir("empty");
    const again = createVfs(pyboardV11.files, vfs.snapshot());
    expect(again.stat("empty").kind).toBe("dir");
    expect(again.snapshot()).toEqual(vfs.snapshot());
  });
});
