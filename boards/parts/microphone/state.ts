// What the microphone shows and takes; plain data.
export interface MicrophoneState {
  /** 0 silent .. 255 loudest. */
  readonly level: number;
  readonly loudThreshold: number;
  readonly quietThreshold: number;
  /** The LED beside the hole: on from the first use. */
  readonly listening: boolean;
}
export interface MicrophoneInput {
  readonly level: number;
}
export type SoundEventName = "quiet" | "loud";
