// The bytes a board has sent and nobody has taken yet, with waiting for a marker. Used by repl.ts; one reader at a time.
import { LinkError, type LinkErrorCode } from "./transport.ts";

/** How a wait may end early. */
export interface Patience {
  /** Gives up after so long without the awaited bytes; Infinity waits for ever. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** What to report on a timeout. Default "timeout". */
  readonly code?: LinkErrorCode;
}

/** A timer so late tells of sleep. */
const sleepMs = 2000;

export class Inbox {
  // Only `start..end` of `bytes` is unread; the array grows by doubling and is compacted when half is spent.
  private bytes = new Uint8Array(1024);
  private start = 0;
  private end = 0;
  private failure: LinkError | null = null;
  private wake: (() => void) | null = null;

  get size(): number {
    return this.end - this.start;
  }

  push(more: Uint8Array): void {
    if (this.end + more.length > this.bytes.length) this.makeRoom(more.length);
    this.bytes.set(more, this.end);
    this.end += more.length;
    this.wake?.();
  }

  /** From now on every wait fails with `error`. */
  fail(error: LinkError): void {
    this.failure = error;
    this.wake?.();
  }

  /** Forgets what has come in, and an earlier failure with it. */
  clear(): void {
    this.start = this.end = 0;
    this.failure = null;
  }

  takeAll(): Uint8Array {
    return this.take(this.size);
  }

  take(count: number): Uint8Array {
    const taken = this.bytes.slice(this.start, this.start + count);
    this.start += taken.length;
    if (this.start === this.end) this.start = this.end = 0;
    return taken;
  }

  /** Takes exactly `count` bytes. */
  async takeWhenThere(count: number, patience: Patience): Promise<Uint8Array> {
    await this.waitFor(() => this.size >= count, patience, `${count} bytes`);
    return this.take(count);
  }

  /**
   * Takes up to and including `marker` and returns what came before it.
   * With `onPart`, bytes that cannot be the marker's start are handed over as they come, and the result is empty.
   */
  async takeUntil(marker: Uint8Array, patience: Patience, onPart?: (bytes: Uint8Array) => void): Promise<Uint8Array> {
    let found = -1;
    const look = (): boolean => {
      found = this.indexOf(marker);
      if (found >= 0) return true;
      const sure = this.size - (marker.length - 1);
      if (onPart && sure > 0) onPart(this.take(sure));
      return false;
    };
    await this.waitFor(look, patience, JSON.stringify(String.fromCharCode(...marker)));
    const before = this.take(found);
    this.take(marker.length);
    if (!onPart) return before;
    if (before.length > 0) onPart(before);
    return new Uint8Array();
  }

  /** Takes what comes until the line has been silent for `quietMs`, at most for `timeoutMs`. */
  async drain(quietMs: number, patience: Patience): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    const stop = Date.now() + patience.timeoutMs;
    for (;;) {
      const left = Math.min(quietMs, stop - Date.now());
      if (left <= 0) break;
      const quiet = await this.waitFor(() => this.size > 0, { ...patience, timeoutMs: left }, "").then(
        () => false,
        (error: unknown) => {
          if (error instanceof LinkError && error.code === (patience.code ?? "timeout")) return true;
          throw error;
        },
      );
      if (quiet) break;
      parts.push(this.takeAll());
    }
    return concat(parts);
  }

  private async waitFor(ready: () => boolean, patience: Patience, what: string): Promise<void> {
    const { timeoutMs, signal } = patience;
    let deadline = Date.now() + timeoutMs;
    let hasSlept = false;
    for (;;) {
      if (ready()) return;
      if (this.failure) throw this.failure;
      if (signal?.aborted) throw aborted(signal);
      let left = deadline - Date.now();
      // The computer slept, or the tab did: the board has had no time to answer.
      if (left < -sleepMs && !hasSlept) {
        hasSlept = true;
        deadline = Date.now() + Math.min(timeoutMs, sleepMs);
        left = deadline - Date.now();
      }
      if (left <= 0) {
        const seen = JSON.stringify(new TextDecoder().decode(this.bytes.subarray(this.start, this.end)).slice(-80));
        throw new LinkError(patience.code ?? "timeout", `waited ${timeoutMs} ms for ${what}, got ${seen}`);
      }
      await new Promise<void>((resolve) => {
        const done = (): void => {
          cancel?.();
          signal?.removeEventListener("abort", done);
          this.wake = null;
          resolve();
        };
        const cancel = left === Infinity ? null : after(left, done);
        this.wake = done;
        signal?.addEventListener("abort", done);
      });
    }
  }

  private indexOf(marker: Uint8Array): number {
    const first = marker[0];
    for (let i = this.bytes.indexOf(first, this.start); i >= 0 && i + marker.length <= this.end;) {
      let k = 1;
      while (k < marker.length && this.bytes[i + k] === marker[k]) k++;
      if (k === marker.length) return i - this.start;
      i = this.bytes.indexOf(first, i + 1);
    }
    return -1;
  }

  private makeRoom(extra: number): void {
    const unread = this.bytes.subarray(this.start, this.end);
    const capacity = Math.max(this.bytes.length, 2 * (unread.length + extra));
    const roomy = new Uint8Array(capacity);
    roomy.set(unread);
    this.bytes = roomy;
    this.end = unread.length;
    this.start = 0;
  }
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function aborted(signal: AbortSignal): LinkError {
  return new LinkError("aborted", "stopped by the caller", { cause: signal.reason });
}

// Browsers let the timers of a hidden tab fire once a second, later once a minute; messages are not held back. The short waits
// between pieces of a program would make minutes of a second. Returns how to cancel.
function after(ms: number, callback: () => void): () => void {
  if (ms > 100 || !(globalThis as { document?: { hidden?: boolean } }).document?.hidden) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  }
  const end = performance.now() + ms;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    if (performance.now() < end) return port2.postMessage(null);
    port1.close();
    callback();
  };
  port2.postMessage(null);
  return () => port1.close();
}

/** Resolves after `ms`, or throws at once when the signal fires. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(aborted(signal));
    const stop = (): void => {
      cancel();
      if (signal) reject(aborted(signal));
    };
    const cancel = after(ms, () => {
      signal?.removeEventListener("abort", stop);
      resolve();
    });
    signal?.addEventListener("abort", stop, { once: true });
  });
}
