// The sound of a speaker through WebAudio. No element: the app makes one per board, gives it states, and closes it.
// The browser lets it sound only after the page was pressed once: call `unlock` in a click.
import type { SpeakerState } from "./state.ts";

// Edges this short are not heard as a fade, and keep the click of a cut wave away.
const edgeSeconds = 0.004;
const loudest = 0.16;

export class SpeakerSound {
  private audio: AudioContext | null = null;
  private tone: OscillatorNode | null = null;
  private gain: GainNode | null = null;
  private muted = false;
  private last: SpeakerState | null = null;

  unlock(): void {
    this.audio ??= new AudioContext();
    if (this.audio.state === "suspended") void this.audio.resume().catch(() => {}); // not allowed yet: silence
  }

  set mute(muted: boolean) {
    this.muted = muted;
    if (this.last) this.play(this.last);
  }

  play(state: SpeakerState): void {
    this.last = state;
    const { audio } = this;
    if (!audio) return;
    const heard = state.hz !== null && state.volume > 0 && !this.muted;
    if (!heard) return this.silence();
    if (!this.tone || !this.gain) {
      this.gain = audio.createGain();
      this.gain.gain.value = 0;
      this.gain.connect(audio.destination);
      this.tone = audio.createOscillator();
      // The pin drives the speaker with a square wave.
      this.tone.type = "square";
      this.tone.connect(this.gain);
      this.tone.start();
    }
    const now = audio.currentTime;
    this.tone.frequency.setValueAtTime(state.hz ?? 0, now);
    this.gain.gain.cancelScheduledValues(now);
    this.gain.gain.setTargetAtTime((loudest * state.volume) / 255, now, edgeSeconds);
  }

  silence(): void {
    if (!this.audio || !this.gain) return;
    const now = this.audio.currentTime;
    this.gain.gain.cancelScheduledValues(now);
    this.gain.gain.setTargetAtTime(0, now, edgeSeconds);
  }

  close(): void {
    this.tone?.stop();
    void this.audio?.close().catch(() => {}); // closed already
    this.audio = this.tone = this.gain = null;
  }
}
