// Bytecode as text, byte for byte what `micropython -v -v` prints (py/showbc.c). Addresses, which that prints for children and
// constants, are whatever number the caller gives an object.
import { decodePrelude, lineIncrements, readInstruction } from "../vm/prelude.ts";
import type { Obj } from "../objects/obj.ts";
import * as bc0 from "./bc0.ts";
import type { ModuleContext, RawCode } from "./rawcode.ts";

/** How the dump names things that only the running VM knows. */
export interface ShowNames {
  /** "7f2a10" of a raw code or a constant, without 0x. */
  address(of: object | string | number | bigint | boolean | null): string;
  repr(o: Obj): string;
}

const names = new Map<number, string>();
for (const [name, value] of Object.entries(bc0)) {
  if (
    typeof value === "number" &&
    value >= bc0.BASE_QSTR &&
    value < bc0.LOAD_CONST_SMALL_INT_MULTI &&
    !/^(BASE|INPLACE|BINARY|UNARY|SCOPE)_/.test(name)
  )
    names.set(value, name);
}

const unaryMethods = ["__pos__", "__neg__", "__invert__", ""];
const inplace = "or xor and lshift rshift add sub mul matmul floordiv truediv mod pow".split(" ");
const binaryMethods = [
  ..."lt gt eq le ge ne".split(" ").map((name) => `__${name}__`),
  "",
  "",
  "",
  ...inplace.map((name) => `__i${name}__`),
  ...inplace.map((name) => `__${name}__`),
];
// The null qstr, which operators without a method have, prints as "*" would not: MicroPython shows nothing for it.

/** One function and, after it, its children, as the unix port lists them with -v -v. */
export function showRawCode(rc: RawCode, context: ModuleContext, show: ShowNames): string {
  // In the order in which the compiler meets them: all of one level before the next.
  const all = [rc];
  for (const code of all) all.push(...code.children);
  return all.map((code) => showFunction(code, context, show)).join("");
}

function showFunction(rc: RawCode, context: ModuleContext, show: ShowNames): string {
  const { bytes } = rc;
  const prelude = decodePrelude(bytes, context.qstrs);
  const at = show.address(rc);
  const lines = [
    `File ${context.qstrs[0]!}, code block '${prelude.name}' (descriptor: 0x${at}, bytecode @0x${at} ${bytes.length} bytes)`,
    `Raw bytecode (code_info_size=${prelude.opcodes}, bytecode_size=${bytes.length - prelude.opcodes}):`,
  ];
  for (let i = 0; i < bytes.length; i += 16) {
    lines.push([...bytes.subarray(i, i + 16)].map((b) => ` ${b.toString(16).padStart(2, "0")}`).join(""));
  }
  lines.push(`arg names:${prelude.argNames.map((name) => ` ${name}`).join("")}`);
  lines.push(`(N_STATE ${prelude.nState})`, `(N_EXC_STACK ${prelude.nExcStack})`);
  for (const cell of prelude.cells) lines.push(`(INIT_CELL ${cell})`);
  let bc = 0;
  let line = 1;
  lines.push(`  bc=${bc} line=${line}`);
  for (const [bytesOn, linesOn] of lineIncrements(bytes, prelude.lineInfo, prelude.lineInfoTop)) {
    bc += bytesOn;
    line += linesOn;
    lines.push(`  bc=${bc} line=${line}`);
  }
  for (let ip = prelude.opcodes; ip < bytes.length;) {
    const { text, next } = showInstruction(rc, ip, prelude.opcodes, context, show);
    lines.push(`${String(ip - prelude.opcodes).padStart(2, "0")} ${text}`);
    ip = next;
  }
  return `${lines.join("\n")}\n`;
}

function showInstruction(
  rc: RawCode,
  ip: number,
  start: number,
  context: ModuleContext,
  show: ShowNames,
): { text: string; next: number } {
  const { op, arg, extra, next } = readInstruction(rc.bytes, ip);
  const number = Number(arg);
  let text: string;
  if (op >= bc0.BINARY_OP_MULTI) text = `BINARY_OP ${op - bc0.BINARY_OP_MULTI} ${binaryMethods[op - bc0.BINARY_OP_MULTI] ?? ""}`;
  else if (op >= bc0.UNARY_OP_MULTI) text = `UNARY_OP ${op - bc0.UNARY_OP_MULTI} ${unaryMethods[op - bc0.UNARY_OP_MULTI] ?? ""}`;
  else if (op >= bc0.STORE_FAST_MULTI) text = `STORE_FAST ${op - bc0.STORE_FAST_MULTI}`;
  else if (op >= bc0.LOAD_FAST_MULTI) text = `LOAD_FAST ${op - bc0.LOAD_FAST_MULTI}`;
  else if (op >= bc0.LOAD_CONST_SMALL_INT_MULTI) text = `LOAD_CONST_SMALL_INT ${op - bc0.LOAD_CONST_SMALL_INT_MULTI - 16}`;
  else text = names.get(op) ?? `byte code 0x${op.toString(16).padStart(2, "0")} not implemented`;
  switch (op) {
    case bc0.LOAD_CONST_STRING:
    case bc0.IMPORT_NAME:
    case bc0.IMPORT_FROM:
      text += ` '${context.qstrs[number]!}'`;
      break;
    case bc0.LOAD_CONST_OBJ: {
      const o = context.objs[number]!;
      text += ` 0x${show.address(o as never)}=${show.repr(o)}`;
      break;
    }
    case bc0.MAKE_FUNCTION:
    case bc0.MAKE_FUNCTION_DEFARGS:
    case bc0.MAKE_CLOSURE:
    case bc0.MAKE_CLOSURE_DEFARGS:
      text += ` 0x${show.address(rc.children[number]!)}`;
      if (op <= bc0.MAKE_CLOSURE_DEFARGS) text += ` ${extra}`;
      break;
    case bc0.CALL_FUNCTION:
    case bc0.CALL_FUNCTION_VAR_KW:
    case bc0.CALL_METHOD:
    case bc0.CALL_METHOD_VAR_KW:
      text += ` n=${number & 0xff} nkw=${(number >> 8) & 0xff}`;
      break;
    default:
      if (op < bc0.LOAD_CONST_STRING) break;
      else if (op <= bc0.IMPORT_FROM) text += ` ${context.qstrs[number]!}`;
      else if (op >= bc0.UNWIND_JUMP && op <= bc0.FOR_ITER) {
        text += ` ${number - start}`;
        if (op === bc0.UNWIND_JUMP) text += ` ${extra}`;
      } else if (op < bc0.UNWIND_JUMP) text += ` ${arg}`;
  }
  return { text, next };
}
