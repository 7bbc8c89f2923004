// Seed N always gives the same program. Pieces that print all they do, out of every part of the language.
//
// What the npm MicroPython lacks and the generator therefore keeps away from: slices with a step of anything but lists, slice(), comparing
// ranges, {**d}, [*l], str.isidentifier and its like, sys.getsizeof. Addresses, id() and the order of sets of objects differ anyway.
import { classes, subclass } from "./classes.ts";
import { expression } from "./expression.ts";
import { flow, generator } from "./flow.ts";
import { closures, mutation, scopes, signature, unpacking } from "./functions.ts";
import { kinds, Maker } from "./maker.ts";

function variable(m: Maker): void {
  const kind = m.rng.pick(kinds);
  const name = m.fresh("v");
  const value = expression(m, kind, 2);
  m.block("try:", () => m.line(`${name} = ${value}`));
  m.block("except Exception as e:", () => {
    m.line("print(type(e).__name__, e)");
    m.line(
      `${name} = ${{ int: "5", float: "2.5", str: "'dflt'", bytes: "b'dflt'", bool: "False", list: "[0]", tuple: "(0,)", dict: "{0: 0}", set: "{0}" }[kind]}`,
    );
  });
  m.vars.push({ name, kind });
}

function expressions(m: Maker): void {
  for (let i = m.rng.between(3, 8); i > 0; i--) {
    if (m.rng.chance(0.3)) variable(m);
    else m.show(expression(m, m.rng.pick(kinds), m.rng.between(1, 4)));
  }
}

/** Statements of a function body, where variables are fast locals instead of names in a dict. */
function locals(m: Maker): void {
  const name = m.fresh("f");
  const outside = m.vars;
  m.block(`def ${name}():`, () => expressions(m));
  m.vars = outside;
  m.guarded(`${name}()`);
}

const pieces: readonly (readonly [number, (m: Maker) => void])[] = [
  [5, expressions],
  [1, locals],
  [3, flow],
  [3, generator],
  [4, classes],
  [1, subclass],
  [2, signature],
  [1, scopes],
  [1, closures],
  [1, unpacking],
  [3, mutation],
];
const total = pieces.reduce((sum, [weight]) => sum + weight, 0);

export function program(seed: number): string {
  const m = new Maker(seed);
  for (let i = m.rng.between(1, 3); i > 0; i--) {
    let at = m.rng.below(total);
    const piece = pieces.find(([weight]) => (at -= weight) < 0)![1];
    const outside = m.vars;
    m.vars = [...outside];
    piece(m);
  }
  return m.text();
}
