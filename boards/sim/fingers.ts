// How people press: a click of a mouse or a tap on a touchpad may be over in a few milliseconds, a finger on a button never is, and
// the firmwares' debouncing counts on that (button/debounce.ts). What is pressed in the page stays pressed as long as by a finger.
const pressMs = 100;
const pauseMs = 80;
// Who clicks faster than anybody can press does not keep the board busy for long afterwards.
const mostBehindMs = 1500;

type Deed = "press" | "release";

export class Fingers {
  private readonly last = new Map<string, { readonly deed: Deed; readonly atMs: number }>();

  /** When the input gets to the part, in the board's milliseconds: now or a little later. Null: it does not, a finger is there already. */
  when(part: string, event: unknown, nowMs: number): number | null {
    if (event !== "press" && event !== "release") return nowMs;
    const last = this.last.get(part) ?? { deed: "release", atMs: -Infinity };
    if (last.deed === event) return null;
    const atMs = Math.max(nowMs, last.atMs + (event === "release" ? pressMs : pauseMs));
    if (event === "press" && atMs - nowMs > mostBehindMs) return null;
    this.last.set(part, { deed: event, atMs });
    return atMs;
  }
}
