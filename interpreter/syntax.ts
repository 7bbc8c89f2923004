// The door for whoever reads programs without running them: the editor (errors, outline) and the blocks (the whole tree).
export type * from "./compiler/tree.ts";
export { PySyntaxError } from "./compiler/tree.ts";
export { parse, type SyntaxFeatures } from "./compiler/parse.ts";
