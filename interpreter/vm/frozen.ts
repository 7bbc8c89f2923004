// Modules that are part of the firmware as Python text (py/frozenmod.c): found under ".frozen" in sys.path and compiled when
// first imported, without assertions and line numbers, as MicroPython freezes its own. Who has some calls `freeze`.
import type { MpConfig } from "../mpconfig.ts";
import { mp } from "../objects/mpstate.ts";

export const FROZEN = ".frozen";
/** The optimisation level that frozen modules are compiled at. */
export const FROZEN_OPT_LEVEL = 3;

interface FrozenFile {
  readonly source: string;
  readonly when: (config: MpConfig) => boolean;
}

const files = new Map<string, FrozenFile>();

/** Adds a module: `path` as in "asyncio/core.py". */
export function freeze(path: string, source: string, when: (config: MpConfig) => boolean): void {
  files.set(path, { source, when });
}

function visible(): string[] {
  return [...files].filter(([path, file]) => file.when(mp.config) && isListed(path)).map(([path]) => path);
}

// A board that lists its modules names packages too.
function isListed(path: string): boolean {
  return mp.config.modules?.includes(path.replace(/(\/.*|\.py)$/, "")) !== false;
}

export function isFrozenPath(path: string): boolean {
  return path === FROZEN || path.startsWith(`${FROZEN}/`);
}

/** What is at ".frozen/...". */
export function frozenKind(path: string): "file" | "dir" | null {
  const inside = path.slice(FROZEN.length + 1);
  const names = visible();
  if (names.includes(inside)) return "file";
  return names.some((name) => name.startsWith(`${inside}/`)) ? "dir" : null;
}

/** The text of ".frozen/asyncio/core.py", and the name it has in tracebacks. */
export function frozenFile(path: string): { readonly source: string; readonly name: string } {
  const name = path.slice(FROZEN.length + 1);
  return { source: files.get(name)!.source, name };
}

/** As help("modules") lists them: "asyncio/__init__", "asyncio/core". */
export function frozenNames(): string[] {
  return visible().map((path) => path.replace(/\.py$/, ""));
}
