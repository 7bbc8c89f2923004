// Builds the parts that are wired to a board's pins: the one place that knows which model belongs to which kind.
import type { Clock } from "../../interpreter/host.ts";
import type { Net } from "../net.ts";
import { Bme280 } from "../parts/bme280/model.ts";
import { Ssd1306 } from "../parts/ssd1306/model.ts";
import type { Peripheral } from "../peripheral.ts";
import type { WiredKind, WiredPart } from "../wiring.ts";

type Model = new (nets: never, clock: Clock, options: Readonly<Record<string, number | string>>) => Peripheral;

const models: Partial<Readonly<Record<WiredKind, Model>>> = {
  bme280: Bme280,
  ssd1306: Ssd1306,
};

/** The part on its pins' nets. Throws for a pin that the board has not; readWiring finds that before. */
export function buildWired(part: WiredPart, clock: Clock, netOf: (pin: string) => Net | undefined): Peripheral {
  const nets: Record<string, Net> = {};
  for (const [lead, pin] of Object.entries(part.pins)) {
    const net = netOf(pin);
    if (!net) throw new Error(`a ${part.kind} on ${pin}, which the board has not`);
    nets[lead] = net;
  }
  const Model = models[part.kind]!;
  return new Model(nets as never, clock, part.options ?? {});
}
