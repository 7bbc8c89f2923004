// The music module: tunes in its own notation, single pitches, and the 21 built-in tunes. Playing is the speaker part's; which
// pin it is on is pin-audio.ts's.
import {
  decodeUtf8,
  fun,
  funKw,
  funVar,
  type Gen,
  getInt,
  type ModuleDef,
  type Obj,
  printText,
  PyBytes,
  PyList,
  PyTuple,
  raiseTypeError,
  raiseValueError,
  typeOf,
} from "../../interpreter/native.ts";
import { Speaker } from "../parts/speaker/model.ts";
import { defaultTempo } from "../parts/speaker/tune.ts";
import { tunes } from "../parts/speaker/tunes.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { defaultPin, pinAudioOf } from "./pin-audio.ts";
import { isnt, tuple, waitFor } from "./shape.ts";

export const modmusic: Binding = (hw): ModuleDef => ({ name: "music", globals: () => members(hw) });

const textOf = (o: Obj): string | null => (typeof o === "string" ? o : o instanceof PyBytes ? decodeUtf8(o.v) : null);

function members(hw: Hardware): Record<string, Obj> {
  const speaker = hw.part("speaker", Speaker);
  const { player } = speaker;
  const pins = pinAudioOf(hw);
  const pin0 = defaultPin(hw);
  const isV1 = hw.descriptor.id === "microbit-v1";

  const route = (pin: Obj): void => {
    pins.select(pin, "music");
    // V2 has its speaker besides the pin.
    speaker.route(!isV1 || pin !== null);
  };
  const init = (): null => {
    speaker.tempo = defaultTempo;
    player.forget();
    player.restart();
    return null;
  };
  const ended = function* (): Gen<void> {
    try {
      yield* waitFor(
        () => !player.isPlaying,
        () => player.nextNs,
      );
    } catch (caught) {
      // Ctrl-C ends the tune as well.
      player.forget();
      speaker.pulse(false);
      if (!isV1) pins.rest();
      throw caught;
    }
  };

  const play = function* (music: Obj, pin: Obj, wait: Obj, loop: Obj): Gen {
    player.restart();
    const notes = textOf(music) !== null ? [music] : music instanceof PyList || music instanceof PyTuple ? music.items : null;
    if (notes === null) raiseTypeError(`object '${typeOf(music).name}' ${isnt(hw.descriptor.id)} a tuple or list`);
    if (isV1) pins.free();
    player.forget();
    route(pin);
    player.play({
      length: notes.length,
      note: (index) => textOf(notes[index] ?? null),
      loop: loop === true,
      onEnd: (why) => {
        if (why === "wrong") printText("TypeError: expecting a str for note\n");
        // V1 keeps the pin after a wrong note.
        if (why === "end" || !isV1) pins.rest();
      },
    });
    if (wait === true) yield* ended();
    return null;
  };

  const pitch = function* (frequency: Obj, duration: Obj, pin: Obj, wait: Obj): Gen {
    const hz = getInt(frequency) >>> 0;
    const ms = getInt(duration);
    player.forget();
    if (isV1) pins.free();
    route(pin);
    const isMade = hz !== 0 && speaker.setPeriodUs(Math.floor(1000000 / hz));
    // V1 lets go of the pin, still in its mode, when there is nothing to hear. On V2 frequency 0 is the last one again.
    speaker.pulse(isMade || !isV1);
    if (isV1 && !isMade) {
      pins.forget();
      if (hz !== 0) raiseValueError("invalid pitch");
    }
    if (ms < 0) {
      if (isV1) pins.forget();
      return null;
    }
    player.endAfter(ms, () => pins.rest());
    if (wait === true) yield* ended();
    return null;
  };

  const globals: Record<string, Obj> = {
    __init__: fun("__init__", init),
    reset: fun("reset", () => {
      speaker.tempo = defaultTempo;
      player.restart();
      return null;
    }),
    set_tempo: funKw(
      "set_tempo",
      [
        { name: "ticks", default: 0, kwOnly: true },
        { name: "bpm", default: 0, kwOnly: true },
      ],
      (ticks: Obj, bpm: Obj) => {
        const [newTicks, newBpm] = [getInt(ticks), getInt(bpm)];
        // 0 leaves it as it is; 16 bits are kept.
        speaker.tempo = {
          ticks: newTicks === 0 ? speaker.tempo.ticks : newTicks & 0xffff,
          bpm: newBpm === 0 ? speaker.tempo.bpm : newBpm & 0xffff,
        };
        return null;
      },
    ),
    get_tempo: fun("get_tempo", () => tuple([speaker.tempo.bpm, speaker.tempo.ticks])),
    play: funKw(
      "play",
      [{ name: "music" }, { name: "pin", default: pin0 }, { name: "wait", default: true }, { name: "loop", default: false }],
      play,
    ),
    pitch: funKw(
      "pitch",
      [{ name: "frequency" }, { name: "duration", default: -1 }, { name: "pin", default: pin0 }, { name: "wait", default: true }],
      pitch,
    ),
    stop: funVar(
      "stop",
      (args) => {
        pins.select(args.length > 0 ? args[0]! : pin0, "music");
        player.forget();
        speaker.pulse(false);
        pins.rest();
        return null;
      },
      0,
      1,
    ),
  };
  for (const [name, notes] of Object.entries(tunes)) globals[name] = tuple(notes.split(" "));
  return globals;
}
