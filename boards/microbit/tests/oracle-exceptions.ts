// Recorded answers that our boards do not give, and why: what the recording machine was, not what a board is.
// V1 was recorded in an emulator without sensors; V2 was the firmware compiled for a simulator, with hardware that does nothing.
export interface Exception {
  readonly section: string;
  readonly matches: (input: string) => boolean;
  readonly reason: string;
}

const is =
  (...inputs: readonly string[]) =>
  (input: string): boolean =>
    inputs.includes(input);
const begins =
  (...starts: readonly string[]) =>
  (input: string): boolean =>
    starts.some((start) => input.startsWith(start));
const has =
  (...parts: readonly string[]) =>
  (input: string): boolean =>
    parts.some((part) => input.includes(part));

const noSensors = "the recording machine has no such sensor: it answers a constant";
const outside = "the firmware reads memory outside its table of digits; what is there, nobody knows";
const session = "what the recording session had left in memory is part of the numbers";
const clock = "the time since that machine was switched on";
const build = "that build of the firmware, not the released one";
const hung = "the recording machine did not answer";

export const exceptions: Readonly<Record<"v1" | "v2", readonly Exception[]>> = {
  v1: [
    { section: "float repr", matches: () => true, reason: "below the smallest normal float the C library of V1 loses digits" },
    { section: "memory", matches: () => true, reason: session },
    { section: "mem_info", matches: () => true, reason: session },
    { section: "help(x)", matches: () => true, reason: "V1 has a sentence of its own for each of its objects" },
    { section: "Image", matches: is("Image('12!:/')", "Image(-1,1)"), reason: outside },
    { section: "display", matches: has("read_light_level"), reason: noSensors },
    { section: "time", matches: begins("[running_time()"), reason: clock },
    {
      section: "More: NeoPixel, str methods, seeded random, gestures, music errors",
      matches: has("accelerometer.is_gesture"),
      reason: noSensors,
    },
  ],
  v2: [
    { section: "recursion limit", matches: () => true, reason: build },
    { section: "memory", matches: () => true, reason: session },
    { section: "mem_info", matches: () => true, reason: session },
    { section: "module dirs 1", matches: () => true, reason: build },
    { section: "Image ops", matches: has("12!:/"), reason: outside },
    { section: "Language doubts", matches: is("hash(())"), reason: "an address in the firmware" },
    { section: "Mistakes: pins", matches: is("pin5.read_digital()"), reason: "pins of the recording machine are not pulled up" },
    { section: "pins", matches: is("pin5.read_digital()"), reason: "pins of the recording machine are not pulled up" },
    {
      section: "Mistakes: sensors and buses",
      matches: is(
        "accelerometer.is_gesture('')",
        "accelerometer.current_gesture()",
        "accelerometer.get_values()",
        "accelerometer.get_strength()",
        "compass.get_field_strength()",
      ),
      reason: noSensors,
    },
    {
      section: "Mistakes: sensors and buses",
      matches: is("compass.calibrate()", "compass.is_calibrated()"),
      reason: "nobody plays the tilting game, which the recording machine has not",
    },
    {
      section: "Mistakes: sensors and buses",
      matches: is("i2c.scan()", "i2c.read(0x50,1)", "i2c.write(0x50,b'a')", "i2c.write(0x50,'a')"),
      reason: "on the recording machine every address answers",
    },
    { section: "Mistakes: Image", matches: is("Image('90,09')"), reason: outside },
    {
      section: "Audio objects: Sound, SoundEffect, audio.play",
      matches: has("(SoundEffect(duration=10),Sound.HAPPY)"),
      reason: hung,
    },
    { section: "Music", matches: is("music.stop()"), reason: hung },
    { section: "Machine, os, neopixel, struct, array", matches: is("machine.unique_id()"), reason: "the board's own number" },
    { section: "Machine, os, neopixel, struct, array", matches: has("time_pulse_us(pin0,1,1000)"), reason: hung },
    { section: "Machine, os, neopixel, struct, array", matches: has("__import__('errno')"), reason: build },
    { section: "Memory", matches: has("bytearray(n)", "s=s+s"), reason: session },
    { section: "dir micropython", matches: () => true, reason: build },
    { section: "Image", matches: is("Image('12!:/')", "Image(-1,1)"), reason: outside },
    { section: "time", matches: begins("[running_time()"), reason: clock },
    {
      section: "NeoPixel, str methods, seeded random, gestures, music errors",
      matches: has("accelerometer.is_gesture"),
      reason: noSensors,
    },
    { section: "main.py: boot", matches: has("running_time()"), reason: clock },
    { section: "main.py: boot", matches: has("os.uname()"), reason: build },
    { section: "main.py: boot", matches: has("gc.mem_free()"), reason: session },
  ],
};
