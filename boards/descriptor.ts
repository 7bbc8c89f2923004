// What a board is, as plain data: pins, soldered-on parts, modules, USB ids, file system. A door.
// It crosses the worker boundary and is all that blocks, lessons and the page see of a board; it holds no code.

/** A board as plain data. To add a variant, add a record and list it in boards/index.ts. */
export interface BoardDescriptor {
  /** "microbit-v2". It is saved in projects, so it is never renamed. */
  readonly id: string;
  readonly title: string;
  /** The processor, as the firmware's banner ends: a board that is plugged in is known by it. */
  readonly mcu: string;
  /** USB ids for the browser's port chooser. A micro:bit V1 and V2 share theirs. */
  readonly usb: readonly { readonly vendorId: number; readonly productId?: number }[];
  readonly pins: readonly PinDef[];
  /** Those that reach no edge: of LEDs, sockets, the board's own chips. Programs may name them; nothing is wired to them. */
  readonly innerPins?: readonly PinDef[];
  /** Soldered-on parts by name: {buttonA: {kind: "button", pin: "P5"}}. The order is the order of the controls. */
  readonly parts: Readonly<Record<string, PartDef>>;
  /** Importable beyond the core modules. */
  readonly modules: readonly string[];
  /** Nominal cost of one bytecode on the simulated clock, in nanoseconds. */
  readonly opNs: number;
  /** Time one byte takes on the serial line, in nanoseconds: 115200 baud is 86806. */
  readonly serialNsPerByte: number;
  readonly files: FileSystemDef;
}

export interface PinDef {
  /** The name on the silk screen: "P0", "X17". */
  readonly name: string;
  /** The processor's name: "P0.02", "PA0". */
  readonly cpu: string;
  readonly can: readonly PinAbility[];
}
export type PinAbility = "in" | "out" | "pull" | "analog" | "pwm" | "touch" | "irq";

export interface PartDef {
  /** The folder in boards/parts that models and draws it. */
  readonly kind: PartKind;
  readonly pin?: string;
  readonly options?: Readonly<Record<string, number | string>>;
}
export type PartKind =
  | "accelerometer"
  | "button"
  | "compass"
  | "data-log"
  | "led"
  | "led-matrix"
  | "light-sensor"
  | "microphone"
  | "pin"
  | "power"
  | "radio"
  | "speaker"
  | "switch"
  | "thermometer"
  | "touch";

export type FileSystemDef =
  /** A micro:bit: no folders, and so many 128-byte chunks with 126 bytes of content each. */
  | {
      readonly kind: "flat";
      readonly chunks: number;
      readonly nameMax: number;
      /** What OSError says of a file that is not there, where the firmware words it; otherwise it is errno 2. */
      readonly notFound?: string;
    }
  /** A pyboard: folders; the program starts in `root`. */
  | { readonly kind: "tree"; readonly root: string; readonly bytes: number };
