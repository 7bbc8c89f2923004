// What can go wrong between the page and a board's flash, as codes. flash.ts hands them on; the app words them.

export type FlashErrorCode =
  /** choose: this browser has no WebUSB, or a policy forbids it. Save a hex for the MICROBIT drive instead. */
  | "unsupported"
  /** choose: the chooser was closed, or no micro:bit is plugged in. Plug it in; choose again. */
  | "no-device"
  /** open: another tab or program has the board, or the system denies it. Close that; try again. */
  | "in-use"
  /** open: the interface chip's own firmware is from before WebUSB. Update it, or use the MICROBIT drive. */
  | "old-interface"
  /** open: it says what it is, and it is no micro:bit that is known. Use the MICROBIT drive. */
  | "unknown-board"
  /** flash: the hex is for the other kind of micro:bit. Nothing was written. */
  | "other-board"
  /** Any time: unplugged. Plug it in and flash again; the board cannot be broken by that. */
  | "lost"
  /** Any time: the interface chip went silent. Unplug it, plug it in, try again. */
  | "timeout"
  /** Any time: the interface chip answers, but not to what was asked. As for "timeout". */
  | "protocol"
  /** flash: DAPLink would not take the hex. `message` has its status. Use the MICROBIT drive. */
  | "refused"
  /** flash: what was read back is not what was written. Try again; if it stays so, the board's flash is worn. */
  | "verify"
  /** Any time: the caller's AbortSignal. */
  | "aborted";

/** Every failure of flashing. `message` is technical English for the details fold. */
export class FlashError extends Error {
  readonly code: FlashErrorCode;
  /** The board's flash was being changed: what it holds now is not to be run, until it is flashed again. */
  isTouched = false;
  constructor(code: FlashErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "FlashError";
    this.code = code;
  }
}

/** The target does not answer its debugger. flash.ts goes on with DAPLink alone; nobody else sees it. */
export class TargetFault extends Error {}
