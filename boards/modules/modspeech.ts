// The speech module. Translating, reading phonemes and their lengths are boards/speech's; the words stand in the speaker's state
// while they are said. What differs between V1 and V2 are arguments, and V2's choice of a pin.
import {
  bufferOf,
  fun,
  funVar,
  type Gen,
  getInt,
  type Kw,
  type ModuleDef,
  type Obj,
  type Param,
  parseArgs,
  printText,
  PyBytes,
  decodeUtf8,
  raiseTypeError,
  raiseValueError,
  sleepMs,
  typeOf,
} from "../../interpreter/native.ts";
import { Speaker } from "../parts/speaker/model.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { lengthOf, PhonemeError, readPhonemes, segmentsOf, type Spoken } from "../speech/phonemes.ts";
import { translate } from "../speech/translate.ts";
import { defaultPin, pinAudioOf } from "./pin-audio.ts";

export const modspeech: Binding = (hw): ModuleDef => ({ name: "speech", globals: () => members(hw) });

const longest = 80;

/** A str or bytes argument. Raises TypeError. */
function textOf(o: Obj): string {
  if (typeof o === "string") return o;
  if (o instanceof PyBytes) return decodeUtf8(o.v);
  raiseTypeError(`can't convert '${typeOf(o).name}' object to str implicitly`);
}

function translated(words: Obj): string {
  const text = textOf(words);
  if (bufferOf(text)!.length > longest) raiseValueError("text too long");
  return translate(text);
}

function members(hw: Hardware): Record<string, Obj> {
  const speaker = hw.part("speaker", Speaker);
  const pins = pinAudioOf(hw);
  const isV1 = hw.descriptor.id === "microbit-v1";
  const pin0 = defaultPin(hw);
  const settings: readonly Param[] = [
    { name: "pitch", default: 64, kwOnly: true },
    { name: "speed", default: 72, kwOnly: true },
    { name: "mouth", default: 128, kwOnly: true },
    { name: "throat", default: 128, kwOnly: true },
    { name: "debug", default: false, kwOnly: true },
    ...(isV1
      ? []
      : [
          { name: "mode", default: 1, kwOnly: true },
          { name: "volume", default: 4, kwOnly: true },
          { name: "pin", default: pin0, kwOnly: true },
        ]),
  ];

  function* articulate(phonemes: Obj, words: string | null, args: readonly Obj[], kw: Kw | null, sings: boolean): Gen {
    const values = parseArgs(settings, args, kw);
    const [pitch, speed, mouth, throat] = values.slice(0, 4).map((value) => getInt(value) & 255) as [
      number,
      number,
      number,
      number,
    ];
    if (!isV1) values.slice(5, 7).forEach(getInt);
    const text = textOf(phonemes);
    pins.select(isV1 ? pin0 : values[7]!, "audio");
    try {
      const segments = segmentsOf(read(text), { pitch, speed, mouth, throat, sings });
      speaker.say(words ?? text.trim(), segments);
      yield* sleepMs(lengthOf(segments));
    } finally {
      speaker.say(null, []);
      pins.rest();
    }
    // DIFFERS: of what the firmware prints when it is asked for more, only the last line.
    if (values[4] === true) printText("Glitches: 0\n");
    return null;
  }

  // What is said first is translated, before the other arguments are looked at.
  const speaking = (name: string, sings: boolean): Obj =>
    funVar(name, (args, kw) => articulate(args[0]!, null, args.slice(1), kw, sings), 1);
  return {
    say: funVar("say", (args, kw) => articulate(translated(args[0]!), textOf(args[0]!), args.slice(1), kw, false), 1),
    sing: speaking("sing", true),
    pronounce: speaking("pronounce", false),
    translate: fun("translate", translated),
  };
}

function read(text: string): readonly Spoken[] {
  try {
    return readPhonemes(text);
  } catch (error) {
    if (error instanceof PhonemeError) raiseValueError(error.message);
    throw error;
  }
}
