// Control flow with a trail of prints: try, except, else, finally, loops, with, and every way to leave them.
import { expression } from "./expression.ts";
import { smallInt } from "./literals.ts";
import type { Maker } from "./maker.ts";

interface Place {
  readonly inLoop: boolean;
  readonly inFunction: boolean;
  readonly inGenerator: boolean;
  readonly inExcept: boolean;
}

const exceptions = ["ValueError", "KeyError", "TypeError", "IndexError", "ZeroDivisionError", "OSError", "StopIteration", "RuntimeError", "LookupError", "ArithmeticError", "Exception", "AttributeError", "NameError", "AssertionError"]; // prettier-ignore

export function raising(m: Maker, inExcept = false): string {
  const { rng } = m;
  const name = rng.pick(exceptions);
  return rng.pick([
    `raise ${name}`,
    `raise ${name}('${m.fresh("e")}')`,
    `raise ${name}(${smallInt(m)}, 'two')`,
    `raise ${name}('x') from ${rng.pick(["None", "ValueError(1)"])}`,
    "1 // 0",
    "[][0]",
    "{}['k']",
    "missing_name",
    "None.attr",
    "'a' + 1",
    "int('zz')",
    "assert False, 'why'",
    "raise 5",
    inExcept ? "raise" : `raise ${name}()`,
    inExcept ? "raise" : "assert 1 > 2",
  ]);
}

function leave(m: Maker, place: Place): string {
  const { rng } = m;
  const ways = [raising(m, place.inExcept)];
  if (place.inLoop) ways.push("break", "continue", "break", "continue");
  if (place.inFunction) ways.push(`return ${place.inGenerator ? "'r'" : expression(m, "int", 1)}`, "return 'out'", "return");
  return rng.pick(ways);
}

function condition(m: Maker): string {
  return m.rng.pick(["n % 2 == 0", "n > 2", "n == 1", "n", "True", "False", "not n"]);
}

function statement(m: Maker, depth: number, place: Place): void {
  const { rng } = m;
  m.line(`print('${m.fresh("s")}', n)`);
  if (depth <= 0 || rng.chance(0.15)) {
    if (place.inGenerator && rng.chance(0.6))
      m.line(rng.pick([`yield '${m.fresh("y")}'`, `print('got', (yield '${m.fresh("y")}'))`, "n = (yield n) or n"]));
    else if (rng.chance(0.6)) m.block(`if ${condition(m)}:`, () => m.line(leave(m, place)));
    else if (rng.chance(0.5)) m.line("n += 1");
    else m.line(leave(m, place));
    return;
  }
  const inner = (more: Partial<Place> = {}): void => body(m, depth - 1, { ...place, ...more });
  rng.pick([
    () => attempt(m, depth, place),
    () => attempt(m, depth, place),
    () => attempt(m, depth, place),
    () => {
      m.block(`if ${condition(m)}:`, inner);
      if (rng.chance(0.3)) m.block(`elif ${condition(m)}:`, inner);
      if (rng.chance(0.5)) m.block("else:", inner);
    },
    () => {
      const name = m.fresh("i");
      m.block(`for ${name} in ${rng.pick(["range(3)", "range(2)", "[1, 2]", "'ab'", "(5, 6, 7)", "range(3, 0, -1)"])}:`, () => {
        m.line(`print('for', ${name})`);
        inner({ inLoop: true });
      });
      if (rng.chance(0.4)) m.block("else:", inner);
    },
    () => {
      const name = m.fresh("k");
      m.line(`${name} = ${smallInt(m, 1, 4)}`);
      m.block(`while ${name} > 0:`, () => {
        m.line(`${name} -= 1`);
        inner({ inLoop: true });
      });
      if (rng.chance(0.4)) m.block("else:", inner);
    },
    () => {
      const as = rng.chance(0.3) ? ` as ${m.fresh("v")}` : "";
      m.block(
        `with CM('${m.fresh("m")}'${rng.chance(0.3) ? ", True" : ""})${as}${rng.chance(0.2) ? `, CM('${m.fresh("m")}')` : ""}:`,
        inner,
      );
    },
  ])();
}

function attempt(m: Maker, depth: number, place: Place): void {
  const { rng } = m;
  const inner = (more: Partial<Place> = {}): void => body(m, depth - 1, { ...place, ...more });
  m.block("try:", () => inner());
  const hasExcept = rng.chance(0.75);
  if (hasExcept) {
    for (let i = rng.between(1, 2); i > 0; i--) {
      const type = rng.pick([
        ...exceptions,
        "Exception",
        "Exception",
        "(ValueError, TypeError)",
        "(KeyError, IndexError, ZeroDivisionError)",
      ]);
      const as = rng.chance(0.5) ? " as e" : "";
      m.block(`except ${type}${as}:`, () => {
        if (as !== "") m.line("print(type(e).__name__, e, e.args)");
        inner({ inExcept: true });
      });
    }
    if (rng.chance(0.2)) m.block("except:", () => inner({ inExcept: true }));
    if (rng.chance(0.35)) m.block("else:", inner);
  }
  if (!hasExcept || rng.chance(0.5)) m.block("finally:", inner);
}

function body(m: Maker, depth: number, place: Place): void {
  for (let i = m.rng.between(1, 2); i > 0; i--) statement(m, depth, place);
}

/** A function full of control flow, called with some numbers. */
export function flow(m: Maker): void {
  const name = m.fresh("f");
  m.block(`def ${name}(n):`, () =>
    body(m, m.rng.between(2, 4), { inLoop: false, inFunction: true, inGenerator: false, inExcept: false }),
  );
  for (const n of m.rng.times(m.rng.between(1, 3), () => smallInt(m, 0, 4))) m.show(`${name}(${n})`);
}

/** A generator function full of control flow, driven by next, send, throw and close. */
export function generator(m: Maker): void {
  const { rng } = m;
  const names: string[] = [];
  for (let i = rng.between(1, 2); i > 0; i--) {
    const name = m.fresh("g");
    m.block(`def ${name}(n):`, () => {
      if (names.length > 0 && rng.chance(0.8))
        m.line(`print('from', (yield from ${rng.pick([`${rng.pick(names)}(n)`, "[1, 2]", "iter('ab')"])}))`);
      body(m, rng.between(1, 3), { inLoop: false, inFunction: true, inGenerator: true, inExcept: false });
      m.line(`yield 'last'`);
    });
    names.push(name);
  }
  const it = m.fresh("it");
  m.line(`${it} = ${names.at(-1)}(${smallInt(m, 0, 3)})`);
  for (let i = rng.between(2, 7); i > 0; i--) {
    const error = rng.pick(exceptions);
    m.show(
      rng.pick([
        `next(${it})`,
        `next(${it})`,
        `next(${it}, 'end')`,
        `${it}.send(${rng.pick(["None", "1", "'s'"])})`,
        `${it}.throw(${rng.pick([error, `${error}('t')`, `${error}, ${error}('v')`, "GeneratorExit", "StopIteration('q')"])})`,
        `${it}.close()`,
        `[x for x, _ in zip(${it}, range(3))]`,
      ]),
    );
  }
}
