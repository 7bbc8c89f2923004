// Every program of this folder prints on our micro:bit V1 what it prints on the real firmware, byte for byte.
// The .exp files are the firmware's answers; where QEMU is installed, the firmware is asked again.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LoopbackTransport } from "../../link/loopback.ts";
import { type QemuBoard, qemuIsHere, startQemu, TcpTransport } from "../../link/qemu.ts";
import { openSession, type Session } from "../../link/session.ts";
import { Machine } from "../../sim/machine.ts";
import { microbitV1 } from "../descriptor.ts";
import { microbitV1Model } from "../model.ts";
import { awaited, expectedOf, outputOf, programs } from "./expect.ts";

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

// Tried again, because an emulator without processor time loses bytes that a board would not.
describe.skipIf(!qemuIsHere)("the real firmware", () => {
  let board: QemuBoard;
  let session: Session;
  beforeAll(async () => {
    board = await startQemu();
    session = openSession(microbitV1, new TcpTransport(board.port));
    await session.open();
  });
  afterAll(async () => {
    await session.close();
    await board.stop();
  });
  test.each(programs)("%s", { timeout: 10000, retry: 2 }, async (name) =>
    expect(await outputOf(session, name)).toBe(expectedOf(name)),
  );
});
