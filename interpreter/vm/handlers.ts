// The handlers of a function's instructions, made when it first runs.
import type { Code } from "./code.ts";
import { makers } from "./ops/table.ts";
import type { Handler } from "./ops/op.ts";

export function handlersOf(code: Code): readonly Handler[] {
  const handlers = code.instructions.map(({ op, x, next }) => makers[op]!(x, next, code));
  code.handlers = handlers;
  return handlers;
}
