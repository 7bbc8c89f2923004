// What a block is: its record (face, toolbox entry and Python, both ways) and a block in a program, as plain data.
// No Blockly here: recognising and generating work on this data alone, so they run in Node, in tests and in workers.

/**
 * One block, whole: its face, its toolbox entry and its Python, both ways.
 * `python` is a template; `{name}` is a hole that is filled by the argument of that name.
 * It is printed to generate code and parsed once to recognise code, so the two cannot drift.
 */
export interface BlockDef {
  /** Saved in projects with the layout, so never renamed. */
  readonly type: string;
  readonly category: CategoryId;
  /** Message key; its text holds %text, %delay ... in the order that suits the language. */
  readonly label: string;
  readonly args: Readonly<Record<string, ArgDef>>;
  readonly python: string;
  /** "from microbit import display", "import music": added to the program when it lacks them. */
  readonly imports?: readonly string[];
  readonly shape: "statement" | "value";
  /** On which boards it is offered: all modules there, and all parts. */
  readonly needs?: { readonly modules?: readonly string[]; readonly parts?: readonly string[] };
  /** Recognised, but not offered in the toolbox. */
  readonly hidden?: boolean;
}

export type ArgDef =
  /** A place for a value block; `shadow` is the Python that stands there until one is dropped in. */
  | { readonly kind: "value"; readonly check?: "int" | "float" | "str" | "bool" | "list"; readonly shadow: string }
  /** A menu; a label that is a message key is translated, any other is shown as it is. */
  | { readonly kind: "choice"; readonly options: readonly (readonly [label: string, python: string])[] }
  /** A variable. */
  | { readonly kind: "name"; readonly initial: string }
  /** An indented suite. */
  | { readonly kind: "body" }
  /** A string literal, shown without quotes. */
  | { readonly kind: "text"; readonly initial: string }
  /** A number literal. */
  | { readonly kind: "number"; readonly initial: string }
  /** The five rows of an image: '09090:99999:99999:09990:00900', drawn as a 5x5 grid. */
  | { readonly kind: "leds"; readonly initial: string };

/** The drawers, in the order of the toolbox. */
export const CATEGORIES = [
  "display",
  "input",
  "sound",
  "pins",
  "radio",
  "loops",
  "logic",
  "numbers",
  "text",
  "lists",
  "variables",
  "functions",
  "python",
] as const;
export type CategoryId = (typeof CATEGORIES)[number];

/** A block in a program. */
export interface BlockNode {
  readonly type: string;
  /** Menus, names and literals, as the text they have in Python (text fields: the string itself). */
  readonly fields: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, BlockNode | null>>;
  readonly bodies: Readonly<Record<string, readonly BlockNode[]>>;
  /** How a growing block has grown: see structures.ts. */
  readonly extra: readonly string[] | null;
  /** The text it was recognised from, or null for a block that never was text. */
  readonly origin: Origin | null;
}

/** Remembers the text of a block, so that what nobody changed is written back byte for byte. */
export interface Origin {
  /** Fingerprint of the block without its bodies; when it no longer fits, the text is out of date. */
  readonly key: string;
  /** A value or a simple statement: its text. A compound statement with its body on the same line: all of it. */
  readonly text: string;
  /** Blank lines before a statement. */
  readonly before: string;
  /** The indentation of its suite, and the blanks really before it (a comment may stand further left). */
  readonly indent: string;
  readonly lead: string;
  /** What follows a statement on its line, with the line's end: "  # why\n". */
  readonly tail: string;
  /** A compound statement: the text that leads to each body ("if x:\n", "else:\n"), and the text of a body that holds only pass. */
  readonly heads: readonly string[];
  /** The bodies those heads lead to. */
  readonly names: readonly string[];
  readonly empties: Readonly<Record<string, string>>;
  /** A body on the line of its colon: only the whole can be written back, if the bodies' fingerprint fits too. */
  readonly wholeKey: string | null;
  /** What a step of indentation is there, for each body; after a "=" all of it, where tabs and blanks are mixed. */
  readonly units: readonly string[];
}

const NO_FIELDS: Readonly<Record<string, string>> = {};
const NO_VALUES: Readonly<Record<string, BlockNode | null>> = {};
const NO_BODIES: Readonly<Record<string, readonly BlockNode[]>> = {};

export function makeNode(type: string, parts: Partial<Omit<BlockNode, "type">>): BlockNode {
  return {
    type,
    fields: parts.fields ?? NO_FIELDS,
    values: parts.values ?? NO_VALUES,
    bodies: parts.bodies ?? NO_BODIES,
    extra: parts.extra ?? null,
    origin: parts.origin ?? null,
  };
}

/** A short fingerprint: equal for equal blocks, whatever their origin. */
export function fingerprint(node: BlockNode, withBodies: boolean): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  const add = (text: string): void => {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b + c, 0x5bd1e995) ^ (b >>> 15);
    }
  };
  const walk = (part: BlockNode, bodies: boolean): void => {
    add(`<${part.type}`);
    for (const name of Object.keys(part.fields).sort()) add(`|${name}=${part.fields[name]}`);
    if (part.extra !== null) add(`|${part.extra.join(",")}`);
    for (const name of Object.keys(part.values).sort()) {
      const value = part.values[name];
      add(`|${name}:`);
      if (value !== null) walk(value, true);
    }
    if (bodies) {
      for (const name of Object.keys(part.bodies).sort()) {
        add(`|${name}{`);
        for (const item of part.bodies[name]) walk(item, true);
      }
    }
    add(">");
  };
  walk(node, withBodies);
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
