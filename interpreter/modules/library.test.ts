// Modules that the npm MicroPython does not have, so that no .exp file can be written for them.
// AES: NIST SP 800-38A appendix F. md5 and sha1: RFC 1321 and FIPS 180-2. re: tests/extmod/re_span.py, re_groups.py, re_debug.py.
// asyncio: extmod/asyncio, whose npm build has another scheduler; traceback as a pyboard prints it.
import { expect, test } from "vitest";
import { createVm } from "../index.ts";
import { unixCoverage, type MpConfig } from "../mpconfig.ts";
import { VfsError, type Host } from "../host.ts";

function output(program: string, config: MpConfig = unixCoverage): string {
  let text = "";
  const clock = { ns: 0, alarm: () => ({ cancel: () => {} }) };
  const missing = (): never => {
    throw new VfsError(2);
  };
  const host: Host = {
    clock,
    stdio: { write: (bytes) => (text += new TextDecoder().decode(bytes)) },
    vfs: {
      open: missing,
      stat: missing,
      list: () => [],
      remove: missing,
      mkdir: missing,
      rmdir: missing,
      rename: missing,
      chdir: missing,
      getcwd: () => "/",
      space: () => ({ total: 0, free: 0 }),
    },
    random32: () => 1,
  };
  const vm = createVm(host, config, []);
  vm.load(program, "main.py");
  for (let i = 0; i < 1000; i++) {
    const stop = vm.run(100000);
    if (stop.why === "raised") return text + stop.error.traceback;
    if (stop.why === "sleep" && Number.isFinite(stop.until)) clock.ns = stop.until;
    else if (stop.why !== "budget") return text;
  }
  return `${text}still running`;
}

const hex = `from binascii import unhexlify as h, hexlify
key = h("2b7e151628aed2a6abf7158809cf4f3c")
plain = h("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51")
from cryptolib import aes
`;

test.each([
  ["ECB", "c = aes(key, 1)", "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf"],
  ["CBC", "c = aes(key, 2, bytes(range(16)))", "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"],
  [
    "CTR",
    'c = aes(key, 6, h("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"))',
    "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff",
  ],
])("AES-128 in %s mode gives NIST's numbers, also in two calls", (mode, create, cipher) => {
  expect(output(`${hex}${create}\nprint(hexlify(c.encrypt(plain)))`)).toBe(`b'${cipher}'\n`);
  expect(output(`${hex}${create}\nprint(hexlify(c.encrypt(plain[:16]) + c.encrypt(plain[16:])))`)).toBe(`b'${cipher}'\n`);
  expect(output(`${hex}${create}\nprint(c.decrypt(h("${cipher}")) == plain)`)).toBe("True\n");
});

test("cryptolib's errors are MicroPython's", () => {
  const program = `${hex}
def tell(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
c = aes(key, 1)
c.encrypt(plain)
for f in (lambda: aes(key, 3), lambda: aes(b"x" * 24, 1), lambda: aes(key, 2), lambda: aes(key, 2, b"x"), lambda: c.encrypt(b"x"),
    lambda: c.decrypt(plain), lambda: c.encrypt(plain, bytearray(8)), lambda: c.encrypt(plain, b"x" * 32)):
    tell(f)
`;
  expect(output(program).split("\n").slice(0, -1)).toEqual([
    "ValueError mode",
    "ValueError key",
    "ValueError IV",
    "ValueError IV",
    "ValueError blksize % 16",
    "ValueError can't encrypt & decrypt",
    "ValueError output too small",
    "TypeError object with buffer protocol required",
  ]);
});

test("md5 and sha1 give the sums of their specifications", () => {
  const program = `import hashlib
from binascii import hexlify
print(hexlify(hashlib.md5(b"abc").digest()), hexlify(hashlib.sha1(b"abc").digest()))`;
  expect(output(program)).toBe("b'900150983cd24fb0d6963f7d28e17f72' b'a9993e364706816aba3e25717850c26c9cd0d89d'\n");
});

test("a match tells its groups and where they are, in characters", () => {
  const program = `import re
m = re.search("((?:é)+)(b)?", "aéé")
print(m.groups(), m.span(), m.span(2), m.start(1), m.end(1), re.match("a", "a").groups())`;
  expect(output(program)).toBe("('éé', None) (1, 3) (-1, -1) 1 3 ()\n");
});

test("patterns that nest or repeat without end raise RuntimeError", () => {
  const program = `import re
for f in (lambda: re.compile("(" * 70000), lambda: re.match("(a*)*", "aaa"), lambda: re.match("(a|b)*c", "a" * 100000)):
    try:
        f()
    except RuntimeError as e:
        print(e)`;
  expect(output(program)).toBe("maximum recursion depth exceeded\n".repeat(3));
});

test("an exception that ends asyncio.run passes the scheduler's frames, which have no line numbers", () => {
  const program = `import asyncio
async def main():
    await asyncio.sleep_ms(5)
    1/0
asyncio.run(main())`;
  expect(output(program)).toBe(
    `Traceback (most recent call last):
  File "main.py", line 5, in <module>
  File "asyncio/core.py", line 1, in run
  File "asyncio/core.py", line 1, in run_until_complete
  File "asyncio/core.py", line 1, in run_until_complete
  File "main.py", line 4, in main
ZeroDivisionError: divide by zero
`,
  );
});

test("tasks that are due at the same time run in the order they were queued, and time is the host's", () => {
  const program = `import asyncio, time
async def job(n, ms):
    await asyncio.sleep_ms(ms)
    print(n, time.ticks_ms())
async def main():
    await asyncio.gather(*[job(n, ms) for n, ms in enumerate((20, 10, 20, 10, 0))])
asyncio.run(main())`;
  expect(output(program)).toBe("4 0\n1 10\n3 10\n0 20\n2 20\n");
});

test("a stream is polled until it is ready or the time is over", () => {
  const program = `import io, select, time
class S(io.IOBase):
    n = 0
    def ioctl(self, request, arg):
        if request != 3:
            return -1
        self.n += 1
        return arg if self.n > 3 else 0
p = select.poll()
s = S()
p.register(s, select.POLLIN)
print(p.poll(1), p.poll()[0][1], time.ticks_ms(), s.n)
p.modify(s, 0)
print(p.poll(50), time.ticks_ms())`;
  expect(output(program)).toBe("[] 1 2 4\n[] 52\n");
});

test("a firmware's level of features decides which modules and methods it has", () => {
  const program = `import re
for name in ("cryptolib", "asyncio", "uasyncio", "framebuf", "uctypes", "select", "deflate", "platform", "urandom"):
    try:
        __import__(name)
        print(name, end=" ")
    except ImportError:
        pass
import hashlib, deflate
print(hasattr(hashlib, "md5"), hasattr(deflate.DeflateIO, "write"), hasattr(re.match("a", "a"), "span"))`;
  const extra = { ...unixCoverage, romLevel: "extra", platform: "pyboard" } as const;
  expect(output(program, extra)).toBe("asyncio uasyncio framebuf uctypes select deflate platform urandom False False False\r\n");
  const none = output("import asyncio", { ...unixCoverage, romLevel: "core" });
  expect(none).toContain("ImportError: no module named 'asyncio'");
});

test("compressed bytes are MicroPython's, and what is written by bytes is read back", () => {
  const program = `import deflate, io
b = io.BytesIO()
with deflate.DeflateIO(b, deflate.GZIP, 9) as d:
    for n in range(50):
        d.write("hello %d " % n)
packed = b.getvalue()
print(len(packed), deflate.DeflateIO(io.BytesIO(packed)).read()[-9:])
b = io.BytesIO()
d = deflate.DeflateIO(b, deflate.ZLIB)
d.write(b"0" * 100)
d.close()
print(b.getvalue()[2:-4])`;
  expect(output(program)).toMatch(/^\d+ b'hello 49 '\nb'3\\xa0\\x03\\x00\\x00'\n$/);
});

test("memory is what its address says, and a pin seen through two inversions is itself", () => {
  const program = `import machine, uctypes
b = bytearray(b"\\x01\\x02\\x03\\x04")
a = uctypes.addressof(b)
machine.mem16[a + 2] = 0x1234
print(hex(machine.mem32[a]), b, machine.mem8)
try:
    machine.mem32[a + 1]
except ValueError as e:
    print("aligned" in str(e))
class Pin(machine.PinBase):
    def value(self, v=None):
        if v is not None:
            self.v = v
        return self.v
p = Pin()
s = machine.Signal(machine.Signal(p, invert=True), invert=True)
s.on()
print(p.v, s(), machine.Signal(p, invert=True).value())`;
  expect(output(program)).toBe("0x12340201 bytearray(b'\\x01\\x024\\x12') <8-bit memory>\nTrue\nTrue 1 0\n");
});
