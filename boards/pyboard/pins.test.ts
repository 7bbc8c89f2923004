// The pyboard's pins as programs see them. Names, values and texts are those of real firmware (ports/stm32, PYBV11).
import { describe, expect, test } from "vitest";
import { Bench, wired } from "../sim/bench.ts";
import type { Wiring } from "../wiring.ts";

const lines = (body: string, wiring: Wiring = {}) => {
  const bench = new Bench("pyboard-v1.1", `import pyb, machine\nfrom pyb import Pin\n${body}`, wiring);
  return bench.run(2000).split("MicroPython v")[0]!.trimEnd().split("\n");
};

describe("Pin", () => {
  test("has its names, its place, and its alternate functions (DS8626, table 9)", () =>
    expect(
      lines(`p = Pin('X1')
print(p, p.name(), p.names(), p.port(), p.pin(), hex(p.gpio()))
print(p.af_list(), [a.index() for a in p.af_list()], hex(p.af_list()[0].reg()))
print(Pin('SW') is Pin('X17'), Pin.board.X1 is Pin.cpu.A0, machine.Pin is Pin, Pin('C13').name())
print(len(dir(Pin.board)) > 45, 'A0' in dir(Pin.cpu))
`),
    ).toEqual([
      "Pin(Pin.cpu.A0, mode=Pin.IN) A0 ['A0', 'X1'] 0 0 0x40020000",
      "[Pin.AF1_TIM2, Pin.AF1_TIM2, Pin.AF2_TIM5, Pin.AF3_TIM8, Pin.AF7_USART2, Pin.AF8_UART4] [1, 1, 2, 3, 7, 8] 0x40000000",
      "True True True C13",
      "True True",
    ]));

  test("prints and tells its mode, pull and alternate function", () =>
    expect(
      lines(`p = Pin('Y1', Pin.IN, Pin.PULL_UP)
print(p, p.mode(), p.pull(), p.value())
p.init(Pin.ALT, alt=Pin.AF2_TIM3)
print(p, p.af())
p.init(Pin.AF_OD, af=7)
print(p)
p.init(mode=Pin.OPEN_DRAIN, pull=Pin.PULL_UP, value=0)
print(p, p(), p(1), p.value())
p.init(Pin.ANALOG)
print(p, p.value())
`),
    ).toEqual([
      "Pin(Pin.cpu.C6, mode=Pin.IN, pull=Pin.PULL_UP) 0 1 1",
      "Pin(Pin.cpu.C6, mode=Pin.ALT, alt=Pin.AF2_TIM3) 2",
      "Pin(Pin.cpu.C6, mode=Pin.ALT_OPEN_DRAIN, alt=7)",
      "Pin(Pin.cpu.C6, mode=Pin.OPEN_DRAIN, pull=Pin.PULL_UP) 0 None 1",
      "Pin(Pin.cpu.C6, mode=Pin.ANALOG) 0",
    ]));

  test("refuses what it is not", () =>
    expect(
      lines(`for deed in (lambda: Pin('Q9'), lambda: Pin('X1', 99), lambda: Pin('X1', 0, 5), lambda: Pin('X1', Pin.ALT), lambda: Pin('X1', Pin.ALT, alt=16)):
    try:
        deed()
    except Exception as e:
        print(repr(e))
`),
    ).toEqual([
      `ValueError("Pin(Q9) doesn't exist",)`,
      "ValueError('invalid pin mode: 99',)",
      "ValueError('invalid pin pull: 5',)",
      "ValueError('invalid pin af: -1',)",
      "ValueError('invalid pin af: 16',)",
    ]));

  test("a program's own names are found first, and are gone after a soft reset", () =>
    expect(
      lines(`Pin.dict({'lamp': Pin.board.X3})
print(Pin('lamp').name(), Pin.mapper())
Pin.mapper(lambda name: Pin.cpu.B1 if name == 'door' else None)
print(Pin('door').name(), Pin('lamp').name(), Pin('X1').name())
`),
    ).toEqual(["A2 None", "B1 A2 A0"]));
});

describe("interrupts", () => {
  const button = wired("push-button", { signal: "X1" });
  const main = `import pyb
hits = []
ext = pyb.ExtInt('X1', pyb.ExtInt.IRQ_FALLING, pyb.Pin.PULL_UP, lambda line: hits.append(line))
print(ext, ext.line())
pyb.delay(300)
print(set(hits), len(hits) > 0)
ext.disable()
n = len(hits)
pyb.delay(300)
print(len(hits) - n)
ext.enable()
ext.swint()
print(len(hits) - n)
`;
  test("ExtInt hears edges while it is enabled, and its software trigger", () => {
    const bench = new Bench("pyboard-v1.1", main, button);
    let text = bench.run(100);
    bench.give("it", "press");
    text += bench.run(250);
    bench.give("it", "release");
    text += bench.run(100);
    bench.give("it", "press");
    text += bench.run(500);
    expect(text.split("\n").slice(0, 4)).toEqual(["<ExtInt line=0> 0", "{0} True", "0", "1"]);
  });

  test("Pin.irq gives the pin; a line belongs to one pin; a handler that raises is told of and switched off", () => {
    const bench = new Bench(
      "pyboard-v1.1",
      `import pyb
p = pyb.Pin('X1', pyb.Pin.IN, pyb.Pin.PULL_UP)
p.irq(lambda pin: print('edge', pin.name()) or 1 // 0, pyb.Pin.IRQ_FALLING)
try:
    pyb.Pin('Y11').irq(print)
except OSError as e:
    print(e)
try:
    pyb.ExtInt(p, pyb.ExtInt.IRQ_RISING, 0, print)
except ValueError as e:
    print(e)
while True:
    pyb.delay(10)
`,
      button,
    );
    expect(bench.run(100).trimEnd().split("\n")).toEqual([
      "IRQ resource already taken by Pin('A0')",
      "ExtInt vector 0 is already in use",
    ]);
    bench.give("it", "press");
    expect(bench.run(200).split("\n").slice(0, 3)).toEqual([
      "edge A0",
      "uncaught exception in ExtInt interrupt handler line 0",
      "Traceback (most recent call last):",
    ]);
    bench.give("it", "release");
    bench.run(100);
    bench.give("it", "press");
    expect(bench.run(100)).toBe("");
  });

  test("while they are off an edge waits, once", () => {
    const bench = new Bench(
      "pyboard-v1.1",
      `import pyb
hits = []
pyb.ExtInt('X1', pyb.ExtInt.IRQ_FALLING, pyb.Pin.PULL_UP, lambda line: hits.append(line))
state = pyb.disable_irq()
pyb.delay(300)
print(state, hits)
pyb.enable_irq(state)
pyb.delay(1)
print(hits)
`,
      button,
    );
    bench.run(100);
    bench.give("it", "press");
    expect(bench.run(400).split("\n").slice(0, 2)).toEqual(["True []", "[0]"]);
  });
});

describe("ADC", () => {
  // DS8626 5.3.21: twelve bits from 0 to VREF+.
  test("twelve bits of 3.3 V", () => {
    const main = "import pyb\nadc = pyb.ADC('X1')\nprint(adc)\nwhile True:\n    print(adc.read())\n    pyb.delay(50)\n";
    const bench = new Bench("pyboard-v1.1", main, wired("potentiometer", { wiper: "X1" }));
    bench.give("it", { position: 0.25 });
    expect(bench.run(40)).toBe("<ADC on X1 channel=0>\n1024\n");
    bench.give("it", { position: 1 });
    expect(bench.run(50)).toBe("4095\n");
  });
  test("the reference inside, and what has no converter", () =>
    expect(
      lines(`print(pyb.ADC(17), pyb.ADC(17).read(), pyb.ADC(16).read())
try:
    pyb.ADC('X9')
except ValueError as e:
    print(e)
try:
    pyb.ADC(19)
except ValueError as e:
    print(e)
`),
    ).toEqual(["<ADC on 17 channel=17> 1502 943", "Pin(B6) doesn't have ADC capabilities", "not a valid ADC Channel: 19"]));
});

describe("Accel", () => {
  // MMA7660FC rev. 7, table 9: 21.33 counts a g. ports/stm32/accel.c: three waits of 30 ms.
  test("takes 90 ms to come on, and gives 21 counts a g", () => {
    const main = `import pyb
start = pyb.millis()
a = pyb.Accel()
print(a, pyb.elapsed_millis(start))
print(a.x(), a.y(), a.z(), a.tilt() & 3, a.read(7), a.filtered_xyz(), a.filtered_xyz())
a.write(7, 0)
print(a.x(), a.z())
`;
    const bench = new Bench("pyboard-v1.1", main, {});
    bench.give("accelerometer", { x: 1024, y: -512, z: -200 });
    expect(bench.run(500).split("\n").slice(0, 3)).toEqual(["<Accel> 90", "21 -11 4 0 1 (21, -11, 4) (42, -22, 8)", "0 0"]);
  });
});

describe("Servo", () => {
  test("gives pulses of 10 us steps every 20 ms, and turns what is wired to it", () => {
    const main = "import pyb\ns = pyb.Servo(1)\ns.angle(30)\nprint(s, s.angle(), s.pulse_width())\n";
    const bench = new Bench("pyboard-v1.1", main, wired("servo", { signal: "X1" }, { minUs: 530, maxUs: 2470 }));
    expect(bench.run(100).split("\n")[0]).toBe("<Servo 1 at 1820us> 29 1820");
    const { pwm } = bench.machine.hw.pins.get("X1")!.net;
    expect([pwm!.periodNs, Math.round(pwm!.highNs / 1000)]).toEqual([20e6, 1820]);
    bench.run(500);
    expect(Math.abs(bench.state<{ angle: number }>("it").angle - (1820 - 530) / (1940 / 180))).toBeLessThan(1);
  });

  test("a slow move goes in steps of 20 ms, and its limits hold", () => {
    const main = `import pyb
s = pyb.Servo(2)
s.angle(60, 200)
for i in range(4):
    print(s.pulse_width())
    pyb.delay(60)
s.speed(500)
print(s.pulse_width(), s.speed(), s.calibration())
try:
    pyb.Servo(5)
except ValueError as e:
    print(e)
`;
    const out = new Bench("pyboard-v1.1", main, {}).run(1000).split("\n");
    const widths = out.slice(0, 4).map(Number);
    expect(widths.toSorted((a, b) => a - b)).toEqual(widths);
    expect([widths[0]! < 1600, widths[3]]).toEqual([true, 2140]);
    expect(out.slice(4, 6)).toEqual(["2420 131 (640, 2420, 1500, 2470, 2200)", "Servo(5) doesn't exist"]);
  });
});
