// Expressions of a wanted kind: operators, methods, built-in functions, comprehensions. Numbers stay small enough to print.
import { bytesLiteral, floatLiteral, formatSpec, intLiteral, percentSpec, smallInt, strLiteral } from "./literals.ts";
import { kinds, type Kind, type Maker } from "./maker.ts";

type Production = (m: Maker, d: number) => string;

const expr = (m: Maker, kind: Kind, d: number): string => expression(m, kind, d);
const list = (m: Maker, d: number, low: number, high: number, kind: () => Kind): string[] =>
  m.rng.times(m.rng.between(low, high), () => expr(m, kind(), d));
const any = (m: Maker): Kind => m.rng.pick(kinds);
const iterable = (m: Maker): Kind => m.rng.pick(["str", "list", "tuple", "bytes", "dict", "set"]);

/** What can be a key. */
function key(m: Maker, d: number): string {
  return expr(m, m.rng.pick(["int", "str", "int", "str", "float", "bool", "bytes"]), Math.min(d, 0));
}

function slice(m: Maker, hasStep: boolean): string {
  const part = (): string => (m.rng.chance(0.4) ? "" : smallInt(m));
  return `${part()}:${part()}${hasStep && m.rng.chance(0.4) ? `:${m.rng.pick(["1", "2", "-1", "-2", "3", "0"])}` : ""}`;
}

/** `for x in ... if ...` with the names it binds. */
function clause(m: Maker, d: number): { text: string; name: string } {
  const name = m.fresh("c");
  const source = m.rng.chance(0.5) ? `range(${smallInt(m, 0, 6)})` : expr(m, iterable(m), d);
  const filter = m.rng.chance(0.3) ? ` if ${m.rng.pick([`${name} != 2`, `${name}`, `not ${name}`, expr(m, "bool", d)])}` : "";
  return { text: `for ${name} in ${source}${filter}`, name };
}

function element(m: Maker, name: string, d: number): string {
  return m.rng.pick([name, `(${name}, ${expr(m, "int", d)})`, `${name} * 2`, `str(${name})`, `[${name}]`, expr(m, any(m), d)]);
}

function fstring(m: Maker): string {
  const { rng } = m;
  const parts = rng.times(rng.between(1, 3), () => {
    if (rng.chance(0.3)) return rng.pick(["x", " = ", "{{ }}", "}}", "\\n", m.isAscii ? "e" : "é", "%d"]);
    const kind = rng.pick(["int", "float", "str"] as const);
    const inner = m.variable(kind) ?? (kind === "str" ? "chr(65)" : kind === "int" ? intLiteral(m) : rng.pick(["1.5", "2.0"]));
    const convert = rng.chance(0.2) ? rng.pick(["!r", "!s"]) : "";
    const spec = rng.chance(0.5) ? `:${formatSpec(m, convert === "" ? kind : "str")}` : "";
    return `{${inner}${rng.chance(0.1) ? "=" : ""}${convert}${spec}}`;
  });
  return `f'${parts.join("")}'`;
}

function formatted(m: Maker, d: number): string {
  const { rng } = m;
  const n = rng.between(1, 3);
  const args = rng.times(n, () => rng.pick(["int", "float", "str"] as const));
  const isManual = rng.chance(0.3);
  const fields = args.map((kind, i) => {
    const convert = rng.chance(0.15) ? rng.pick(["!r", "!s"]) : "";
    const spec = rng.chance(0.7) ? `:${formatSpec(m, convert === "" ? kind : "str")}` : "";
    return `{${isManual ? (rng.chance(0.9) ? i : n) : ""}${convert}${spec}}`;
  });
  return `'${fields.join(rng.pick(["", " ", "|", "{{}}"]))}'.format(${args.map((kind) => expr(m, kind, d)).join(", ")})`;
}

function percented(m: Maker, d: number): string {
  const args = m.rng.times(m.rng.between(1, 3), () => m.rng.pick(["int", "float", "str"] as const));
  const values = args.map((kind) => expr(m, kind, d));
  if (m.rng.chance(0.05)) values.push("1");
  return `'${args.map((kind) => percentSpec(m, kind)).join(" ")}' % (${values.join(", ")},)`;
}

const compare = ["<", "<=", ">", ">=", "==", "!="];

const productions: Readonly<Record<Kind, readonly Production[]>> = {
  int: [
    (m, d) => `(${expr(m, "int", d)} ${m.rng.pick(["+", "-", "*", "+", "-", "//", "%", "&", "|", "^"])} ${expr(m, "int", d)})`,
    (m, d) => `(${expr(m, "int", d)} ${m.rng.pick(["+", "-", "*", "//", "%", "&", "|", "^"])} ${intLiteral(m)})`,
    (m, d) => `(${expr(m, "int", d)} ${m.rng.pick(["<<", ">>"])} ${m.rng.pick(["0", "1", "5", "31", "32", "70", "-1"])})`,
    (m, d) => `((${expr(m, "int", d)} % 1000) ** ${smallInt(m, 0, 9)})`,
    (m, d) => `${m.rng.pick(["-", "~", "+", "-"])}${expr(m, "int", d)}`,
    (m, d) => `${m.rng.pick(["abs", "int", "round"])}(${expr(m, "int", d)})`,
    (m) => `hash(${m.rng.pick([intLiteral, floatLiteral, strLiteral, bytesLiteral])(m)})`,
    (m, d) => `int(${expr(m, "float", d)})`,
    (m, d) => `int(${expr(m, "str", d)}.strip('_ ')${m.rng.chance(0.3) ? `, ${m.rng.pick(["0", "10", "16", "2", "36", "1", "37"])}` : ""})`,
    (m, d) => `len(${expr(m, iterable(m), d)})`,
    (m, d) => `sum(${expr(m, m.rng.pick(["list", "tuple", "bytes", "set"]), d)}${m.rng.chance(0.2) ? ", 5" : ""})`,
    (m, d) => `${m.rng.pick(["min", "max"])}(${list(m, d, 1, 3, () => m.rng.pick(["int", "int", "float"])).join(", ")})`,
    (m, d) => `${m.rng.pick(["min", "max"])}(${expr(m, iterable(m), d)}${m.rng.chance(0.2) ? ", default=0" : ""}${m.rng.chance(0.2) ? ", key=str" : ""})`,
    (m, d) => `ord(${expr(m, "str", d)})`,
    (m, d) => `divmod(${expr(m, "int", d)}, ${expr(m, "int", d)})[${m.rng.pick(["0", "1"])}]`,
    (m, d) => `pow(${expr(m, "int", d)}, ${smallInt(m, 1, 5)}, ${intLiteral(m)})`,
    (m, d) => `round(${expr(m, "float", d)})`,
    (m, d) => `round(${expr(m, "int", d)}, ${smallInt(m, -3, 2)})`,
    (m, d) => `${expr(m, "str", d)}.${m.rng.pick(["find", "rfind", "index", "rindex", "count"])}(${strLiteral(m)}${m.rng.chance(0.3) ? `, ${smallInt(m)}` : ""})`,
    (m, d) => `list(${expr(m, m.rng.pick(["list", "tuple"]), d)}).${m.rng.pick(["index", "count"])}(${expr(m, "int", 0)})`,
    (m, d) => `${expr(m, m.rng.pick(["list", "tuple", "bytes"]), d)}[${smallInt(m)}]`,
    (m, d) => `int.from_bytes(${expr(m, "bytes", d)}, '${m.rng.pick(["big", "little"])}')`,
    (m, d) => `${expr(m, "dict", d)}.get(${key(m, d)}, ${expr(m, "int", d)})`,
    (m, d) => `${expr(m, "dict", d)}[${key(m, d)}]`,
    (m, d) => `(${m.fresh("w")} := ${expr(m, "int", d)})`,
  ],
  float: [
    (m, d) => `(${expr(m, "float", d)} ${m.rng.pick(["+", "-", "*", "/", "//", "%"])} ${expr(m, m.rng.pick(["float", "int"]), d)})`,
    (m, d) => `(${expr(m, "int", d)} ${m.rng.pick(["/", "/", "*", "+", "-", "%"])} ${expr(m, m.rng.pick(["float", "int"]), d)})`,
    (m, d) => `(${expr(m, "float", d)} ** ${m.rng.pick(["2", "-1", "0", "3"])})`,
    (m) => `(${smallInt(m, 1, 9)} ** -${smallInt(m, 1, 4)})`,
    (m, d) => `${m.rng.pick(["-", "+", "abs", "float"])}(${expr(m, "float", d)})`,
    (m, d) => `float(${expr(m, m.rng.pick(["int", "str", "float"]), d)})`,
    (m, d) => `round(${expr(m, "float", d)}, ${smallInt(m, -2, 5)})`,
    (m, d) => `divmod(${expr(m, "float", d)}, ${expr(m, "float", d)})[${m.rng.pick(["0", "1"])}]`,
    (m, d) => `${m.rng.pick(["min", "max"])}(${list(m, d, 2, 3, () => m.rng.pick(["int", "float"])).join(", ")})`,
    (m, d) => `sum(${expr(m, "list", d)}, 0.5)`,
  ],
  bool: [
    (m, d) => `(${expr(m, any(m), d)} ${m.rng.pick(["==", "!="])} ${expr(m, any(m), d)})`,
    (m, d) => {
      const kind = any(m);
      return `(${expr(m, kind, d)} ${m.rng.pick(compare)} ${expr(m, kind, d)})`;
    },
    (m, d) => `(${expr(m, "int", d)} ${m.rng.pick(compare)} ${expr(m, "float", d)} ${m.rng.pick(compare)} ${expr(m, "int", d)})`,
    (m, d) => `(${expr(m, any(m), d)} ${m.rng.pick(["in", "not in"])} ${expr(m, iterable(m), d)})`,
    (m, d) => `(${expr(m, "str", d)} ${m.rng.pick(["in", "not in"])} ${expr(m, "str", d)})`,
    (m, d) => `(not ${expr(m, any(m), d)})`,
    (m, d) => `bool(${expr(m, any(m), d)})`,
    (m, d) => `isinstance(${expr(m, any(m), d)}, ${m.rng.pick(["int", "str", "(int, float)", "list", "bool", "object", "()", "5"])})`,
    (m, d) => `${m.rng.pick(["any", "all"])}(${expr(m, iterable(m), d)})`,
    (m, d) => `${expr(m, "str", d)}.${m.rng.pick(["isdigit()", "isalpha()", "isspace()", "isupper()", "islower()", "startswith('a')", "endswith('b')"])}`,
    (m, d) => `${expr(m, "set", d)}.${m.rng.pick(["issubset", "issuperset", "isdisjoint"])}(${expr(m, m.rng.pick(["set", "set", "list"]), d)})`,
    (m, d) => `(${expr(m, any(m), d)} is ${m.rng.pick(["None", "not None", "True"])})`,
    (m, d) => `callable(${m.rng.pick(["print", "1", "int"])}) ${m.rng.pick(["and", "or"])} ${expr(m, "bool", d)}`,
  ],
  str: [
    (m, d) => `(${expr(m, "str", d)} + ${expr(m, "str", d)})`,
    (m, d) => `(${expr(m, "str", d)} * ${smallInt(m, -1, 4)})`,
    (m, d) => `${m.rng.pick(["str", "repr", "str"])}(${expr(m, any(m), d)})`,
    (m, d) => `${expr(m, "str", d)}[${slice(m, false)}]`,
    (m, d) => `${expr(m, "str", d)}[${smallInt(m)}]`,
    (m, d) => `${expr(m, "str", d)}.${m.rng.pick(["upper()", "lower()", "strip()", "lstrip()", "rstrip()", "strip('a ')", "lstrip('xa')", "rstrip('\\n')"])}`,
    (m, d) => `${expr(m, "str", d)}.replace(${m.isAscii ? strLiteral(m) : m.rng.pick(["'a'", "' '", "'é'"])}, ${strLiteral(m)}${m.rng.chance(0.3) ? `, ${smallInt(m, -1, 2)}` : ""})`,
    (m, d) => `${expr(m, "str", d)}.join(${m.rng.chance(0.6) ? `[${list(m, d, 0, 3, () => "str").join(", ")}]` : expr(m, iterable(m), d)})`,
    (m, d) => `${expr(m, "str", d)}.${m.isAscii ? `center(${smallInt(m, 0, 12)})` : "upper()"}`,
    (m, d) => `chr(${m.rng.chance(0.7) ? m.rng.between(0, m.isAscii ? 126 : 300) : expr(m, "int", d)})`,
    (m, d) => `${m.rng.pick(["hex", "bin", "oct"])}(${expr(m, "int", d)})`,
    (m, d) => `type(${expr(m, any(m), d)}).__name__`,
    (m, d) => `(b'a' + ${expr(m, "bytes", d)}).${m.rng.pick(["decode()", "hex()", "hex(':')"])}`,
    (m, d) => `str(${expr(m, "bytes", d)}, 'utf-8')`,
    fstring,
    formatted,
    formatted,
    percented,
    percented,
  ],
  bytes: [
    (m, d) => `(${expr(m, "bytes", d)} + ${expr(m, "bytes", d)})`,
    (m, d) => `(${expr(m, "bytes", d)} * ${smallInt(m, -1, 3)})`,
    (m, d) => `${expr(m, "str", d)}.encode()`,
    (m, d) => `bytes(${m.rng.chance(0.5) ? `[${list(m, d, 0, 4, () => "int").map((e) => `${e} % 256`).join(", ")}]` : expr(m, m.rng.pick(["list", "tuple", "bytes"]), d)})`,
    (m, d) => `bytearray(${expr(m, "bytes", d)})`,
    (m, d) => `${expr(m, "bytes", d)}[${slice(m, false)}]`,
    (m, d) => `${expr(m, "bytes", d)}.${m.rng.pick(["upper()", "strip()", "replace(b'a', b'xyz')", "lower()", "join([b'1', b'2'])"])}`,
    (m, d) => `abs(${expr(m, "int", d)}).to_bytes(${smallInt(m, 0, 9)}, '${m.rng.pick(["big", "little"])}')`,
    (m) => `bytes(${strLiteral(m)}, 'utf-8')`,
    (m, d) => `bytes(memoryview(${expr(m, "bytes", d)})[${slice(m, false)}])`,
  ],
  list: [
    (m, d) => `[${list(m, d, 0, 4, () => any(m)).join(", ")}]`,
    (m, d) => `[${list(m, d, 1, 5, () => "int").join(", ")}]`,
    (m, d) => {
      const { text, name } = clause(m, d);
      return `[${element(m, name, d)} ${text}]`;
    },
    (m, d) => {
      const outer = clause(m, d);
      const inner = clause(m, d);
      return `[(${outer.name}, ${element(m, inner.name, d)}) ${outer.text} ${inner.text}]`;
    },
    (m, d) => `list(${expr(m, iterable(m), d)})`,
    (m) => `list(range(${smallInt(m)}, ${smallInt(m, 0, 12)}, ${m.rng.pick(["1", "2", "-1", "3", "0"])}))`,
    (m, d) => `sorted(${expr(m, iterable(m), d)}${m.rng.chance(0.3) ? `, key=${m.rng.pick(["str", "lambda x: -x", "len", "lambda x: (str(x), 1)"])}` : ""}${m.rng.chance(0.3) ? ", reverse=True" : ""})`,
    (m, d) => `${expr(m, "list", d)}[${slice(m, true)}]`,
    (m, d) => `(${expr(m, "list", d)} + ${expr(m, "list", d)})`,
    (m, d) => `(${expr(m, "list", d)} * ${smallInt(m, -1, 3)})`,
    (m, d) => `${expr(m, "str", d)}.${m.rng.pick(["split()", "split(',')", "split(None, 1)", "split('a', 1)", "rsplit(',', 1)", "rsplit('a')", "splitlines()", "splitlines(True)", "split('')"])}`,
    (m, d) => `list(${m.rng.pick(["map(str, ", "map(lambda x: [x], ", "filter(None, ", "enumerate(", "reversed("])}${expr(m, m.rng.pick(["list", "tuple", "str"]), d)}))`,
    (m, d) => `list(zip(${list(m, d, 1, 3, () => iterable(m)).join(", ")}))`,
    (m, d) => `list(${expr(m, "dict", d)}.${m.rng.pick(["items()", "keys()", "values()"])})`,
    (m, d) => `list(${expr(m, "bytes", d)}.split(b','))`,
  ],
  tuple: [
    (m, d) => `(${list(m, d, 2, 4, () => any(m)).join(", ")})`,
    (m, d) => `(${expr(m, any(m), d)},)`,
    (m, d) => `tuple(${expr(m, iterable(m), d)})`,
    (m, d) => `(${expr(m, "tuple", d)} + ${expr(m, "tuple", d)})`,
    (m, d) => `(${expr(m, "tuple", d)} * ${smallInt(m, -1, 3)})`,
    (m, d) => `${expr(m, "tuple", d)}[${slice(m, false)}]`,
    (m, d) => `divmod(${expr(m, "int", d)}, ${expr(m, "int", d)})`,
    (m, d) => `${expr(m, "str", d)}.${m.rng.pick(["partition", "rpartition"])}(${strLiteral(m)})`,
    (m, d) => {
      const { text, name } = clause(m, d);
      return `tuple(${element(m, name, d)} ${text})`;
    },
  ],
  dict: [
    (m, d) => `{${m.rng.times(m.rng.between(0, 5), () => `${key(m, d)}: ${expr(m, any(m), d)}`).join(", ")}}`,
    (m, d) => {
      const { text, name } = clause(m, d);
      return `{${m.rng.pick([name, `str(${name})`])}: ${element(m, name, d)} ${text}}`;
    },
    (m, d) => `dict(a=${expr(m, any(m), d)}, b=${expr(m, any(m), d)})`,
    (m, d) => `dict(zip(${expr(m, iterable(m), d)}, ${expr(m, iterable(m), d)}))`,
    (m, d) => `(${expr(m, "dict", d)} | ${expr(m, "dict", d)})`,
    (m, d) => `${expr(m, "dict", d)}.copy()`,
    (m, d) => `dict(${expr(m, "dict", d)}, k=${expr(m, "int", d)})`,
    (m, d) => `dict.fromkeys(${expr(m, iterable(m), d)}${m.rng.chance(0.5) ? ", 0" : ""})`,
  ],
  set: [
    (m, d) => `{${key(m, d)}, ${m.rng.times(m.rng.between(0, 4), () => key(m, d)).join(", ")}}`,
    (m, d) => `set(${expr(m, iterable(m), d)})`,
    (m, d) => `frozenset(${expr(m, iterable(m), d)})`,
    (m, d) => `(${expr(m, "set", d)} ${m.rng.pick(["|", "&", "-", "^"])} ${expr(m, "set", d)})`,
    (m, d) => `${expr(m, "set", d)}.${m.rng.pick(["union", "intersection", "difference", "symmetric_difference"])}(${expr(m, m.rng.pick(["set", "list", "str"]), d)})`,
    (m, d) => {
      const { text, name } = clause(m, d);
      return `{${m.rng.pick([name, `str(${name})`, `(${name}, 1)`])} ${text}}`;
    },
  ],
}; // prettier-ignore

function leaf(m: Maker, kind: Kind): string {
  const { rng } = m;
  const name = rng.chance(0.6) ? m.variable(kind) : null;
  if (name !== null) return name;
  switch (kind) {
    case "int":
      return intLiteral(m);
    case "float":
      return floatLiteral(m);
    case "bool":
      return rng.pick(["True", "False"]);
    case "str":
      return strLiteral(m);
    case "bytes":
      return bytesLiteral(m);
    case "list":
      return rng.pick(["[]", "[1, 2, 3]", "['a', 'b']", "[3, 1, 2]", "[[1], [2]]", "[1.5, 'x', True]", "list(range(5))"]);
    case "tuple":
      return rng.pick(["()", "(1,)", "(1, 2)", "('a', 'b', 'c')", "(1, (2, 3))", "(0, -1, 5.5)"]);
    case "dict":
      return rng.pick(["{}", "{1: 2}", "{'a': 1, 'b': 2}", "{1: 'x', 'y': 2, 3.5: None}", "{True: [3]}", "{'k': {}}"]);
    case "set":
      return rng.pick(["set()", "{1, 2, 3}", "{'a', 'b'}", "{1, 'x', 2.5}", "frozenset((1, 2))"]);
  }
}

/** An expression that mostly gives a `kind`. `depth` bounds how much is nested in it. */
export function expression(m: Maker, kind: Kind, depth: number): string {
  const { rng } = m;
  if (rng.chance(0.03)) return expression(m, rng.pick(kinds), depth - 1);
  if (depth <= 0 || rng.chance(0.25)) return leaf(m, kind);
  if (rng.chance(0.05)) return `(${expr(m, kind, depth - 1)} if ${expr(m, "bool", depth - 1)} else ${expr(m, kind, depth - 1)})`;
  if (rng.chance(0.04)) return `(${expr(m, kind, depth - 1)} ${rng.pick(["and", "or"])} ${expr(m, kind, depth - 1)})`;
  return rng.pick(productions[kind])(m, depth - 1);
}
