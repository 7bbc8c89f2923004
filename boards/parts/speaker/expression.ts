// Sound expressions: the ten built-in sounds of CODAL as their published strings, and what the 72 characters of each effect
// mean (codal-microbit-v2 SoundExpressions.cpp). The randomness in them is asked of the caller.
import type { Effect } from "./state.ts";

export const expressionLength = 72;

/** Where each number stands in the 72 characters: [start, digits]. */
export const fields = {
  waveform: [0, 1],
  volume: [1, 4],
  hz: [5, 4],
  ms: [9, 4],
  shape: [13, 2],
  endHz: [18, 4],
  endVolume: [26, 4],
  steps: [30, 4],
  fx: [34, 2],
  fxParam: [36, 4],
  fxSteps: [40, 4],
  hzSpread: [44, 4],
  endHzSpread: [48, 4],
  volumeSpread: [52, 4],
  endVolumeSpread: [56, 4],
  msSpread: [60, 4],
  fxParamSpread: [64, 4],
  fxStepsSpread: [68, 4],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

/** The built-in sounds, each one or more expressions with commas between. */
// prettier-ignore
export const builtInSounds = {
  giggle: "010230988019008440044008881023001601003300240000000000000000000000000000,110232570087411440044008880352005901003300010000000000000000010000000000,310232729021105440288908880091006300000000240700020000000000003000000000,310232729010205440288908880091006300000000240700020000000000003000000000,310232729011405440288908880091006300000000240700020000000000003000000000",
  happy: "010231992066911440044008880262002800001800020500000000000000010000000000,002322129029508440240408880000000400022400110000000000000000007500000000,000002129029509440240408880145000400022400110000000000000000007500000000",
  hello: "310230673019702440118708881023012800000000240000000000000000000000000000,300001064001602440098108880000012800000100040000000000000000000000000000,310231064029302440098108881023012800000100040000000000000000000000000000",
  mysterious: "400002390033100440240408880477000400022400110400000000000000008000000000,405512845385000440044008880000012803010500160000000000000000085000500015",
  sad: "310232226070801440162408881023012800000100240000000000000000000000000000,310231623093602440093908880000012800000100240000000000000000000000000000",
  slide: "105202325022302440240408881023012801020000110400000000000000010000000000,010232520091002440044008881023012801022400110400000000000000010000000000",
  soaring: "210234009530905440599908881023002202000400020250000000000000020000000000,402233727273014440044008880000003101024400030000000000000000000000000000",
  spring: "306590037116312440058708880807003400000000240000000000000000050000000000,010230037116313440058708881023003100000000240000000000000000050000000000",
  twinkle: "010180007672209440075608880855012800000000240000000000000000000000000000",
  yawn: "200002281133202440150008881023012801024100240400030000000000010000000000,005312520091002440044008880636012801022400110300000000000000010000000000,008220784019008440044008880681001600005500240000000000000000005000000000,004790784019008440044008880298001600000000240000000000000000005000000000,003210784019008440044008880108001600003300080000000000000000005000000000",
} as const satisfies Readonly<Record<string, string>>;
export type BuiltInSound = keyof typeof builtInSounds;

const loudest = 1023;

/**
 * The effects of an expression, or of several with commas between; null when it is none. `random(n)` gives 0..n-1 and is
 * asked in the firmware's order.
 */
export function effectsOf(text: string, random: (n: number) => number): readonly Effect[] | null {
  const count = Math.floor((text.length + 1) / (expressionLength + 1));
  if (count === 0 || text.length !== count * (expressionLength + 1) - 1) return null;
  const effects: Effect[] = [];
  for (let i = 0; i < count; i++) {
    const start = i * (expressionLength + 1);
    if (i > 0 && text[start - 1] !== ",") return null;
    const effect = effectOf(text.slice(start, start + expressionLength), random);
    if (effect === null) return null;
    effects.push(effect);
  }
  return effects;
}

function effectOf(text: string, random: (n: number) => number): Effect | null {
  const read = (name: keyof typeof fields): number => {
    const [start, digits] = fields[name];
    const part = text.slice(start, start + digits);
    return /^[0-9]+$/.test(part) ? Number(part) : -1;
  };
  // -1: not digits, and then nothing of it plays.
  const spread = (value: number, by: number): number => {
    if (value < 0 || by < 0) return -1;
    return Math.abs(value + (by === 0 ? 0 : random(2 * by + 1) - by));
  };
  const hz = spread(read("hz"), read("hzSpread"));
  const endHz = spread(read("endHz"), read("endHzSpread"));
  const volume = spread(read("volume"), read("volumeSpread"));
  const endVolume = spread(read("endVolume"), read("endVolumeSpread"));
  const ms = spread(read("ms"), read("msSpread"));
  const fxParam = spread(read("fxParam"), read("fxParamSpread"));
  const fxSteps = spread(read("fxSteps"), read("fxStepsSpread"));
  if ([hz, endHz, volume, endVolume, ms, fxParam, fxSteps].includes(-1)) return null;
  return {
    waveform: read("waveform"),
    hz,
    endHz,
    volume: Math.min(volume, loudest) / loudest,
    endVolume: Math.min(endVolume, loudest) / loudest,
    ms,
    shape: read("shape"),
    steps: read("steps"),
    fx: read("fx"),
    fxParam,
    // Given for ten seconds, and spread over what the effect takes.
    fxSteps: Math.trunc((ms / 10000) * fxSteps),
  };
}
