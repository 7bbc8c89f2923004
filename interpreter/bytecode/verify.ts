// stub
import type { ModuleContext, RawCode } from "./rawcode.ts";
export function verify(rc: RawCode, context: ModuleContext): string | null {
  void rc;
  void context;
  return null;
}
