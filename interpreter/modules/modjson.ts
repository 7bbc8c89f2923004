// json (extmod/modjson.c).
import { bufferOf, decodeUtf8 } from "../objects/objbytes.ts";
import { PyDict } from "../objects/objdict.ts";
import { fun, funVar } from "../objects/objfun.ts";
import { PyFloat } from "../objects/objfloat.ts";
import { PyList } from "../objects/objlist.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { raiseValueError } from "../objects/objexcept.ts";
import { parseFloating, parseInteger } from "../objects/numbermethods.ts";
import { run, type Gen, type Obj } from "../objects/obj.ts";
import { loadAttr } from "../vm/attr.ts";
import { call } from "../vm/call.ts";
import { printOf, strOf } from "../vm/print.ts";
import { register } from "./registry.ts";

/** JSON text of a value. Strings are quoted as JSON has it; separators may be given. */
function* toJson(o: Obj, item: string, key: string): Gen<string> {
  if (typeof o === "string") return quoteJson(o);
  if (o instanceof PyList || o instanceof PyTuple) {
    const parts: string[] = [];
    for (const part of o.items) parts.push(yield* toJson(part, item, key));
    return `[${parts.join(item)}]`;
  }
  if (o instanceof PyDict) {
    const parts: string[] = [];
    for (const entry of o.entries()) {
      const name =
        typeof entry.key === "string"
          ? entry.key
          : entry.key === null
            ? "null"
            : typeof entry.key === "boolean"
              ? String(entry.key)
              : yield* run(strOf(entry.key));
      parts.push(quoteJson(name) + key + (yield* toJson(entry.value!, item, key)));
    }
    return `{${parts.join(item)}}`;
  }
  return yield* run(printOf(o, "json"));
}

function quoteJson(text: string): string {
  let out = '"';
  for (const c of text) {
    if (c === '"' || c === "\\") out += `\\${c}`;
    else if (c === "\n") out += "\\n";
    else if (c === "\r") out += "\\r";
    else if (c === "\t") out += "\\t";
    else if (c < " ") out += `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
    else out += c;
  }
  return `${out}"`;
}

function separators(o: Obj | undefined): [string, string] {
  return o instanceof PyTuple ? [String(o.items[0]), String(o.items[1])] : [", ", ": "];
}

const MAX_DEPTH = 500;

/** Reads one JSON value. Raises ValueError, "syntax error in JSON". */
function parseJson(text: string): Obj {
  let i = 0;
  const fail = (): never => raiseValueError("syntax error in JSON");
  const space = (): void => {
    // Commas and colons count as space: MicroPython's reader is that lenient.
    while (i < text.length && " \t\n\r,:".includes(text[i]!)) i++;
  };
  const value = (depth: number): Obj => {
    if (depth > MAX_DEPTH) fail();
    space();
    const c = text[i];
    if (c === undefined) fail();
    if (text.startsWith("null", i)) {
      i += 4;
      return null;
    }
    if (text.startsWith("true", i)) {
      i += 4;
      return true;
    }
    if (text.startsWith("false", i)) {
      i += 5;
      return false;
    }
    if (c === '"') return string();
    if (c === "-" || (c! >= "0" && c! <= "9")) {
      const number = /^-?\d+(\.\d*)?([eE][+-]?\d+)?/.exec(text.slice(i, i + 400));
      if (number === null) fail();
      i += number![0].length;
      return number![1] === undefined && number![2] === undefined
        ? parseInteger(number![0], 10)
        : PyFloat.of(parseFloating(number![0]));
    }
    if (c === "[") {
      i++;
      const items: Obj[] = [];
      for (;;) {
        space();
        if (text[i] === "]") {
          i++;
          return new PyList(items);
        }
        items.push(value(depth + 1));
      }
    }
    if (c === "{") {
      i++;
      const dict = new PyDict();
      for (;;) {
        space();
        if (text[i] === "}") {
          i++;
          return dict;
        }
        if (text[i] !== '"') fail();
        const key = string();
        dict.setStr(key, value(depth + 1));
      }
    }
    return fail();
  };
  const string = (): string => {
    i++;
    let out = "";
    for (;;) {
      const c = text[i++];
      if (c === undefined) fail();
      if (c === '"') return out;
      if (c !== "\\") {
        out += c;
        continue;
      }
      const e = text[i++];
      switch (e) {
        case "b":
          out += "\b";
          break;
        case "f":
          out += "\f";
          break;
        case "n":
          out += "\n";
          break;
        case "r":
          out += "\r";
          break;
        case "t":
          out += "\t";
          break;
        case "u": {
          const hex = /^[0-9a-fA-F]{4}/.exec(text.slice(i, i + 4));
          if (hex === null) fail();
          out += String.fromCharCode(Number.parseInt(hex![0], 16));
          i += 4;
          break;
        }
        default:
          out += e ?? "";
      }
    }
  };
  const result = value(0);
  space();
  if (i < text.length) fail();
  return result;
}

register("json", {
  isExtensible: true,
  members: () => ({
    dumps: funVar(
      "dumps",
      function* (args, kw): Gen {
        const [item, key] = separators(kw?.get("separators"));
        return yield* toJson(args[0]!, item, key);
      },
      1,
      1,
    ),
    dump: funVar(
      "dump",
      function* (args, kw): Gen {
        const [item, key] = separators(kw?.get("separators"));
        yield* run(call(yield* run(loadAttr(args[1]!, "write")), [yield* toJson(args[0]!, item, key)], null));
        return null;
      },
      2,
      2,
    ),
    loads: fun("loads", (source: Obj) =>
      parseJson(typeof source === "string" ? source : decodeUtf8(bufferOf(source) ?? new Uint8Array(0))),
    ),
    load: fun("load", function* (stream: Obj): Gen {
      const text = yield* run(call(yield* run(loadAttr(stream, "read")), [], null));
      return parseJson(typeof text === "string" ? text : decodeUtf8(bufferOf(text)!));
    }),
  }),
});
