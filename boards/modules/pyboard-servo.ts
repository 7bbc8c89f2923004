// pyb.Servo on X1 to X4, after ports/stm32/servo.c: pulses of TIM5 every 20 ms in steps of 10 us, and slow moves in steps of 20 ms.
import { type Obj, fun, funVar, getFloat, getInt, PyType, raiseTypeError, raiseValueError } from "../../interpreter/native.ts";
import type { Alarm } from "../../interpreter/host.ts";
import type { Hardware } from "../peripheral.ts";
import { pyboardPins } from "./pyboard-pin.ts";
import { modes, PinObject } from "./pyboard-pin-object.ts";
import { BoardObject, tuple } from "./shape.ts";

const servoPins = ["X1", "X2", "X3", "X4"] as const;
const periodUs = 20_000;
const stepNs = periodUs * 1000;
const stepUs = 10;
const full = 1023;
const alternateOfTim5 = 2;

/** All widths are in steps of 10 us. */
class ServoObject extends BoardObject {
  readonly number: number;
  readonly pin: PinObject;
  least = 64;
  most = 242;
  centre = 150;
  angle90 = 97;
  speed100 = 70;
  now = 150;
  wanted = 0;
  private sum = 0;
  private stepsLeft = 0;
  private alarm: Alarm | null = null;
  private readonly hw: Hardware;

  constructor(type: PyType, hw: Hardware, number: number, pin: PinObject) {
    super(type);
    this.hw = hw;
    this.number = number;
    this.pin = pin;
  }

  start(): void {
    this.wanted = this.now;
    this.stepsLeft = 0;
    this.pin.configure(modes.ALT, 0, alternateOfTim5);
    this.pin.pin.setPeriodUs(periodUs);
    this.pulse();
  }

  /** Goes to a width at once, or in so many milliseconds. */
  go(wanted: number, ms: number): void {
    this.wanted = wanted;
    this.stepsLeft = Math.trunc(ms / (periodUs / 1000));
    this.sum = 0;
    this.step();
  }

  private step(): void {
    this.alarm?.cancel();
    this.alarm = null;
    if (this.now === this.wanted) return;
    this.wanted = Math.max(this.least, Math.min(this.most, this.wanted));
    if (this.stepsLeft <= 1) {
      this.now = this.wanted;
      this.stepsLeft = 0;
    } else {
      this.sum += this.wanted - this.now;
      this.now += Math.trunc(this.sum / this.stepsLeft);
      this.sum %= this.stepsLeft;
      this.stepsLeft--;
      this.alarm = this.hw.clock.alarm(this.hw.clock.ns + stepNs, () => this.step());
    }
    this.pulse();
  }

  private pulse(): void {
    this.pin.pin.pwm((this.now * stepUs * full) / periodUs);
  }
}

export function makeServo(hw: Hardware): PyType {
  const type = new PyType("Servo");
  const { board } = pyboardPins(hw);
  const servos = servoPins.map((name, i) => new ServoObject(type, hw, i + 1, board.get(name)!));
  type.print = (self: ServoObject) => `<Servo ${self.number} at ${self.now * stepUs}us>`;
  type.makeNew = (_type, args) => {
    if (args.length !== 1) raiseTypeError(`function takes 1 positional arguments but ${args.length} were given`);
    const number = getInt(args[0]!);
    const servo = servos[number - 1];
    if (!servo) raiseValueError(`Servo(${number}) doesn't exist`);
    servo.start();
    return servo;
  };
  /** Degrees or percent: what full deflection is in steps from the centre. */
  const move = (name: string, unit: number, fullOf: (self: ServoObject) => number) =>
    funVar(
      name,
      ([o, wanted, time]) => {
        const self = o as ServoObject;
        if (wanted === undefined) return Math.trunc(((self.now - self.centre) * unit) / fullOf(self));
        const by = Math.trunc((fullOf(self) * getFloat(wanted)) / unit);
        self.go(self.centre + by, time === undefined ? 0 : getInt(time));
        return null;
      },
      1,
      3,
    );
  type.proto.$angle = move("angle", 90, (self) => self.angle90);
  type.proto.$speed = move("speed", 100, (self) => self.speed100);
  type.proto.$pulse_width = funVar(
    "pulse_width",
    ([o, us]) => {
      const self = o as ServoObject;
      if (us === undefined) return self.now * stepUs;
      self.go(Math.trunc(getInt(us) / stepUs), 0);
      return null;
    },
    1,
    2,
  );
  type.proto.$calibration = funVar(
    "calibration",
    ([o, ...given]) => {
      const self = o as ServoObject;
      if (given.length === 0) {
        const { least, most, centre, angle90, speed100 } = self;
        return tuple([least, most, centre, angle90 + centre, speed100 + centre].map((width) => width * stepUs));
      }
      if (given.length !== 3 && given.length !== 5)
        raiseTypeError(`calibration expecting 1, 4 or 6 arguments, got ${given.length + 1}`);
      const [least, most, centre, angle90, speed100] = given.map((us) => Math.trunc(getInt(us) / stepUs));
      [self.least, self.most, self.centre] = [least!, most!, centre!];
      if (given.length === 5) [self.angle90, self.speed100] = [angle90! - centre!, speed100! - centre!];
      return null;
    },
    1,
    6,
  );
  return type;
}

/** pyb.servo(port, width) and pyb.pwm(period, width), left from the first firmwares: TIM5's registers as they are, once it runs. */
export function servoFunctions(hw: Hardware): Record<string, Obj> {
  const { board } = pyboardPins(hw);
  const set = (name: string, width: number, period: number): null => {
    const { pin } = board.get(name)!;
    if (!pin.hasPwm) return null;
    pin.setPeriodUs(period);
    pin.pwm((width * stepUs * full) / period);
    return null;
  };
  return {
    servo: fun("servo", (port: Obj, value: Obj) => {
      const name = servoPins[getInt(port) - 1];
      return name ? set(name, Math.max(50, Math.min(250, getInt(value))), periodUs) : null;
    }),
    pwm: fun("pwm", (period: Obj, pulse: Obj) => set("X3", getInt(pulse), (getInt(period) + 1) * stepUs)),
  };
}
