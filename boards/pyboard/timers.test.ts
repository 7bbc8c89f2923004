// pyb.Timer against RM0090 (STM32F405 reference manual) chapters 17 to 20 and MicroPython's ports/stm32/timer.c.
import { describe, expect, test } from "vitest";
import type { Pwm } from "../net.ts";
import { Bench, wired } from "../sim/bench.ts";
import type { Wiring } from "../wiring.ts";

const bench = (body: string, wiring: Wiring = {}) =>
  new Bench("pyboard-v1.1", `import pyb\nfrom pyb import Timer, Pin\n${body}`, wiring);
const lines = (body: string, ms = 1000) => bench(body).run(ms).split("MicroPython v")[0]!.trimEnd().split("\n");
/** Period and high time in us, and whether the high part is at the end. */
const pulses = (on: Bench, pin: string) => {
  const { periodNs, highNs, highAtEnd } = on.machine.hw.pins.get(pin)!.net.pwm as Pwm;
  return [Math.round(periodNs / 10) / 100, Math.round(highNs / 10) / 100, highAtEnd];
};

describe("settings", () => {
  test("a frequency becomes a prescaler and a period, exact factors first; APB1 timers run at 84 MHz, APB2 ones at 168", () =>
    expect(
      lines(`t = Timer(4, freq=10)
print(t, t.source_freq(), t.freq())
print(Timer(1, freq=1000))
print(Timer(2, freq=1).period(), Timer(9, prescaler=1, period=99).freq())
t.init(period=500, tick_hz=1000)
print(t.freq(), Timer(7), Timer(4) is t)
t.init(prescaler=83, period=999, mode=Timer.CENTER, div=4)
print(t)
`),
    ).toEqual([
      "Timer(4, freq=10, prescaler=624, period=13439, mode=UP, div=1) 84000000 10",
      "Timer(1, freq=1000, prescaler=4, period=33599, mode=UP, div=1, deadtime=0, brk=BRK_OFF)",
      "83999999 840000",
      "2 Timer(7) True",
      "Timer(4, freq=1000, prescaler=83, period=999, mode=CENTER, div=4)",
    ]));

  test("refuses what it is not", () =>
    expect(
      lines(`for deed in (lambda: Timer(3), lambda: Timer(15), lambda: Timer(4, freq=0), lambda: Timer(4, prescaler=1), lambda: Timer(4, freq=1, mode=7),
        lambda: Timer(4, freq=1, callback=3), lambda: Timer(4, freq=1).channel(5, Timer.PWM), lambda: Timer(4).channel(1, 99),
        lambda: Timer(2).channel(1, Timer.PWM, pin=Pin('X9')), lambda: Timer(9).channel(1, Timer.ENC_AB)):
    try:
        deed()
    except Exception as e:
        print(type(e).__name__, e)
`),
    ).toEqual([
      "ValueError Timer(3) is reserved",
      "ValueError Timer(15) doesn't exist",
      "ValueError must have positive freq",
      "TypeError must specify either freq, period, or prescaler and period",
      "ValueError invalid mode (7)",
      "ValueError callback must be None or a callable object",
      "ValueError invalid channel (5)",
      "ValueError invalid mode (99)",
      "ValueError Pin(B6) doesn't have an alt for Timer(2)",
      "ValueError encoder not supported on timer 9",
    ]));
});

describe("counting", () => {
  test("up, down and both ways, a tick for each prescaled clock", () =>
    expect(
      lines(`for mode in (Timer.UP, Timer.DOWN, Timer.CENTER):
    t = Timer(2, prescaler=83, period=999999, mode=mode)
    pyb.udelay(1500)
    a = t.counter()
    pyb.delay(10)
    print(abs(abs(t.counter() - a) - 10000) < 100, t.counter() > 500000)
t = Timer(5, prescaler=83, period=99)
t.counter(50)
print(40 < t.counter() < 100)
`),
    ).toEqual(["True False", "True True", "True False", "True"]));

  test("calls back at each overflow, ten a second, until it is told not to or the callback raises", () => {
    const on = bench(`n = 0
def tick(t):
    global n
    n += 1
    if n == 25:
        1 // 0
t = Timer(4, freq=10, callback=tick)
pyb.delay(1050)
print(n)
t.callback(None)
pyb.delay(500)
print(n)
t.callback(tick)
pyb.delay(2000)
print(n)
`);
    const out = on.run(4000).split("\n");
    expect(out.slice(0, 4)).toEqual([
      "10",
      "10",
      "uncaught exception in Timer(4) interrupt handler",
      "Traceback (most recent call last):",
    ]);
    expect(out).toContain("25");
  });

  test("a soft reset stops it", () => {
    const on = bench("Timer(4, freq=100, callback=lambda t: print('tick'))\n");
    on.run(100);
    on.machine.files.remove("main.py");
    on.machine.feed(Uint8Array.of(4));
    on.run(100);
    expect(on.run(300)).toBe("");
  });
});

describe("PWM (RM0090 18.3.9)", () => {
  const pwm = (more: string) => bench(`t = Timer(2, freq=1000)\nch = t.channel(1, Timer.PWM, pin=Pin('X1'))\n${more}`);
  test("high while the counter is below the width, given as ticks, percent or time", () => {
    const on = pwm(`ch.pulse_width_percent(25)
print(ch, ch.pulse_width(), ch.pulse_width_percent(), ch.pulse_width_us(), t.channel(1) is ch)
`);
    expect(on.run(50).split("\n")[0]).toBe("TimerChannel(timer=2, channel=1, mode=PWM) 21000 25.0 250 True");
    expect(pulses(on, "X1")).toEqual([1000, 250, false]);
    const us = pwm("ch.pulse_width_us(100)\n");
    us.run(50);
    expect(pulses(us, "X1")).toEqual([1000, 100, false]);
  });

  test("0 and 100 percent are levels; inverted and complementary outputs are the opposite", () => {
    for (const [percent, volts] of [
      [0, 0],
      [100, 3.3],
    ] as const) {
      const on = pwm(`ch.pulse_width_percent(${percent})\n`);
      on.run(50);
      expect(on.machine.hw.pins.get("X1")!.net.pwm).toBe(null);
      expect(on.machine.hw.pins.get("X1")!.net.volts()).toBeCloseTo(volts, 5);
    }
    const inverted = bench("t = Timer(2, freq=1000)\nt.channel(1, Timer.PWM_INVERTED, pin=Pin('X1'), pulse_width_percent=25)\n");
    inverted.run(50);
    expect(pulses(inverted, "X1")).toEqual([1000, 750, true]);
    const pair = bench("t = Timer(1, freq=1000)\nt.channel(2, Timer.PWM, pin=Pin('Y11'), pulse_width_percent=25)\n");
    pair.run(50);
    expect(pulses(pair, "Y11")).toEqual([1000, 750, true]);
  });

  test("another frequency keeps the width in ticks; both ways counting makes half the frequency", () => {
    const on = pwm("ch.pulse_width(21000)\nt.freq(2000)\n");
    on.run(50);
    expect(pulses(on, "X1")).toEqual([500, 250, false]);
    const center = bench(
      "t = Timer(2, prescaler=83, period=1000, mode=Timer.CENTER)\nt.channel(1, Timer.PWM, pin=Pin('X1'), pulse_width=250)\n",
    );
    center.run(50);
    expect(pulses(center, "X1")).toEqual([2000, 500, false]);
  });

  test("dims an LED, turns a servo, and ends with deinit", () => {
    const on = bench(
      "t = Timer(2, freq=100)\nch = t.channel(1, Timer.PWM, pin=Pin('X1'), pulse_width_percent=30)\npyb.delay(100)\nt.deinit()\n",
      wired("led-5mm", { anode: "X1" }),
    );
    on.run(50);
    expect(on.state<{ brightness: number }>("it").brightness).toBeCloseTo(0.3, 1);
    on.run(100);
    expect(on.state<{ brightness: number }>("it").brightness).toBe(0);
  });
});

describe("a pin that is made something else leaves the timer (RM0090 8.3.2: MODER)", () => {
  const pwm =
    "p = Pin('X1', Pin.OUT_PP)\np.high()\nt = Timer(2, freq=440)\nch = t.channel(1, Timer.PWM, pin=p, pulse_width_percent=50)\n";
  test.each([
    ["an output that is low", "p.init(Pin.OUT_PP)\np.low()\n", 0],
    ["an output that is high", "p.init(Pin.OUT_PP)\np.high()\n", 3.3],
    ["an input", "p.init(Pin.IN, Pin.PULL_UP)\n", 3.3],
    ["another peripheral's", "p.init(Pin.AF_PP, af=2)\n", null],
  ] as const)("%s", (_what, more, volts) => {
    const on = bench(pwm + more, wired("buzzer", { signal: "X1" }));
    on.run(100);
    const { net } = on.machine.hw.pins.get("X1")!;
    expect(net.pwm).toBeNull();
    if (volts === null) expect(net.volts()).toBeNull();
    else expect(net.volts()).toBeCloseTo(volts);
    expect(on.state("it")).toEqual({ frequency: 0 });
  });
  test("and stays with it when it is made the same once more", () => {
    const on = bench(`${pwm}p.init(Pin.AF_PP, af=1)\n`);
    on.run(100);
    expect(on.machine.hw.pins.get("X1")!.net.pwm).not.toBeNull();
  });
});

describe("compare, capture, encoder", () => {
  test("OC_TOGGLE makes half the frequency, OC_ACTIVE goes high at its match, OC_FORCED at once", () => {
    const toggle = bench("t = Timer(2, freq=1000)\nt.channel(1, Timer.OC_TOGGLE, pin=Pin('X1'), compare=100)\n");
    toggle.run(50);
    expect(pulses(toggle, "X1").slice(0, 2)).toEqual([2000, 1000]);
    const active = bench(
      "t = Timer(2, prescaler=8399, period=9999)\nt.channel(1, Timer.OC_ACTIVE, pin=Pin('X1'), compare=5000)\n",
    );
    const level = () => Math.round(active.machine.hw.pins.get("X1")!.net.volts()!);
    active.run(400);
    expect(level()).toBe(0);
    active.run(200);
    expect(level()).toBe(3);
    const forced = bench("t = Timer(2, freq=10)\nt.channel(1, Timer.OC_FORCED_ACTIVE, pin=Pin('X1'), polarity=Timer.LOW)\n");
    forced.run(50);
    expect(forced.machine.hw.pins.get("X1")!.net.volts()).toBe(0);
  });

  test("a channel calls back at its match", () =>
    expect(
      lines(`hits = []
t = Timer(4, freq=10)
t.channel(1, Timer.OC_TIMING, compare=6720, callback=lambda t: hits.append(pyb.millis()))
start = pyb.millis()
pyb.delay(320)
print([round((h - start) / 50) for h in hits])
`),
    ).toEqual(["[1, 3, 5]"]));

  // Timer 2 measures what timer 4 makes: X1 is TIM2_CH1, X9 is TIM4_CH1.
  test("input capture measures the period of another timer's pulses", () => {
    const on = bench(
      `t4 = Timer(4, freq=500)
t4.channel(1, Timer.PWM, pin=Pin('X9'), pulse_width_percent=10)
t2 = Timer(2, prescaler=83, period=0x0fffffff)
times = []
ic = t2.channel(1, Timer.IC, pin=Pin('X1'), polarity=Timer.RISING, callback=lambda t: times.append(ic.capture()))
pyb.delay(9)
print([b - a for a, b in zip(times, times[1:])])
`,
      wired("jumper", { a: "X1", b: "X9" }),
    );
    const steps = JSON.parse(on.run(50).split("\n")[0]!) as number[];
    expect(steps.length).toBeGreaterThan(2);
    for (const step of steps) expect(Math.abs(step - 2000)).toBeLessThanOrEqual(1);
  });

  test("an encoder counts both edges of both signals up and down (table 93)", () => {
    const wiring: Wiring = {
      a: { kind: "slide-switch", pins: { signal: "X1" } },
      b: { kind: "slide-switch", pins: { signal: "X2" } },
    };
    const on = bench(
      `t = Timer(2, prescaler=0, period=999)
t.channel(1, Timer.ENC_AB, pin=Pin('X1'))
t.channel(2, Timer.ENC_AB, pin=Pin('X2'))
while True:
    print(t.counter())
    pyb.delay(20)
`,
      wiring,
    );
    const count = () => Number(on.run(60).trim().split("\n").at(-1));
    expect(count()).toBe(0);
    const turn = (part: string, isOn: boolean) => {
      on.give(part, { on: isOn });
      return count();
    };
    expect([turn("a", true), turn("b", true), turn("a", false), turn("b", false)]).toEqual([1, 2, 3, 4]);
    expect([turn("b", true), turn("b", false), turn("b", true), turn("a", true), turn("b", false)]).toEqual([3, 4, 3, 2, 1]);
    expect([turn("a", false), turn("b", true)]).toEqual([0, 999]);
  });
});
