// Speech in numbers: how often the translation is the firmware's, which texts are phonemes, how long they last, and what the voice sounds like.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lengthOf, readPhonemes, segmentsOf, type VoiceSettings } from "./phonemes.ts";
import { translate } from "./translate.ts";
import { Voice } from "./voice.ts";

const usual: VoiceSettings = { pitch: 64, speed: 72, mouth: 128, throat: 128, sings: false };
const msOf = (text: string, settings: VoiceSettings = usual): number => lengthOf(segmentsOf(readPhonemes(text), settings));

describe("translate", () => {
  test.each([
    ["hello world", " /HEHLOW WERLD"],
    ["", " "],
    ["micro:bit", " MAYKROH.BIHT"],
    ["Yes, no. Why?", " YEHS, NOW. WHAY?"],
    ["3.5%", "  THRIY POYNT FAYV PERSEHNT"],
    ["100", "  WAHN ZIYROW ZIYROW"],
    ["it's the 1st", " IHTS DHAX  FERST"],
    ["A - b-c (d)", " AH - BIYSIY  DIY "],
    ["wait! now", " WEYT. NAW"],
    ["snake_case", " SNEYK KEYS"],
    ["#5 & 6", "  NAHMBER FAYV  AEND  SIHKS"],
    ["a[b", " AH"],
    ["\t¡sí", "  EHS"],
  ])("%j is %j", (words, phonemes) => expect(translate(words)).toBe(phonemes));

  const words = readFileSync(`${import.meta.dirname}/firmware-words.tsv`, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t") as [string, string]);

  test("does nine of ten common words as the firmware's table does, but for stress", () => {
    const different = words.filter(([word, phonemes]) => translate(word).trim() !== phonemes.replace(/[1-8]/g, "").trim());
    expect(words.length).toBeGreaterThanOrEqual(400);
    expect(different.length / words.length).toBeLessThan(0.09);
  });

  test("stops before it is more than can be pronounced at once", () => {
    expect(translate("%".repeat(80)).length).toBeLessThan(135);
    expect(() => readPhonemes(translate("%".repeat(80)))).not.toThrow();
  });

  test("makes phonemes of everything that can be typed", () => {
    for (const [word] of words) expect(() => readPhonemes(translate(word))).not.toThrow();
    const everything = String.fromCharCode(...Array.from({ length: 200 }, (_, i) => i + 1));
    for (const char of everything) expect(() => readPhonemes(translate(`x${char}y ${char}`))).not.toThrow();
  });
});

describe("phonemes", () => {
  test("are two letters if they can be, else one; stress and pitch are written beside them", () => {
    expect(readPhonemes("/heh3low #90IYk*").map(({ name, stress, pitch }) => [name, stress, pitch])).toEqual([
      ["/H", 0, null],
      ["EH", 3, null],
      ["L", 0, null],
      ["OW", 0, null],
      [" ", 0, null],
      ["IY", 0, 90],
      ["K", 0, 90],
      ["*", 0, 90],
    ]);
  });

  test.each([
    ["zzz9", "Phoneme not understood"],
    ["A", "Phoneme not understood"],
    ["é", "Phoneme not understood"],
    ["0", "Phoneme not understood"],
    ["#", "Illegal pitch"],
    ["#256AA", "Illegal pitch"],
    ["S".repeat(129), "Phonemes too long"],
  ])("%s: %s", (text, message) => expect(() => readPhonemes(text)).toThrow(message));

  // Measured on the firmware's synthesiser at the usual speed.
  test.each([
    [" /HEHLOW WERLD", 777],
    [" AY4 AEM AH LIHTTUL RRAABAAT", 1315],
    [" AY4 AEM AH DAELEHK - EHKSTERMIHNEYT", 1985],
    [" /HAW AAR YUW TUXDEY", 1036],
    [" DHAX KWIHK BROWN FAAKS JAH5MS OW5VER DHAX LEY4ZIY DAAG", 2926],
    [" WAHN, TUW, THRIY4.", 1445],
  ])("%s lasts about %i ms", (text, firmwareMs) => {
    expect(msOf(text) / firmwareMs).toBeGreaterThan(0.8);
    expect(msOf(text) / firmwareMs).toBeLessThan(1.2);
  });

  test("take as long as the speed says, and stressed vowels longer", () => {
    expect(msOf("/HEHLOW", { ...usual, speed: 144 })).toBeCloseTo(2 * msOf("/HEHLOW"), 6);
    expect(msOf("AA4")).toBeCloseTo(1.4 * msOf("AA"), 6);
    expect(msOf("S4")).toBe(msOf("S"));
  });

  test("pitch is a period: the usual one is 117 Hz, a written one holds, stress bends it unless it is sung", () => {
    const hz = (text: string, settings = usual): number[] =>
      segmentsOf(readPhonemes(text), settings).map((segment) => Math.round(segment.hz));
    expect(hz("IY")).toEqual([117]);
    expect(hz("#32IYIY")).toEqual([235, 235]);
    expect(hz("IY1")).toEqual([235]);
    expect(hz("IY1", { ...usual, sings: true })).toEqual([117]);
    expect(hz("IY", { ...usual, pitch: 0 })[0]).toBeGreaterThan(7000);
  });
});

describe("the voice", () => {
  const rate = 22050;
  const say = (text: string, settings = usual): Float32Array => {
    const voice = new Voice(segmentsOf(readPhonemes(text), settings), rate);
    const out: number[] = [];
    for (let sample = voice.next(); !voice.isDone; sample = voice.next()) out.push(sample);
    return Float32Array.from(out);
  };
  /** The share of a frequency in the middle of a sound. */
  const level = (pcm: Float32Array, hz: number): number => {
    const part = pcm.slice(pcm.length / 3, (2 * pcm.length) / 3);
    const [re, im] = [Math.cos, Math.sin].map((f) => part.reduce((sum, v, i) => sum + v * f((2 * Math.PI * hz * i) / rate), 0));
    return Math.hypot(re!, im!) / part.length;
  };
  /** The loudest harmonic of the pitch between two frequencies. */
  const loudest = (pcm: Float32Array, pitch: number, from: number, to: number): number => {
    const harmonics = Array.from({ length: 60 }, (_, i) => (i + 1) * pitch).filter((hz) => hz >= from && hz <= to);
    return Math.max(...harmonics.map((hz) => level(pcm, hz)));
  };

  test("lasts as long as its segments and stays within -1..1", () => {
    const pcm = say("/HEHLOW WERLD");
    expect(pcm.length / rate).toBeCloseTo(msOf("/HEHLOW WERLD") / 1000, 2);
    const peak = Math.max(...pcm.map(Math.abs));
    expect(peak).toBeGreaterThan(0.1);
    expect(peak).toBeLessThanOrEqual(1);
  });

  test("sings the pitch that is written", () => {
    for (const period of [58, 78, 115]) {
      const pcm = say(`#${period}AAAAAAAA`, { ...usual, sings: true });
      const hz = 1000 / (period * ((162 / 64 / 19000) * 1000));
      const likeness = Array.from({ length: 400 }, (_, lag) =>
        pcm.slice(4000, 6000).reduce((sum, v, i) => sum + v * pcm[4000 + i + lag]!, 0),
      );
      // The first of the lags at which it is like itself, past those at which it is because it is smooth.
      const best = likeness.findIndex((sum, lag) => lag > 100 && sum > 0.9 * likeness[0]! && sum > likeness[lag + 1]!);
      expect(Math.abs(rate / best - hz)).toBeLessThan(3);
    }
  });

  test("tells vowels apart by their resonances, and hisses from hums", () => {
    const pitch = segmentsOf(readPhonemes("IY"), usual)[0]!.hz;
    const [iy, aa, s, sh] = ["IYIYIYIY", "AAAAAAAA", "SSSS", "SHSHSHSH"].map((text) => say(text)) as [Float32Array, Float32Array, Float32Array, Float32Array]; // prettier-ignore
    const ratio = (pcm: Float32Array): number => loudest(pcm, pitch, 200, 500) / loudest(pcm, pitch, 600, 1300);
    expect(ratio(iy)).toBeGreaterThan(3);
    expect(ratio(aa)).toBeLessThan(1);
    const crossings = (pcm: Float32Array): number =>
      pcm.filter((v, i) => i > 0 && v >= 0 && pcm[i - 1]! < 0).length / (pcm.length / rate);
    expect(crossings(s)).toBeGreaterThan(4000);
    expect(crossings(sh)).toBeGreaterThan(2000);
    expect(crossings(sh)).toBeLessThan(4000);
    expect(crossings(aa)).toBeLessThan(1500);
  });
});
