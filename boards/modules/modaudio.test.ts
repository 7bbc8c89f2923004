// audio, music and the pins they play on, on whole boards in virtual time.
import { describe, expect, test } from "vitest";
import type { SoundEvent, SpeakerState } from "../parts/speaker/state.ts";
import { Speaker } from "../parts/speaker/model.ts";
import { Machine } from "../sim/machine.ts";
import { modelById } from "../sim/models.ts";

function bench(board: string, main: string) {
  const machine = new Machine(modelById(board)!, { files: { "main.py": new TextEncoder().encode(main) } });
  let output = "";
  const events: [number, SoundEvent][] = [];
  machine.onSerial = (bytes) => (output += new TextDecoder().decode(bytes));
  machine.hw.part("speaker", Speaker).onSound = (event) => events.push([machine.ms, event]);
  machine.reset();
  return {
    machine,
    events,
    /** What the program prints in that time, without banner and prompt. */
    run(ms: number): string {
      output = "";
      machine.runFor(ms);
      return output.replaceAll("\r\n", "\n").split("MicroPython v")[0]!;
    },
    type(text: string, ms = 100): string {
      output = "";
      machine.feed(new TextEncoder().encode(text));
      machine.runFor(ms);
      return output.replaceAll("\r\n", "\n");
    },
    get speaker(): SpeakerState {
      return machine.hw.parts["speaker"]!.state as SpeakerState;
    },
  };
}

const boards = ["microbit-v1", "microbit-v2"] as const;
const frames = `from microbit import *
import audio
def frames(n):
    f = audio.AudioFrame()
    for i in range(n):
        f[0] = i
        yield f
`;

describe.each(boards)("%s", (board) => {
  test("AudioFrames play at 7812 samples a second, each fetched when its turn comes", () => {
    const main = `${frames}t = running_time()\naudio.play(frames(250))\nprint(running_time() - t, audio.is_playing())\n`;
    const { run, events } = bench(board, main);
    const [ms, isPlaying] = run(2000).trim().split(" ");
    // V2 is ready once the iterator is, while its last frame is still to be heard.
    expect(Number(ms)).toBeGreaterThanOrEqual(board === "microbit-v1" ? 1023 : 1019);
    expect(Number(ms)).toBeLessThanOrEqual(board === "microbit-v1" ? 1026 : 1022);
    expect(isPlaying).toBe("False");
    const fetched = events.filter(([, event]) => event.kind === "frame");
    expect(fetched).toHaveLength(250);
    expect(fetched[100]![0] - fetched[99]![0]).toBeCloseTo(4.096, 1);
    expect(fetched.map(([, event]) => event.kind === "frame" && event.samples[0])).toEqual([...Array(250).keys()]);
  });

  test("plays in the background until it is stopped", () => {
    const main = `${frames}audio.play(frames(100000), wait=False)\nprint(audio.is_playing(), pin0.get_mode())\nsleep(50)\naudio.stop()\nprint(audio.is_playing(), pin0.get_mode())\n`;
    const { run, events } = bench(board, main);
    expect(run(500)).toBe("True audio\nFalse unused\n");
    expect(events.filter(([, event]) => event.kind === "frame").length).toBeGreaterThan(10);
    expect(events.filter(([, event]) => event.kind === "frame").length).toBeLessThan(16);
  });

  test("what is no frame, or raises, ends it and raises in the program", () => {
    const wrong = bench(board, "import audio\naudio.play([audio.AudioFrame(), 5])\nwhile True: pass\n");
    expect(wrong.run(300)).toContain("TypeError: not an AudioFrame");
    const raising = `import audio\ndef bad():\n    yield audio.AudioFrame()\n    raise KeyError('x')\ntry:\n    audio.play(bad())\n    while True: pass\nexcept KeyError as e:\n    print('got', e)\n`;
    expect(bench(board, raising).run(300)).toMatch(
      // An exception made in an interrupt has no arguments.
      board === "microbit-v1" ? /^got \n/ : /^got x\n/,
    );
  });

  test("Ctrl-C ends the wait, and a soft reset what plays on", () => {
    const main = `${frames}audio.play(frames(100000))\n`;
    const { machine, run, type, events } = bench(board, main);
    run(100);
    expect(type("\x03")).toContain("KeyboardInterrupt");
    machine.files.remove("main.py");
    type("\x04", 300);
    const before = events.length;
    machine.runFor(500);
    expect(events.length).toBe(before);
  });

  test("sums and products of frames are in place or not, and cut to a byte", () => {
    const main = `import audio
f = audio.AudioFrame()
f[0] = 255; f[1] = 0; f[2] = 100
g = f
f += f
print(g is f, f[0], f[1], f[2])
f -= f
f[3] = 28
f *= 1.5
print(f[0], f[3], (f * -1)[3], (f * 0)[3], (f * 100)[3], g is f)
f.copyfrom(b'abc')
f.copyfrom(bytearray(40))
print(f[0], f[31], bytes(f)[:3], len(f))
`;
    expect(bench(board, main).run(300)).toBe("True 255 0 72\n128 0 255 128 0 True\n0 0 b'\\x00\\x00\\x00' 32\n");
  });

  test("a tune holds its pin while it plays", () => {
    const main = `from microbit import *
import music
music.play('c4:4', wait=False)
print(pin0.get_mode())
try:
    pin0.write_digital(1)
except ValueError as e:
    print(e)
music.stop()
pin0.write_digital(1)
print(pin0.get_mode())
`;
    expect(bench(board, main).run(500)).toBe("music\nPin 0 in music mode\nwrite_digital\n");
  });

  test("play, pitch and stop take each other's place; set_tempo counts from the next note", () => {
    const main = `from microbit import *
import music
music.play(['c4:4', 'd', 'e'], wait=False)
sleep(100)
music.set_tempo(bpm=240)
sleep(900)
music.pitch(440, wait=False)
sleep(100)
music.play('c5:1', wait=False)
sleep(40)
music.stop()
`;
    const { machine, run } = bench(board, main);
    const tones: [number, number | null][] = [];
    machine.onPart = (part, state) => {
      const { hz } = state as SpeakerState;
      if (part === "speaker" && hz !== tones.at(-1)?.[1]) tones.push([machine.ms, hz]);
    };
    run(2000);
    // V1 makes its pulses in steps of 16 us.
    const expected =
      board === "microbit-v1" ? [263, null, 295, null, 331, 440, 525, null] : [262, null, 294, null, 330, 440, 523, null];
    expect(tones.map(([, hz]) => hz)).toEqual(expected);
  });
});

test("V1 fetches frames in an interrupt, where nothing can be allocated; V2 does not", () => {
  const main = `import audio
f = audio.AudioFrame()
def halves():
    for i in range(20):
        yield f * 0.5
try:
    audio.play(halves())
    while audio.is_playing(): pass
    print('played')
except MemoryError as e:
    print(repr(e))
audio.stop()
print(len([1, 2, 3]))
`;
  expect(bench("microbit-v1", main).run(500)).toBe("MemoryError('Allocation in interrupt handler',)\n3\n");
  expect(bench("microbit-v2", main).run(500)).toBe("played\n3\n");
});

test("V1 sound takes two pins if told to, and knows no sound effects", () => {
  const main = `from microbit import *
import audio
audio.play([audio.AudioFrame()] * 10, wait=False, pin=pin1, return_pin=pin2)
print(pin1.get_mode(), pin2.get_mode())
sleep(100)
print(pin1.get_mode(), pin2.get_mode())
try:
    audio.play([], return_pin=pin2)
except TypeError as e:
    print(e)
print(hasattr(audio, 'SoundEffect'))
`;
  expect(bench("microbit-v1", main).run(500)).toBe("audio audio\nunused unused\ncannot set return_pin without pin\nFalse\n");
});

test("V1 refuses pitches it cannot make and then keeps the pin; V2 makes any", () => {
  const main = `from microbit import *
import music
for hz in (3906, 3907, 1000000, -5, 0):
    try:
        print(hz, music.pitch(hz, 10))
    except ValueError as e:
        print(hz, e)
print(pin0.get_mode())
`;
  const refused = "3907 invalid pitch\n1000000 invalid pitch\n-5 invalid pitch\n";
  expect(bench("microbit-v1", main).run(1000)).toBe(`3906 None\n${refused}0 None\nmusic\n`);
  expect(bench("microbit-v2", main).run(1000)).toMatch(/^3906 None\n3907 None\n1000000 None\n-5 None\n0 None\n/);
});

describe("V2", () => {
  test.each([
    ["audio.SoundEffect(duration=500)", 500],
    ["[audio.SoundEffect(duration=200)] * 3", 600],
    ["Sound.HELLO", 506],
    ["Sound.SAD", 1644],
  ])("%s takes its time to the synthesiser's buffer", (sound, ms) => {
    const main = `from microbit import *\nimport audio\nt = running_time()\naudio.play(${sound})\nprint(running_time() - t, audio.is_playing())\n`;
    const { run, speaker } = bench("microbit-v2", main);
    const [took, isPlaying] = run(4000).trim().split(" ");
    expect(Math.abs(Number(took) - ms)).toBeLessThanOrEqual(7);
    expect([isPlaying, speaker.playing]).toEqual(["False", null]);
  });

  test("a sound effect goes on after audio.stop(), and Ctrl-C ends one that is waited for", () => {
    const main = `from microbit import *\nimport audio\naudio.play(Sound.TWINKLE, wait=False)\naudio.stop()\nprint(audio.is_playing())\naudio.play(Sound.TWINKLE)\n`;
    const sound = bench("microbit-v2", main);
    expect(sound.run(200)).toBe("True\n");
    expect(sound.speaker.playing).toBe("twinkle");
    expect(sound.type("\x03")).toContain("KeyboardInterrupt");
    expect(sound.speaker.playing).toBe(null);
  });

  test("the same seed makes the same random sounds", () => {
    const main = "from microbit import *\nimport audio\naudio.play(Sound.GIGGLE)\naudio.play(Sound.GIGGLE)\n";
    const heard = (): unknown[] => {
      const { run, events } = bench("microbit-v2", main);
      run(5000);
      return events.flatMap(([, event]) => (event.kind === "effects" && event.effects.length > 0 ? [event.effects] : []));
    };
    const [first, second] = heard();
    expect(heard()).toEqual([first, second]);
    expect(second).not.toEqual(first);
  });

  test("a value that is too large is written as far as it fits, as on the board", () => {
    const main =
      "import audio\ns = audio.SoundEffect()\ntry:\n    s.freq_start = 20001\nexcept ValueError as e:\n    print(e, s.freq_start)\n";
    expect(bench("microbit-v2", main).run(200)).toBe("maximum value is 9999 1\n");
  });

  test("speaker.off leaves the pin alone with the sound", () => {
    const main = "from microbit import *\nspeaker.off()\nset_volume(100)\nspeaker.on()\n";
    const { run, events } = bench("microbit-v2", main);
    run(200);
    expect(events.filter(([, e]) => e.kind === "gain").map(([, e]) => e.kind === "gain" && e.gain)).toEqual([
      1,
      0,
      0,
      200 / 1023,
    ]);
  });
});

// Measured on real V1 firmware in QEMU, where the ticker did not stop: running_time() around the call.
test.each([
  ["music.play(['c4:4', 'd', 'e'])", 1517],
  ["music.play(['c4:1'] * 4)", 535],
  ["music.play(music.JUMP_UP)", 668],
  ["music.play(music.BA_DING)", 515],
  ["music.pitch(440, 100)", 114],
  ["music.pitch(440, 10)", 22],
  ["music.play([])", 6],
  ["music.play('c:0')", 30],
])("V1's %s takes as long as on the firmware", (call, firmwareMs) => {
  const main = `from microbit import *\nimport music\nsleep(50)\nt = running_time()\n${call}\nprint(running_time() - t)\n`;
  const took = Number(bench("microbit-v1", main).run(3000));
  // The call meets the ticker anywhere in its 6 ms.
  expect(Math.abs(took - firmwareMs)).toBeLessThanOrEqual(Math.max(6, firmwareMs / 100));
});
