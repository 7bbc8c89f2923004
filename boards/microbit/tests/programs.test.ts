// Every program of this folder prints on our micro:bit V1 what it prints on the real firmware, byte for byte.
// The .exp files are the firmware's answers; where QEMU is installed, the firmware is asked again.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LoopbackTransport } from "../../link/loopback.ts";
import { qemuIsHere } from "../../link/qemu.ts";
import { openSession, type Session } from "../../link/session.ts";
import { Machine } from "../../sim/machine.ts";
import { microbitV1 } from "../descriptor.ts";
import { microbitV1Model } from "../model.ts";
import { awaited, expectedOf, Firmware, outputOf, programs } from "./expect.ts";

describe("our micro:bit V1", () => {
  let session: Session;
  beforeAll(async () => {
    const machine = new Machine(microbitV1Model);
    machine.reset();
    session = openSession(microbitV1, new LoopbackTransport(machine));
    await session.open();
  });
  const done = programs.filter((name) => !(name in awaited));
  test("has at least 25 to compare", () => expect(done.length).toBeGreaterThanOrEqual(25));
  test.each(done)("%s", async (name) => expect(await outputOf(session, name)).toBe(expectedOf(name)));
});

describe.skipIf(!qemuIsHere)("the real firmware", () => {
  const firmware = new Firmware();
  afterAll(() => firmware.stop());
  test.each(programs)("%s", { timeout: 40000 }, async (name) => {
    const expected = expectedOf(name);
    expect(await firmware.outputOf(name, (output) => output === expected)).toBe(expected);
  });
});
