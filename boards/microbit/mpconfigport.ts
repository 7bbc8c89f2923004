// MicroPython as the micro:bit's two firmwares configure it: V1 release 1.1.1 (MicroPython 1.9.2), V2 release 2.1.2 (1.18).
// Values read from the firmware or recorded from it; the texts are the firmware's own.
import type { MpConfig } from "../../interpreter/mpconfig.ts";

const help = `Welcome to MicroPython on the micro:bit!

Try these commands:
  display.scroll('Hello')
  running_time()
  sleep(1000)
  button_a.is_pressed()
What do these commands do? Can you improve them? HINT: use the up and down
arrow keys to get your command history. Press the TAB key to auto-complete
unfinished words (so 'di' becomes 'display' after you press TAB). These
tricks save a lot of typing and look cool!

Explore:
Type 'help(something)' to find out about it. Type 'dir(something)' to see what
it can do. Type 'dir()' to see what stuff is available. For goodness sake,
don't type 'import this'.

Control commands:
  CTRL-C        -- stop a running program
  CTRL-D        -- on a blank line, do a soft reset of the micro:bit
  CTRL-E        -- enter paste mode, turning off auto-indent

For a list of available modules, type help('modules')

For more information about Python, visit: http://python.org/
To find out about MicroPython, visit: http://micropython.org/
Python/micro:bit documentation is here: https://microbit-micropython.readthedocs.io/
`;

// What both have of the types that are the same in them, and of modules: names in the order of the firmware's tables.
const strMethods =
  "find rfind index rindex join split rsplit startswith endswith strip lstrip rstrip format replace count lower upper " +
  "isspace isalpha isdigit isupper islower";
const sharedTypes = {
  array: "append extend",
  float: "",
  int: "from_bytes to_bytes",
  list: "append clear copy count extend index insert pop remove reverse sort",
  slice: "",
  tuple: "count index",
} as const;
const sharedModules = {
  array: "array",
  gc: "collect disable enable isenabled mem_free mem_alloc threshold",
  math:
    "e pi sqrt pow exp log cos sin tan acos asin atan atan2 ceil copysign fabs floor fmod frexp ldexp modf isfinite " +
    "isinf isnan trunc radians degrees",
  struct: "calcsize pack pack_into unpack unpack_from",
  time: "sleep sleep_ms sleep_us ticks_ms ticks_us ticks_add ticks_diff",
  collections: "namedtuple OrderedDict",
} as const;
const dictMethods = "clear copy fromkeys get items keys pop popitem setdefault update values __getitem__ __setitem__ __delitem__";
const setMethods =
  "add clear copy discard difference difference_update intersection intersection_update isdisjoint issubset issuperset pop " +
  "remove symmetric_difference symmetric_difference_update union update __contains__";

export const microbitV1Config: MpConfig = {
  release: "1.9.2",
  floatImpl: "single30",
  floatDigits: 6,
  smallIntBits: 31,
  qstrHashBytes: 1,
  fstrings: false,
  asyncAwait: false,
  assignExpr: false,
  numericUnderscore: false,
  annotations: false,
  everything: false,
  romLevel: "core",
  hasInlineAssembler: true,
  errorDetail: "normal",
  // Six nested calls fit beside the module itself, the seventh does not.
  stackLimit: 1800,
  stackPerCall: 240,
  heapSize: 10048,
  heapAtBoot: 176,
  parseTreePerToken: 4.2,
  // A scope and its names, and the code: of real firmware 38 short functions are read and 40 are not.
  compilePerScope: 112,
  banner: "MicroPython v1.9.2-34-gd64154c73 on 2017-09-01; micro:bit v1.1.1 with nRF51822",
  version: "v1.9.2-34-gd64154c73",
  platform: "microbit",
  sysVersion: "3.4.0",
  implementationVersion: [1, 9, 2],
  softReboot: ["soft reboot"],
  rawPaste: false,
  help,
  mainName: "__main__",
  modules: [
    ...["array", "builtins", "collections", "gc", "math", "micropython", "random", "struct", "sys", "time"],
    ...["ucollections", "ustruct", "utime"],
  ],
  moduleMembers: {
    ...sharedModules,
    micropython: "const opt_level mem_info qstr_info stack_use heap_lock heap_unlock kbd_intr",
    sys: "version version_info implementation platform byteorder exit print_exception",
  },
  typeMembers: {
    ...sharedTypes,
    bytearray: "append extend",
    bytes: strMethods,
    dict: dictMethods,
    frozenset: setMethods,
    generator: "close send throw",
    set: setMethods,
    str: strMethods,
  },
  absentBuiltins: [
    "NotImplemented",
    "StopAsyncIteration",
    "ViperTypeError",
    "compile",
    "complex",
    "delattr",
    "execfile",
    "memoryview",
    "property",
  ],
  fileModes: /^[rw][bt]?$/,
  path: [""],
};

export const microbitV2Config: MpConfig = {
  release: "1.18",
  floatImpl: "single",
  floatDigits: 7,
  smallIntBits: 31,
  qstrHashBytes: 2,
  fstrings: false,
  asyncAwait: true,
  assignExpr: true,
  numericUnderscore: true,
  annotations: true,
  everything: false,
  romLevel: "core",
  hasInlineAssembler: true,
  errorDetail: "normal",
  stackLimit: 7680,
  stackPerCall: 220,
  heapSize: 64512,
  heapAtBoot: 96,
  banner: "MicroPython v1.18 on 2023-10-30; micro:bit v2.1.2 with nRF52833",
  version: "v1.18",
  platform: "microbit",
  sysVersion: "3.4.0",
  implementationVersion: [1, 18, 0],
  softReboot: ["MPY: soft reboot"],
  rawPaste: true,
  help,
  mainName: "main.py",
  modules: [
    ...["builtins", "gc", "math", "micropython", "neopixel"],
    ...["uarray", "ucollections", "uerrno", "urandom", "ustruct", "usys", "utime"],
  ],
  moduleMembers: {
    ...sharedModules,
    errno:
      "errorcode EPERM ENOENT EIO EBADF EAGAIN ENOMEM EACCES EEXIST ENODEV EISDIR EINVAL ENOSPC EOPNOTSUPP ENOTCONN " +
      "ETIMEDOUT EALREADY EINPROGRESS",
    micropython: "const opt_level mem_info qstr_info stack_use heap_lock heap_unlock kbd_intr schedule",
    random: "__init__ getrandbits seed randrange randint choice random uniform",
    sys: "path argv version version_info implementation platform byteorder maxsize exit modules print_exception",
  },
  typeMembers: {
    ...sharedTypes,
    bytearray: "append extend decode",
    bytes: `decode ${strMethods}`,
    dict: dictMethods,
    frozenset: "copy difference intersection isdisjoint issubset issuperset symmetric_difference union __contains__",
    generator: "close send throw pend_throw",
    memoryview: "",
    set: setMethods,
    str: `encode ${strMethods}`,
  },
  absentBuiltins: ["NotImplemented", "ViperTypeError", "compile", "execfile"],
  fileModes: /^[rw][bt]?$/,
  path: ["", ".frozen"],
};
