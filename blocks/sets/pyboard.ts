// The pyboard's LEDs, user switch, pins and clock.

import type { ArgDef, BlockDef } from "../block.ts";

const led: ArgDef = {
  kind: "choice",
  options: [
    ["OPT_RED", "1"],
    ["OPT_GREEN", "2"],
    ["OPT_YELLOW", "3"],
    ["OPT_BLUE", "4"],
  ],
};
const pin: ArgDef = {
  kind: "choice",
  options: [..."XY"].flatMap((side) => Array.from({ length: 12 }, (_, i) => [`${side}${i + 1}`, `'${side}${i + 1}'`] as const)),
};
const pyb = (...parts: string[]): Pick<BlockDef, "imports" | "needs"> => ({
  imports: ["import pyb"],
  needs: { modules: ["pyb"], parts },
});

export const pyboardBlocks: readonly BlockDef[] = [
  {
    type: "pyb_led_switch",
    category: "display",
    label: "PYB_LED_SWITCH",
    args: {
      led,
      action: {
        kind: "choice",
        options: [
          ["OPT_LED_ON", "on"],
          ["OPT_LED_OFF", "off"],
          ["OPT_LED_TOGGLE", "toggle"],
        ],
      },
    },
    python: "pyb.LED({led}).{action}()",
    shape: "statement",
    ...pyb("led"),
  },
  {
    type: "pyb_led_intensity",
    category: "display",
    label: "PYB_LED_INTENSITY",
    args: { led, value: { kind: "value", check: "int", shadow: "128" } },
    python: "pyb.LED({led}).intensity({value})",
    shape: "statement",
    ...pyb("led"),
  },
  {
    type: "pyb_led",
    category: "display",
    label: "PYB_LED",
    args: { led },
    python: "pyb.LED({led})",
    shape: "value",
    ...pyb("led"),
  },
  {
    type: "pyb_switch",
    category: "input",
    label: "PYB_SWITCH",
    args: {},
    python: "pyb.Switch().value()",
    shape: "value",
    ...pyb("switch"),
  },
  {
    type: "pyb_switch_new",
    category: "input",
    label: "PYB_SWITCH_NEW",
    args: {},
    python: "pyb.Switch()",
    shape: "value",
    ...pyb("switch"),
  },
  {
    type: "pyb_millis",
    category: "input",
    label: "MICROBIT_RUNNING_TIME",
    args: {},
    python: "pyb.millis()",
    shape: "value",
    ...pyb(),
  },
  {
    type: "pyb_pin_write",
    category: "pins",
    label: "PIN_WRITE_DIGITAL",
    args: { pin, value: { kind: "value", check: "int", shadow: "1" } },
    python: "pyb.Pin({pin}, pyb.Pin.OUT_PP).value({value})",
    shape: "statement",
    ...pyb(),
  },
  {
    type: "pyb_pin_read",
    category: "pins",
    label: "PIN_READ_DIGITAL",
    args: { pin },
    python: "pyb.Pin({pin}, pyb.Pin.IN).value()",
    shape: "value",
    ...pyb(),
  },
];
