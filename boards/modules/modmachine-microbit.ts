// The micro:bit's machine module: identity, reset, frequency, interrupts, pulse timing. No memory access: there is none here.
import { fun, funVar, type Gen, getInt, type ModuleDef, type Obj, PyBytes, resetBoard } from "../../interpreter/native.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { acquire, pinOf } from "./pins.ts";

const noStart = -2;
const noEnd = -1;

export const modmachineMicrobit: Binding = (hw): ModuleDef => {
  const isV1 = hw.descriptor.id === "microbit-v1";
  const id = Uint8Array.from([0x42, 0x6c, 0x69, 0x6e, 0x6b, 0x79, 0x61, isV1 ? 1 : 2]);
  return {
    name: "machine",
    globals: {
      unique_id: fun("unique_id", () => new PyBytes(id)),
      reset: fun("reset", () => resetBoard("hard")),
      freq: fun("freq", () => (isV1 ? 16000000 : 64000000)),
      disable_irq: fun("disable_irq", () => true),
      enable_irq: funVar("enable_irq", () => null, 0, 1),
      time_pulse_us: funVar("time_pulse_us", (args) => pulse(hw, args), 2, 3),
    },
  };
};

// The pin changes only when the world acts, so it is enough to look each time the clock may have moved.
function* pulse(hw: Hardware, args: readonly Obj[]): Gen {
  const pin = acquire(pinOf(args[0]), "read_digital");
  const level = getInt(args[1]);
  const timeoutNs = (args.length > 2 ? getInt(args[2]) : 1000000) * 1000;
  const until = function* (wanted: boolean): Gen<boolean> {
    const deadline = hw.clock.ns + timeoutNs;
    while ((pin.read() === level) !== wanted) {
      if (hw.clock.ns >= deadline) return false;
      yield { wait: "until", ns: deadline };
    }
    return true;
  };
  if (!(yield* until(true))) return noStart;
  const start = hw.clock.ns;
  if (!(yield* until(false))) return noEnd;
  return Math.floor((hw.clock.ns - start) / 1000);
}
