// All blocks there are, by type, and the templates in the order in which they are tried.

import type { Expr, Stmt } from "../interpreter/syntax.ts";
import type { BlockDef } from "./block.ts";
import { SETS } from "./sets/index.ts";
import { STRUCTURES, type Structure } from "./structures.ts";
import { compileTemplate, indexKey, matchVariant, type Match, type Variant } from "./template.ts";

export const DEFS: ReadonlyMap<string, BlockDef> = new Map(SETS.map((def) => [def.type, def]));
export const STRUCTURE_OF: ReadonlyMap<string, Structure> = new Map(STRUCTURES.map((structure) => [structure.type, structure]));

let byType: Map<string, Variant[]> | null = null;
let byKey: Map<string, Variant[]> | null = null;

function compileAll(): void {
  byType = new Map();
  byKey = new Map();
  for (const def of SETS) {
    const variants = compileTemplate(def);
    byType.set(def.type, variants);
    for (const variant of variants) {
      const key = indexKey(variant.tree);
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [variant]);
      else list.push(variant);
    }
  }
  // The most special first; the sort is stable, so among equals the sets' own order decides.
  for (const list of byKey.values()) list.sort((a, b) => b.weight - a.weight);
}

/** The variant of a block for its chosen options; the first when an option is unknown. */
export function variantOf(type: string, fields: Readonly<Record<string, string>>): Variant | null {
  if (byType === null) compileAll();
  const variants = byType?.get(type);
  if (variants === undefined) return null;
  return variants.find(({ choices }) => Object.entries(choices).every(([name, value]) => fields[name] === value)) ?? variants[0];
}

export function variantsOf(type: string): readonly Variant[] {
  if (byType === null) compileAll();
  return byType?.get(type) ?? [];
}

/** All templates that fit, the most special first. */
export function* matches(node: Stmt | Expr): Generator<Match> {
  if (byKey === null) compileAll();
  for (const variant of byKey?.get(indexKey(node)) ?? []) {
    const match = matchVariant(variant, node);
    if (match !== null) yield match;
  }
}
