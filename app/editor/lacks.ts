// What a program uses that a board lacks and another board has: modules, names, syntax. Read off the program's tree and the boards' own
// names (boards/names); what no board knows is not told here, it may be the program's own.
import { boards } from "../../boards/index.ts";
import { placesOf } from "../../boards/names/names.ts";
import { type Expr, type Module, parse, PySyntaxError } from "../../interpreter/syntax.ts";
import { featuresOf } from "./check.ts";

export interface Lack {
  readonly file: string;
  readonly line: number;
  /** "syntax" is what the board cannot even read, so that no part of the program runs; "memory" is a text too long for it. */
  readonly kind: "module" | "name" | "syntax" | "memory";
  /** As in the program: "microphone", "display.rotate", "f-string". */
  readonly name: string;
  /** Ids of the boards that have it. */
  readonly boards: readonly string[];
}

interface Node {
  readonly kind: string;
  readonly line: number;
}

/** In the order of the lines, each thing once a file. */
export function findLacks(files: Readonly<Record<string, string>>, board: string): readonly Lack[] {
  const own = new Set(Object.keys(files).map((file) => file.replace(/\.py$/, "")));
  return Object.entries(files).flatMap(([file, source]) => {
    if (!file.endsWith(".py")) return [];
    let tree: Module;
    try {
      tree = parse(source, "file", {
        fstrings: true,
        asyncAwait: true,
        assignExpr: true,
        numericUnderscore: true,
        annotations: true,
      });
    } catch (error) {
      if (error instanceof PySyntaxError) return []; // that comes first, and is told elsewhere
      throw error;
    }
    return new Search(file, board, own).look(tree);
  });
}

class Search {
  private readonly file: string;
  private readonly board: string;
  private readonly ownModules: ReadonlySet<string>;
  private readonly lacks = new Map<string, Lack>();
  /** Names that the program gives to something of its own. */
  private readonly bound = new Set<string>();
  /** Names that imports give, and the place they stand for: display -> microbit.display. */
  private readonly imported = new Map<string, string>();
  private readonly stars: string[] = [];

  constructor(file: string, board: string, ownModules: ReadonlySet<string>) {
    this.file = file;
    this.board = board;
    this.ownModules = ownModules;
  }

  look(tree: Module): Lack[] {
    this.walk(tree, (node) => this.bind(node));
    this.walk(tree, (node) => this.check(node));
    return [...this.lacks.values()].sort((a, b) => a.line - b.line);
  }

  // What a program tries, it is prepared not to find.
  private walk(node: unknown, visit: (node: Expr) => void): void {
    if (Array.isArray(node)) return node.forEach((each) => this.walk(each, visit));
    if (typeof node !== "object" || node === null) return;
    if ("kind" in node) visit(node as Expr);
    for (const [key, child] of Object.entries(node)) {
      const isTried = key === "body" && (node as { kind?: string }).kind === "try";
      if (!isTried) this.walk(child, visit);
    }
  }

  private bind(node: Node): void {
    const at = node as Node & {
      readonly name?: string | null;
      readonly target?: unknown;
      readonly targets?: unknown;
      readonly module?: readonly string[];
      readonly names?:
        readonly { readonly name: string; readonly path: readonly string[]; readonly asname: string | null }[] | null;
      readonly params?: readonly { readonly name: string | null }[];
    };
    const names = (expr: unknown) => this.walk(expr, (each) => each.kind === "name" && this.bound.add(each.id));
    if (at.kind === "def" || at.kind === "class") this.bound.add(at.name ?? "");
    for (const { name } of at.params ?? []) if (name) this.bound.add(name);
    if (at.kind !== "augassign") names([at.target, at.targets]);
    if (at.kind === "try")
      for (const { name } of (node as unknown as { handlers: { name: string | null }[] }).handlers) this.bound.add(name ?? "");
    if (at.kind === "with") for (const { target } of (node as unknown as { items: { target: unknown }[] }).items) names(target);
    if (at.kind === "import") {
      for (const { path, asname } of at.names ?? []) this.imported.set(asname ?? path[0]!, asname ? path.join(".") : path[0]!);
    }
    if (at.kind === "from") {
      const module = at.module!.join(".");
      if (!at.names) this.stars.push(module);
      for (const { name, asname } of at.names ?? []) this.imported.set(asname ?? name, `${module}.${name}`);
    }
  }

  private check(node: Expr | Node): void {
    const { line } = node;
    const features = featuresOf(this.board);
    const syntax = (name: string, has: boolean | undefined) =>
      !has && this.add({ kind: "syntax", name, line }, (id) => featuresOf(id).fstrings === true);
    switch (node.kind) {
      case "fstring":
        return void syntax("f-string", features.fstrings);
      case "walrus":
        return void syntax(":=", features.assignExpr);
      case "await":
        return void syntax("await", features.asyncAwait);
      case "import":
        for (const { path } of (node as unknown as { names: { path: string[] }[] }).names) this.need(path[0]!, line);
        return;
      case "from": {
        const { module, names } = node as unknown as { module: string[]; names: { name: string }[] | null };
        this.need(module[0]!, line);
        for (const { name } of names ?? []) this.need(`${module.join(".")}.${name}`, line);
        return;
      }
      case "name":
      case "attribute": {
        const place = this.placeOf(node as Expr);
        if (place) this.need(place, line);
      }
    }
  }

  /** "microbit.display.show" for what comes from a module, else null. */
  private placeOf(expr: Expr): string | null {
    if (expr.kind === "attribute") {
      const owner = this.placeOf(expr.value);
      return owner === null || owner.startsWith("builtins.") ? null : `${owner}.${expr.attr}`;
    }
    if (expr.kind !== "name" || this.bound.has(expr.id)) return null;
    const known = this.imported.get(expr.id);
    if (known !== undefined) return known;
    const module = [...this.stars, "builtins"].find((star) => boards.some(({ id }) => has(id, `${star}.${expr.id}`)));
    return module === undefined ? null : `${module}.${expr.id}`;
  }

  private need(place: string, line: number): void {
    const parts = place.split(".");
    if (this.ownModules.has(parts[0]!)) return;
    // What is lacking of a thing that is lacking itself is no news.
    if (parts.length > 1 && !has(this.board, parts.slice(0, -1).join("."))) return;
    const isModule = parts.length === 1;
    const name = parts[0] === "builtins" || (parts.length === 2 && this.stars.includes(parts[0]!)) ? parts.at(-1)! : place;
    if (!has(this.board, place)) this.add({ kind: isModule ? "module" : "name", name, line }, (id) => has(id, place));
  }

  private add(lack: Pick<Lack, "kind" | "name" | "line">, isOn: (board: string) => boolean): void {
    const others = boards.map(({ id }) => id).filter((id) => id !== this.board && isOn(id));
    if (others.length > 0 && !this.lacks.has(lack.name)) this.lacks.set(lack.name, { ...lack, file: this.file, boards: others });
  }
}

function has(board: string, place: string): boolean {
  const dot = place.lastIndexOf(".");
  const places = placesOf(board);
  return dot < 0 ? places.has(place) : (places.get(place.slice(0, dot))?.has(place.slice(dot + 1)) ?? false);
}
