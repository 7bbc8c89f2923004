// The page's air and the other boards in it, over machines in this process: who hears whom, the log, moving, switching off.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { boardById } from "../../boards/index.ts";
import { LoopbackTransport } from "../../boards/link/loopback.ts";
import type { RadioPacket } from "../../boards/parts/radio/state.ts";
import { Machine } from "../../boards/sim/machine.ts";
import { modelById } from "../../boards/sim/models.ts";
import { Crew } from "./crew.ts";
import { Ether, logKept } from "./ether.ts";

const v1 = boardById("microbit-v1")!;
const v2 = boardById("microbit-v2")!;
const program = (source: string) => ({ name: "p", files: { "main.py": source } });
const talk = program(
  "import radio\nfrom microbit import sleep\nfor i in range(3):\n    radio.send('n' + str(i))\n    sleep(20)\nprint('sent')\n",
);
const listen = program(
  "import radio\nfrom microbit import sleep\nwhile True:\n    m = radio.receive()\n    if m:\n        print('heard', m)\n    sleep(2)\n",
);

/** The radio's model, as the worker wires it. */
interface Wired {
  onSend: (packet: RadioPacket) => void;
  onHeard: (packet: RadioPacket, rssi: number) => void;
}

let ether: Ether;
let crew: Crew;
beforeEach(() => {
  ether = new Ether(() => 5, null);
  crew = new Crew(ether, (board, { files, seed, radio }) => {
    const machine = new Machine(modelById(board.id)!, { files: files ?? {}, seed: seed ?? 1 });
    const model = machine.hw.parts["radio"] as unknown as Wired;
    model.onSend = (packet) => radio?.send([packet]);
    model.onHeard = ({ mark }, rssi) => void (mark !== undefined && radio?.heard([[mark, rssi]]));
    if (radio) radio.onPackets = (packets) => packets.forEach((packet) => machine.input("radio", { packet }));
    machine.reset();
    return new LoopbackTransport(machine);
  });
});
afterEach(() => crew.close());

const line = (id: number) => crew.mates.find((mate) => mate.id === id)!.line;

describe("crew", () => {
  test("boards with their own programs talk, and the log says who heard what", async () => {
    const a = crew.add("A", v2, talk, { x: 0, y: 0 });
    const b = crew.add("B", v1, listen, { x: 1, y: 0 });
    const far = crew.add("Far", v2, listen, { x: 500, y: 0 });
    await crew.start(b);
    await crew.start(far);
    await expect.poll(() => ether.log.length, { interval: 5 }).toBe(0);
    await crew.start(a);
    await expect.poll(() => line(b)).toBe("heard n2");
    await expect.poll(() => line(a)).toBe("sent");
    expect(line(far)).toBe("");
    expect(ether.log.map(({ from, heard }) => [from, heard])).toEqual([0, 1, 2].map(() => ["A", [{ name: "B", rssi: -40 }]]));
  });

  test("a board that is moved is heard otherwise", async () => {
    const b = crew.add("B", v2, listen, { x: 1, y: 0 });
    await crew.start(b);
    const hand = ether.join("Hand", { x: 0, y: 0 });
    const packet = { channel: 7, address: 0x75626974, group: 0, rate: 0, power: 6, bytes: Uint8Array.of(1, 0, 1, 65) };
    await expect
      .poll(() => {
        ether.send([packet], hand, "Hand");
        return line(b);
      })
      .toBe("heard A");
    crew.move(b, { x: 10, y: 0 });
    ether.clear();
    ether.send([packet], hand, "Hand");
    await expect.poll(() => ether.log[0]?.heard).toEqual([{ name: "B", rssi: -70 }]);
  });

  test("off it hears nothing, removed it is gone, and its name is free", async () => {
    const b = crew.add("B", v2, listen, { x: 1, y: 0 });
    await crew.start(b);
    await expect.poll(() => crew.mates[0]?.isOn).toBe(true);
    await crew.stop(b);
    expect(crew.mates[0]).toMatchObject({ isOn: false, parts: {} });
    await crew.remove(b);
    expect(crew.mates).toEqual([]);
  });

  test("an error of its program is its last line", async () => {
    const a = crew.add("A", v2, program("1/0\n"), { x: 0, y: 0 });
    await crew.start(a);
    await expect.poll(() => line(a)).toBe("ZeroDivisionError: divide by zero");
  });

  test("a channel carries one packet at a time, and no more than fits", () => {
    let now = 0;
    const crowded = new Ether(() => now, null);
    const hand = crowded.join("Hand", { x: 0, y: 0 });
    const of = (channel: number) => ({ channel, address: 1, group: 0, rate: 0, power: 6, bytes: new Uint8Array(32) });
    const crowd = (channel: number) =>
      crowded.send(
        Array.from({ length: 1000 }, () => of(channel)),
        hand,
      );
    crowd(7); // each is on the air for 0.468 ms; a tenth of a second may come at once
    expect([crowded.log.length, crowded.lost]).toEqual([214, 786]);
    crowd(8);
    expect(crowded.log.length).toBe(428);
    now = 1000;
    crowded.send([of(7)], hand);
    expect([crowded.log.length, crowded.lost]).toEqual([429, 1572]);
    crowded.clear();
    expect([crowded.log.length, crowded.lost]).toEqual([0, 0]);
  });

  test("the log is bounded", () => {
    let now = 0;
    ether = new Ether(() => now++, null);
    const hand = ether.join("Hand", { x: 0, y: 0 });
    const packet = { channel: 7, address: 1, group: 0, rate: 0, power: 6, bytes: new Uint8Array() };
    for (let i = 0; i < logKept + 20; i++) ether.send([packet], hand);
    expect([ether.log.length, ether.dropped, ether.log[0]?.mark]).toEqual([logKept, 20, 21]);
  });
});

test("tabs hear each other over the channel, with places", async () => {
  const [one, two] = [new Ether(() => 0, "test-radio"), new Ether(() => 0, "test-radio")];
  const heard: (number | undefined)[] = [];
  two.port(two.join("B", { x: 10, y: 0 })).onPackets = (packets) => heard.push(...packets.map(({ rssi }) => rssi));
  const a = one.join("A", { x: 0, y: 0 });
  const packet = { channel: 7, address: 1, group: 0, rate: 0, power: 6, bytes: Uint8Array.of(7) };
  // The first ones may go before the tabs know of each other.
  await expect
    .poll(() => {
      one.send([packet], a);
      return heard[0];
    })
    .toBe(-70);
  expect(two.log[0]).toMatchObject({ from: "A", packet: { bytes: Uint8Array.of(7) } });
  one.close();
  two.close();
});
