// hashlib: md5, sha1, sha256 (extmod/modhashlib.c); the sums themselves are @noble/hashes'.
import { _MD5, _SHA1 } from "@noble/hashes/legacy.js";
import { _SHA256 } from "@noble/hashes/sha2.js";
import { PyBytes } from "../objects/objbytes.ts";
import { checkArgs, fun } from "../objects/objfun.ts";
import { raiseValueError } from "../objects/objexcept.ts";
import { mp } from "../objects/mpstate.ts";
import { PyObj, PyType, type Obj } from "../objects/obj.ts";
import { readBuffer } from "./buffer.ts";
import { register } from "./registry.ts";

interface Sum {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

class PyHash extends PyObj {
  override readonly type: PyType;
  /** null once the digest has been asked for. */
  sum: Sum | null;
  constructor(type: PyType, sum: Sum) {
    super();
    this.type = type;
    this.sum = sum;
  }
}

function sumOf(self: PyHash): Sum {
  if (self.sum === null) raiseValueError("hash is final");
  return self.sum;
}

function update(self: PyHash, data: Obj): Obj {
  const sum = sumOf(self);
  sum.update(readBuffer(data));
  return null;
}

function hashType(name: string, create: () => Sum): PyType {
  const type = new PyType(name);
  type.makeNew = (of, args, kw) => {
    checkArgs(args.length, kw, 0, 1);
    const self = new PyHash(type, create());
    if (args.length > 0) update(self, args[0]!);
    return self;
  };
  type.proto.$update = fun("update", update);
  type.proto.$digest = fun("digest", (self: PyHash) => {
    const digest = sumOf(self).digest();
    self.sum = null;
    return new PyBytes(digest);
  });
  return type;
}

const typeSha256 = hashType("sha256", () => new _SHA256());
const typeSha1 = hashType("sha1", () => new _SHA1());
const typeMd5 = hashType("md5", () => new _MD5());

register("hashlib", {
  isExtensible: true,
  // sha1 and md5 come with TLS, which boards leave out.
  members: () => ({
    sha256: typeSha256,
    ...(mp.config.romLevel === "everything" ? { sha1: typeSha1, md5: typeMd5 } : {}),
  }),
});
