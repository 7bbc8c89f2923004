// sys.stdin, sys.stdout and sys.stderr: the console as streams, and by `.buffer` as bytes (shared/runtime/sys_stdio_mphal.c;
// on the unix port extmod/vfs_posix_file.c). What the console does with the bytes is the host's matter.
import { fun } from "../objects/objfun.ts";
import { encodeUtf8 } from "../objects/objbytes.ts";
import { mp } from "../objects/mpstate.ts";
import { PyObj, PyType, type Gen } from "../objects/obj.ts";
import {
  defineStream,
  fileMethods,
  STREAM_CLOSE,
  STREAM_FLUSH,
  STREAM_GET_FILENO,
  STREAM_POLL,
  POLL_RD,
  POLL_WR,
} from "../vm/stream.ts";
import { typeFileIO, typeTextIO } from "./vfs/vfs_posix.ts";

const EPERM = 1;
const EINVAL = 22;

const isPosix = (): boolean => mp.config.hostMount?.type === "VfsPosix";

/** One end of the console: 0 is read, 1 and 2 are written. */
class PyStdio extends PyObj {
  override readonly type: PyType;
  readonly fd: number;
  readonly isBinary: boolean;
  readonly buffer: PyStdio | null;
  constructor(type: PyType, fd: number, buffer: PyStdio | null) {
    super();
    this.type = type;
    this.fd = fd;
    this.isBinary = buffer === null;
    this.buffer = buffer;
  }
}

// Posix shows its ends as files; to isinstance they are of the files' types.
const typePosixText = new PyType("TextIOWrapper", [typeTextIO]);
const typePosixBytes = new PyType("FileIO", [typeFileIO]);
const typeBoardText = new PyType("TextIOWrapper");
/** What it was called up to release 1.18. */
const typeOldText = new PyType("FileIO");
const typeBoardBytes = new PyType("FileIO");

function* read(self: PyStdio, into: Uint8Array): Gen<number> {
  if (self.fd !== 0) return isPosix() ? -9 : -EPERM;
  let done = 0;
  // A board waits until it has all that was asked for; posix gives what is there.
  while (done < into.length) {
    while (mp.stdin.length === 0) {
      if (mp.stdinEnded || (isPosix() && done > 0)) return done;
      yield { wait: "stdin" };
    }
    const byte = mp.stdin.shift()!;
    into[done++] = byte === 13 && !self.isBinary && !isPosix() ? 10 : byte;
  }
  return done;
}

function write(self: PyStdio, bytes: Uint8Array): number {
  if (self.fd === 0) return isPosix() ? -9 : -EPERM;
  const { vfs, stdio } = mp.host;
  if (self.fd === 2 && vfs.openNumber !== undefined) vfs.openNumber(2).write(bytes.slice());
  else if (self.isBinary) stdio.write(bytes.slice());
  else mp.printBytes(bytes.slice());
  return bytes.length;
}

function ioctl(self: PyStdio, request: number, arg: unknown): number {
  if (request === STREAM_POLL && typeof arg === "number") {
    const hasInput = mp.stdin.length > 0 || mp.stdinEnded;
    return (hasInput ? arg & POLL_RD : 0) | (arg & POLL_WR);
  }
  if (request === STREAM_CLOSE || (request === STREAM_FLUSH && isPosix())) return 0;
  return request === STREAM_GET_FILENO && isPosix() ? self.fd : -EINVAL;
}

for (const type of [typePosixText, typePosixBytes, typeBoardText, typeOldText, typeBoardBytes]) {
  const onPosix = type === typePosixText || type === typePosixBytes;
  const names = onPosix ? fileMethods : fileMethods.filter((name) => !["flush", "seek", "tell", "__del__"].includes(name));
  defineStream(type, { isText: type !== typePosixBytes && type !== typeBoardBytes, read, write, ioctl }, names);
  type.print = (self: PyStdio) => `<io.${type.name} ${self.fd}>`;
  type.attr = (self: PyStdio, name) => (name === "buffer" && self.buffer !== null ? self.buffer : undefined);
  if (onPosix) type.proto.$fileno = fun("fileno", (self: PyStdio) => self.fd, 1);
  else type.proto.$close = fun("close", (self: PyStdio) => self, 1);
}

/** stdin (0), stdout (1) or stderr (2) as a program sees it. */
export function newStdio(fd: 0 | 1 | 2): PyStdio {
  const buffer = new PyStdio(isPosix() ? typePosixBytes : typeBoardBytes, fd, null);
  const boardText = mp.config.release === "1.28" ? typeBoardText : typeOldText;
  return new PyStdio(isPosix() ? typePosixText : boardText, fd, buffer);
}

/** Writes to stderr, or where that is to be seen (MICROPY_ERROR_PRINTER). */
export function printError(text: string): void {
  write(newStdio(2), encodeUtf8(text));
}
