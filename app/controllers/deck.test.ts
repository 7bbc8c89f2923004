// The tape deck over a board that only pretends: what it switches on, what it keeps, when it ends.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { boardById, microbitV2 } from "../../boards/index.ts";
import type { Transport, World } from "../../boards/link/transport.ts";
import type { SimOptions } from "../../boards/sim/transport.ts";
import type { Tape } from "../store/tape.ts";
import { Deck } from "./deck.ts";
import { Runner } from "./runner.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Made {
  readonly world: Mutable<World> | null;
  readonly options: SimOptions | undefined;
  readonly transport: Transport;
}

function bench() {
  const made: Made[] = [];
  const make = (options: SimOptions | undefined, isReal: boolean): Transport => {
    const quiet = { onChange: null, onFiles: null, onSound: null, onCrash: null, onHappened: null, onPrompt: null };
    const levels = [{ part: "lightSensor", event: { level: 9 } }];
    const world = isReal
      ? null
      : { parts: {}, ms: 0, input() {}, pace() {}, lasting: () => levels, read: async () => "", ...quiet };
    const transport: Transport = {
      world,
      pace: { chunkBytes: 4096, gapMs: 0 },
      onBytes: null,
      onClose: null,
      async open() {},
      async close() {},
      async write() {},
    };
    made.push({ world, options, transport });
    return transport;
  };
  const runner = new Runner(microbitV2, {
    simulate: (_, options) => make(options, false),
    serial: () => make(undefined, true),
  });
  const deck = new Deck(runner);
  const tapes: Tape[] = [];
  deck.open();
  deck.onTape = (tape) => tapes.push(tape);
  runner.onChange = () => deck.check();
  return { runner, deck, tapes, last: () => made.at(-1)!, world: () => made.at(-1)!.world! };
}
const files = { "main.py": "print(1)\n" };
const press = { atMs: 250, part: "buttonA", event: "press" };

test("records on a fresh board that has the program, from what the world was like before", async () => {
  const { deck, tapes, runner, last, world } = bench();
  await runner.wake();
  await deck.record(files);
  expect(new TextDecoder().decode(last().options?.files?.["main.py"])).toBe("print(1)\n");
  const light = { atMs: 0, part: "lightSensor", event: { level: 9 } };
  expect(last().options).toMatchObject({ isTaping: true, tape: [light] });
  expect([deck.state, runner.state]).toEqual(["recording", "running"]);
  world().onHappened?.(press);
  expect(deck.count).toBe(2);
  world().ms = 900;
  await vi.advanceTimersByTimeAsync(300);
  deck.stop();
  expect(tapes).toEqual([{ name: "", board: "microbit-v2", ms: 900, events: [light, press] }]);
  expect([deck.state, runner.state]).toEqual(["idle", "running"]);
});

test.each([
  ["", "done", null],
  [
    "Traceback (most recent call last):\n  File \"main.py\", line 1, in <module>\nNameError: name 'x' isn't defined\n",
    "raised",
    1,
  ],
  ["Traceback (most recent call last):\nKeyboardInterrupt: \n", "stopped", null],
])("a recording ends with its program (%#)", async (error, outcome, line) => {
  const { deck, tapes, runner, world } = bench();
  const outcomes: string[] = [];
  runner.onOutcome = (said) => outcomes.push(said);
  await deck.record(files);
  world().onHappened?.(press);
  world().onPrompt?.(error);
  expect([deck.state, runner.state, tapes.length]).toEqual(["idle", "idle", 1]);
  expect(outcomes).toEqual(["running", outcome]);
  expect(runner.report?.line ?? null).toBe(line);
});

test("replays with that tape and nothing else, until it is over", async () => {
  const { deck, tapes, runner, last, world } = bench();
  await runner.wake();
  await deck.replay(files, { name: "T", board: "microbit-v2", ms: 1000, events: [press, { ...press, part: "nose" }] });
  expect(last().options?.tape).toEqual([press]);
  world().ms = 500;
  await vi.advanceTimersByTimeAsync(300);
  expect([deck.state, deck.ms]).toEqual(["replaying", 500]);
  world().ms = 1100;
  await vi.advanceTimersByTimeAsync(300);
  expect([deck.state, runner.state, tapes.length]).toEqual(["idle", "running", 0]);
});

test("a crash of ours ends it and leaves nothing hanging", async () => {
  const { deck, tapes, world } = bench();
  await deck.record(files);
  world().onHappened?.(press);
  world().onCrash?.("ours");
  expect([deck.state, tapes.length]).toEqual(["idle", 1]);
  expect(vi.getTimerCount()).toBe(0);
});

test("from a real board it records what is printed under the sensors' names", async () => {
  const { deck, tapes, runner } = bench();
  const connecting = runner.connect([boardById("microbit-v2")!], boardById("microbit-v2")!);
  await vi.advanceTimersByTimeAsync(1000); // it is asked what it is
  await connecting;
  await deck.record(files);
  await vi.advanceTimersByTimeAsync(400);
  deck.hear("hello\r\ntemperature: 23\r\nx:1 y:2");
  await vi.advanceTimersByTimeAsync(100);
  deck.hear(" z:3\r\n");
  await vi.advanceTimersByTimeAsync(100);
  deck.stop();
  expect(tapes[0]?.events.map(({ part, event }) => [part, event])).toEqual([
    ["thermometer", { celsius: 23 }],
    ["accelerometer", { x: 1, y: 2, z: 3 }],
  ]);
  expect(tapes[0]?.events[0]?.atMs).toBe(400);
  deck.close();
});
