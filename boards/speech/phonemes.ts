// The phonemes of the micro:bit's speech module: their names, how a text of them is read with its errors, how long each lasts and what a voice
// has to do for it. Lengths were measured on the firmware's synthesiser, a phoneme at a time; formants are those of D. Klatt, "Software for
// a cascade/parallel formant synthesizer" (J. Acoust. Soc. Am. 67, 1980), table II. The hisses are our own guesses.

/** What a voice does, from one moment to the next: three resonances in Hz, buzz and hiss 0..1, the middle of the hiss in Hz. */
export interface Shape {
  readonly formants: readonly [number, number, number];
  readonly voice: number;
  readonly hiss: number;
  readonly hissHz: number;
}

interface Phoneme {
  /** Of 10 ms or so at the usual speed. */
  readonly frames: number;
  readonly shapes: readonly Shape[];
}

const buzz = (f1: number, f2: number, f3: number, voice = 1): Shape => ({ formants: [f1, f2, f3], voice, hiss: 0, hissHz: 3000 });
const noise = (hissHz: number, hiss: number, voice = 0, f: readonly [number, number, number] = [300, 1400, 2600]): Shape => ({
  formants: f,
  voice,
  hiss,
  hissHz,
});
const closed = buzz(200, 1100, 2300, 0);
const hum = (f1: number, f2: number, f3: number): Shape => buzz(f1, f2, f3, 0.25);

const iy = buzz(290, 2070, 2960);
const eh = buzz(530, 1680, 2500);
const aa = buzz(700, 1220, 2600);
const oh = buzz(540, 1000, 2450);
const uw = buzz(320, 900, 2200);
const sh = noise(2700, 0.6);

const one = (frames: number, ...shapes: readonly Shape[]): Phoneme => ({ frames, shapes });

const table: Readonly<Record<string, Phoneme>> = {
  IY: one(7, iy),
  IH: one(7, buzz(400, 1800, 2570)),
  EH: one(7, eh),
  AE: one(7, buzz(620, 1660, 2430)),
  AA: one(10, aa),
  AH: one(6, buzz(620, 1220, 2550)),
  AO: one(11, buzz(600, 990, 2570)),
  OH: one(9, oh),
  UH: one(9, buzz(450, 1100, 2350)),
  UX: one(9, buzz(350, 1250, 2200)),
  ER: one(10, buzz(470, 1270, 1540)),
  AX: one(5, buzz(550, 1260, 2470)),
  IX: one(5, buzz(420, 1680, 2520)),
  EY: one(20, buzz(480, 1720, 2520), buzz(330, 2020, 2600)),
  AY: one(19, buzz(660, 1200, 2550), buzz(400, 1880, 2500)),
  OY: one(19, buzz(550, 960, 2400), buzz(360, 1820, 2450)),
  AW: one(19, buzz(640, 1230, 2550), buzz(420, 940, 2350)),
  OW: one(21, buzz(540, 1100, 2300), buzz(450, 900, 2300)),
  UW: one(16, buzz(350, 1250, 2200), uw),
  UL: one(12, buzz(550, 1260, 2470), buzz(330, 1050, 2880, 0.6)),
  UM: one(14, buzz(550, 1260, 2470), buzz(270, 1100, 2130, 0.5)),
  UN: one(14, buzz(550, 1260, 2470), buzz(270, 1600, 2600, 0.5)),
  R: one(7, buzz(310, 1060, 1380, 0.8)),
  RX: one(9, buzz(470, 1270, 1540, 0.8)),
  L: one(6, buzz(310, 1050, 2880, 0.7)),
  LX: one(8, buzz(400, 900, 2880, 0.7)),
  W: one(8, buzz(290, 610, 2150, 0.7)),
  WX: one(7, buzz(350, 800, 2200, 0.8)),
  WH: one(9, noise(1200, 0.2, 0.2, [290, 610, 2150]), buzz(290, 610, 2150, 0.7)),
  Y: one(6, buzz(260, 2070, 3020, 0.7)),
  YX: one(7, buzz(300, 2070, 2900, 0.8)),
  M: one(7, buzz(270, 1270, 2130, 0.5)),
  N: one(7, buzz(270, 1340, 2470, 0.5)),
  NX: one(7, buzz(270, 2000, 2850, 0.5)),
  B: one(9, hum(200, 1100, 2150), buzz(300, 1100, 2150, 0.6)),
  D: one(7, hum(200, 1600, 2600), noise(4500, 0.15, 0.5, [250, 1600, 2600])),
  DX: one(2, buzz(250, 1600, 2600, 0.4)),
  G: one(9, hum(200, 1990, 2850), noise(2000, 0.15, 0.5, [250, 1990, 2850])),
  GX: one(9, hum(200, 1200, 2200), noise(1300, 0.15, 0.5, [250, 1200, 2200])),
  J: one(12, hum(200, 1800, 2800), noise(2700, 0.4, 0.4, [260, 1800, 2820])),
  V: one(10, noise(3500, 0.1, 0.5, [220, 1100, 2080])),
  DH: one(8, noise(4500, 0.08, 0.5, [270, 1290, 2540])),
  Z: one(8, noise(5000, 0.4, 0.4, [240, 1390, 2530])),
  ZH: one(8, noise(2700, 0.4, 0.4, [300, 1840, 2750])),
  S: one(10, noise(5000, 0.6)),
  SH: one(9, sh),
  F: one(9, noise(3500, 0.2)),
  TH: one(8, noise(4500, 0.15)),
  "/H": one(5, noise(1500, 0.2, 0, [500, 1500, 2500])),
  "/X": one(6, noise(1000, 0.2, 0, [500, 1000, 2400])),
  P: one(11, closed, noise(1000, 0.3)),
  T: one(7, closed, noise(4500, 0.5)),
  K: one(11, closed, noise(2000, 0.5)),
  KX: one(11, closed, noise(1300, 0.5)),
  CH: one(11, closed, sh),
  Q: one(5, closed),
  " ": one(0),
  ".": one(18, closed),
  "?": one(18, closed),
  ",": one(18, closed),
  "-": one(8, closed),
  // The firmware takes it for a phoneme without a sound.
  "*": one(0),
};

/** One phoneme of a text, with what is written about it. */
export interface Spoken {
  readonly name: string;
  /** 0 none, 1 most .. 8 falling. */
  readonly stress: number;
  /** Written before it; null: the voice's own. */
  readonly pitch: number | null;
}

export class PhonemeError extends Error {}

const most = 128;
const pitchMost = 255;

/** The phonemes of a text; small letters count as capitals. Throws PhonemeError in the firmware's words. */
export function readPhonemes(text: string): readonly Spoken[] {
  const chars = text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  const found: Spoken[] = [];
  let pitch: number | null = null;
  for (let at = 0; at < chars.length;) {
    if (found.length >= most) throw new PhonemeError("Phonemes too long");
    if (chars[at] === "#") {
      const digits = /^\d+/.exec(chars.slice(at + 1))?.[0] ?? "";
      if (digits === "" || Number(digits) > pitchMost) throw new PhonemeError("Illegal pitch");
      pitch = Number(digits);
      at += 1 + digits.length;
      continue;
    }
    const name = [chars.slice(at, at + 2), chars[at]!].find((part) => part in table);
    if (name !== undefined) {
      found.push({ name, stress: 0, pitch });
      at += name.length;
    } else if (/[1-8]/.test(chars[at]!)) {
      const last = found.at(-1);
      if (last) found[found.length - 1] = { ...last, stress: Number(chars[at]) };
      at++;
    } else throw new PhonemeError("Phoneme not understood");
  }
  return found;
}

/** How a voice is set. */
export interface VoiceSettings {
  readonly pitch: number;
  readonly speed: number;
  readonly mouth: number;
  readonly throat: number;
  /** No melody of its own. */
  readonly sings: boolean;
}

/** A stretch of speech: one shape, its pitch and its time. */
export interface Segment extends Shape {
  readonly hz: number;
  readonly ms: number;
}

// A step of the synthesiser: 162 of its 1/64/19000 s (render.c, V2's output rate). A frame has as many as `speed` says.
const stepMs = (162 / 64 / 19000) * 1000;
const stressed = 1.4;
// What the firmware adds to the pitch for a stress; less is higher.
const pitchOf = [0, -32, -26, -20, -13, -7, 0, 6, 12];
const neutral = 128;

/** What a voice with these settings does for the phonemes. */
export function segmentsOf(phonemes: readonly Spoken[], settings: VoiceSettings): readonly Segment[] {
  const [mouth, throat] = [settings.mouth / neutral, settings.throat / neutral];
  return phonemes.flatMap(({ name, stress, pitch }) => {
    const { frames, shapes } = table[name]!;
    const isVowel = shapes[0]?.voice === 1;
    const length = frames * (stress > 0 && isVowel ? stressed : 1) * Math.max(1, settings.speed) * stepMs;
    const period = Math.max(1, (pitch ?? settings.pitch) + (settings.sings ? 0 : (pitchOf[stress] ?? 0)));
    return shapes.map((shape): Segment => {
      const [f1, f2, f3] = shape.formants;
      return { ...shape, formants: [f1 * mouth, f2 * throat, f3], hz: 1000 / (period * stepMs), ms: length / shapes.length };
    });
  });
}

export function lengthOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { ms }) => sum + ms, 0);
}
