// A program in the making: its lines, the indentation, the variables that exist and of which kind they are.
import { Rng } from "./prng.ts";

/** What an expression gives, mostly: one in thirty is of another kind, so that errors are compared too. */
export type Kind = "int" | "float" | "str" | "bytes" | "bool" | "list" | "tuple" | "dict" | "set";
export const kinds: readonly Kind[] = ["int", "float", "str", "bytes", "bool", "list", "tuple", "dict", "set"];

export class Maker {
  readonly rng: Rng;
  readonly lines: string[] = [];
  vars: { readonly name: string; readonly kind: Kind }[] = [];
  /** Only ASCII text: the other programs have no precisions for text, which MicroPython counts in bytes and cuts characters by. */
  readonly isAscii: boolean;
  private depth = 0;
  private count = 0;

  constructor(seed: number) {
    this.rng = new Rng(seed);
    this.isAscii = this.rng.chance(0.7);
  }

  line(text: string): void {
    for (const part of text.split("\n")) this.lines.push("    ".repeat(this.depth) + part);
  }

  block(header: string, body: () => void): void {
    this.line(header);
    this.depth++;
    const from = this.lines.length;
    body();
    if (this.lines.length === from) this.line("pass");
    this.depth--;
  }

  /** A name that nothing else has. */
  fresh(prefix: string): string {
    return `${prefix}${this.count++}`;
  }

  /** A variable of this kind, or null. */
  variable(kind: Kind): string | null {
    const fitting = this.vars.filter((v) => v.kind === kind);
    return fitting.length > 0 ? this.rng.pick(fitting).name : null;
  }

  /** Prints what `expression` gives, or the exception's type and text. */
  show(expression: string): void {
    this.line(`T(lambda: ${expression})`);
  }

  /** A statement whose exception is printed instead. */
  guarded(statement: string): void {
    this.block("try:", () => this.line(statement));
    this.block("except Exception as e:", () => this.line("print(type(e).__name__, e)"));
  }

  text(): string {
    return `${this.lines.join("\n")}\n`;
  }
}
