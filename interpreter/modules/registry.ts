// Which built-in modules there are, and what makes them (py/objmodule.c). Each is made when first imported.
import type { MpConfig } from "../mpconfig.ts";
import type { Obj } from "../objects/obj.ts";
import type { PyModule } from "../objects/objmodule.ts";

export interface BuiltinModule {
  readonly isExtensible: boolean;
  members(module: PyModule): Readonly<Record<string, Obj>>;
  /** Absent from boards that say so. */
  readonly when?: (config: MpConfig) => boolean;
}

const registry = new Map<string, BuiltinModule>();

export function register(name: string, module: BuiltinModule): void {
  registry.set(name, module);
}

export function builtinModule(name: string, config: MpConfig): BuiltinModule | undefined {
  const module = registry.get(name);
  return module === undefined || !isThere(name, module, config) ? undefined : module;
}

/** The names of the library's modules as the firmware has them. */
export function builtinModuleNames(config: MpConfig): string[] {
  if (config.modules !== undefined) return [...config.modules];
  return [...registry].filter(([name, module]) => isThere(name, module, config)).map(([name]) => name);
}

/** A module's __name__. */
export function moduleName(name: string, { modules }: MpConfig): string {
  return name !== "sys" && modules?.includes(`u${name}`) === true ? `u${name}` : name;
}

/** "time" is "utime" where the firmware calls it so; undefined: it has no such module. */
export function firmwareName(name: string, { modules }: MpConfig): string | undefined {
  if (modules === undefined || modules.includes(name)) return name;
  return modules.includes(`u${name}`) ? `u${name}` : undefined;
}

function isThere(name: string, module: BuiltinModule, config: MpConfig): boolean {
  return module.when?.(config) !== false && (config.modules === undefined || firmwareName(name, config) !== undefined);
}
