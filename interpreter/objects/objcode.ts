// What compile() gives: a program ready to run.
import type { CompiledModule } from "../compiler/compile.ts";
import { PyObj, PyType } from "./obj.ts";

export const typeCode = new PyType("code");

export class PyCode extends PyObj {
  declare type: PyType;
  readonly compiled: CompiledModule;
  constructor(compiled: CompiledModule) {
    super();
    this.compiled = compiled;
  }
}
PyCode.prototype.type = typeCode;
