// Makes a program smaller while something about it stays true: takes out statements with all that is indented under them.

/** Lines from..to that hold the statement at `from` with its body. */
function extent(lines: readonly string[], from: number): number {
  const indent = /^ */.exec(lines[from]!)![0].length;
  let to = from + 1;
  while (to < lines.length && /^ */.exec(lines[to]!)![0].length > indent) to++;
  return to;
}

/** `isWanted` tells of many programs at once, in their order; the first that is goes on. */
export async function minimise(source: string, isWanted: (programs: string[]) => Promise<boolean[]>): Promise<string> {
  let lines = source.trimEnd().split("\n");
  const ends = (l: readonly string[]): boolean => l.every((line, i) => !/^ *while /.test(line) || /-= 1$/.test(l[i + 1] ?? ""));
  const text = (l: readonly string[]): string => `${l.join("\n")}\n`;
  for (;;) {
    const candidates: string[][] = [];
    for (let half = lines.length >> 1; half > 2; half >>= 1) {
      for (let from = 0; from < lines.length; from += half)
        candidates.push([...lines.slice(0, from), ...lines.slice(from + half)]);
    }
    for (let i = 0; i < lines.length; i++) {
      const to = extent(lines, i);
      const indent = /^ */.exec(lines[i]!)![0];
      candidates.push([...lines.slice(0, i), ...lines.slice(to)]);
      candidates.push([...lines.slice(0, i), `${indent}pass`, ...lines.slice(to)]);
      // The body in place of the statement.
      if (to > i + 1)
        candidates.push([...lines.slice(0, i), ...lines.slice(i + 1, to).map((l) => l.slice(4)), ...lines.slice(to)]);
    }
    const shorter = candidates.filter((c) => ends(c) && text(c).length < text(lines).length);
    let found: string[] | undefined;
    for (let at = 0; at < shorter.length && found === undefined; at += 16) {
      const some = shorter.slice(at, at + 16);
      found = some[(await isWanted(some.map(text))).indexOf(true)];
    }
    if (found === undefined) return text(lines);
    lines = found;
  }
}
