// The micro:bit V1 and V2 as data, after the edge connector pinout and microbit.pinmap of the technical documentation
// (tech.microbit.org). Read by blocks, lessons, page and worker. No behaviour here.
import type { BoardDescriptor, PartDef, PinAbility, PinDef } from "../descriptor.ts";

const digital: readonly PinAbility[] = ["in", "out", "pull", "pwm"];
const analog: readonly PinAbility[] = [...digital, "analog"];
const touch: readonly PinAbility[] = [...analog, "touch"];

// Edge connector name, processor pin on V1 (nRF51822) and on V2 (nRF52833), abilities.
// prettier-ignore
const edge: readonly (readonly [name: string, v1: string, v2: string, can: readonly PinAbility[]])[] = [
  ["P0",  "P0.03", "P0.02", touch],
  ["P1",  "P0.02", "P0.03", touch],
  ["P2",  "P0.01", "P0.04", touch],
  ["P3",  "P0.04", "P0.31", analog],
  ["P4",  "P0.05", "P0.28", analog],
  ["P5",  "P0.17", "P0.14", digital],
  ["P6",  "P0.12", "P1.05", digital],
  ["P7",  "P0.11", "P0.11", digital],
  ["P8",  "P0.18", "P0.10", digital],
  ["P9",  "P0.10", "P0.09", digital],
  ["P10", "P0.06", "P0.30", analog],
  ["P11", "P0.26", "P0.23", digital],
  ["P12", "P0.20", "P0.12", digital],
  ["P13", "P0.23", "P0.17", digital],
  ["P14", "P0.22", "P0.01", digital],
  ["P15", "P0.21", "P0.13", digital],
  ["P16", "P0.16", "P1.02", digital],
  ["P19", "P0.00", "P0.26", digital],
  ["P20", "P0.30", "P1.00", digital],
];

const pinsOf = (column: 1 | 2): readonly PinDef[] => edge.map((row) => ({ name: row[0], cpu: row[column], can: row[3] }));
const pinParts = (pins: readonly PinDef[]): Record<string, PartDef> =>
  Object.fromEntries(pins.map((pin) => [pin.name, { kind: "pin", pin: pin.name } as const]));

const usb = [{ vendorId: 0x0d28, productId: 0x0204 }] as const;
const v1Pins = pinsOf(1);
const v2Pins = pinsOf(2);
const shared = {
  display: { kind: "led-matrix", options: { columns: 5, rows: 5 } },
  buttonA: { kind: "button", pin: "P5" },
  buttonB: { kind: "button", pin: "P11" },
  accelerometer: { kind: "accelerometer" },
  compass: { kind: "compass" },
  thermometer: { kind: "thermometer" },
  lightSensor: { kind: "light-sensor" },
  radio: { kind: "radio" },
} as const satisfies Record<string, PartDef>;

/** nRF51822 at 16 MHz with MicroPython 1.9.2. Its file store is 0x38800-0x40000: 28 pages, one kept spare. */
export const microbitV1: BoardDescriptor = {
  id: "microbit-v1",
  title: "BBC micro:bit V1",
  mcu: "nRF51822",
  usb,
  pins: v1Pins,
  parts: {
    ...shared,
    // Their chips are on the edge connector's bus; V2's are on a bus of their own.
    accelerometer: { kind: "accelerometer", options: { sda: "P20", scl: "P19", chip: "mma8653" } },
    compass: { kind: "compass", options: { sda: "P20", scl: "P19", chip: "mag3110" } },
    speaker: { kind: "speaker", pin: "P0" },
    ...pinParts(v1Pins),
  },
  modules: [
    "microbit",
    "audio",
    "speech",
    "music",
    "radio",
    "neopixel",
    "machine",
    "os",
    "random",
    "time",
    "love",
    "this",
    "antigravity",
  ],
  opNs: 8000,
  serialNsPerByte: 86806,
  files: { kind: "flat", chunks: 252, nameMax: 120, notFound: "file not found" },
};

/** nRF52833 at 64 MHz with MicroPython 1.18. Its file store is 0x6D000-0x73000: 6 pages of 4 kB, one kept spare. */
export const microbitV2: BoardDescriptor = {
  id: "microbit-v2",
  title: "BBC micro:bit V2",
  mcu: "nRF52833",
  usb,
  pins: v2Pins,
  parts: {
    ...shared,
    logo: { kind: "touch" },
    microphone: { kind: "microphone" },
    speaker: { kind: "speaker" },
    dataLog: { kind: "data-log" },
    power: { kind: "power" },
    ...pinParts(v2Pins),
  },
  modules: [
    ...["microbit", "audio", "speech", "music", "radio", "neopixel", "log", "power", "machine", "os", "random", "time"],
    ...["love", "this", "antigravity"],
  ],
  opNs: 2000,
  serialNsPerByte: 86806,
  files: { kind: "flat", chunks: 160, nameMax: 120 },
};
