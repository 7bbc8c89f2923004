// The noise in the room around the computer, by the microphone of the device, as levels of the micro:bit's: only while it is
// asked for, and nothing is kept or sent. No element; the control owns one.
import { dbOfAmplitude, levelOfDb } from "./state.ts";

/** Why there is no microphone: the user or the browser said no, or there is none. */
export type RoomFault = "denied" | "missing";

// About the 12 ms of the micro:bit's own buffer.
const windowSamples = 512;
const pauseSeconds = 0.03;

export class RoomMicrophone {
  private readonly onLevel: (level: number) => void;
  private stream: MediaStream | null = null;
  private audio: AudioContext | null = null;
  private turn = 0;

  constructor(onLevel: (level: number) => void) {
    this.onLevel = onLevel;
  }

  /** Asks for the microphone; null: it listens. Must come from a click. */
  async open(): Promise<RoomFault | null> {
    this.close();
    const turn = this.turn;
    // Not there outside of https and localhost.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices) return "missing";
    // As it is: browsers would make the level even and take steady noise away.
    const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    try {
      const stream = await devices.getUserMedia({ audio });
      if (turn !== this.turn) stop(stream);
      else this.listen(stream);
      return null;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return error.name === "NotAllowedError" || error.name === "SecurityError" ? "denied" : "missing";
    }
  }

  /** The device's own light goes out. */
  close(): void {
    this.turn++;
    if (this.stream) stop(this.stream);
    void this.audio?.close().catch(() => {}); // closed already
    this.stream = this.audio = null;
  }

  private listen(stream: MediaStream): void {
    this.stream = stream;
    const audio = new AudioContext();
    this.audio = audio;
    if (audio.state !== "running") void audio.resume().catch(() => {}); // not allowed: no levels
    const analyser = audio.createAnalyser();
    analyser.fftSize = windowSamples;
    audio.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(windowSamples);
    const pause = audio.createBuffer(1, Math.ceil(audio.sampleRate * pauseSeconds), audio.sampleRate);
    // A piece of silence that ends is the clock.
    const look = (): void => {
      if (this.audio !== audio) return;
      analyser.getFloatTimeDomainData(samples);
      this.onLevel(levelOf(samples));
      const silence = audio.createBufferSource();
      silence.buffer = pause;
      silence.connect(audio.destination);
      silence.onended = look;
      silence.start();
    };
    look();
  }
}

/** The level of a window of samples between -1 and 1. */
export function levelOf(samples: Float32Array): number {
  let [low, high] = [Infinity, -Infinity];
  for (const sample of samples) {
    low = Math.min(low, sample);
    high = Math.max(high, sample);
  }
  return levelOfDb(dbOfAmplitude((high - low) / 2));
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
