// Functions: every form of signature and call, closures, scopes, decorators, unpacking; and statements on containers.
import { expression } from "./expression.ts";
import { intLiteral, smallInt, strLiteral } from "./literals.ts";
import { kinds, type Kind, type Maker } from "./maker.ts";

function callArguments(m: Maker, names: readonly string[]): string {
  const { rng } = m;
  const positional = rng.times(rng.between(0, 4), () => smallInt(m));
  if (rng.chance(0.2)) positional.push(`*${rng.pick(["(7, 8)", "[]", "'ab'", "range(2)", "5"])}`);
  const keywords = rng.times(rng.between(0, 2), () => `${rng.pick([...names, "zz"])}=${smallInt(m)}`);
  if (rng.chance(0.2)) keywords.push(`**${rng.pick(["{}", "{'zz': 1}", `{'${rng.pick(names)}': 5}`, "{1: 2}", "5"])}`);
  const unique = keywords.filter(
    (k, i) => rng.chance(0.1) || keywords.findIndex((o) => o.split("=")[0] === k.split("=")[0]) === i,
  );
  return [...positional, ...unique].join(", ");
}

/** A function with any signature, called in ways that fit and in ways that do not. */
export function signature(m: Maker): void {
  const { rng } = m;
  const name = m.fresh("f");
  const names = ["a", "b", "c", "d"].slice(0, rng.between(1, 4));
  let hasDefault = false;
  const params = names.map((p) => {
    hasDefault ||= rng.chance(0.4);
    return hasDefault ? `${p}=${smallInt(m, 10, 19)}` : p;
  });
  const shown = [...names];
  const star = rng.chance(0.4);
  if (star) {
    params.push(rng.chance(0.6) ? "*args" : "*");
    if (params.at(-1) === "*args") shown.push("args");
    for (const k of ["k", "l"].slice(0, params.at(-1) === "*" ? rng.between(1, 2) : rng.below(3))) {
      params.push(rng.chance(0.5) ? `${k}=${smallInt(m)}` : k);
      shown.push(k);
    }
  }
  if (rng.chance(0.3)) {
    params.push("**kw");
    shown.push("sorted(kw.items())");
  }
  const body = `(${shown.join(", ")},)`;
  if (rng.chance(0.3)) m.line(`${name} = lambda ${params.join(", ")}: ${body}`);
  else m.block(`def ${name}(${params.join(", ")}):`, () => m.line(`return ${body}`));
  for (let i = rng.between(3, 7); i > 0; i--) m.show(`${name}(${callArguments(m, [...names, "k", "l"])})`);
}

/** Functions in functions that share variables, with nonlocal, global and del. */
export function scopes(m: Maker): void {
  const { rng } = m;
  const names = ["x", "y", "z"];
  if (rng.chance(0.7)) m.line(`${rng.pick(names)} = ${smallInt(m)}`);
  const outer = m.fresh("f");
  const step = (): string => {
    const v = rng.pick(names);
    return rng.pick([`${v} = ${smallInt(m)}`, `${v} += 1`, `print('${v}', ${v})`, `print('${v}', ${v})`, `del ${v}`, `for ${v} in range(2): pass`, `print([${v} for ${v} in range(2)], ${v})`, `print((lambda: ${v})())`, `print(sorted(locals()) if False else ${v})`, `${v}, q = ${v}, 1`, `import sys as ${v}`.replace(/.*/, `${v} = (${v}, 1)[1]`)]); // prettier-ignore
  };
  const nest = (depth: number, name: string): void => {
    m.block(`def ${name}(${rng.chance(0.4) ? `${rng.pick(names)}=${smallInt(m)}` : ""}):`, () => {
      for (const v of names) {
        if (!rng.chance(0.25)) continue;
        m.line(`${depth > 0 && rng.chance(0.7) ? "nonlocal" : "global"} ${v}`);
      }
      for (let i = rng.between(1, 3); i > 0; i--) m.line(step());
      if (depth < 2 && rng.chance(0.8)) {
        const inner = m.fresh("f");
        nest(depth + 1, inner);
        for (let i = rng.between(0, 2); i > 0; i--) m.line(step());
        m.line(`${inner}()`);
      }
      for (let i = rng.between(0, 2); i > 0; i--) m.line(step());
    });
  };
  const from = m.lines.length;
  nest(0, outer);
  // What is wrong in a scope is a SyntaxError of the whole program, so it is compiled on its own.
  const text = m.lines.splice(from).join("\n");
  m.line(`S = ${JSON.stringify(`${text}\n`)}`);
  m.guarded("exec(S)");
  m.block("if True:", () => {
    m.guarded(`${outer}()`);
    m.show(rng.pick(names));
  });
}

/** Closures made in loops, decorators, recursion. */
export function closures(m: Maker): void {
  const { rng } = m;
  const name = m.fresh("f");
  rng.pick([
    () => {
      m.line(`${name} = [lambda ${rng.chance(0.5) ? "i=i" : ""}: i for i in range(${smallInt(m, 1, 4)})]`);
      m.show(`[g() for g in ${name}]`);
    },
    () => {
      m.block(`def ${name}(n):`, () => {
        m.line("total = 0");
        m.block("def add(k):", () => {
          m.line("nonlocal total");
          m.line(`total ${rng.pick(["+", "-", "*", "|"])}= k`);
          m.line("return total, n");
        });
        m.line("return add");
      });
      m.show(`list(map(${name}(${smallInt(m)}), [${rng.times(3, () => smallInt(m)).join(", ")}]))`);
    },
    () => {
      m.block(`def ${name}(g):`, () => {
        m.block("def inner(*a, **k):", () => {
          m.line("print('call', a, k)");
          m.line(`return ${rng.pick(["g(*a, **k)", "[g(*a)]", "g(*a, **k), len(a)"])}`);
        });
        m.line("return inner");
      });
      const f = m.fresh("f");
      m.line(`@${name}`);
      if (rng.chance(0.3)) m.line(`@${name}`);
      m.block(`def ${f}(x, y=2):`, () => m.line(`return ${rng.pick(["x + y", "(y, x)", "x"])}`));
      m.show(`${f}(${rng.pick(["1", "1, 3", "1, y=5", "", "x=4", "1, 2, 3"])})`);
    },
    () => {
      m.block(`def ${name}(n):`, () =>
        m.line(
          `return ${rng.pick([`1 if n < 2 else n * ${name}(n - 1)`, `n if n < 2 else ${name}(n - 1) + ${name}(n - 2)`, `[] if n < 1 else [n, ${name}(n - 1)]`])}`,
        ),
      );
      m.show(`${name}(${smallInt(m, 0, 12)})`);
    },
  ])();
}

/** Assignments to several targets at once, from things that fit and things that do not. */
export function unpacking(m: Maker): void {
  const { rng } = m;
  const target = (depth: number): { text: string; names: string[] } => {
    const parts = rng.times(rng.between(1, 3), () => (depth > 0 && rng.chance(0.2) ? target(depth - 1) : null));
    const star = rng.chance(0.3) ? rng.below(parts.length) : -1;
    const names: string[] = [];
    const texts = parts.map((part, i) => {
      if (part !== null) {
        names.push(...part.names);
        return part.text;
      }
      const name = m.fresh("u");
      names.push(name);
      return i === star ? `*${name}` : name;
    });
    return { text: rng.chance(0.3) ? `[${texts.join(", ")}]` : `(${texts.join(", ")},)`, names };
  };
  const { text, names } = target(1);
  m.guarded(
    `${text} = ${expression(m, rng.pick(["tuple", "list", "str", "list", "dict", "bytes"]), 2)}; print(${names.join(", ")})`,
  );
  if (rng.chance(0.4)) {
    const a = m.fresh("u");
    m.guarded(`${a} = {}; ${a}[0], ${a}['b'] = ${expression(m, "tuple", 1)}; print(${a})`);
  }
  if (rng.chance(0.3)) {
    const a = m.fresh("u");
    m.guarded(`for ${a}, b in ${expression(m, rng.pick(["dict", "list"]), 2)}${rng.pick([".items()", ""])}: print(${a}, b)`);
  }
}

/** A variable of some kind, then statements that change it. */
export function mutation(m: Maker): void {
  const { rng } = m;
  const kind = rng.pick(["list", "dict", "set", "bytes", "list", "dict", "deque", "od"] as const);
  const name = m.fresh("v");
  const value = (k: Kind): string => expression(m, k, 1);
  const index = (): string => smallInt(m, -3, 5);
  const slice = (): string => `${rng.chance(0.3) ? "" : index()}:${rng.chance(0.3) ? "" : index()}`;
  const any = (): string => value(rng.pick(kinds));
  const key = (): string => rng.pick(["1", "2", "'a'", "'b'", "3.5", "True", strLiteral(m), intLiteral(m)]);
  const starts = { list: "list", dict: "dict", set: "set", bytes: "bytes" } as const;
  if (kind === "deque") m.line(`from collections import deque\n${name} = deque((1, 2, 3), ${smallInt(m, 2, 6)})`);
  else if (kind === "od") m.line(`from collections import OrderedDict\n${name} = OrderedDict([('z', 1), ('a', 2), (3, 4)])`);
  else m.guarded(`${name} = None; ${name} = ${kind === "bytes" ? "bytearray" : kind}(${expression(m, starts[kind], 2)})`);
  const dictSteps = [
    () => `${name}[${key()}] = ${any()}`,
    () => `del ${name}[${key()}]`,
    () => `print(${name}.pop(${key()}${rng.chance(0.5) ? ", 'gone'" : ""}))`,
    () => `print(${name}.setdefault(${key()}, ${any()}))`,
    () => `${name}.update(${value("dict")})`,
    () => `${name}.update([(${key()}, 1)], z=2)`,
    () => `${name}[${key()}] += 1`,
    () => `print(${key()} in ${name}, len(${name}), list(${name}.keys()))`,
    () => `${name} |= ${value("dict")}`,
  ];
  const steps: Readonly<Record<typeof kind, readonly (() => string)[]>> = {
    list: [
      () => `${name}.append(${any()})`,
      () => `${name}.extend(${value(rng.pick(["list", "str", "tuple", "dict", "int"]))})`,
      () => `${name}.insert(${index()}, ${any()})`,
      () => `print(${name}.pop(${rng.chance(0.5) ? index() : ""}))`,
      () => `${name}.remove(${value("int")})`,
      () => `${name}.reverse()`,
      () => `${name}.sort(${rng.pick(["", "reverse=True", "key=str", "key=lambda x: str(x)[::1]", "key=len"])})`,
      () => `${name}[${index()}] = ${any()}`,
      () => `${name}[${slice()}] = ${value(rng.pick(["list", "tuple", "list", "str"]))}`,
      () => `del ${name}[${index()}]`,
      () => `del ${name}[${slice()}]`,
      () => `${name} += ${value(rng.pick(["list", "tuple", "str", "int"]))}`,
      () => `${name} *= ${smallInt(m, 0, 3)}`,
      () => `print(${name}.index(${value("int")}), ${name}.count(1))`,
      () => `${name}.clear()`,
      () => `${name} = ${name}.copy()`,
    ],
    dict: dictSteps,
    od: [...dictSteps, () => `print(${name}.popitem())`],
    set: [
      () => `${name}.add(${key()})`,
      () => `${name}.discard(${key()})`,
      () => `${name}.remove(${key()})`,
      () => `${name}.update(${value(rng.pick(["set", "list", "str"]))})`,
      () => `${name} ${rng.pick(["|", "&", "-", "^"])}= ${value("set")}`,
      () => `${name}.${rng.pick(["intersection_update", "difference_update", "symmetric_difference_update"])}(${value("set")})`,
      () => `print(${name} ${rng.pick(["<", "<=", ">", "==", "!="])} ${value("set")})`,
    ],
    bytes: [
      () => `${name}.append(${value("int")})`,
      () => `${name}.extend(${value(rng.pick(["bytes", "bytes", "list"]))})`,
      () => `${name}[${index()}] = ${value("int")}`,
      () => `${name}[${slice()}] = ${value("bytes")}`,
      () => `${name} += ${value("bytes")}`,
      () => `print(${name}.find(b'a'), ${name} == ${value("bytes")}, ${name}.decode())`,
      () => `memoryview(${name})[${smallInt(m, 0, 2)}] = ${smallInt(m, 0, 300)}`,
      () => `print(${name}[${slice()}], list(${name}))`,
    ],
    deque: [
      () => `${name}.append(${any()})`,
      () => `${name}.appendleft(${any()})`,
      () => `print(${name}.${rng.pick(["pop", "popleft"])}())`,
      () => `${name}.extend(${value("list")})`,
      () => `print(${name}[${index()}])`,
      () => `${name}[${index()}] = 0`,
      () => `print(len(${name}), bool(${name}))`,
    ],
  };
  for (let i = rng.between(3, 9); i > 0; i--) {
    m.guarded(rng.pick(steps[kind])());
    if (rng.chance(0.5)) m.show(kind === "deque" ? `list(${name})` : name);
  }
  m.show(kind === "deque" ? `list(${name})` : name);
}
