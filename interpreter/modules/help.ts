// help(): the board's own text, the list of modules, or what an object has (py/builtinhelp.c).
import { mp } from "../objects/mpstate.ts";
import { PyDict } from "../objects/objdict.ts";
import { PyModule } from "../objects/objmodule.ts";
import { PyInstance, PyType, run, typeOf, type Gen, type Obj } from "../objects/obj.ts";
import { frozenNames } from "../vm/frozen.ts";
import { membersOfType } from "../vm/members.ts";
import { strOf } from "../vm/print.ts";
import { builtinModuleNames } from "./registry.ts";

export function* helpOf(args: readonly Obj[]): Gen {
  if (args.length === 0) mp.print(mp.config.help);
  else if (args[0] === "modules") mp.print(moduleList());
  else mp.print(yield* describe(args[0]!));
  return null;
}

// Four columns of 18, filled downwards.
function moduleList(): string {
  const names = [
    ...new Set(["__main__", "builtins", ...mp.moduleNames(), ...builtinModuleNames(mp.config), ...frozenNames()]),
  ].sort();
  const rows = Math.ceil(names.length / 4);
  let out = "";
  for (let row = 0; row < rows; row++) {
    let line = "";
    for (let column = 0; column * rows + row < names.length; column++) line += names[column * rows + row]!.padEnd(18);
    out += `${line.trimEnd()}\n`;
  }
  return `${out}Plus any modules on the filesystem\n`;
}

function* describe(o: Obj): Gen<string> {
  const type = o instanceof PyType ? o : typeOf(o);
  let out = `object ${yield* run(strOf(o))} is of type ${typeOf(o).name}\n`;
  const members: [string, Obj][] = [];
  if (o instanceof PyModule) for (const { key, value } of o.globals.map.values()) members.push([String(key), value!]);
  else if (o instanceof PyDict || !(o instanceof PyInstance)) {
    const listed = membersOfType(mp.config, type.name)?.map((name) => `$${name}` as const);
    for (const key of listed ?? (Object.keys(type.proto) as `$${string}`[])) {
      const value = type.proto[key];
      if (key.startsWith("$") && value !== undefined) members.push([key.slice(1), value]);
    }
  } else {
    for (const [key, value] of Object.entries({ ...type.proto, ...o }))
      if (key.startsWith("$")) members.push([key.slice(1), value as Obj]);
  }
  for (const [name, value] of members) out += `  ${name} -- ${yield* run(strOf(value))}\n`;
  return out;
}
