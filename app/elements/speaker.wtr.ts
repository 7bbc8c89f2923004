// The speaker's pieces of sound in a real browser's WebAudio: rendered offline, they join without a gap, a jump or a wrong pitch.
import type { TimedSound } from "../../boards/parts/speaker/state.ts";
import { SpeakerSound } from "../../boards/parts/speaker/view.ts";

declare const describe: (name: string, body: () => void) => void;
declare const it: (name: string, body: () => Promise<void>) => void;

const rate = 48000;

function assert(ok: boolean, message: string): void {
  if (!ok) throw new Error(message);
}

/** What is heard of events that come in pieces of `stepMs`, on a context that is not yet asked for its time. */
async function heard(events: readonly TimedSound[], untilMs: number, stepMs: number): Promise<Float32Array> {
  const offline = new OfflineAudioContext(1, rate, rate);
  const context = new Proxy(offline, {
    get(target, key) {
      if (key === "state") return "running";
      const value = Reflect.get(target, key) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  }) as unknown as AudioContext;
  const sound = new SpeakerSound(() => context);
  sound.unlock();
  for (let ms = stepMs; ms <= untilMs; ms += stepMs)
    sound.take(
      events.filter((event) => event.ms > ms - stepMs && event.ms <= ms),
      ms,
    );
  return (await offline.startRendering()).getChannelData(0);
}

const crossings = (pcm: Float32Array, from: number, to: number): number => {
  let count = 0;
  for (let i = Math.round(from * rate) + 1; i < to * rate; i++) if (pcm[i - 1]! < 0 && pcm[i]! >= 0) count++;
  return count;
};

describe("the speaker", () => {
  it("plays what it is given in pieces as if it were one, at its pitch, for its time", async () => {
    const events: TimedSound[] = [
      { ms: 1, kind: "tone", hz: 440, duty: 0.5 },
      { ms: 251, kind: "tone", hz: null, duty: 0.5 },
    ];
    const whole = await heard(events, 300, 300);
    const pieces = await heard(events, 300, 12.5);
    // The first event of a stream is where it begins.
    assert(
      crossings(pieces, 0.06, 0.31) >= 108 && crossings(pieces, 0.06, 0.31) <= 112,
      `440 Hz: ${crossings(pieces, 0.06, 0.31)}`,
    );
    const different = pieces.filter((value, i) => Math.abs(value - whole[i]!) > 1e-4).length;
    assert(different === 0, `${different} samples differ`);
    assert(Math.max(...pieces) > 0.15 && Math.max(...pieces) < 0.45, `loudest ${Math.max(...pieces)}`);
    assert(
      pieces.slice(0, 2870).every((value) => value === 0),
      "silent before its time",
    );
  });
});
