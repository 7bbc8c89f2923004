// The radio module of both boards: what the V2 firmware answers ("## Radio" of its recorded answers), what both sources say.
import { describe, expect, test } from "vitest";
import { Radio } from "../parts/radio/model.ts";
import type { RadioPacket } from "../parts/radio/state.ts";
import { Machine } from "../sim/machine.ts";
import { modelById } from "../sim/models.ts";

const text = (bytes: readonly number[]) => Uint8Array.from(bytes);

/** A board that runs `source`; everything that it prints within a second, and the packets that it sends. */
function bench(board: string, source: string, packets: readonly Partial<RadioPacket>[] = []) {
  const files = { "main.py": new TextEncoder().encode(source) };
  const machine = new Machine(modelById(board)!, { files, seed: 1 });
  const sent: RadioPacket[] = [];
  let output = "";
  machine.onSerial = (bytes) => (output += new TextDecoder().decode(bytes));
  machine.hw.part("radio", Radio).onSend = (packet) => sent.push(packet);
  machine.reset();
  const usual = { channel: 7, address: 0x75626974, group: 0, rate: 0, power: 6, bytes: text([]) };
  for (const packet of packets) machine.play([{ atMs: 50, part: "radio", event: { packet: { ...usual, ...packet } } }]);
  machine.runFor(3000);
  return { output: output.split("MicroPython v")[0]!.replaceAll("\r\n", "\n"), sent };
}
/** The value of an expression, or its exception, as the recorded answers have it. */
const answer = (board: string, before: string, expression: string): string => {
  const source = `import radio\n${before}\ntry:\n    print(repr(${expression}))\nexcept Exception as e:\n    print(repr(e).split('(')[0] + ': ' + str(e))\n`;
  return bench(board, source).output.trim();
};

const buffer = "TypeError: object with buffer protocol required";
const off = "ValueError: radio is not enabled";
const range = (name: string) => `ValueError: value out of range for argument '${name}'`;

describe.each(["microbit-v1", "microbit-v2"])("%s", (board) => {
  test.each([
    ["radio.off()", "radio.send('a')", off],
    ["radio.off()", "radio.receive()", off],
    ["radio.off()", "radio.send_bytes(b'a')", off],
    ["radio.off()", "radio.send_bytes(5)", buffer],
    ["radio.off()", "radio.receive_full()", off],
    ["radio.off()", "radio.receive_bytes_into(5)", buffer],
    ["radio.off()", "radio.receive_bytes_into(bytearray(3))", off],
    ["", "radio.off()", "None"],
    ["", "radio.on()", "None"],
    ["", "radio.send(5)", "TypeError: can't convert 'int' object to str implicitly"],
    ["", "radio.send(None)", "TypeError: can't convert 'NoneType' object to str implicitly"],
    ["", "radio.send(b'a')", "None"],
    ["", "radio.send('a'*40)", "None"],
    ["", "radio.send('')", "None"],
    ["", "radio.send('a','b')", "TypeError: function takes 1 positional arguments but 2 were given"],
    ["", "radio.send_bytes('a')", "None"],
    ["", "radio.send_bytes(5)", buffer],
    ["", "radio.receive()", "None"],
    ["", "radio.receive(1)", "TypeError: function takes 0 positional arguments but 1 were given"],
    ["", "radio.receive_full()", "None"],
    ["", "radio.receive_bytes_into(5)", buffer],
    ["", "radio.receive_bytes_into(b'abc')", buffer],
    ["", "radio.config()", "None"],
    ["", "radio.config(5)", "TypeError: arguments must be keywords"],
    ["", "radio.config(group=256)", range("group")],
    ["", "radio.config(group=-1)", range("group")],
    ["", "radio.config(group=255)", "None"],
    ["", "radio.config(group='a')", "TypeError: can't convert str to int"],
    ["", "radio.config(group=1.5)", "TypeError: can't convert float to int"],
    ["", "radio.config(group=2**32 + 7)", "None"], // only the word counts
    ["", "radio.config(channel=84)", range("channel")],
    ["", "radio.config(channel=83)", "None"],
    ["", "radio.config(power=8)", range("power")],
    ["", "radio.config(power=7)", "None"],
    ["", "radio.config(length=0)", range("length")],
    ["", "radio.config(length=1)", "None"],
    ["", "radio.config(length=251)", "None"],
    ["", "radio.config(length=252)", range("length")],
    ["", "radio.config(queue=0)", range("queue")],
    ["", "radio.config(queue=1)", "None"],
    ["", "radio.config(queue=255)", range("queue")],
    ["", "radio.config(data_rate=3)", range("data_rate")],
    ["", "radio.config(data_rate=radio.RATE_2MBIT)", "None"],
    ["", "radio.config(data_rate=2)", "None"],
    ["", "radio.config(address=-1)", "None"],
    ["", "radio.config(address=2**32)", "None"],
    ["", "radio.config(foo=1)", "ValueError: unknown argument 'foo'"],
    ["", "radio.reset()", "None"],
    ["", "radio.recieve()", "AttributeError: 'module' object has no attribute 'recieve'"],
    ["", "radio.RATE_1MBIT", "0"],
    ["", "radio.RATE_250KBIT", board === "microbit-v1" ? "2" : "AttributeError: 'module' object has no attribute 'RATE_250KBIT'"],
  ])("%s %s is %s", (before, expression, expected) => {
    expect(answer(board, before, expression)).toBe(expected);
  });

  test("a wrong argument changes nothing", () => {
    const { sent } = bench(
      board,
      "import radio\ntry:\n    radio.config(group=5, channel=99)\nexcept ValueError:\n    pass\nradio.send('x')\n",
    );
    expect([sent[0]?.group, sent[0]?.channel]).toEqual([0, 7]);
  });

  test("strings go with three bytes before them, and as many of them as fit", () => {
    const { sent } = bench(board, "import radio\nradio.send('hé')\nradio.send('x' * 40)\nradio.send_bytes(b'\\x00' * 40)\n");
    expect([...sent[0]!.bytes]).toEqual([1, 0, 1, 104, 195, 169]);
    expect(sent.map(({ bytes }) => bytes.length)).toEqual([6, 32, 32]);
  });

  test.each([
    ["a string", [1, 0, 1, 104, 105], "'hi'"],
    ["an empty string", [1, 0, 1], "''"],
    ["other bytes", [1, 2, 3, 4], "ValueError: received packet is not a string"],
    ["too few bytes", [1, 0], "ValueError: received packet is not a string"],
    ["no bytes", [], "ValueError: received packet is not a string"],
  ])("receive of %s, which is gone afterwards", (_, bytes, expected) => {
    const source =
      "import radio\nfrom microbit import sleep\nsleep(100)\ntry:\n    print(repr(radio.receive()))\nexcept ValueError as e:\n    print('ValueError: ' + str(e))\nprint(radio.receive_bytes())\n";
    expect(bench(board, source, [{ bytes: text(bytes) }]).output).toBe(`${expected}\nNone\n`);
  });

  test("receive_full tells strength and time; receive_bytes_into the packet's length", () => {
    const source =
      "import radio\nfrom microbit import sleep\nsleep(100)\nprint(radio.receive_full())\nb = bytearray(2)\nprint(radio.receive_bytes_into(b), b)\n";
    const packets = [{ bytes: text([9, 8]), rssi: -61 }, { bytes: text([97, 98, 99]) }];
    expect(bench(board, source, packets).output).toBe("(b'\\t\\x08', -61, 50000)\n3 bytearray(b'ab')\n");
  });

  test("sending waits for the last bit", () => {
    const source =
      "import radio\nfrom microbit import running_time\na = running_time()\nfor i in range(1000):\n    radio.send_bytes(b'x' * 32)\nprint(running_time() - a)\n";
    const ms = Number(bench(board, source).output);
    expect(ms).toBeGreaterThanOrEqual(608);
    expect(ms).toBeLessThan(750);
  });

  test("importing it anew after a soft reset begins with the defaults", () => {
    const source =
      "import radio, machine\nfrom microbit import running_time\nradio.send('x')\nradio.config(group=7)\nradio.send('y')\nif running_time() < 2000:\n    machine.reset()\n";
    const { sent } = bench(board, source);
    expect(sent.slice(0, 4).map(({ group }) => group)).toEqual([0, 7, 0, 7]);
  });
});
