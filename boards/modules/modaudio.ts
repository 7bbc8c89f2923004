// The audio module: AudioFrames that an iterator makes while they play and, on V2, sound effects and built-in sounds.
// What is heard, and when an effect is over, is the speaker part's; how frames are fetched is modaudio.c's of each board.
import {
  fun,
  funKw,
  type Gen,
  getIter,
  isExc,
  iterNext,
  lockHeap,
  type ModuleDef,
  type Obj,
  PyExc,
  PyList,
  PyTuple,
  raiseLater,
  raiseTypeError,
  raiseValueError,
  run,
  STOP,
  typeMemoryError,
  typeStopIteration,
  typeTypeError,
  unlockHeap,
} from "../../interpreter/native.ts";
import { builtInSounds, effectsOf } from "../parts/speaker/expression.ts";
import { Speaker } from "../parts/speaker/model.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { AudioFrame, frameSize, typeAudioFrame } from "./audio-frame.ts";
import { defaultPin, PinAudio, pinAudioOf } from "./pin-audio.ts";
import { waitFor } from "./shape.ts";
import { Sound, SoundEffect, typeSoundEffect } from "./sound-effect.ts";

export const modaudio: Binding = (hw): ModuleDef => ({
  name: "audio",
  globals: () => (hw.descriptor.id === "microbit-v1" ? membersV1(hw) : membersV2(hw)),
});

/** Samples a second. */
const rateV1 = 7812.5;
const rateV2 = 7812;

const truth = (o: Obj): boolean => o === true;

/** Asks an iterator for frame after frame, in time with the speaker. The first two are asked for at once. */
class FrameStream {
  private readonly hw: Hardware;
  private readonly speaker: Speaker;
  private readonly rate: number;
  /** When the iterator has no more, or gave something else. */
  private readonly onEnd: (why: "end" | "wrong") => void;
  /** V1 fetches in an interrupt, where nothing may be allocated. */
  private readonly isInterrupt: boolean;
  private source: Obj | null = null;
  private dueNs = 0;
  private hushes = 0;
  private readonly fetcher: Obj;

  constructor(hw: Hardware, rate: number, onEnd: (why: "end" | "wrong") => void) {
    this.hw = hw;
    this.isInterrupt = hw.descriptor.id === "microbit-v1";
    this.speaker = hw.part("speaker", Speaker);
    this.rate = rate;
    this.onEnd = onEnd;
    const fetch = (source: Obj): Gen => this.fetchAndPlan(source);
    this.fetcher = fun("fetch", function* (source: Obj) {
      return yield* fetch(source);
    });
  }

  get isRunning(): boolean {
    return this.source !== null;
  }
  get periodNs(): number {
    return (frameSize * 1e9) / this.rate;
  }
  get nextNs(): number {
    return this.dueNs;
  }

  stop(): void {
    this.source = null;
    this.speaker.endFrames();
  }

  *start(iterator: Obj): Gen<void> {
    this.source = iterator;
    this.hushes = this.speaker.hushes;
    this.dueNs = this.hw.clock.ns;
    yield* this.fetch(iterator, false);
    if (this.source === iterator) this.plan(iterator);
  }

  // Python code must run between bytecodes; an alarm only asks for that.
  private plan(source: Obj): void {
    this.hw.clock.alarm(this.dueNs, () => {
      // After a reset there is another heap, and nobody to ask.
      if (this.source !== source || this.hushes !== this.speaker.hushes) return;
      if (this.hw.schedule(this.fetcher, source)) return;
      // Too much waits to be run: this frame is late.
      this.dueNs += this.periodNs;
      this.plan(source);
    });
  }

  private *fetchAndPlan(source: Obj): Gen {
    if (this.source !== source) return null;
    yield* this.fetch(source, this.isInterrupt);
    if (this.source !== source) return null;
    this.dueNs = Math.max(this.dueNs + this.periodNs, this.hw.clock.ns);
    this.plan(source);
    return null;
  }

  private *fetch(source: Obj, isInterrupt: boolean): Gen<void> {
    let item: Obj = STOP;
    if (isInterrupt) lockHeap();
    try {
      item = yield* run(iterNext(source));
    } catch (caught) {
      if (isInterrupt && isExc(caught, typeMemoryError))
        raiseLater(new PyExc(typeMemoryError, ["Allocation in interrupt handler"]));
      else if (!isExc(caught, typeStopIteration)) raiseLater(caught as Obj);
    } finally {
      if (isInterrupt) unlockHeap();
    }
    // It may have been stopped meanwhile, by the iterator itself.
    if (this.source !== source) return;
    if (item instanceof AudioFrame) return this.speaker.frame(item.samples, this.rate);
    const isEnd = item === STOP;
    if (!isEnd) raiseLater(new PyExc(typeTypeError, ["not an AudioFrame"]));
    this.onEnd(isEnd ? "end" : "wrong");
  }
}

function membersV1(hw: Hardware): Record<string, Obj> {
  const pins = pinAudioOf(hw);
  const returnPin = new PinAudio(true);
  let isRunning = false;
  let endNs = 0;
  const stop = (): void => {
    stream.stop();
    isRunning = false;
    pins.free();
    returnPin.free();
  };
  const stream: FrameStream = new FrameStream(hw, rateV1, (why) => {
    const { nextNs, periodNs } = stream;
    // After something that is no frame the buffers go round until they are stopped.
    if (why === "wrong") return;
    // The last frame is still to be heard.
    endNs = nextNs + periodNs;
    hw.clock.alarm(endNs, () => isRunning && stop());
  });
  return {
    stop: fun("stop", () => {
      stop();
      return null;
    }),
    play: funKw(
      "play",
      [
        { name: "source" },
        { name: "wait", default: true },
        { name: "pin", default: null },
        { name: "return_pin", default: null },
      ],
      function* (source: Obj, wait: Obj, pin: Obj, back: Obj) {
        if (isRunning) stop();
        if (pin === null && back !== null) raiseTypeError("cannot set return_pin without pin");
        if (back !== null) returnPin.select(back, "audio");
        pins.select(pin ?? defaultPin(hw), "audio");
        const iterator = yield* run(getIter(source));
        isRunning = true;
        yield* stream.start(iterator);
        if (truth(wait)) {
          yield* waitFor(
            () => !isRunning,
            () => Math.max(stream.nextNs, endNs, hw.clock.ns + 1e6),
          );
        }
        return null;
      },
    ),
    is_playing: fun("is_playing", () => isRunning),
    AudioFrame: typeAudioFrame,
  };
}

function membersV2(hw: Hardware): Record<string, Obj> {
  const speaker = hw.part("speaker", Speaker);
  const pins = pinAudioOf(hw);
  // Sounds that were begun and not reported as done.
  let active = 0;
  const stream: FrameStream = new FrameStream(hw, rateV2, () => {
    stream.stop();
    rest();
  });
  const isPlaying = (): boolean => stream.isRunning || active > 0;
  const rest = (): void => {
    if (!isPlaying()) pins.rest();
  };
  const random = (n: number): number => hw.random32() % n;

  function* playExpression(name: string, expression: string, wait: boolean): Gen<void> {
    active++;
    const effects = effectsOf(expression, random);
    if (effects === null) speaker.stopEffects();
    else {
      speaker.playEffects(name, effects, () => {
        active--;
        rest();
      });
    }
    if (!wait) return;
    try {
      // What is no expression is never done: only Ctrl-C ends the wait for it.
      yield* waitFor(
        () => active === 0,
        () => Math.max(Math.min(speaker.effectEndNs, hw.clock.ns + 1e8), hw.clock.ns + 1e3),
      );
    } catch (caught) {
      speaker.stopEffects();
      throw caught;
    }
  }

  return {
    stop: fun("stop", () => {
      stream.stop();
      rest();
      return null;
    }),
    play: funKw(
      "play",
      [
        { name: "source" },
        { name: "wait", default: true },
        { name: "pin", default: defaultPin(hw) },
        { name: "return_pin", default: null },
      ],
      function* (source: Obj, wait: Obj, pin: Obj, returnPin: Obj) {
        if (returnPin !== null) raiseValueError("return_pin not supported");
        stream.stop();
        pins.select(pin, "audio");
        const sound = expressionOf(source);
        if (sound) {
          yield* playExpression(sound.name, sound.expression, truth(wait));
          return null;
        }
        try {
          yield* stream.start(yield* run(getIter(source)));
        } catch (caught) {
          rest();
          throw caught;
        }
        if (truth(wait)) {
          yield* waitFor(
            () => !stream.isRunning,
            () => Math.max(stream.nextNs, hw.clock.ns + 1e3),
          );
        }
        return null;
      },
    ),
    is_playing: fun("is_playing", isPlaying),
    AudioFrame: typeAudioFrame,
    SoundEffect: typeSoundEffect,
  };
}

/** The sound expression that stands for what is to be played; null: it is to be iterated over. */
function expressionOf(source: Obj): { readonly name: string; readonly expression: string } | null {
  if (source instanceof Sound) return { name: source.name, expression: builtInSounds[source.name] };
  if (source instanceof SoundEffect) return { name: "effect", expression: source.expression };
  if (!(source instanceof PyList || source instanceof PyTuple) || !(source.items[0] instanceof SoundEffect)) return null;
  // Only the first was looked at: another object among them makes no sense to the synthesiser.
  const expressions = source.items.map((item) => (item instanceof SoundEffect ? item.expression : ""));
  return { name: "effect", expression: expressions.join(",") };
}
