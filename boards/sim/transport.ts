// The page's end of a simulated board: a Transport to the worker, and the World around the board. A door.
import type { BoardDescriptor } from "../descriptor.ts";
import type { TimedSound } from "../parts/speaker/state.ts";
import { LinkError, type LinePace, type Transport, type World } from "../link/transport.ts";
import type { RadioPacket } from "../parts/radio/state.ts";
import type { TimedEvent } from "../tape.ts";
import type { Wiring } from "../wiring.ts";
import type { FromWorker, Heard, ToWorker } from "./protocol.ts";

export interface SimOptions {
  /** The files on the board; empty for a new one. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly seed?: number;
  /** What is wired to its pins. */
  readonly wired?: Wiring;
  /** What happens to the board by itself, from power-on. */
  readonly tape?: readonly TimedEvent[];
  /** Tells `World.onHappened` what happens to the board and when. */
  readonly isTaping?: boolean;
  /** What carries its radio's packets. Without it, a channel to all boards of all tabs; null for none. */
  readonly radio?: RadioPort | null;
  /** It hears nothing but what is on its tape. */
  readonly isDeaf?: boolean;
  /** For tests; the default is boards/sim/worker.ts. */
  readonly makeWorker?: () => Worker;
}

/** A board's way to the other boards. What happens in one turn of the board goes together. */
export interface RadioPort {
  send(packets: readonly RadioPacket[]): void;
  /** Set by the board while it is on. */
  onPackets: ((packets: readonly RadioPacket[]) => void) | null;
  /** The board has received packets that had these marks. */
  heard(heard: readonly Heard[]): void;
  close(): void;
}

const radioChannel = "blinkyard-radio-desk";
const loadMs = 10000;

const defaultWorker = (): Worker => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "simulator" });

/** A line to a new simulated board: `open` switches it on, `close` throws it away, `hardReset` makes it anew with its files. */
export class SimTransport implements Transport {
  onBytes: ((bytes: Uint8Array) => void) | null = null;
  onClose: ((cause: LinkError) => void) | null = null;
  // The worker loses nothing.
  readonly pace: LinePace = { chunkBytes: 4096, gapMs: 0 };
  readonly world: World;

  private readonly board: BoardDescriptor;
  private readonly options: SimOptions;
  private files: Readonly<Record<string, Uint8Array>>;
  private worker: Worker | null = null;
  private port: RadioPort | null = null;
  private readonly surroundings: Surroundings;

  constructor(board: BoardDescriptor, options: SimOptions = {}) {
    this.board = board;
    this.options = options;
    this.files = options.files ?? {};
    this.surroundings = new Surroundings((message) => this.send(message));
    this.world = this.surroundings;
  }

  async open(signal?: AbortSignal): Promise<void> {
    await this.close();
    const worker = (this.options.makeWorker ?? defaultWorker)();
    this.worker = worker;
    try {
      await loaded(worker, signal);
    } catch (error) {
      await this.close();
      throw error;
    }
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.take(data);
    worker.onerror = (event) => this.gone(event.message);
    this.port = this.options.radio === undefined ? deskPort() : this.options.radio;
    if (this.port && !this.options.isDeaf) this.port.onPackets = (packets) => this.send({ type: "radio", packets });
    const { files, surroundings, options } = this;
    surroundings.ms = 0;
    this.send({
      type: "power-on",
      board: this.board.id,
      files,
      seed: options.seed ?? 1,
      wired: options.wired ?? {},
      inputs: surroundings.lasting(),
      tape: options.tape ?? [],
      isTaping: options.isTaping ?? false,
    });
    if (surroundings.speed !== 1) this.send({ type: "pace", speed: surroundings.speed });
  }

  async close(): Promise<void> {
    this.worker?.terminate();
    this.worker = null;
    this.surroundings.answerAll();
    if (this.port) this.port.onPackets = null;
    this.port?.close();
    this.port = null;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.worker) throw new LinkError("lost", "the simulator is not running");
    this.send({ type: "serial", bytes });
  }

  /** Also the way on after a crash of the simulator. */
  async hardReset(): Promise<void> {
    await this.open();
  }

  private send(message: ToWorker): boolean {
    this.worker?.postMessage(message);
    return this.worker !== null;
  }

  private take(message: FromWorker): void {
    switch (message.type) {
      case "ready":
        return;
      case "serial":
        this.surroundings.ms = message.ms;
        this.onBytes?.(message.bytes);
        return void this.send({ type: "serial-taken", count: message.bytes.length });
      case "parts":
        return this.surroundings.changed(message.changed, message.ms);
      case "files":
        this.files = message.files;
        return this.surroundings.onFiles?.(message.files);
      case "sound":
        return this.surroundings.onSound?.(message.events, message.ms);
      case "text":
        return this.surroundings.answer(message.id, message.text);
      case "happened":
        return this.surroundings.onHappened?.(message.event);
      case "prompt":
        return this.surroundings.onPrompt?.(message.error);
      case "radio":
        if (message.heard.length > 0) this.port?.heard(message.heard);
        if (message.packets.length > 0) this.port?.send(message.packets);
        return;
      case "crashed":
        return this.surroundings.onCrash?.(message.message);
    }
  }

  private gone(why: string): void {
    void this.close();
    this.onClose?.(new LinkError("lost", `the simulator stopped: ${why}`));
  }
}

/** All boards of all tabs, on one desk. */
function deskPort(): RadioPort | null {
  if (typeof BroadcastChannel === "undefined") return null;
  const channel = new BroadcastChannel(radioChannel);
  const port: RadioPort = {
    send: (packets) => channel.postMessage(packets),
    onPackets: null,
    heard() {},
    close: () => channel.close(),
  };
  channel.onmessage = ({ data }: MessageEvent) => port.onPackets?.(data);
  return port;
}

class Surroundings implements World {
  parts: Readonly<Record<string, unknown>> = {};
  ms = 0;
  speed = 1;
  onChange: ((changed: Readonly<Record<string, unknown>>) => void) | null = null;
  onFiles: ((files: Readonly<Record<string, Uint8Array>>) => void) | null = null;
  onSound: ((events: readonly TimedSound[], ms: number) => void) | null = null;
  onCrash: ((message: string) => void) | null = null;
  onHappened: ((event: TimedEvent) => void) | null = null;
  onPrompt: ((error: string) => void) | null = null;
  private readonly send: (message: ToWorker) => boolean;
  private readonly asked = new Map<number, (text: string) => void>();
  private lastAsked = 0;
  // What the world is like goes on over a reset: the last of each kind of input that is a level and not a deed.
  private readonly levels = new Map<string, { part: string; event: unknown }>();

  /** `send` says whether there is somebody to send to. */
  constructor(send: (message: ToWorker) => boolean) {
    this.send = send;
  }

  input(part: string, event: unknown): void {
    if (typeof event === "object" && event !== null && !("gesture" in event) && !("packet" in event)) {
      this.levels.set(`${part} ${Object.keys(event).join()}`, { part, event });
    }
    this.send({ type: "input", part, event });
  }

  pace(speed: number): void {
    this.speed = speed;
    this.send({ type: "pace", speed });
  }

  read(part: string): Promise<string> {
    return new Promise((resolve) => {
      const id = ++this.lastAsked;
      this.asked.set(id, resolve);
      if (!this.send({ type: "read", part, id })) this.answer(id, "");
    });
  }
  answer(id: number, text: string): void {
    this.asked.get(id)?.(text);
    this.asked.delete(id);
  }
  answerAll(): void {
    for (const id of [...this.asked.keys()]) this.answer(id, "");
  }

  lasting(): readonly { part: string; event: unknown }[] {
    return [...this.levels.values()];
  }

  changed(changed: Readonly<Record<string, unknown>>, ms: number): void {
    this.parts = { ...this.parts, ...changed };
    this.ms = ms;
    this.onChange?.(changed);
  }
}

function loaded(worker: Worker, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new LinkError("lost", "the simulator did not load")), loadMs);
    const stop = (error: LinkError): void => {
      clearTimeout(timer);
      reject(error);
    };
    signal?.addEventListener("abort", () => stop(new LinkError("aborted", "stopped by the caller")), { once: true });
    worker.onerror = (event) => stop(new LinkError("lost", `the simulator did not load: ${event.message}`));
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type !== "ready") return;
      clearTimeout(timer);
      resolve();
    };
  });
}
