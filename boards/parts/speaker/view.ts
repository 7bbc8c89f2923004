// The sound of a board through WebAudio. No element: the app makes one per page, gives it what happens to the sound, and closes it.
// The browser lets it sound only after the page was pressed: call `unlock` in every click. What comes before is not made up for.
// PCM is rendered here, at the context's own rate, and scheduled piece by piece in the board's time, a little behind it.
import type { SoundEvent, TimedSound } from "./state.ts";
import { SoundStream } from "./synth.ts";

const loudest = 0.2;
// Edges this short are not heard as a fade, and keep the click of a cut wave away.
const edgeSeconds = 0.004;
// So far behind the board: messages come once a frame, and a busy page is late with them.
const leadSeconds = 0.06;
// A board that runs faster than real time, or a page that wakes up, must not leave sound for later.
const mostAheadSeconds = 0.4;

export class SpeakerSound {
  private readonly makeContext: () => AudioContext;
  private audio: AudioContext | null = null;
  private master: GainNode | null = null;
  /** What plays now goes through it; silence takes a new one. */
  private bus: GainNode | null = null;
  private muted = false;
  private share = 1;
  private stream: SoundStream | null = null;
  /** The next frame of the context that nothing is scheduled for. */
  private cursor = 0;
  /** The context's time at the board's 0 ms. */
  private originSeconds: number | null = null;
  // What holds until it is said otherwise: for a stream that begins later.
  private tone: SoundEvent | null = null;
  private gain: SoundEvent | null = null;
  private lastMs = 0;

  constructor(makeContext: () => AudioContext = () => new AudioContext()) {
    this.makeContext = makeContext;
  }

  /** Lets it sound. Safari also stops a context while another app has the sound, so every press asks again. */
  unlock(): void {
    if (this.audio === null) {
      this.audio = this.makeContext();
      this.master = this.audio.createGain();
      this.master.gain.value = this.level;
      this.master.connect(this.audio.destination);
    }
    if (this.audio.state !== "running") void this.audio.resume().catch(() => {}); // not allowed yet: silence
  }

  get isRunning(): boolean {
    return this.audio?.state === "running";
  }

  set mute(muted: boolean) {
    this.muted = muted;
    this.applyLevel();
  }

  /** 0..1 of the loudest. It is squared, because that is how loudness is felt. */
  set volume(share: number) {
    this.share = share;
    this.applyLevel();
  }

  private get level(): number {
    return this.muted ? 0 : loudest * this.share ** 2;
  }
  private applyLevel(): void {
    if (this.audio) this.master?.gain.setTargetAtTime(this.level, this.audio.currentTime, edgeSeconds);
  }

  /** What happened to the sound, in order, and the board's time now: what sounds goes on until then. */
  take(events: readonly TimedSound[], ms: number): void {
    const { audio } = this;
    // Time has gone back: another board.
    if (ms < this.lastMs) this.silence();
    this.lastMs = ms;
    if (audio?.state === "running") this.render(audio, events, ms);
    else this.stream = null;
    for (const event of events) this.remember(event);
  }

  /** What sounds now ends, and the board is thought silent: its program was stopped, or it is another board. */
  silence(): void {
    this.stream = null;
    this.tone = this.gain = null;
    this.originSeconds = null;
    if (this.audio && this.bus) this.bus.gain.setTargetAtTime(0, this.audio.currentTime, edgeSeconds);
    this.bus = null;
    this.cursor = 0;
  }

  close(): void {
    this.silence();
    void this.audio?.close().catch(() => {}); // closed already
    this.audio = this.master = null;
  }

  private render(audio: AudioContext, events: readonly TimedSound[], ms: number): void {
    if (this.stream === null) {
      if (events.length === 0 && this.tone === null) return;
      const start = events[0]?.ms ?? ms;
      this.stream = new SoundStream(audio.sampleRate, start);
      for (const event of [this.gain, this.tone]) if (event) this.stream.synth.apply(event);
      this.cursor = Math.max(this.cursor, Math.round(this.contextTime(audio, start) * audio.sampleRate));
    }
    const pcm = this.stream.advance(events, ms);
    if (pcm.length > 0) this.schedule(audio, pcm);
    if (this.stream.synth.isSilent) this.stream = null;
  }

  /** When an instant of the board is to be heard. */
  private contextTime(audio: AudioContext, ms: number): number {
    const now = audio.currentTime;
    const time = this.originSeconds === null ? -1 : this.originSeconds + ms / 1000;
    if (time >= now && time <= now + mostAheadSeconds) return time;
    this.originSeconds = now + leadSeconds - ms / 1000;
    return now + leadSeconds;
  }

  private schedule(audio: AudioContext, pcm: Float32Array<ArrayBuffer>): void {
    const rate = audio.sampleRate;
    const now = audio.currentTime;
    if (this.cursor / rate > now + mostAheadSeconds) return;
    if (this.cursor / rate < now) {
      // Too late for this piece: it and all after it come later than planned.
      const late = Math.round((now + leadSeconds) * rate) - this.cursor;
      this.cursor += late;
      if (this.originSeconds !== null) this.originSeconds += late / rate;
    }
    const buffer = audio.createBuffer(1, pcm.length, rate);
    buffer.copyToChannel(pcm, 0);
    const source = audio.createBufferSource();
    source.buffer = buffer;
    source.connect(this.busOf(audio));
    source.start(this.cursor / rate);
    this.cursor += pcm.length;
  }

  private busOf(audio: AudioContext): GainNode {
    if (this.bus === null) {
      this.bus = audio.createGain();
      this.bus.connect(this.master!);
    }
    return this.bus;
  }

  private remember(event: SoundEvent): void {
    if (event.kind === "tone") this.tone = event.hz === null ? null : event;
    else if (event.kind === "gain") this.gain = event;
  }
}
