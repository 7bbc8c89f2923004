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

export function builtinModuleNames(config: MpConfig): string[] {
  return [...registry].filter(([name, module]) => isThere(name, module, config)).map(([name]) => name);
}

function isThere(name: string, module: BuiltinModule, config: MpConfig): boolean {
  return module.when?.(config) !== false && config.modules?.includes(name) !== false;
}
