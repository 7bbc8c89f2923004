// MicroPython as the pyboard v1.1 configures it (ports/stm32, release 1.28). The texts are the firmware's own.
import type { MpConfig } from "../../interpreter/mpconfig.ts";

const help = `Welcome to MicroPython!

For online help please visit http://micropython.org/help/.

Quick overview of commands for the board:
  pyb.info()    -- print some general information
  pyb.delay(n)  -- wait for n milliseconds
  pyb.millis()  -- get number of milliseconds since hard reset
  pyb.Switch()  -- create a switch object
                   Switch methods: (), callback(f)
  pyb.LED(n)    -- create an LED object for LED n (n=1,2,3,4)
                   LED methods: on(), off(), toggle(), intensity(<n>)
  pyb.Pin(pin)  -- get a pin, eg pyb.Pin('X1')
  pyb.Pin(pin, m, [p]) -- get a pin and configure it for IO mode m, pull mode p
                   Pin methods: init(..), value([v]), high(), low()
  pyb.ExtInt(pin, m, p, callback) -- create an external interrupt object
  pyb.ADC(pin)  -- make an analog object from a pin
                   ADC methods: read(), read_timed(buf, freq)
  pyb.DAC(port) -- make a DAC object
                   DAC methods: triangle(freq), write(n), write_timed(buf, freq)
  pyb.RTC()     -- make an RTC object; methods: datetime([val])
  pyb.rng()     -- get a 30-bit hardware random number
  pyb.Servo(n)  -- create Servo object for servo n (n=1,2,3,4)
                   Servo methods: calibration(..), angle([x, [t]]), speed([x, [t]])
  pyb.Accel()   -- create an Accelerometer object
                   Accelerometer methods: x(), y(), z(), tilt(), filtered_xyz()

Pins are numbered X1-X12, X17-X22, Y1-Y12, or by their MCU name
Pin IO modes are: pyb.Pin.IN, pyb.Pin.OUT_PP, pyb.Pin.OUT_OD
Pin pull modes are: pyb.Pin.PULL_NONE, pyb.Pin.PULL_UP, pyb.Pin.PULL_DOWN
Additional serial bus objects: pyb.I2C(n), pyb.SPI(n), pyb.UART(n)

Control commands:
  CTRL-A        -- on a blank line, enter raw REPL mode
  CTRL-B        -- on a blank line, enter normal REPL mode
  CTRL-C        -- interrupt a running program
  CTRL-D        -- on a blank line, do a soft reset of the board
  CTRL-E        -- on a blank line, enter paste mode

For further help on a specific object, type help(obj)
For a list of available modules, type help('modules')
`;

export const pyboardV11Config: MpConfig = {
  release: "1.28",
  floatImpl: "single",
  floatDigits: 8,
  smallIntBits: 31,
  qstrHashBytes: 2,
  fstrings: true,
  asyncAwait: true,
  assignExpr: true,
  numericUnderscore: true,
  annotations: true,
  emitsNative: true,
  hasInlineAssembler: true,
  everything: true,
  romLevel: "extra",
  errorDetail: "normal",
  stackLimit: 15360,
  stackPerCall: 216,
  heapSize: 102912,
  heapAtBoot: 2400,
  banner: "MicroPython v1.28.0 on 2026-04-06; PYBv1.1 with STM32F405RG",
  version: "v1.28.0",
  platform: "pyboard",
  sysVersion: "3.4.0; MicroPython v1.28.0 on 2026-04-06",
  implementationVersion: [1, 28, 0],
  build: "PYBV11",
  // 6.3, and ARMv7E-M with single-precision floats.
  mpy: 7942,
  softReboot: ["MPY: sync filesystems", "MPY: soft reboot"],
  rawPaste: true,
  help,
  mainName: "main.py",
  hostMount: { point: "/flash", type: "VfsFat" },
  fileModes: /^[rwax]?[bt]?\+?[bt]?$/,
  path: ["", ".frozen", "/flash", "/flash/lib"],
};
