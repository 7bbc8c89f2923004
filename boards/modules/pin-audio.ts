// Which pin carries the sound of the micro:bit, and under what mode: music, audio and speech take turns at it.
// V1 takes a pin for each sound and gives it back; V2 keeps the last one selected (microbit_pinaudio.c).
import { type Obj, raiseValueError } from "../../interpreter/native.ts";
import { Speaker } from "../parts/speaker/model.ts";
import type { Hardware } from "../peripheral.ts";
import { pinsOf } from "./modmicrobit.ts";
import { acquire, type PinObject, pinOf, speakerNumber } from "./pins.ts";

export type SoundMode = "music" | "audio";

const sounding: ReadonlySet<string> = new Set(["music", "audio"] satisfies SoundMode[]);

export class PinAudio {
  private readonly isV1: boolean;
  private selected: PinObject | null = null;

  constructor(isV1: boolean) {
    this.isV1 = isV1;
  }

  /** Selects the pin (None: none) for a sound. Raises TypeError for what is no pin, ValueError for one that is kept. */
  select(o: Obj, mode: SoundMode): void {
    if (o === null) return this.free();
    const pin = pinOf(o);
    if (pin.number === speakerNumber) raiseValueError("pin_speaker not allowed");
    if (this.isV1) acquire(pin, mode);
    else if (pin === this.selected) pin.pin.setMode(mode);
    else {
      this.free();
      // Selected also when somebody keeps it, as the firmware has it: asked for once more, it is taken.
      this.selected = pin;
      acquire(pin, mode);
    }
    this.selected = pin;
  }

  /** The sound's tone now, null for none; its pin pulses with it. */
  tone(hz: number | null, duty: number): void {
    if (this.selected && sounding.has(this.selected.pin.state.mode)) this.selected.pin.tone(hz, duty);
  }

  /** Gives the pin back. */
  free(): void {
    if (this.selected) this.selected.pin.setMode("unused");
    this.selected = null;
  }

  /** Leaves the pin as it is; it is nobody's to give back. V1 does so with pitches without an end. */
  forget(): void {
    this.selected = null;
  }

  /** A sound is over. On V2 the pin stays selected, but anybody may have it. */
  rest(): void {
    if (this.isV1) return this.free();
    this.selected?.pin.setMode("unused");
  }
}

const byHardware = new WeakMap<Hardware, PinAudio>();

export function pinAudioOf(hw: Hardware): PinAudio {
  let made = byHardware.get(hw);
  if (!made) {
    const audio = new PinAudio(hw.descriptor.id === "microbit-v1");
    made = audio;
    byHardware.set(hw, audio);
    hw.part("speaker", Speaker).onTone = (hz, duty) => audio.tone(hz, duty);
  }
  return made;
}

/** pin0, where sound goes if nothing is said. */
export function defaultPin(hw: Hardware): Obj {
  return pinsOf(hw).byNumber.get(0)!;
}
