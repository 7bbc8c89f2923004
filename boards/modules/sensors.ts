// The sensors of the microbit module: buttons, accelerometer, compass, and V2's microphone and speaker switch.
import { type Gen, getInt, getStr, type Obj, raiseValueError } from "../../interpreter/native.ts";
import { Accelerometer } from "../parts/accelerometer/model.ts";
import { type Gesture, gestures } from "../parts/accelerometer/state.ts";
import { Button } from "../parts/button/model.ts";
import { Compass } from "../parts/compass/model.ts";
import { Microphone } from "../parts/microphone/model.ts";
import type { SoundEventName } from "../parts/microphone/state.ts";
import { Speaker } from "../parts/speaker/model.ts";
import type { Hardware } from "../peripheral.ts";
import { calibrate } from "./compass-calibration.ts";
import { typeSound } from "./sound-effect.ts";
import { BoardObject, newType, singleton, tuple } from "./shape.ts";

// `self` is counted among the arguments, so it is declared also where it is not needed.
type Self = Obj;

export class ButtonObject extends BoardObject {
  readonly button: Button;
  constructor(type: BoardObject["type"], button: Button) {
    super(type);
    this.button = button;
  }
}

export function makeButtons(hw: Hardware): Record<string, Obj> {
  const type = newType("MicroBitButton", {
    is_pressed: (self: ButtonObject) => self.button.debounce!.isPressed,
    was_pressed: (self: ButtonObject) => self.button.debounce!.takeWasPressed(),
    get_presses: (self: ButtonObject) => self.button.debounce!.takePresses(),
  });
  return {
    button_a: new ButtonObject(type, hw.part("buttonA", Button)),
    button_b: new ButtonObject(type, hw.part("buttonB", Button)),
  };
}

export function makeAccelerometer(hw: Hardware): Obj {
  const part = hw.part("accelerometer", Accelerometer);
  const isV1 = hw.descriptor.id === "microbit-v1";
  // V2 takes "" for no gesture; V1 has no 2g.
  const gestureOf = (o: Obj): Gesture | null => {
    const name = getStr(o);
    if (name === "" && !isV1) return null;
    const gesture = gestures.find((known) => known === name);
    if (gesture === undefined || (isV1 && gesture === "2g")) raiseValueError("invalid gesture");
    return gesture;
  };
  return singleton("MicroBitAccelerometer", {
    get_x: (_self: Self) => part.read("x"),
    get_y: (_self: Self) => part.read("y"),
    get_z: (_self: Self) => part.read("z"),
    get_values: (_self: Self) => tuple([part.read("x"), part.read("y"), part.read("z")]),
    get_strength: (_self: Self) => part.strength,
    current_gesture: (_self: Self) => part.state.gesture ?? "",
    is_gesture: (_self: Self, name: Obj) => part.state.gesture === gestureOf(name),
    was_gesture: (_self: Self, name: Obj) => {
      const gesture = gestureOf(name);
      return gesture !== null && part.takeWas(gesture);
    },
    get_gestures: (_self: Self) => tuple(part.takeHistory()),
    set_range: (_self: Self, value: Obj) => {
      const wanted = getInt(value);
      // The chip takes the next range that it has.
      part.setRange(wanted <= 2 ? 2 : wanted <= 4 ? 4 : 8);
      return null;
    },
  });
}

export function makeCompass(hw: Hardware): Obj {
  const part = hw.part("compass", Compass);
  return singleton("MicroBitCompass", {
    *heading(_self: Self): Gen {
      if (!part.state.calibrated) yield* calibrate(hw);
      return part.state.heading;
    },
    is_calibrated: (_self: Self) => part.state.calibrated,
    *calibrate(_self: Self): Gen {
      yield* calibrate(hw);
      return null;
    },
    clear_calibration: (_self: Self) => {
      part.setCalibrated(false);
      return null;
    },
    get_x: (_self: Self) => part.state.x,
    get_y: (_self: Self) => part.state.y,
    get_z: (_self: Self) => part.state.z,
    get_field_strength: (_self: Self) => part.strength,
  });
}

class SoundEvent extends BoardObject {
  readonly event: SoundEventName;
  constructor(type: BoardObject["type"], event: SoundEventName) {
    super(type);
    this.event = event;
  }
}

/** V2's microphone, SoundEvent and speaker. */
export function makeSound(hw: Hardware): Record<string, Obj> {
  const part = hw.part("microphone", Microphone);
  const speaker = hw.part("speaker", Speaker);
  const eventType = newType("MicroBitSoundEvent", {});
  eventType.print = (self: SoundEvent) => `SoundEvent('${self.event}')`;
  const events = { loud: new SoundEvent(eventType, "loud"), quiet: new SoundEvent(eventType, "quiet") };
  eventType.proto.$LOUD = events.loud;
  eventType.proto.$QUIET = events.quiet;
  const eventOf = (o: Obj): SoundEventName => {
    if (!(o instanceof SoundEvent)) raiseValueError("invalid sound");
    return o.event;
  };
  const microphone = singleton("MicroBitMicrophone", {
    set_threshold(_self: Self, event: Obj, value: Obj) {
      const [name, threshold] = [eventOf(event), getInt(value)];
      part.listen();
      part.setThreshold(name, threshold);
      return null;
    },
    sound_level(_self: Self) {
      part.listen();
      return part.level;
    },
    current_event: (_self: Self) => {
      part.listen();
      return events[part.current];
    },
    is_event(_self: Self, event: Obj) {
      part.listen();
      return eventOf(event) === part.current;
    },
    was_event(_self: Self, event: Obj) {
      part.listen();
      return part.takeWas(eventOf(event));
    },
    get_events: (_self: Self) => {
      part.listen();
      return tuple(part.takeHistory().map((event) => events[event]));
    },
  });
  const switchTo = (on: boolean): null => {
    speaker.setOn(on);
    return null;
  };
  return {
    microphone,
    SoundEvent: eventType,
    Sound: typeSound,
    speaker: singleton("MicroBitSpeaker", { off: (_self: Self) => switchTo(false), on: (_self: Self) => switchTo(true) }),
  };
}
