// The music module: tunes in its own notation, single pitches, and the 21 built-in tunes. Playing is the speaker part's.
import {
  fun,
  funKw,
  funVar,
  type Gen,
  getInt,
  type ModuleDef,
  type Obj,
  printText,
  PyList,
  PyTuple,
  raiseTypeError,
  raiseValueError,
  typeOf,
} from "../../interpreter/native.ts";
import { Speaker, type Tone } from "../parts/speaker/model.ts";
import { defaultTempo, type Tempo, TuneReader } from "../parts/speaker/tune.ts";
import { tunes } from "../parts/speaker/tunes.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { pinsOf } from "./modmicrobit.ts";
import { acquire, type PinObject, pinOf, speakerNumber } from "./pins.ts";
import { isnt, tuple, waitFor } from "./shape.ts";

export const modmusic: Binding = (hw): ModuleDef => ({ name: "music", globals: () => members(hw) });

function members(hw: Hardware): Record<string, Obj> {
  const speaker = hw.part("speaker", Speaker);
  let tempo: Tempo = defaultTempo;
  let playingOn: PinObject | null = null;

  const pin0 = pinsOf(hw).byNumber.get(0)!;
  const isV1 = hw.descriptor.id === "microbit-v1";
  const take = (o: Obj): void => {
    release();
    // V2 plays on its speaker alone when the pin is None.
    if (o === null && !isV1) return;
    const object = pinOf(o);
    if (object.number === speakerNumber) raiseValueError("pin_speaker not allowed");
    acquire(object, "music");
    playingOn = object;
  };
  const release = (): void => {
    if (playingOn?.pin.state.mode === "music") playingOn.pin.setMode("unused");
    playingOn = null;
  };
  const ended = (): Gen<void> =>
    waitFor(
      () => !speaker.isPlaying,
      () => speaker.toneEndNs,
    );

  const play = function* (music: Obj, pin: Obj, wait: Obj, loop: Obj): Gen {
    const notes = typeof music === "string" ? [music] : music instanceof PyList || music instanceof PyTuple ? music.items : null;
    if (notes === null) raiseTypeError(`object '${typeOf(music).name}' ${isnt(hw.descriptor.id)} a tuple or list`);
    speaker.stop();
    take(pin);
    const reader = new TuneReader();
    const tones: Tone[] = [];
    let isBroken = false;
    for (const note of notes) {
      if (typeof note !== "string") {
        isBroken = true;
        break;
      }
      tones.push(reader.read(note, tempo));
    }
    const done = (): void => release();
    speaker.play(tones, loop === true && !isBroken, done);
    if (wait === true) yield* ended();
    if (isBroken) printText("TypeError: expecting a str for note\n");
    return null;
  };

  const globals: Record<string, Obj> = {
    reset: fun("reset", () => {
      tempo = defaultTempo;
      return null;
    }),
    set_tempo: funKw(
      "set_tempo",
      [
        { name: "ticks", default: 0, kwOnly: true },
        { name: "bpm", default: 0, kwOnly: true },
      ],
      (ticks: Obj, bpm: Obj) => {
        // 0 leaves it as it is.
        tempo = { ticks: getInt(ticks) || tempo.ticks, bpm: getInt(bpm) || tempo.bpm };
        return null;
      },
    ),
    get_tempo: fun("get_tempo", () => tuple([tempo.bpm, tempo.ticks])),
    play: funKw(
      "play",
      [{ name: "music" }, { name: "pin", default: pin0 }, { name: "wait", default: true }, { name: "loop", default: false }],
      play,
    ),
    pitch: funKw(
      "pitch",
      [{ name: "frequency" }, { name: "duration", default: -1 }, { name: "pin", default: pin0 }, { name: "wait", default: true }],
      function* (frequency: Obj, duration: Obj, pin: Obj, wait: Obj) {
        const hz = getInt(frequency);
        const ms = getInt(duration);
        speaker.stop();
        take(pin);
        if (hz < 0) raiseValueError("invalid pitch");
        const sounding = hz === 0 ? null : hz;
        if (ms < 0) speaker.hold(sounding);
        else {
          speaker.play([{ hz: sounding, ms, soundMs: ms }], false, release);
          if (wait === true) yield* ended();
        }
        return null;
      },
    ),
    stop: funVar(
      "stop",
      (args) => {
        if (args.length > 0) pinOf(args[0]);
        speaker.stop();
        release();
        return null;
      },
      0,
      1,
    ),
  };
  for (const [name, notes] of Object.entries(tunes)) globals[name] = tuple(notes.split(" "));
  return globals;
}
