// Several boards in one virtual time: messages, distance, echo, V1 with V2, a mesh that carries on, and the same run each time.
import { describe, expect, test } from "vitest";
import { Air } from "./air.ts";
import { Ensemble } from "./ensemble.ts";
import { Machine } from "./machine.ts";
import { modelById } from "./models.ts";

interface Spec {
  readonly main: string;
  readonly at: readonly [number, number];
  readonly board?: string;
  readonly seed?: number;
}

/** Runs the boards together; what each has printed. */
function run(specs: readonly Spec[], ms: number, during?: (move: (i: number, x: number, y: number) => void) => void): string[] {
  const ensemble = new Ensemble();
  const outputs = specs.map(() => "");
  const places = specs.map(({ main, at, board = "microbit-v2", seed = 1 }, i) => {
    const machine = new Machine(modelById(board)!, { files: { "main.py": new TextEncoder().encode(main) }, seed });
    machine.onSerial = (bytes) => (outputs[i] += new TextDecoder().decode(bytes));
    machine.reset();
    return ensemble.add(machine, { x: at[0], y: at[1] });
  });
  ensemble.runFor(ms);
  if (during) {
    during((i, x, y) => (places[i]!.place = { x, y }));
    ensemble.runFor(ms);
  }
  return outputs.map((text) => text.split("MicroPython v")[0]!.replaceAll("\r\n", "\n"));
}

const talk = (every: number, config = "") => `from microbit import *
import radio
radio.on()
radio.config(${config})
n = 0
while True:
    radio.send(str(n))
    n += 1
    sleep(${every})
`;
const listen = (config = "") => `from microbit import *
import radio
radio.on()
radio.config(${config})
while True:
    m = radio.receive_full()
    if m:
        print(str(m[0][3:], 'utf8'), m[1])
    else:
        sleep(1)
`;
const count = (text: string) => text.split("\n").length - 1;

describe("air", () => {
  test("reaches everyone but the sender, weaker with distance, until nothing is left", () => {
    const air = new Air<{ place: { x: number; y: number } }>();
    const [a, b, c] = [0, 3, 400].map((x) => ({ place: { x, y: 4 } }));
    for (const station of [a!, b!, c!]) air.stations.add(station);
    const packet = { channel: 7, address: 1, group: 0, rate: 0, power: 6, bytes: new Uint8Array() };
    expect(air.reach(packet, { x: 0, y: 0 }, a!)).toEqual([{ station: b, packet: { ...packet, rssi: -61 } }]);
    expect(air.reach(packet, { x: 0, y: 4 }, null)).toHaveLength(2);
  });
});

describe("boards together", () => {
  test("all of the group hear it, each as strong as it is near", () => {
    const heard = run(
      [
        { main: talk(100), at: [0, 0] },
        { main: listen(), at: [1, 0] },
        { main: listen(), at: [10, 0], board: "microbit-v1" },
        { main: listen("group=1"), at: [1, 1] },
        { main: listen("channel=8"), at: [1, 1] },
      ],
      1000,
    );
    expect(heard[1]!.split("\n").slice(0, 3)).toEqual(["0 -40", "1 -40", "2 -40"]);
    // V1 takes longer to get to its radio.on().
    expect(heard[2]).toMatch(/^[0-2] -70\n/);
    expect(count(heard[1]!)).toBe(10);
    expect([heard[3], heard[4]]).toEqual(["", ""]);
  });

  test("power and rate decide how far it goes", () => {
    const reach = (config: string, metres: number) =>
      count(
        run(
          [
            { main: talk(20, config), at: [0, 0] },
            { main: listen(config.replace(/power=\d,?/, "")), at: [metres, 0] },
          ],
          2000,
        )[1]!,
      );
    expect([reach("power=0", 3), reach("power=0", 12)]).toEqual([reach("power=7", 3), 0]);
    expect(reach("power=7", 60)).toBeGreaterThan(90);
    expect([reach("power=6", 100), reach("power=6,data_rate=2", 60)]).toEqual([0, expect.any(Number)]);
    expect(reach("power=6,data_rate=2", 60)).toBeGreaterThan(reach("power=6", 60));
    expect(reach("power=6", 60)).toBeGreaterThan(reach("power=6,data_rate=1", 60));
  });

  test("a board that walks away hears no more", () => {
    const specs = [
      { main: talk(20), at: [0, 0] },
      { main: listen(), at: [10, 0] },
    ] as const;
    const [, stays] = run(specs, 2000, () => {});
    const [, leaves] = run(specs, 2000, (move) => move(1, 200, 0));
    expect(count(stays!)).toBeGreaterThan(190);
    expect(Math.abs(count(leaves!) - count(stays!) / 2)).toBeLessThan(3);
  });

  test("an echo comes back a few milliseconds later", () => {
    const ping = `from microbit import *
import radio
radio.on()
sleep(50)
for i in range(5):
    start = running_time()
    radio.send('ping')
    m = None
    while m is None:
        m = radio.receive()
    print(m, running_time() - start)
`;
    const pong = `import radio
radio.on()
while True:
    m = radio.receive()
    if m:
        radio.send(m + '!')
`;
    const [said] = run(
      [
        { main: ping, at: [0, 0] },
        { main: pong, at: [0, 1] },
      ],
      500,
    );
    expect(said!.trim().split("\n")).toHaveLength(5);
    for (const line of said!.trim().split("\n")) expect(line).toMatch(/^ping! [1-5]$/);
  });

  test("eight boards in a row pass a message on, and the run is the same again", () => {
    const pass = `import radio, random
radio.on()
radio.config(power=1)
while True:
    m = radio.receive()
    if m:
        print(m)
        if len(m) < 20:
            radio.send(m + str(random.randint(0, 9)))
`;
    const first = "from microbit import *\nimport radio\nradio.on()\nradio.config(power=1)\nsleep(100)\nradio.send('go')\n";
    const specs: Spec[] = [{ main: first, at: [0, 0] }];
    for (let i = 1; i < 8; i++) {
      const board = i % 2 === 0 ? "microbit-v1" : "microbit-v2";
      specs.push({ main: pass, at: [i * 10, 0], seed: i, board });
    }
    const once = run(specs, 1500);
    expect(run(specs, 1500)).toEqual(once);
    expect(once[7]).not.toBe("");
    expect(once[1]).toMatch(/^go\n/);
    expect(run([...specs.slice(0, -1), { ...specs.at(-1)!, seed: 99 }], 1500)).not.toEqual(once);
  });
});
