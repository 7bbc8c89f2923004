// The parse tree: what parse.ts makes of a program, and what the compiler, the editor and the blocks read.
// Offsets are UTF-16 indices into the source. Parentheses and comments are not nodes: `outer` and `trivia` keep them,
// so that the text of any node can be cut out of the source and nothing is lost.

/** Where a node stands. `line` is that of its first token, counted from 1, as in tracebacks. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}
interface ExprBase extends Span {
  /** The span with the brackets that only group: (a + b). A tuple's own brackets belong to the tuple. */
  readonly outer?: { readonly start: number; readonly end: number };
}

export type UnaryOp = "+" | "-" | "~" | "not";
export type BinaryOp = "|" | "^" | "&" | "<<" | ">>" | "+" | "-" | "*" | "/" | "//" | "%" | "@" | "**";
export type CompareOp = "<" | ">" | "==" | "<=" | ">=" | "!=" | "in" | "not in" | "is" | "is not";

export interface Name extends ExprBase { readonly kind: "name"; readonly id: string }
/** value: a number while exact (at most 2**53), else a bigint. */
export interface Int extends ExprBase { readonly kind: "int"; readonly value: number | bigint }
export interface Float extends ExprBase { readonly kind: "float"; readonly value: number }
export interface Imag extends ExprBase { readonly kind: "imag"; readonly value: number }
/** isInterned: a name the parser knew when it read the text, or short enough to become one (MicroPython's qstr). */
export interface Str extends ExprBase { readonly kind: "str"; readonly value: string; readonly isInterned: boolean }
export interface Bytes extends ExprBase { readonly kind: "bytes"; readonly value: Uint8Array }
/** f"..." (and t"..." where the release has it); literal text and replacement fields in turn. */
export interface FString extends ExprBase {
  readonly kind: "fstring";
  readonly template: boolean;
  readonly parts: readonly (string | FStringField)[];
  /** MicroPython makes f"{a:>{w}}" into "{:>{}}".format(a, w): the text, with what is wrong in it, and the arguments in their order. */
  readonly format: string;
  readonly isInterned: boolean;
  readonly args: readonly Expr[];
  /** What MicroPython calls __template__ with for t"...": the strings, then value, text, conversion and format of each field. */
  readonly templateArgs: readonly Expr[] | null;
}
export interface FStringField {
  readonly value: Expr;
  /** The expression as written, for t-strings. */
  readonly text: string;
  /** "x = " of f"{x = }", or null. */
  readonly debug: string | null;
  readonly conversion: "r" | "s" | null;
  readonly spec: readonly (string | FStringField)[] | null;
}
/** None True False ... (Ellipsis) and __debug__ */
export interface Constant extends ExprBase { readonly kind: "const"; readonly value: "None" | "True" | "False" | "Ellipsis" | "__debug__" }
/** constLine: the line of the constant that MicroPython makes of it, if all items are constant. */
export interface Tuple extends ExprBase { readonly kind: "tuple"; readonly items: readonly Expr[]; readonly parens: boolean; readonly constLine: number }
export interface List extends ExprBase { readonly kind: "list"; readonly items: readonly Expr[] }
/** key null: a `**mapping` entry. */
export interface Dict extends ExprBase { readonly kind: "dict"; readonly items: readonly { readonly key: Expr | null; readonly value: Expr; readonly line: number }[] }
/** What the grammar takes and the compiler then refuses. */
export interface Invalid extends ExprBase { readonly kind: "invalid"; readonly message: string }
export interface SetDisplay extends ExprBase { readonly kind: "set"; readonly items: readonly Expr[] }
export type CompClause =
  | { readonly kind: "for"; readonly target: Expr; readonly iter: Expr; readonly isAsync: boolean; readonly line: number }
  | { readonly kind: "if"; readonly test: Expr; readonly line: number };
export interface Comp extends ExprBase {
  readonly kind: "comp";
  readonly of: "list" | "set" | "dict" | "generator";
  readonly element: Expr;
  /** The value of a dict comprehension, else null. */
  readonly value: Expr | null;
  readonly clauses: readonly CompClause[];
  /** Line of the element's first token: that of the comprehension's own function. */
  readonly bodyLine: number;
  /** The only argument of a call, without brackets of its own. */
  readonly isArgument: boolean;
}
export interface Unary extends ExprBase { readonly kind: "unary"; readonly op: UnaryOp; readonly operand: Expr }
/** One operator between two operands; a + b + c nests to the left. `opStart` is where the operator stands. */
export interface Binary extends ExprBase { readonly kind: "binary"; readonly op: BinaryOp; readonly left: Expr; readonly right: Expr; readonly opStart: number }
/** a and b and c is one node of three items. */
export interface BoolOp extends ExprBase { readonly kind: "boolop"; readonly op: "and" | "or"; readonly items: readonly Expr[] }
export interface Compare extends ExprBase { readonly kind: "compare"; readonly left: Expr; readonly rest: readonly { readonly op: CompareOp; readonly right: Expr }[] }
export interface Conditional extends ExprBase { readonly kind: "conditional"; readonly test: Expr; readonly body: Expr; readonly orelse: Expr }
export interface Lambda extends ExprBase { readonly kind: "lambda"; readonly params: readonly Param[]; readonly body: Expr }
export interface Argument extends Span {
  readonly kind: "positional" | "star" | "keyword" | "doublestar";
  readonly name: string | null;
  readonly value: Expr;
}
// opLine: where the bracket or dot stands.
export interface Call extends ExprBase { readonly kind: "call"; readonly func: Expr; readonly args: readonly Argument[]; readonly opLine: number }
export interface Attribute extends ExprBase { readonly kind: "attribute"; readonly value: Expr; readonly attr: string; readonly attrStart: number; readonly opLine: number }
export interface Subscript extends ExprBase { readonly kind: "subscript"; readonly value: Expr; readonly index: Expr; readonly opLine: number }
/** Only inside a subscript (there a[1:2, 3] is a Tuple that holds a Slice). */
export interface Slice extends ExprBase { readonly kind: "slice"; readonly lower: Expr | null; readonly upper: Expr | null; readonly step: Expr | null }
export interface Star extends ExprBase { readonly kind: "star"; readonly value: Expr }
export interface Await extends ExprBase { readonly kind: "await"; readonly value: Expr }
export interface Yield extends ExprBase { readonly kind: "yield"; readonly value: Expr | null }
export interface YieldFrom extends ExprBase { readonly kind: "yieldfrom"; readonly value: Expr }
export interface Walrus extends ExprBase { readonly kind: "walrus"; readonly target: Expr; readonly value: Expr }

export type Expr =
  | Name | Int | Float | Imag | Str | Bytes | FString | Constant | Tuple | List | Dict | SetDisplay | Invalid | Comp | Unary | Binary | BoolOp
  | Compare | Conditional | Lambda | Call | Attribute | Subscript | Slice | Star | Await | Yield | YieldFrom | Walrus;

/** kind star with name null is the bare `*`; slash is the bare `/`. */
export interface Param extends Span {
  readonly kind: "plain" | "star" | "doublestar" | "slash";
  readonly name: string | null;
  readonly annotation: Expr | null;
  readonly default: Expr | null;
}

/** A suite: the statements after a colon. `inline` when they stand on the colon's own line. */
export interface Suite extends Span { readonly body: readonly Stmt[]; readonly inline: boolean }

export interface ExprStmt extends Span { readonly kind: "expr"; readonly value: Expr }
/** a = b = value has two targets. */
export interface Assign extends Span { readonly kind: "assign"; readonly targets: readonly Expr[]; readonly value: Expr }
export interface AugAssign extends Span { readonly kind: "augassign"; readonly target: Expr; readonly op: BinaryOp; readonly value: Expr }
export interface AnnAssign extends Span { readonly kind: "annassign"; readonly target: Expr; readonly annotation: Expr; readonly value: Expr | null }
export interface Del extends Span { readonly kind: "del"; readonly target: Expr }
export interface Pass extends Span { readonly kind: "pass" }
export interface Break extends Span { readonly kind: "break" }
export interface Continue extends Span { readonly kind: "continue" }
export interface Return extends Span { readonly kind: "return"; readonly value: Expr | null }
export interface Raise extends Span { readonly kind: "raise"; readonly exc: Expr | null; readonly cause: Expr | null }
export interface Global extends Span { readonly kind: "global" | "nonlocal"; readonly names: readonly string[] }
export interface Assert extends Span { readonly kind: "assert"; readonly test: Expr; readonly message: Expr | null }
export interface Import extends Span { readonly kind: "import"; readonly names: readonly { readonly path: readonly string[]; readonly asname: string | null }[] }
/** names null: `*`. level: how many leading dots. */
export interface ImportFrom extends Span {
  readonly kind: "from";
  readonly level: number;
  readonly module: readonly string[];
  readonly names: readonly { readonly name: string; readonly asname: string | null }[] | null;
}
/** elif is an If alone in `orelse` with `isElif`. */
export interface If extends Span { readonly kind: "if"; readonly test: Expr; readonly body: Suite; readonly orelse: Suite | If | null; readonly isElif: boolean }
export interface While extends Span { readonly kind: "while"; readonly test: Expr; readonly body: Suite; readonly orelse: Suite | null }
export interface For extends Span { readonly kind: "for"; readonly target: Expr; readonly iter: Expr; readonly body: Suite; readonly orelse: Suite | null; readonly isAsync: boolean }
export interface Handler extends Span { readonly type: Expr | null; readonly name: string | null; readonly body: Suite }
export interface Try extends Span { readonly kind: "try"; readonly body: Suite; readonly handlers: readonly Handler[]; readonly orelse: Suite | null; readonly finalbody: Suite | null }
export interface With extends Span { readonly kind: "with"; readonly items: readonly { readonly value: Expr; readonly target: Expr | null }[]; readonly body: Suite; readonly isAsync: boolean }
/** `line` is that of the `def`; decorators have their own. `start` is that of the first decorator. */
export interface Def extends Span {
  readonly kind: "def";
  readonly name: string;
  readonly params: readonly Param[];
  readonly returns: Expr | null;
  readonly body: Suite;
  readonly decorators: readonly Expr[];
  readonly isAsync: boolean;
}
export interface Class extends Span { readonly kind: "class"; readonly name: string; readonly args: readonly Argument[]; readonly body: Suite; readonly decorators: readonly Expr[] }

export type Stmt =
  | ExprStmt | Assign | AugAssign | AnnAssign | Del | Pass | Break | Continue | Return | Raise | Global | Assert | Import | ImportFrom
  | If | While | For | Try | With | Def | Class;

/** A comment, or a run of blank lines, that no node holds. */
export interface Trivia { readonly kind: "comment" | "blank"; readonly start: number; readonly end: number; readonly line: number }

export interface Module extends Span {
  readonly kind: "module";
  readonly body: readonly Stmt[];
  readonly trivia: readonly Trivia[];
  /** Names and short strings, in the order in which they were read (MicroPython's qstrs). */
  readonly names: readonly string[];
  readonly tokens: number;
}

/** Which of MicroPython's three ways to read a text: a file, one interactive statement, or one expression (eval). */
export type InputKind = "file" | "single" | "eval";

/** Thrown by lexer, parser and compiler. `message` is MicroPython's own text, "" where the release gives none. */
export class PySyntaxError extends Error {
  readonly type: "SyntaxError" | "IndentationError" | "NotImplementedError" | "ViperTypeError" | "OverflowError" | "ValueError" | "RuntimeError";
  readonly line: number;
  /** UTF-16 offset of the token that could not be read, or -1 when only the line is known. */
  readonly offset: number;
  /** What builds with detailed error texts put after the message, or "": ": '1x'". */
  readonly detail: string;
  /** The function the compiler was in, as the traceback names it; "" when the parser gave up. */
  readonly block: string;
  constructor(type: PySyntaxError["type"], message: string, line: number, offset: number, detail = "", block = "") {
    super(message);
    this.type = type;
    this.line = line;
    this.offset = offset;
    this.detail = detail;
    this.block = block;
  }
}
