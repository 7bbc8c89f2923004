// A chain of WS2812B pixels. Each takes its 24 bits, green first, and hands on what follows (Worldsemi WS2812B datasheet, "Composition
// of 24bit data" and "Data transmission method"); pixels for which nothing comes keep their colour.
import type { Clock } from "../../../interpreter/host.ts";
import type { PixelDevice } from "../../bus.ts";
import { type Net, Terminal } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import { optionsOf } from "../../wiring.ts";
import type { NeopixelState } from "./state.ts";

const bytesPerPixel = 3;
type Pixel = NeopixelState["pixels"][number];

export class Neopixel implements Peripheral<NeopixelState, never>, PixelDevice {
  state: NeopixelState;
  onChange: (() => void) | null = null;
  private readonly terminal: Terminal;

  constructor(nets: { readonly din: Net }, _clock: Clock, options: Readonly<Record<string, number | string>> = {}) {
    const { count: pixels, shape } = optionsOf("neopixel", options);
    const count = Math.floor(Number(pixels));
    this.state = { shape: shape as NeopixelState["shape"], pixels: Array.from({ length: count }, (): Pixel => [0, 0, 0]) };
    this.terminal = new Terminal(nets.din, { line: "din", device: this });
  }

  show(bytes: Uint8Array): void {
    const pixels = this.state.pixels.map((before, i): Pixel => {
      const at = i * bytesPerPixel;
      if (at + bytesPerPixel > bytes.length) return before;
      const [green, red, blue] = bytes.subarray(at, at + bytesPerPixel) as unknown as Pixel;
      return [red, green, blue];
    });
    if (pixels.every((pixel, i) => pixel.every((value, channel) => value === this.state.pixels[i]![channel]))) return;
    this.state = { ...this.state, pixels };
    this.onChange?.();
  }

  input(event: never): void {
    throw new Error(`nothing happens to a pixel: ${JSON.stringify(event)}`);
  }

  /** Pixels go on shining when the board is reset. */
  reset(): void {}

  close(): void {
    this.terminal.close();
  }
}
