// cryptolib: AES in ECB, CBC and CTR mode with keys of 128 and 256 bits (extmod/modcryptolib.c). The cipher of a
// block is @stablelib's, which makes its tables when it is first used; the chaining is here, as an object goes on where its
// last call ended.
import { AES } from "@stablelib/aes";
import { getInt } from "../native.ts";
import { PyBytes } from "../objects/objbytes.ts";
import { checkArgs, fun } from "../objects/objfun.ts";
import { raiseValueError } from "../objects/objexcept.ts";
import { PyObj, PyType, type Obj } from "../objects/obj.ts";
import { readBuffer, writeBuffer } from "./buffer.ts";
import { register } from "./registry.ts";

const ECB = 1;
const CBC = 2;
const CTR = 6;
const BLOCK = 16;

class PyAes extends PyObj {
  declare type: PyType;
  readonly mode: number;
  readonly cipher: AES;
  /** The block that the next one is chained with: CBC's last ciphertext, CTR's counter. */
  iv: Uint8Array;
  /** CTR: the encrypted counter, and how much of it has been used. */
  pad: Uint8Array = new Uint8Array(BLOCK);
  padUsed = 0;
  /** Set by the first call: an object goes one way only. */
  isEncrypting: boolean | null = null;
  constructor(mode: number, key: Uint8Array, iv: Uint8Array) {
    super();
    this.mode = mode;
    this.cipher = new AES(key);
    this.iv = iv;
  }
}
const typeAes = new PyType("aes");
PyAes.prototype.type = typeAes;

typeAes.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 2, 3);
  const mode = getInt(args[1]!);
  if (mode !== ECB && mode !== CBC && mode !== CTR) raiseValueError("mode");
  const key = readBuffer(args[0]!).slice();
  if (key.length !== 16 && key.length !== 32) raiseValueError("key");
  let iv = new Uint8Array(BLOCK);
  if (args[2] !== undefined && args[2] !== null) {
    iv = readBuffer(args[2]).slice();
    if (iv.length !== BLOCK) raiseValueError("IV");
  } else if (mode !== ECB) raiseValueError("IV");
  return new PyAes(mode, key, iv);
};

function counted(self: PyAes, input: Uint8Array): Uint8Array {
  const out = new Uint8Array(input.length);
  for (let i = 0; i < input.length; i++) {
    if (self.padUsed === 0) {
      self.cipher.encryptBlock(self.iv, self.pad);
      for (let k = BLOCK - 1; k >= 0; k--) {
        self.iv[k] = (self.iv[k]! + 1) & 0xff;
        if (self.iv[k] !== 0) break;
      }
    }
    out[i] = input[i]! ^ self.pad[self.padUsed]!;
    self.padUsed = (self.padUsed + 1) % BLOCK;
  }
  return out;
}

function xor(block: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < BLOCK; i++) block[i]! ^= other[i]!;
}

/** Block after block; in CBC each is mixed with the ciphertext before it. */
function blocks(self: PyAes, input: Uint8Array, isEncrypting: boolean): Uint8Array {
  const out = input.slice();
  for (let at = 0; at < input.length; at += BLOCK) {
    const block = out.subarray(at, at + BLOCK);
    if (isEncrypting) {
      if (self.mode === CBC) xor(block, self.iv);
      self.cipher.encryptBlock(block, block);
      if (self.mode === CBC) self.iv.set(block);
    } else {
      self.cipher.decryptBlock(block, block);
      if (self.mode !== CBC) continue;
      xor(block, self.iv);
      self.iv.set(input.subarray(at, at + BLOCK));
    }
  }
  return out;
}

function process(isEncrypting: boolean) {
  return (self: PyAes, data: Obj, into?: Obj): Obj => {
    const input = readBuffer(data).slice();
    if (self.mode !== CTR && input.length % BLOCK !== 0) raiseValueError("blksize % 16");
    const buffer = into === undefined ? null : writeBuffer(into);
    if (buffer !== null && buffer.length < input.length) raiseValueError("output too small");
    if (self.isEncrypting !== null && self.isEncrypting !== isEncrypting) raiseValueError("can't encrypt & decrypt");
    self.isEncrypting = isEncrypting;
    const out = self.mode === CTR ? counted(self, input) : blocks(self, input, isEncrypting);
    if (buffer === null) return new PyBytes(out);
    buffer.set(out);
    return into!;
  };
}
typeAes.proto.$encrypt = fun("encrypt", process(true), 2, 3);
typeAes.proto.$decrypt = fun("decrypt", process(false), 2, 3);

register("cryptolib", {
  isExtensible: true,
  when: (config) => config.romLevel === "everything",
  members: () => ({ aes: typeAes }),
});
