// Classes: inheritance, operators with their reflected and in-place forms, properties, descriptors, containers, then their use.
import { expression } from "./expression.ts";
import { smallInt } from "./literals.ts";
import type { Maker } from "./maker.ts";

const binary = [
  "add",
  "sub",
  "mul",
  "truediv",
  "floordiv",
  "mod",
  "and",
  "or",
  "xor",
  "lshift",
  "rshift",
  "pow",
  "matmul",
] as const;
const symbols: Readonly<Record<string, string>> = { add: "+", sub: "-", mul: "*", truediv: "/", floordiv: "//", mod: "%", and: "&", or: "|", xor: "^", lshift: "<<", rshift: ">>", pow: "**", matmul: "@" }; // prettier-ignore
const relations = ["lt", "le", "gt", "ge", "eq", "ne"] as const;
const relationSymbols = ["<", "<=", ">", ">=", "==", "!="];

function operatorMethod(m: Maker, owner: string): void {
  const { rng } = m;
  const name = `__${rng.pick(["", "", "r", "i"])}${rng.pick(binary)}__`;
  m.block(`def ${name}(self, o):`, () => {
    m.line(`print('${owner}.${name}', type(o).__name__)`);
    m.line(
      rng.pick([
        `return ('${name}', self.v)`,
        "return NotImplemented",
        `return ${owner}(self.v)`,
        "return self",
        "return o",
        "raise ValueError('op')",
      ]),
    );
  });
}

function method(m: Maker, owner: string, base: string | null): void {
  const { rng } = m;
  const simple = (name: string, args: string, results: readonly string[]): void => {
    m.block(`def ${name}(self${args === "" ? "" : `, ${args}`}):`, () => {
      m.line(`print('${owner}.${name}'${args === "" ? "" : `, ${args}`})`);
      m.line(rng.pick(results));
    });
  };
  rng.pick([
    () => operatorMethod(m, owner),
    () => operatorMethod(m, owner),
    () => operatorMethod(m, owner),
    () => {
      const relation = rng.pick(relations);
      const answers = ["return True", "return False", "return self.v", "return 'yes'"];
      if (relation !== "eq") answers.push("return NotImplemented");
      simple(`__${relation}__`, "o", answers);
    },
    () => simple("__repr__", "", [`return '<${owner}>'`, `return '${owner}(%r)' % (self.v,)`, "return 5"]),
    () => simple("__str__", "", [`return 'str ${owner}'`, "return repr(self)"]),
    () => simple(`__${rng.pick(["neg", "pos", "invert", "abs"])}__`, "", ["return -1", "return self", "raise KeyError('u')"]),
    () => simple("__bool__", "", ["return True", "return False", "return 1"]),
    () => simple("__len__", "", ["return 3", "return 0", "return 'x'"]),
    () => simple("__contains__", "x", ["return x == 1", "return 'yes'", "return 0"]),
    // Bounded: iteration falls back to __getitem__ until an IndexError comes.
    () =>
      simple("__getitem__", "i", [
        "return [10, 20][i]",
        "return (i,) if isinstance(i, slice) else 'ab'[i]",
        "raise IndexError(i)",
        "raise KeyError(i)",
      ]),
    () => simple("__setitem__", "i, x", ["self.v = x"]),
    () => simple("__delitem__", "i", ["self.v = None"]),
    () => simple("__iter__", "", ["return iter([1, self.v])", "yield 1; yield 2", "return 5", "return iter('ab')"]),
    () => simple("__call__", "*a", ["return a", "return self.v", "return len(a)"]),
    () => simple("__getattr__", "name", [`return '${owner}:' + name`, "raise AttributeError(name)"]),
    () => simple("__hash__", "", ["return 7", "return hash(self.v)", "return 2**70"]),
    // Asked also where nothing comes of it, so it does not tell.
    () => m.block("def __float__(self):", () => m.line("return 2.5")),
    () => {
      const name = rng.pick(["foo", "bar", "baz"]);
      m.block(`def ${name}(self, x=1, *a):`, () => {
        m.line(`print('${owner}.${name}', x, a)`);
        if (base !== null && rng.chance(0.6)) m.line(`return super().${name}(x, ${smallInt(m)})`);
        else m.line(`return ${rng.pick(["x", "self.v", "self", "type(self).__name__"])}`);
      });
    },
    () => {
      const name = rng.pick(["foo", "bar", "baz"]);
      m.line(rng.pick(["@staticmethod", "@classmethod"]));
      m.block(`def ${name}(*a):`, () =>
        m.line(`return [x if isinstance(x, (int, str)) else getattr(x, '__name__', 'obj') for x in a]`),
      );
    },
    () => {
      const name = rng.pick(["p", "q"]);
      m.line("@property");
      m.block(`def ${name}(self):`, () => {
        m.line(`print('get ${name}')`);
        m.line(rng.pick(["return self.v", "return 1", "return self.missing"]));
      });
      if (rng.chance(0.6)) {
        m.line(`@${name}.setter`);
        m.block(`def ${name}(self, x):`, () => m.line(`print('set ${name}', x)`));
      }
      if (rng.chance(0.3)) {
        m.line(`@${name}.deleter`);
        m.block(`def ${name}(self):`, () => m.line(`print('del ${name}')`));
      }
    },
    () => m.line(`${rng.pick(["foo", "bar", "attr", "z"])} = ${expression(m, rng.pick(["int", "str", "list"]), 1)}`),
    () => m.line(`${rng.pick(["foo", "bar"])} = lambda *a: len(a)`),
  ])();
}

function define(m: Maker, known: readonly string[]): string {
  const { rng } = m;
  const name = m.fresh("C");
  const bases =
    known.length === 0 || rng.chance(0.35)
      ? []
      : rng.chance(0.15) && known.length > 1
        ? [known.at(-1)!, known[0]!]
        : [rng.pick(known)];
  m.block(`class ${name}${bases.length > 0 ? `(${bases.join(", ")})` : rng.chance(0.2) ? "(object)" : ""}:`, () => {
    if (bases.length === 0 || rng.chance(0.3)) {
      m.block("def __init__(self, v=0):", () => {
        if (bases.length > 0 && rng.chance(0.5)) m.line("super().__init__(v)");
        m.line("self.v = v");
        if (rng.chance(0.2)) m.line(`self.${rng.pick(["foo", "p", "attr"])} = 9`);
      });
    }
    for (let i = rng.between(0, 5); i > 0; i--) method(m, name, bases[0] ?? null);
  });
  return name;
}

function use(m: Maker, objects: readonly string[]): string {
  const { rng } = m;
  const a = rng.pick(objects);
  const other = rng.pick([...objects, "1", "'s'", "2.5", "[1]", "None", "2**70", "(1,)", "{1}"]);
  const op = symbols[rng.pick(binary)];
  return rng.pick([
    `${a} ${op} ${other}`,
    `${other} ${op} ${a}`,
    `${a} ${rng.pick(relationSymbols)} ${other}`,
    `${other} ${rng.pick(relationSymbols)} ${a}`,
    `${rng.pick(["-", "+", "~", "not "])}${a}`,
    `${rng.pick(["len", "bool", "list", "str", "repr", "abs", "int", "float", "iter", "tuple", "sorted", "callable"])}(${a})${rng.chance(0.05) ? "[0]" : ""}`,
    `${a}[${smallInt(m, -1, 2)}]`,
    `${a}[${smallInt(m, 0, 1)}:${smallInt(m, 2, 3)}]`,
    `${other} in ${a}`,
    `${a}(${rng.pick(["", "1", "1, 2", "x=1"])})`,
    `${a}.${rng.pick(["foo", "bar", "baz", "p", "q", "v", "attr", "z", "nothing", "__class__.__name__"])}`,
    `${a}.${rng.pick(["foo", "bar", "baz"])}(${rng.pick(["", "1", "5, 6"])})`,
    `isinstance(${a}, ${rng.pick(objects)}.__class__)`,
    `hasattr(${a}, '${rng.pick(["foo", "p", "v", "nothing", "__len__"])}')`,
    `getattr(${a}, '${rng.pick(["foo", "p", "nothing"])}', 'default')`,
    `{${a}: 1}[${rng.pick(objects)}]`,
    `[${a}, ${other}].index(${rng.pick(objects)})`,
    `[x for x in ${a}]`,
    `${a} == ${a}`,
    `'%s %r' % (${a}, ${a})`,
    `'{}'.format(${a})`,
    `max(${a}, ${other})`,
  ]);
}

/** Some classes that build on each other, an object of each, and what operators, methods and attributes give. */
export function classes(m: Maker): void {
  const { rng } = m;
  const names: string[] = [];
  for (let i = rng.between(1, 3); i > 0; i--) names.push(define(m, names));
  const objects = names.map((name) => {
    const object = m.fresh("o");
    m.line(`${object} = ${name}(${rng.chance(0.8) ? smallInt(m) : ""})`);
    return object;
  });
  for (let i = rng.between(4, 12); i > 0; i--) {
    if (rng.chance(0.75)) m.show(use(m, objects));
    else {
      const a = rng.pick(objects);
      const attr = rng.pick(["foo", "p", "q", "v", "attr"]);
      m.guarded(
        rng.pick([
          `${a}.${attr} = ${smallInt(m)}; print(${a}.${attr})`,
          `del ${a}.${attr}`,
          `t = ${a}; t ${symbols[rng.pick(binary)]}= ${rng.pick([...objects, "1", "'x'"])}; print(t)`,
          `${a}[${smallInt(m)}] = 1`,
          `del ${a}[${smallInt(m)}]`,
          `setattr(${a}, '${attr}', 4); print(getattr(${a}, '${attr}'))`,
          `for x in ${a}: print(x); break`,
          `x, y = ${a}; print(x, y)`,
          `print(*${a})`,
          `with ${a} as w: print(w)`,
          `print(${names.at(-1)}.${attr})`,
        ]),
      );
    }
  }
}

/** A class of a built-in type, where MicroPython's rules are its own. */
export function subclass(m: Maker): void {
  const { rng } = m;
  const base = rng.pick(["list", "dict", "tuple", "str", "int", "Exception", "ValueError", "set", "float", "bytes"]);
  const name = m.fresh("B");
  m.block(`class ${name}(${base}):`, () => {
    if (rng.chance(0.3)) m.block("def __repr__(self):", () => m.line(`return '${name}!'`));
    if (rng.chance(0.3)) m.block("def foo(self, x=2):", () => m.line("return x"));
    if (rng.chance(0.2)) m.block("def __len__(self):", () => m.line("return 42"));
    if (rng.chance(0.2)) m.block("def __getitem__(self, i):", () => m.line("return ('item', [0, 1, 2][i])"));
    if (rng.chance(0.2)) m.block("def __eq__(self, o):", () => m.line("return 'eq'"));
  });
  const value = { list: "[3, 1, 2]", dict: "{'a': 1}", tuple: "(1, 2)", str: "'text'", int: "5", Exception: "'boom'", ValueError: "'v', 2", set: "{1, 2}", float: "2.5", bytes: "b'xy'" }[base]!; // prettier-ignore
  const object = m.fresh("o");
  m.guarded(`${object} = ${name}(${value})`);
  for (let i = rng.between(3, 8); i > 0; i--) {
    m.show(
      rng.pick([
        object,
        `str(${object})`,
        base === "int" ? object : `len(${object})`,
        // Real MicroPython crashes on a tuple + an instance, and takes a dict | an instance for pairs.
        `${object} ${rng.pick(["+", "*", "==", "<", "|", "-"])} ${rng.pick([value.split(", 2")[0]!, base === "tuple" || base === "dict" ? "2" : object, "2"])}`,
        `${object}[0]`,
        `list(${object})`,
        `${object}.foo()`,
        `isinstance(${object}, ${base})`,
        `issubclass(${name}, ${base})`,
        `bool(${object})`,
        `1 in ${object}`,
        `hash(${object}) == hash(${value.split(", 2")[0]})`,
        `[x for x in ${object}]`,
        `${object}.args`,
        `${object}.upper()`,
        `${object}.append(1)`,
        `${object}.get('a')`,
        `'%s' % ${object}`,
        `sorted(${object})`,
        `${object} == ${object}`,
        `{${object}: 1}`,
      ]),
    );
  }
  if (base.endsWith("Error") || base === "Exception") {
    m.block("try:", () => m.line(`raise ${name}(${rng.pick(["", "1", "1, 2", "'m'"])})`));
    m.block(`except ${rng.pick([base, name, "Exception"])} as e:`, () =>
      m.line("print(repr(e), str(e), e.args, type(e).__name__)"),
    );
  }
}
