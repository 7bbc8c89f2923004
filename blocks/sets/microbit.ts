// The micro:bit's display, buttons, sensors and pins.

import type { ArgDef, BlockDef } from "../block.ts";

// prettier-ignore
const IMAGES =
  "HEART HEART_SMALL HAPPY SMILE SAD CONFUSED ANGRY ASLEEP SURPRISED SILLY FABULOUS MEH YES NO TRIANGLE TRIANGLE_LEFT CHESSBOARD DIAMOND " +
  "DIAMOND_SMALL SQUARE SQUARE_SMALL RABBIT COW MUSIC_CROTCHET MUSIC_QUAVER MUSIC_QUAVERS PITCHFORK XMAS PACMAN TARGET TSHIRT ROLLERSKATE DUCK HOUSE " +
  "TORTOISE BUTTERFLY STICKFIGURE GHOST SWORD GIRAFFE SKULL UMBRELLA SNAKE CLOCK12 CLOCK1 CLOCK2 CLOCK3 CLOCK4 CLOCK5 CLOCK6 CLOCK7 CLOCK8 CLOCK9 " +
  "CLOCK10 CLOCK11 ARROW_N ARROW_NE ARROW_E ARROW_SE ARROW_S ARROW_SW ARROW_W ARROW_NW";

const int = (shadow: string): ArgDef => ({ kind: "value", check: "int", shadow });
const choice = (...options: (readonly [string, string])[]): ArgDef => ({ kind: "choice", options });
const button = choice(["A", "button_a"], ["B", "button_b"]);
const pin: ArgDef = {
  kind: "choice",
  options: [0, 1, 2, 8, 12, 13, 14, 15, 16, 3, 4, 5, 6, 7, 9, 10, 11, 19, 20].map((n) => [`P${n}`, `pin${n}`] as const),
};
// Free ones first; these six have an analog input.
const analogPin: ArgDef = { kind: "choice", options: [0, 1, 2, 3, 4, 10].map((n) => [`P${n}`, `pin${n}`] as const) };
const ring: ArgDef = { kind: "choice", options: [0, 1, 2].map((n) => [`P${n}`, `pin${n}`] as const) };
const pins = (name: string): Pick<BlockDef, "imports" | "needs"> => ({
  imports: [`from microbit import ${name}`],
  needs: { modules: ["microbit"] },
});
const from = (name: string, ...parts: string[]): Pick<BlockDef, "imports" | "needs"> => ({
  imports: [`from microbit import ${name}`],
  needs: { modules: ["microbit"], parts },
});
const display = from("display", "led-matrix");
const gestures: ArgDef = choice(
  ["OPT_SHAKE", "'shake'"],
  ["OPT_UP", "'up'"],
  ["OPT_DOWN", "'down'"],
  ["OPT_LEFT", "'left'"],
  ["OPT_RIGHT", "'right'"],
  ["OPT_FACE_UP", "'face up'"],
  ["OPT_FACE_DOWN", "'face down'"],
  ["OPT_FREEFALL", "'freefall'"],
);

export const microbitBlocks: readonly BlockDef[] = [
  {
    type: "microbit_display_leds",
    category: "display",
    label: "MICROBIT_DISPLAY_LEDS",
    args: { leds: { kind: "leds", initial: "09090:99999:99999:09990:00900" } },
    python: "display.show(Image({leds}))",
    shape: "statement",
    imports: ["from microbit import display", "from microbit import Image"],
    needs: { modules: ["microbit"], parts: ["led-matrix"] },
  },
  {
    type: "microbit_display_show",
    category: "display",
    label: "MICROBIT_DISPLAY_SHOW",
    args: { value: { kind: "value", shadow: "Image.HAPPY" } },
    python: "display.show({value})",
    shape: "statement",
    ...display,
  },
  {
    type: "microbit_display_scroll",
    category: "display",
    label: "MICROBIT_DISPLAY_SCROLL",
    args: { text: { kind: "value", shadow: "'Hello'" } },
    python: "display.scroll({text})",
    shape: "statement",
    ...display,
  },
  {
    type: "microbit_display_clear",
    category: "display",
    label: "MICROBIT_DISPLAY_CLEAR",
    args: {},
    python: "display.clear()",
    shape: "statement",
    ...display,
  },
  {
    type: "microbit_display_set_pixel",
    category: "display",
    label: "MICROBIT_DISPLAY_SET_PIXEL",
    args: { x: int("2"), y: int("2"), brightness: int("9") },
    python: "display.set_pixel({x}, {y}, {brightness})",
    shape: "statement",
    ...display,
  },
  {
    type: "microbit_display_get_pixel",
    category: "display",
    label: "MICROBIT_DISPLAY_GET_PIXEL",
    args: { x: int("2"), y: int("2") },
    python: "display.get_pixel({x}, {y})",
    shape: "value",
    ...display,
  },
  {
    type: "microbit_display_power",
    category: "display",
    label: "MICROBIT_DISPLAY_POWER",
    args: { power: choice(["OPT_ON", "on"], ["OPT_OFF", "off"]) },
    python: "display.{power}()",
    shape: "statement",
    ...display,
  },
  {
    type: "microbit_image",
    category: "display",
    label: "MICROBIT_IMAGE",
    args: {
      image: { kind: "choice", options: IMAGES.split(" ").map((name) => [name.toLowerCase().replace("_", " "), name] as const) },
    },
    python: "Image.{image}",
    shape: "value",
    ...from("Image", "led-matrix"),
  },
  {
    type: "microbit_image_leds",
    category: "display",
    label: "MICROBIT_IMAGE_LEDS",
    args: { leds: { kind: "leds", initial: "00000:09090:00000:90009:09990" } },
    python: "Image({leds})",
    shape: "value",
    ...from("Image", "led-matrix"),
  },
  {
    type: "microbit_button_is_pressed",
    category: "input",
    label: "MICROBIT_BUTTON_IS_PRESSED",
    args: { button },
    python: "{button}.is_pressed()",
    shape: "value",
    imports: ["from microbit import button_a", "from microbit import button_b"],
    needs: { modules: ["microbit"], parts: ["button"] },
  },
  {
    type: "microbit_button_was_pressed",
    category: "input",
    label: "MICROBIT_BUTTON_WAS_PRESSED",
    args: { button },
    python: "{button}.was_pressed()",
    shape: "value",
    imports: ["from microbit import button_a", "from microbit import button_b"],
    needs: { modules: ["microbit"], parts: ["button"] },
  },
  {
    type: "microbit_button_presses",
    category: "input",
    label: "MICROBIT_BUTTON_PRESSES",
    args: { button },
    python: "{button}.get_presses()",
    shape: "value",
    imports: ["from microbit import button_a", "from microbit import button_b"],
    needs: { modules: ["microbit"], parts: ["button"] },
  },
  {
    type: "microbit_logo",
    category: "input",
    label: "MICROBIT_LOGO",
    args: {},
    python: "pin_logo.is_touched()",
    shape: "value",
    ...from("pin_logo", "touch"),
  },
  {
    type: "microbit_gesture",
    category: "input",
    label: "MICROBIT_GESTURE",
    args: { when: choice(["OPT_WAS", "was"], ["OPT_IS", "is"]), gesture: gestures },
    python: "accelerometer.{when}_gesture({gesture})",
    shape: "value",
    ...from("accelerometer", "accelerometer"),
  },
  {
    type: "microbit_acceleration",
    category: "input",
    label: "MICROBIT_ACCELERATION",
    args: { axis: choice(["x", "x"], ["y", "y"], ["z", "z"]) },
    python: "accelerometer.get_{axis}()",
    shape: "value",
    ...from("accelerometer", "accelerometer"),
  },
  {
    type: "microbit_light",
    category: "input",
    label: "MICROBIT_LIGHT",
    args: {},
    python: "display.read_light_level()",
    shape: "value",
    ...from("display", "light-sensor"),
  },
  {
    type: "microbit_temperature",
    category: "input",
    label: "MICROBIT_TEMPERATURE",
    args: {},
    python: "temperature()",
    shape: "value",
    ...from("temperature", "thermometer"),
  },
  {
    type: "microbit_sound_level",
    category: "input",
    label: "MICROBIT_SOUND_LEVEL",
    args: {},
    python: "microphone.sound_level()",
    shape: "value",
    ...from("microphone", "microphone"),
  },
  {
    type: "microbit_running_time",
    category: "input",
    label: "MICROBIT_RUNNING_TIME",
    args: {},
    python: "running_time()",
    shape: "value",
    ...from("running_time"),
  },
  {
    type: "microbit_pin_touched",
    category: "pins",
    label: "MICROBIT_PIN_TOUCHED",
    args: { pin: ring },
    python: "{pin}.is_touched()",
    shape: "value",
    ...pins("*"),
  },
  {
    type: "microbit_pin_read_digital",
    category: "pins",
    label: "PIN_READ_DIGITAL",
    args: { pin },
    python: "{pin}.read_digital()",
    shape: "value",
    ...pins("*"),
  },
  {
    type: "microbit_pin_write_digital",
    category: "pins",
    label: "PIN_WRITE_DIGITAL",
    args: { pin, value: int("1") },
    python: "{pin}.write_digital({value})",
    shape: "statement",
    ...pins("*"),
  },
  {
    type: "microbit_pin_read_analog",
    category: "pins",
    label: "PIN_READ_ANALOG",
    args: { pin: analogPin },
    python: "{pin}.read_analog()",
    shape: "value",
    ...pins("*"),
  },
  {
    type: "microbit_pin_write_analog",
    category: "pins",
    label: "PIN_WRITE_ANALOG",
    args: { pin, value: int("511") },
    python: "{pin}.write_analog({value})",
    shape: "statement",
    ...pins("*"),
  },
];
