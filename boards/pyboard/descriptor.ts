// The pyboard v1.1 as data, after MicroPython's ports/stm32/boards/PYBV11/pins.csv. Read by blocks, lessons, page and worker.
import type { BoardDescriptor, PinAbility, PinDef } from "../descriptor.ts";
import { innerPins } from "./pins.ts";

const digital: readonly PinAbility[] = ["in", "out", "pull", "irq"];
const adc: readonly PinAbility[] = [...digital, "analog"];
const pwm: readonly PinAbility[] = [...digital, "pwm"];
const both: readonly PinAbility[] = [...adc, "pwm"];

// prettier-ignore
const table: readonly (readonly [name: string, cpu: string, can: readonly PinAbility[]])[] = [
  ["X1", "PA0", both],   ["X2", "PA1", both],   ["X3", "PA2", both],   ["X4", "PA3", both],
  ["X5", "PA4", adc],    ["X6", "PA5", both],   ["X7", "PA6", both],   ["X8", "PA7", both],
  ["X9", "PB6", pwm],    ["X10", "PB7", pwm],   ["X11", "PC4", adc],   ["X12", "PC5", adc],
  ["X17", "PB3", pwm],   ["X18", "PC13", digital], ["X19", "PC0", adc], ["X20", "PC1", adc],
  ["X21", "PC2", adc],   ["X22", "PC3", adc],
  ["Y1", "PC6", pwm],    ["Y2", "PC7", pwm],    ["Y3", "PB8", pwm],    ["Y4", "PB9", pwm],
  ["Y5", "PB12", digital], ["Y6", "PB13", pwm], ["Y7", "PB14", pwm],   ["Y8", "PB15", pwm],
  ["Y9", "PB10", pwm],   ["Y10", "PB11", pwm],  ["Y11", "PB0", both],  ["Y12", "PB1", both],
];
const pins: readonly PinDef[] = table.map(([name, cpu, can]) => ({ name, cpu, can }));

/** STM32F405RG at 168 MHz with MicroPython 1.28. LED 3 and 4 have PWM, 1 and 2 are on or off. */
export const pyboardV11: BoardDescriptor = {
  id: "pyboard-v1.1",
  title: "Pyboard v1.1",
  mcu: "STM32F405RG",
  usb: [
    { vendorId: 0xf055, productId: 0x9800 },
    { vendorId: 0xf055, productId: 0x9801 },
    { vendorId: 0xf055, productId: 0x9802 },
  ],
  pins,
  innerPins: Object.entries(innerPins).map(([name, cpu]) => ({ name, cpu: `P${cpu}`, can: digital })),
  parts: {
    led1: { kind: "led", pin: "PA13", options: { colour: "red" } },
    led2: { kind: "led", pin: "PA14", options: { colour: "green" } },
    led3: { kind: "led", pin: "PA15", options: { colour: "yellow", pwm: 1 } },
    led4: { kind: "led", pin: "PB4", options: { colour: "blue", pwm: 1 } },
    accelerometer: { kind: "accelerometer", options: { sda: "X10", scl: "X9", chip: "mma7660" } },
    switch: { kind: "switch", pin: "X17" },
  },
  modules: ["pyb", "machine", "os", "random", "time"],
  opNs: 500,
  serialNsPerByte: 8000,
  files: { kind: "tree", root: "/flash", bytes: 112 * 1024 },
};
