// `npm run bench`, start-up: how long the built command takes for `print(1)`, as a ratio to Node's own `console.log(1)`. The
// limit of 1.5 is shown, not asserted: whatever else the machine does moves the ratio.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const rounds = 20;
const command = fileURLToPath(new URL("../../dist/cli/py.mjs", import.meta.url));

function milliseconds(...args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args);
  if (status !== 0) throw new Error(`node ${args.join(" ")} left with ${status}`);
  return performance.now() - start;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

milliseconds(command, "-c", "print(1)");
const node: number[] = [];
const ours: number[] = [];
for (let round = 0; round < rounds; round++) {
  node.push(milliseconds("-e", "console.log(1)"));
  ours.push(milliseconds(command, "-c", "print(1)"));
}
const ratio = median(ours) / median(node);
console.log(
  `start-up: ${ratio.toFixed(2)} times Node's own (limit 1.5): ${median(ours).toFixed(0)} ms and ${median(node).toFixed(0)} ms`,
);
