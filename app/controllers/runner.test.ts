// The runner over a simulated board in this process: what the page is told of running, stopping, errors, saving, a lost line.
import { describe, expect, test } from "vitest";
import { boardById, microbitV2 } from "../../boards/index.ts";
import { LoopbackTransport } from "../../boards/link/loopback.ts";
import type { Transport, World } from "../../boards/link/transport.ts";
import { Machine } from "../../boards/sim/machine.ts";
import { modelById } from "../../boards/sim/models.ts";
import { Runner, type TroubleCode } from "./runner.ts";

function bench(onBoard: Readonly<Record<string, string>> = {}) {
  const files = Object.fromEntries(Object.entries(onBoard).map(([name, text]) => [name, new TextEncoder().encode(text)]));
  const lines: LoopbackTransport[] = [];
  const machines: Machine[] = [];
  const make = (id: string) => {
    const machine = new Machine(modelById(id)!, { files, seed: 1 });
    machine.reset();
    machines.push(machine);
    const line = new LoopbackTransport(machine);
    lines.push(line);
    return line;
  };
  const runner = new Runner(microbitV2, { simulate: (board) => make(board.id), serial: () => make("microbit-v1") });
  const outcomes: string[] = [];
  const troubles: TroubleCode[] = [];
  runner.onOutcome = (outcome) => outcomes.push(outcome);
  runner.onTrouble = (code) => troubles.push(code);
  const text = () => runner.screen.lines.join("\n");
  return { runner, lines, machines, outcomes, troubles, text };
}
/** A line to something that is no MicroPython: it answers every byte with `answer`. */
function stranger(answer: string): Transport {
  return {
    world: null,
    pace: { chunkBytes: 32, gapMs: 0 },
    onBytes: null,
    onClose: null,
    async open() {},
    async close() {},
    async write() {
      if (answer) this.onBytes?.(new TextEncoder().encode(answer));
    },
  };
}

const main = (source: string) => ({ "main.py": source });

describe("runner", () => {
  test("runs a program to its end and shows what it prints", async () => {
    const { runner, outcomes, text } = bench();
    await runner.run(main("print('hello')\n"));
    expect(text()).toContain("hello");
    expect(outcomes).toEqual(["running", "done"]);
    expect(runner.state).toBe("idle");
    await runner.close();
    expect(runner.isOpen).toBe(false);
  });

  test("explains an error and keeps the board's words in the console", async () => {
    const { runner, outcomes, text } = bench();
    await runner.run(main("x = 1\nprint(y)\n"));
    expect(runner.report).toMatchObject({ line: 2, file: "main.py", error: "NameError: name 'y' isn't defined" });
    expect(runner.report?.explanation.key).toBe("name-unknown");
    expect(text()).toContain("NameError");
    expect(outcomes).toEqual(["running", "raised"]);
    await runner.run(main("pass\n"));
    expect(runner.report).toBeNull();
    await runner.close();
  });

  test("puts the other files on the board before main.py imports them", async () => {
    const { runner, text } = bench();
    await runner.run({ "main.py": "import other\nprint(other.x)\n", "other.py": "x = 'from other'\n" });
    expect(text()).toContain("from other");
    await runner.close();
  });

  test("a second run takes the place of the first", async () => {
    const { runner, outcomes, text } = bench();
    const first = runner.run(main("while True:\n    pass\n"));
    await expect.poll(() => runner.state).toBe("running");
    await runner.run(main("print('second')\n"));
    await first;
    expect(text()).toContain("second");
    expect(runner.state).toBe("idle");
    expect(outcomes.at(-1)).toBe("done");
    await runner.close();
  });

  test("stops a program that waits for input", async () => {
    const { runner, outcomes } = bench();
    const run = runner.run(main("input('? ')\n"));
    await expect.poll(() => runner.state).toBe("running");
    await runner.stop();
    await run;
    expect(outcomes).toEqual(["running", "stopped"]);
    expect(runner.report).toBeNull();
    await runner.close();
  });

  test("types into the board's own console, switching it on first", async () => {
    const { runner, text } = bench();
    await runner.type("40 + 2\r");
    await expect.poll(text).toMatch(/40 \+ 2\s+42/);
    await runner.close();
  });

  test("saves all files with progress, and a soft reset runs main.py", async () => {
    const { runner, text } = bench();
    const seen: number[] = [];
    runner.onChange = () => seen.push(runner.progress);
    expect(await runner.save(main("print('at power on')\n"))).toBe(true);
    expect(Math.max(...seen)).toBeGreaterThan(0.9);
    await expect.poll(text).toContain("at power on");
    expect(await runner.transfer(({ files }) => files.list())).toEqual([{ name: "main.py", size: 21 }]);
    await runner.close();
  });

  test("a real board that is unplugged is told once, and Run connects again", async () => {
    const { runner, lines, troubles } = bench();
    expect(await runner.connect([boardById("microbit-v1")!], boardById("microbit-v1")!)).toBe(true);
    expect(runner.target).toBe("real");
    const run = runner.run(main("while True:\n    pass\n"));
    await expect.poll(() => runner.state).toBe("running");
    lines[0]!.unplug();
    await run;
    expect(troubles).toEqual(["lost"]);
    expect([runner.target, runner.state]).toEqual(["lost", "idle"]);
    await runner.close();
  });

  test("a board says which it is, whatever the project is for", async () => {
    const { runner } = bench();
    await runner.connect([microbitV2], microbitV2);
    expect(runner.board.id).toBe("microbit-v1");
    await runner.close();
  });

  test("a board whose program runs is let run until somebody has to know which it is", async () => {
    const { runner, machines, text } = bench(main("while True:\n    pass\n"));
    await runner.connect([microbitV2], microbitV2);
    expect([runner.target, runner.board.id]).toEqual(["real", "microbit-v2"]);
    expect(machines[0]!.busy).toBe(true);
    expect((await runner.identify())?.id).toBe("microbit-v1");
    expect(runner.board.id).toBe("microbit-v1");
    await runner.run(main("print('then')\n"));
    expect(text()).toContain("then");
    await runner.close();
  });

  test("a cable pulled while a module is sent: the file that is half there is named", async () => {
    const { runner, lines } = bench();
    const told: unknown[] = [];
    runner.onTrouble = (code, half) => told.push([code, half]);
    await runner.connect([microbitV2], microbitV2);
    const line = lines[0]!;
    const write = line.write.bind(line);
    line.write = async (bytes) => {
      await write(bytes);
      if (new TextDecoder().decode(bytes).includes("f.write(")) line.unplug();
    };
    await runner.run({ "main.py": "import other\n", "other.py": "x = 1\n".repeat(50) });
    expect(told).toEqual([
      ["lost", null],
      ["lost", "other.py"],
    ]);
    expect(runner.trouble?.half).toBe("other.py");
    expect([runner.target, runner.state]).toEqual(["lost", "idle"]);
    await runner.close();
  });

  test.each([
    ["answers nonsense", "\u0007%&/"],
    ["hangs", ""],
  ])("a board that %s is told within five seconds, and the page goes on", async (_, answer) => {
    const runner = new Runner(microbitV2, { simulate: () => stranger(answer), serial: () => stranger(answer) });
    const troubles: TroubleCode[] = [];
    runner.onTrouble = (code) => troubles.push(code);
    await runner.connect([microbitV2], microbitV2);
    const start = performance.now();
    await runner.run(main("print(1)\n"));
    expect(performance.now() - start).toBeLessThan(5000);
    expect(troubles).toHaveLength(1);
    expect(["no-repl", "timeout"]).toContain(troubles[0]);
    expect(runner.state).toBe("idle");
    await runner.close();
  });

  test("a fault of ours in the simulator is said to be ours, and restarting the board mends it", async () => {
    const machine = new Machine(modelById("microbit-v2")!, { files: {}, seed: 1 });
    machine.reset();
    const quiet = { onChange: null, onFiles: null, onSound: null, onCrash: null, onHappened: null, onPrompt: null };
    const world: World = { parts: {}, ms: 0, input() {}, pace() {}, lasting: () => [], read: async () => "", ...quiet };
    const line = Object.defineProperty(new LoopbackTransport(machine), "world", { value: world });
    const runner = new Runner(microbitV2, { simulate: () => line, serial: () => line });
    const troubles: TroubleCode[] = [];
    runner.onTrouble = (code) => troubles.push(code);
    const run = runner.run(main("while True:\n    pass\n"));
    await expect.poll(() => runner.state).toBe("running");
    world.onCrash?.("TypeError: ours");
    expect([runner.state, runner.trouble?.text]).toEqual(["crashed", "TypeError: ours"]);
    await runner.restart();
    await run;
    expect([runner.state, runner.trouble]).toEqual(["idle", null]);
    expect(troubles).toEqual(["crashed"]);
    await runner.close();
  });
});
