// The micro:bit's 5x5 display with its background animations. The firmware's display task runs every 6 ms, so every delay is
// rounded up to that and counted from its last tick: show('AB') lasts 804 ms or a little less. Columns measured on real V1.
import type { Alarm, Clock } from "../../../interpreter/host.ts";
import type { Peripheral } from "../../peripheral.ts";
import { glyph, glyphHeight, glyphWidth } from "./font.ts";
import { columns, rows } from "./geometry.ts";
import type { LedMatrixInput, LedMatrixState } from "./state.ts";

const tickNs = 6e6;

/** 25 brightnesses, row by row. */
export type Frame = readonly number[];
export const darkFrame: Frame = new Array<number>(columns * rows).fill(0);

export interface Animation {
  readonly kind: "scroll" | "show";
  readonly text: string;
  readonly delayMs: number;
  /** The next frame, or null at the end; "later" when `deliver` will bring it. Called once per frame time. */
  readonly next: () => Frame | null | "later";
  /** Starts it again at the end, for ever. */
  readonly restart?: () => void;
  readonly clear: boolean;
}

export class LedMatrix implements Peripheral<LedMatrixState, LedMatrixInput> {
  state: LedMatrixState = { pixels: darkFrame, on: true, playing: null };
  onChange: (() => void) | null = null;
  private readonly clock: Clock;
  // What is in the frame buffer, also while the display is off.
  private buffer: number[] = [...darkFrame];
  private animation: Animation | null = null;
  private alarm: Alarm | null = null;
  private stepAt = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  input(event: LedMatrixInput): void {
    throw new Error(`a display takes no input: ${JSON.stringify(event)}`);
  }

  reset(): void {
    this.stop();
    this.buffer = [...darkFrame];
    this.state = { ...this.state, on: true };
    this.publish();
  }

  get isPlaying(): boolean {
    return this.animation !== null;
  }

  /** When the next frame is due: what waits for the animation looks again then. */
  nextFrameNs(delayMs: number): number {
    const ticks = Math.max(1, Math.ceil((delayMs * 1e6) / tickNs));
    return (Math.floor(this.clock.ns / tickNs) + ticks) * tickNs;
  }
  /** When the animation that plays takes its next step. */
  get stepNs(): number {
    return this.stepAt;
  }

  getPixel(x: number, y: number): number {
    return this.buffer[y * columns + x];
  }

  setPixel(x: number, y: number, value: number): void {
    this.buffer[y * columns + x] = value;
    this.publish();
  }

  /** Shows one picture; an animation that runs ends. */
  draw(frame: Frame): void {
    if (!this.animation && this.shows(frame)) return;
    this.stop();
    this.paint(frame);
  }

  clear(): void {
    this.draw(darkFrame);
  }

  setOn(on: boolean): void {
    this.state = { ...this.state, on };
    this.publish();
  }

  /** Plays in the background; its first frame, `first` if given, shows at once. What played before ends. */
  play(animation: Animation, first?: () => Frame | null): void {
    this.stop();
    this.animation = animation;
    if (!first) return this.step();
    const frame = first();
    this.deliver(animation, frame);
  }
  plays(animation: Animation): boolean {
    return this.animation === animation;
  }

  stop(): void {
    this.alarm?.cancel();
    this.alarm = null;
    if (!this.animation) return;
    this.animation = null;
    this.publish();
  }

  private step(): void {
    const { animation } = this;
    if (!animation) return;
    let frame = animation.next();
    if (this.animation !== animation) return;
    if (frame === null && animation.restart) {
      animation.restart();
      frame = animation.next();
    }
    if (frame !== "later") this.advance(animation, frame);
  }

  /** Brings the frame for which the animation said "later"; one that has been stopped meanwhile is forgotten. */
  deliver(animation: Animation, frame: Frame | null): void {
    if (this.animation === animation) this.advance(animation, frame);
  }

  private advance(animation: Animation, next: Frame | null): void {
    let frame = next;
    if (frame === null) {
      if (!animation.clear) return this.stop();
      // The cleared picture has its own frame time.
      this.animation = { ...animation, clear: false, next: () => null };
      frame = darkFrame;
    }
    this.paint(frame);
    this.stepAt = this.nextFrameNs(animation.delayMs);
    this.alarm = this.clock.alarm(this.stepAt, () => this.step());
  }

  private shows(frame: Frame): boolean {
    for (let i = 0; i < frame.length; i++) if (this.buffer[i] !== frame[i]) return false;
    return true;
  }

  private paint(frame: Frame): void {
    this.buffer = [...frame];
    this.publish();
  }

  private publish(): void {
    const { on } = this.state;
    const playing = this.animation ? { kind: this.animation.kind, text: this.animation.text } : null;
    this.state = { pixels: on ? [...this.buffer] : darkFrame, on, playing };
    this.onChange?.();
  }
}

/** Shows the frames one after the other. */
export function framesAnimation(
  frames: readonly Frame[],
  options: { readonly text: string; readonly delayMs: number; readonly clear: boolean; readonly loop: boolean },
): Animation {
  let at = 0;
  const restart = (): void => {
    at = 0;
  };
  const { text, delayMs, clear, loop } = options;
  return { kind: "show", text, delayMs, clear, next: () => frames[at++] ?? null, ...(loop ? { restart } : {}) };
}

/** Moves the text from right to left, one column a frame, until it has left. */
export function scrollAnimation(
  text: string,
  options: { readonly delayMs: number; readonly monospace: boolean; readonly loop: boolean },
): Animation {
  const strip = [...textColumns(text, options.monospace), ...new Array<Frame>(columns).fill([0, 0, 0, 0, 0])];
  let picture: number[] = [...darkFrame];
  let at = 0;
  const next = (): Frame | null => {
    const column = strip[at++];
    if (!column) return null;
    picture = picture.map((_, i) => (i % columns === columns - 1 ? column[Math.floor(i / columns)] : picture[i + 1]));
    return picture;
  };
  const restart = (): void => {
    at = 0;
    picture = [...darkFrame];
  };
  const { delayMs, loop } = options;
  return { kind: "scroll", text, delayMs, clear: false, next, ...(loop ? { restart } : {}) };
}

/** The dots of one character; what the font lacks shows as a question mark. */
export function charFrame(char: string): Frame {
  return glyph(char) ?? glyph("?") ?? darkFrame;
}

// Proportional: a glyph ends at its last lit column but is at least three wide; after the first character an empty first
// column is left out. So a space is 3 columns at the start and 2 later. One empty column lies between characters.
function textColumns(text: string, monospace: boolean): readonly Frame[] {
  return [...text].flatMap((char, index) => {
    const dots = charFrame(char);
    const column = (x: number): Frame => Array.from({ length: glyphHeight }, (_, y) => dots[y * glyphWidth + x]);
    const lit = (x: number): boolean => column(x).some((dot) => dot > 0);
    const from = monospace || index === 0 || lit(0) ? 0 : 1;
    const to = monospace || lit(4) ? 4 : lit(3) ? 3 : 2;
    const gap: readonly Frame[] = index === 0 ? [] : [[0, 0, 0, 0, 0]];
    return [...gap, ...Array.from({ length: to - from + 1 }, (_, i) => column(from + i))];
  });
}
