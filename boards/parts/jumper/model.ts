// A jumper wire between two pins: their nets are one while it is there.
import type { Clock } from "../../../interpreter/host.ts";
import type { Net } from "../../net.ts";
import type { Peripheral } from "../../peripheral.ts";
import type { JumperState } from "./state.ts";

export class Jumper implements Peripheral<JumperState, never> {
  state: JumperState = {};
  onChange: (() => void) | null = null;
  private readonly ends: { readonly a: Net; readonly b: Net };

  constructor(nets: { readonly a: Net; readonly b: Net }, _clock: Clock) {
    this.ends = nets;
    nets.a.join(nets.b);
  }

  input(event: never): void {
    throw new Error(`nothing happens to a wire: ${JSON.stringify(event)}`);
  }

  reset(): void {}

  close(): void {
    this.ends.a.part(this.ends.b);
  }
}
