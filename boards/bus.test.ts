import { expect, test } from "vitest";
import { type I2cDevice, i2cDevices, i2cRead, i2cWrite, joinI2c } from "./bus.ts";
import { Net } from "./net.ts";
import { SimClock } from "./sim/clock.ts";

class Listener implements I2cDevice {
  readonly address = 0x20;
  readonly timesUs: number[] = [];
  start(): void {}
  stop(): void {}
  write(_byte: number, afterNs: number): boolean {
    this.timesUs.push(afterNs / 1000);
    return true;
  }
  read(afterNs: number): number {
    return this.write(0, afterNs) ? this.timesUs.length : 0;
  }
}

test("a chip is told when in the transfer each byte comes: nine bits each, after the address", () => {
  const chip = new Listener();
  i2cWrite([chip], 0x20, Uint8Array.of(1, 2, 3), false);
  expect(chip.timesUs.splice(0)).toEqual([180, 270, 360]);
  i2cWrite([chip], 0x20, Uint8Array.of(1), false, 22_500);
  expect(chip.timesUs.splice(0)).toEqual([45]);
  i2cRead([chip], 0x20, 2, false);
  expect(chip.timesUs).toEqual([90, 180]);
});

test("a chip is found on both its wires until its terminals close", () => {
  const clock = new SimClock();
  const [sda, scl] = [new Net(clock), new Net(clock)];
  const chip = new Listener();
  const terminals = joinI2c(chip, { sda, scl });
  expect([i2cDevices(sda, scl), i2cDevices(scl, sda)]).toEqual([[chip], []]);
  for (const terminal of terminals) terminal.close();
  expect(i2cDevices(sda, scl)).toEqual([]);
});
