// The micro:bit's machine module: identity, reset, frequency, interrupts, memory and pulse timing.
import { fun, funVar, type Gen, getInt, type ModuleDef, type Obj, PyBytes, resetBoard } from "../../interpreter/native.ts";
import type { Binding, Hardware } from "../peripheral.ts";
import { deviceId, memoryObjects } from "./microbit-memory.ts";
import { pinOf } from "./pins.ts";

const noStart = -2;
const noEnd = -1;

export const modmachineMicrobit: Binding = (hw): ModuleDef => ({ name: "machine", globals: () => members(hw) });

function members(hw: Hardware): Record<string, Obj> {
  const isV1 = hw.descriptor.id === "microbit-v1";
  // PRIMASK: 1 while interrupts are off. The simulation's own clockwork goes on.
  let primask = 0;
  return {
    unique_id: fun("unique_id", () => new PyBytes(deviceId(hw))),
    reset: fun("reset", () => resetBoard("hard")),
    freq: fun("freq", () => (isV1 ? 16000000 : 64000000)),
    disable_irq: fun("disable_irq", () => {
      const before = primask;
      primask = 1;
      return before;
    }),
    enable_irq: fun("enable_irq", (state: Obj) => {
      primask = getInt(state) & 1;
      return null;
    }),
    ...memoryObjects(hw),
    time_pulse_us: funVar("time_pulse_us", (args) => pulse(hw, args), 2, 3),
  };
}

// A PWM is asked when it changes (nextEdgeNs); whoever else changes the pin is something that happens. The pin's use stays.
function* pulse(hw: Hardware, args: readonly Obj[]): Gen {
  const { pin } = pinOf(args[0]);
  const level = getInt(args[1]) !== 0 ? 1 : 0;
  const timeoutNs = (args.length > 2 ? getInt(args[2]) : 1000000) * 1000;
  const until = function* (wanted: boolean): Gen<boolean> {
    const deadline = hw.clock.ns + timeoutNs;
    const isSo = (): boolean => (pin.read() === level) === wanted;
    while (!isSo()) {
      if (hw.clock.ns >= deadline) return false;
      yield { wait: "until", ns: Math.min(deadline, pin.nextEdgeNs), sooner: isSo };
    }
    return true;
  };
  if (!(yield* until(true))) return noStart;
  const start = hw.clock.ns;
  if (!(yield* until(false))) return noEnd;
  return Math.floor((hw.clock.ns - start) / 1000);
}
