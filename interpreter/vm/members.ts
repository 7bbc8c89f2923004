// What a firmware leaves out of the built-in types: MpConfig.typeMembers names what it has. The types are one for all VMs, so what
// the VM that runs now does not have is taken away while it runs: an attribute whose value is undefined is not there.
import type { MpConfig } from "../mpconfig.ts";
import { onConfig } from "../objects/mpstate.ts";
import {
  typeArray,
  typeBytearray,
  typeBytes,
  typeDict,
  typeFloat,
  typeFrozenset,
  typeGenerator,
  typeInt,
  typeList,
  typeMemoryview,
  typeModule,
  typeObject,
  typeSet,
  typeSlice,
  typeStr,
  typeTuple,
  type Attrs,
  type PyType,
} from "../objects/obj.ts";

const types = [
  ...[typeArray, typeBytearray, typeBytes, typeDict, typeFloat, typeFrozenset, typeGenerator, typeInt, typeList],
  ...[typeMemoryview, typeModule, typeObject, typeSet, typeSlice, typeStr, typeTuple],
];

let away: { readonly proto: Attrs; readonly key: keyof Attrs; readonly value: Attrs[keyof Attrs] }[] = [];

/** The names that the firmware gives a type, in its table's order; undefined: all that we have. */
export function membersOfType(config: MpConfig, name: string): readonly string[] | undefined {
  return wordsOf(config.typeMembers?.[name]);
}

/** The same of a module of the library. */
export function membersOfModule(config: MpConfig, name: string): readonly string[] | undefined {
  return wordsOf(config.moduleMembers?.[name]);
}

function wordsOf(text: string | undefined): readonly string[] | undefined {
  return text?.split(" ").filter((word) => word !== "");
}

function apply(config: MpConfig): void {
  for (const { proto, key, value } of away) proto[key] = value;
  away = [];
  for (const type of types) {
    const listed = membersOfType(config, type.name);
    if (listed !== undefined) takeAway(type, new Set(listed.map((name) => `$${name}`)));
  }
}

function takeAway(type: PyType, kept: ReadonlySet<string>): void {
  for (const key of Object.keys(type.proto) as (keyof Attrs)[]) {
    if (!key.startsWith("$") || kept.has(key)) continue;
    away.push({ proto: type.proto, key, value: type.proto[key] });
    (type.proto as Record<string, unknown>)[key] = undefined;
  }
}

onConfig(apply);
