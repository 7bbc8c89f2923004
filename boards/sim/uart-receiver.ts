// What a serial port makes of a line that somebody else drives at a speed of his own: 8 bits, no parity, one stop bit. At the same
// speed that is what was sent; at another it samples the line at the wrong places, as a real one does.

const dataBits = 8;
// Start bit, eight bits, stop bit.
const bitsPerByte = 10;

export class UartReceiver {
  /** It is at a byte until then, and sees no start bit; ns of the same clock as `startNs`. */
  private busyUntilNs = -Infinity;

  /**
   * Bytes sent without a gap from `startNs` on. The line is high after them: bytes that follow in another call are not looked into,
   * only missed while it is busy.
   */
  receive(bytes: Uint8Array, startNs: number, sentBaud: number, ownBaud: number): Uint8Array {
    if (sentBaud === ownBaud) return bytes;
    const sentNs = 1e9 / sentBaud;
    const ownNs = 1e9 / ownBaud;
    const levelAt = (ns: number): number => levelOf(bytes, Math.floor((ns - startNs) / sentNs));
    const received: number[] = [];
    for (let bit = 0; bit < bytes.length * bitsPerByte; bit++) {
      const edgeNs = startNs + bit * sentNs;
      if (edgeNs < this.busyUntilNs || levelOf(bytes, bit) === 1 || levelOf(bytes, bit - 1) === 0) continue;
      // A start bit that is over before its middle is noise.
      if (levelAt(edgeNs + ownNs / 2) === 1) continue;
      let byte = 0;
      for (let i = 0; i < dataBits; i++) byte |= levelAt(edgeNs + (i + 1.5) * ownNs) << i;
      // Without a stop bit it is a framing error; the byte is kept all the same, for the ports here have nobody to tell of errors.
      received.push(byte);
      this.busyUntilNs = edgeNs + (dataBits + 1.5) * ownNs;
    }
    return Uint8Array.from(received);
  }
}

/** The line during a bit of the sender's; high where there is none. */
function levelOf(bytes: Uint8Array, bit: number): number {
  const byte = bytes[Math.floor(bit / bitsPerByte)];
  if (byte === undefined) return 1;
  const at = bit % bitsPerByte;
  if (at === 0) return 0;
  return at === bitsPerByte - 1 ? 1 : (byte >> (at - 1)) & 1;
}
