// string.templatelib: the types of t-strings (py/modstring.c).
import { PyDict } from "../objects/objdict.ts";
import { PyModule } from "../objects/objmodule.ts";
import { typeInterpolation, typeTemplate } from "../objects/objtemplate.ts";
import { register } from "./registry.ts";

register("string", {
  isExtensible: true,
  when: (config) => config.tstrings === true,
  members: () => {
    const globals = new PyDict();
    globals.isOrdered = true;
    globals.setStr("__name__", "string.templatelib");
    globals.setStr("Template", typeTemplate);
    globals.setStr("Interpolation", typeInterpolation);
    return { templatelib: new PyModule("string.templatelib", globals, true) };
  },
});
