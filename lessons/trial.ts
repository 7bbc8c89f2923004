// One run of a learner's program on a fresh simulated board, in virtual time: what a check does to it and sees of it.
// It watches every change, so that what shows for a moment only is seen. The judging is in check.ts.

import { Machine } from "../boards/sim/machine.ts";
import { modelById } from "../boards/sim/models.ts";
import type { AccelerometerInput } from "../boards/parts/accelerometer/state.ts";
import type { LedState } from "../boards/parts/led/state.ts";
import type { LedMatrixState } from "../boards/parts/led-matrix/state.ts";
import type { PinState } from "../boards/parts/pin/state.ts";
import type { RadioInput, RadioState } from "../boards/parts/radio/state.ts";
import type { SpeakerState } from "../boards/parts/speaker/state.ts";
import type { Wiring } from "../boards/wiring.ts";
import type { Surroundings } from "./lesson.ts";

/** A check may spend about this many bytecodes in its long waits; a program that never lets go is given up after them. */
export const OPS = 20_000_000;
const STEP_MS = 5;
const PRESS_MS = 100;
// What the firmware's debouncing needs to see a button let go, or pressed.
const SETTLE_MS = 70;

/** The program used up its bytecodes. */
export class Busy extends Error {}

export class Trial {
  readonly machine: Machine;
  /** What the board has sent on its serial line. */
  output = "";
  private ops: number;
  private readonly decoder = new TextDecoder();
  private watch: (() => void) | null = null;

  constructor(board: string, source: string, seed: number, wired: Wiring = {}, ops = OPS) {
    this.ops = ops;
    const model = modelById(board);
    if (model === null) throw new Error(`there is no board ${board}`);
    this.machine = new Machine(model, { files: { "main.py": new TextEncoder().encode(source) }, seed, wired });
    this.machine.onSerial = (bytes) => {
      this.output += this.decoder.decode(bytes, { stream: true });
      this.watch?.();
    };
    this.machine.onPart = () => this.watch?.();
    this.machine.reset();
  }

  get ms(): number {
    return this.machine.ms;
  }

  run(ms: number): void {
    this.runTo(this.machine.clock.absolute + ms * 1e6);
  }

  private runTo(absolute: number): void {
    const slice = 1_000_000;
    while (!this.machine.runUntil(absolute, slice)) {
      this.ops -= slice;
      if (this.ops <= 0) throw new Busy();
    }
  }

  /** Runs until `test` holds at some moment, or `ms` are over. When it did, the time is just after that moment. */
  runUntil(test: () => boolean, ms: number): boolean {
    let isSeen = test();
    this.watch = () => {
      isSeen ||= test();
    };
    try {
      const end = this.machine.clock.absolute + ms * 1e6;
      while (!isSeen && this.machine.clock.absolute < end) {
        this.runTo(Math.min(end, this.machine.clock.absolute + STEP_MS * 1e6));
        isSeen ||= test();
      }
    } finally {
      this.watch = null;
    }
    return isSeen;
  }

  // --- what is seen

  private state<T>(part: string): T {
    const { hw } = this.machine;
    if (hw.parts[part] === undefined) throw new Error(`${this.machine.model.descriptor.id} has no ${part}`);
    return hw.parts[part].state as T;
  }

  display(): LedMatrixState {
    return this.state<LedMatrixState>("display");
  }

  led(name: string): LedState {
    return this.state<LedState>(`led${name}`);
  }

  pin(name: string): PinState {
    return this.state<PinState>(name);
  }

  /** A wired part's state, whatever its kind has. */
  part(name: string): Readonly<Record<string, unknown>> {
    return this.state<Readonly<Record<string, unknown>>>(name);
  }

  speaker(): SpeakerState {
    return this.state<SpeakerState>("speaker");
  }

  /** What the board says of an error that ended the program, or null. */
  traceback(): string | null {
    const start = this.output.lastIndexOf("Traceback (most recent call last):");
    if (start < 0) return null;
    const text = this.output.slice(start).replaceAll("\r\n", "\n");
    return /^Traceback[^\n]*\n(?: .*\n)*\S.*\n/.exec(text)?.[0].trimEnd() ?? null;
  }

  // --- what is done

  press(name: string, forMs = PRESS_MS): void {
    this.machine.input(partNamed(name), "press");
    this.run(forMs);
    this.machine.input(partNamed(name), "release");
    this.run(SETTLE_MS);
  }

  hold(name: string): void {
    this.machine.input(partNamed(name), "press");
    this.run(SETTLE_MS);
  }

  release(name: string): void {
    this.machine.input(partNamed(name), "release");
    this.run(SETTLE_MS);
  }

  gesture(gesture: string): void {
    this.machine.input("accelerometer", { gesture } as AccelerometerInput);
    this.run(600);
  }

  /** A message as MicroPython's radio.send makes it, from a board of the same group and channel. */
  radioSend(text: string): void {
    const { channel, group } = this.state<RadioState>("radio");
    const bytes = Uint8Array.of(1, 0, 1, ...new TextEncoder().encode(text));
    const packet = { channel, group, address: 0x75626974, rate: 0, power: 6, bytes };
    this.machine.input("radio", { packet } satisfies RadioInput);
    this.run(STEP_MS);
  }

  type(text: string): void {
    this.machine.feed(new TextEncoder().encode(text));
    this.run(STEP_MS);
  }

  set(world: Surroundings): void {
    const { machine } = this;
    if (world.light !== undefined) machine.input("lightSensor", { level: world.light });
    if (world.temperature !== undefined) machine.input("thermometer", { celsius: world.temperature });
    if (world.tilt !== undefined) machine.input("accelerometer", { x: world.tilt[0], y: world.tilt[1], z: world.tilt[2] });
    // No lesson is about tilting the board until its compass is calibrated.
    if (world.heading !== undefined)
      for (const event of [{ heading: world.heading }, { calibrated: true }]) machine.input("compass", event);
    if (world.sound !== undefined) machine.input("microphone", { level: world.sound });
    for (const [pin, event] of Object.entries({ ...world.pin, ...world.part })) machine.input(pin, event);
  }
}

function partNamed(name: string): string {
  const names: Readonly<Record<string, string>> = { a: "buttonA", b: "buttonB" };
  return names[name] ?? name;
}
