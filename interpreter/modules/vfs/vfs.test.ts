// File systems on block devices, as whole programs. npm's MicroPython has none of them: what is expected was printed by the unix
// port's coverage build (1.29-preview, commit 1c3c201149) running the same programs.
import { describe, expect, test } from "vitest";
import { VfsError, type Host, type Vfs } from "../../host.ts";
import { createVm } from "../../index.ts";
import { unixCoverage } from "../../mpconfig.ts";

const none = (): never => {
  throw new VfsError(2);
};
const noFiles = { stat: none, open: none, list: none, getcwd: () => "/" } as unknown as Vfs;

/** What a program prints, or its traceback. */
function run(source: string): string {
  let out = "";
  const host: Host = {
    clock: { ns: 1.7e18, alarm: () => ({ cancel: () => {} }) },
    stdio: { write: (bytes) => void (out += new TextDecoder().decode(bytes)) },
    vfs: noFiles,
    random32: () => 4,
  };
  const vm = createVm(host, unixCoverage, []);
  vm.load(source, "test.py");
  for (let n = 0; n < 10000; n++) {
    const stop = vm.run(100000);
    if (stop.why === "done") return out;
    if (stop.why === "raised") return out + stop.error.traceback;
  }
  return `${out}does not end`;
}

const device = `
import vfs
class Dev:
    def __init__(self, blocks, size=1024):
        self.size = size
        self.data = bytearray(blocks * size)
    def readblocks(self, n, buf, off=0):
        at = n * self.size + off
        buf[:] = self.data[at:at + len(buf)]
    def writeblocks(self, n, buf, off=0):
        at = n * self.size + off
        self.data[at:at + len(buf)] = buf
    def ioctl(self, op, arg):
        if op == 4: return len(self.data) // self.size
        if op == 5: return self.size
        if op == 6: return 0
`;

const session = `
def session(cls, dev):
    cls.mkfs(dev)
    fs = cls(dev)
    print(fs.statvfs("/")[:5])
    for i in range(20):
        with fs.open("file%02d.txt" % i, "w") as f:
            f.write("content %d " % i * i)
    fs.mkdir("Folder One")
    fs.chdir("Folder One")
    with fs.open("deep", "wb") as f:
        for i in range(30): f.write(bytes(range(100)))
        f.seek(1500); f.write(b"!")
    print(fs.getcwd(), list(fs.ilistdir()), fs.stat("deep")[6])
    with fs.open("deep", "r+b") as f:
        print(f.seek(1498), f.read(5), f.seek(0, 2), f.read(1))
    fs.rename("deep", "/moved.bin")
    fs.chdir("/")
    fs.rmdir("Folder One")
    for i in range(0, 20, 2): fs.remove("file%02d.txt" % i)
    print(sorted(e[0] for e in fs.ilistdir()), fs.statvfs("/")[3])
    again = cls(dev)
    with again.open("file19.txt", "r") as f: print(len(f.read()))
    for act in (lambda: fs.remove("none"), lambda: fs.rmdir("moved.bin"), lambda: fs.open("no/file", "r"),
                lambda: fs.mkdir("moved.bin"), lambda: fs.chdir("moved.bin"), lambda: fs.open("moved.bin", "x").close()):
        try: act(); print("done")
        except OSError as e: print(e.errno)
`;

const cases = [
  [
    "VfsFat",
    "Dev(200, 512)",
    [
      "(512, 512, 166, 166, 166)",
      "/Folder One [('deep', 32768, 0, 3000)] 3000",
      "1498 b'bc!\\x01\\x02' 3000 b''",
      "['file01.txt', 'file03.txt', 'file05.txt', 'file07.txt', 'file09.txt', 'file11.txt', 'file13.txt', 'file15.txt', 'file17.txt', 'file19.txt', 'moved.bin'] 150",
      "209",
      "2",
      "20",
      "2",
      "17",
      "2",
      "17",
      "",
    ].join("\n"),
  ],
  [
    "VfsLfs1",
    "Dev(60)",
    [
      "(1024, 1024, 60, 56, 56)",
      "/Folder One [('deep', 32768, 0, 3000)] 3000",
      "1498 b'bc!\\x01\\x02' 3000 b''",
      "['file01.txt', 'file03.txt', 'file05.txt', 'file07.txt', 'file09.txt', 'file11.txt', 'file13.txt', 'file15.txt', 'file17.txt', 'file19.txt', 'moved.bin'] 43",
      "209",
      "2",
      "done",
      "2",
      "done",
      "done",
      "done",
      "",
    ].join("\n"),
  ],
  [
    "VfsLfs2",
    "Dev(60)",
    [
      "(1024, 1024, 60, 58, 58)",
      "/Folder One [('deep', 32768, 0, 3000)] 3000",
      "1498 b'bc!\\x01\\x02' 3000 b''",
      "['file01.txt', 'file03.txt', 'file05.txt', 'file07.txt', 'file09.txt', 'file11.txt', 'file13.txt', 'file15.txt', 'file17.txt', 'file19.txt', 'moved.bin'] 45",
      "209",
      "2",
      "done",
      "2",
      "done",
      "done",
      "done",
      "",
    ].join("\n"),
  ],
] as const;

describe("a file system on a block device", () => {
  test.each(cases)("%s keeps files, folders and errors as the unix port does", (name, dev, expected) => {
    expect(run(`${device}${session}\nsession(vfs.${name}, ${dev})`)).toBe(expected);
  });

  test("finds the kind of what is mounted, and passes os calls on", () => {
    const program = `${device}
import os
for cls in (vfs.VfsFat, vfs.VfsLfs1, vfs.VfsLfs2):
    dev = Dev(60, 512)
    cls.mkfs(dev)
    vfs.mount(dev, "/d")
    with open("/d/a", "w") as f: f.write("x")
    os.chdir("/d")
    os.mkdir("b")
    print(str(vfs.mount()[0][0])[:8], os.getcwd(), os.listdir(), os.stat("/d/a")[6], os.listdir("/"))
    vfs.umount("/d")
    print(os.getcwd())
`;
    expect(run(`${program.replace("import os", 'import os\nvfs.umount("/")')}`)).toBe(
      [
        "<VfsFat> /d ['a', 'b'] 1 ['d']",
        "/",
        "<VfsLfs1 /d ['a', 'b'] 1 ['d']",
        "/",
        "<VfsLfs2 /d ['a', 'b'] 1 ['d']",
        "/",
        "",
      ].join("\n"),
    );
  });

  test("a device that is written to halfway leaves littlefs as it was before or after, never between", () => {
    // Power goes off after every number of writes; what is then mounted is one of the two.
    const program = `${device}
class Failing(Dev):
    left = 1 << 30
    def writeblocks(self, n, buf, off=0):
        if self.left == 0: raise OSError(5)
        self.left -= 1
        super().writeblocks(n, buf, off)
for cls in (vfs.VfsLfs1, vfs.VfsLfs2):
    seen = set()
    for cut in range(40):
        dev = Failing(40)
        cls.mkfs(dev)
        fs = cls(dev)
        with fs.open("a", "w") as f: f.write("old" * 100)
        fs.mkdir("d")
        dev.left = cut
        try:
            with fs.open("d/b", "w") as f: f.write("new" * 200)
            fs.rename("a", "d/c")
            fs.mkdir("e")
            fs.rmdir("e")
        except OSError: pass
        dev.left = 1 << 30
        fs = cls(dev)
        fs.mkdir("after")
        names = sorted([e[0] for e in fs.ilistdir("/")] + ["d/" + e[0] for e in fs.ilistdir("d")])
        for n in names:
            if n in ("a", "d/c"):
                with fs.open(n, "r") as f: assert f.read() == "old" * 100
            if n == "d/b":
                with fs.open(n, "r") as f: assert f.read() in ("", "new" * 200)
        assert ("a" in names) != ("d/c" in names), names
        seen.add(tuple(names))
    print(len(seen) > 3)
`;
    expect(run(program)).toBe("True\nTrue\n");
  });
});
