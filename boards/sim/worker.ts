// The simulator's worker: one Machine, paced against the wall clock. The only file of the simulation that waits.
// What crosses to the page is protocol.ts; parts' changes go once a frame, and the board stands still while the page lags.
import type { RadioPacket } from "../parts/radio/state.ts";
import { Radio } from "../parts/radio/model.ts";
import { Speaker } from "../parts/speaker/model.ts";
import type { TimedSound } from "../parts/speaker/state.ts";
import { serialPart } from "../tape.ts";
import { Fingers } from "./fingers.ts";
import { Machine } from "./machine.ts";
import { modelById } from "./models.ts";
import { Pacer } from "./pacer.ts";
import { type FromWorker, type Heard, serialWindow, type ToWorker } from "./protocol.ts";

interface Scope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
}
const scope = globalThis as unknown as Scope;
const post = (message: FromWorker, transfer: Transferable[] = []): void => scope.postMessage(message, transfer);

const frameMs = 16;
const soundTailMs = 100;
// While a tape is made or played the page wants to know the time, whether parts change or not.
const beatMs = 200;

let machine: Machine | null = null;
let pacer: Pacer | null = null;
let lastFrame = 0;
let onItsWay = 0;
let filesChanged = false;
let isTaping = false;
let hasTape = false;
let wasAtPrompt = false;
let keys = new TextDecoder();
let fingers = new Fingers();
let output: Uint8Array[] = [];
let speaker: Speaker | null = null;
let sounds: TimedSound[] = [];
// What sounded until then may still be fading.
let soundsUntil = 0;
let lastSounds = 0;
let outputMs = 0;
let packets: RadioPacket[] = [];
let heard: Heard[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
const now = (): number => performance.now();
const mayRun = (): boolean => {
  sendOutput();
  return onItsWay < serialWindow;
};

// setTimeout(0) is throttled to 4 ms after five in a row; a message is not.
const channel = new MessageChannel();
let turnIsDue = false;
channel.port1.onmessage = () => {
  turnIsDue = false;
  turn();
};

scope.onmessage = ({ data }) => {
  try {
    take(data);
  } catch (error) {
    crash(error);
  }
};

function take(message: ToWorker): void {
  switch (message.type) {
    case "power-on":
      powerOn(message);
      break;
    case "serial":
      if (isTaping) happen(serialPart, keys.decode(message.bytes, { stream: true }));
      else machine?.feed(message.bytes);
      break;
    case "serial-taken":
      onItsWay -= message.count;
      break;
    case "input":
      happen(message.part, message.event);
      break;
    case "pace":
      pacer?.setSpeed(message.speed, now());
      break;
    case "radio":
      message.packets.forEach(receive);
      break;
    case "read":
      return post({ type: "text", id: message.id, text: machine?.hw.parts[message.part]?.text ?? "" });
  }
  soon();
}

function powerOn(message: ToWorker & { type: "power-on" }): void {
  const model = modelById(message.board);
  if (!model) throw new Error(`no such board: ${message.board}`);
  const { files, seed, wired } = message;
  const made = new Machine(model, Object.keys(files).length > 0 ? { files, seed, wired } : { seed, wired });
  machine = made;
  output = [];
  sounds = [];
  soundsUntil = 0;
  packets = [];
  heard = [];
  onItsWay = 0;
  speaker = Object.values(made.hw.parts).find((part) => part instanceof Speaker) ?? null;
  if (speaker) speaker.onSound = (event) => sounds.push({ ...event, ms: made.ms });
  made.onSerial = (bytes) => {
    output.push(bytes.slice());
    outputMs = made.ms;
  };
  made.files.onChange = () => {
    filesChanged = true;
  };
  for (const part of Object.values(made.hw.parts)) if (part instanceof Radio) connect(part);
  for (const { part, event } of message.inputs) made.input(part, event);
  made.play(message.tape);
  fingers = new Fingers();
  made.reset();
  isTaping = message.isTaping;
  hasTape = message.tape.length > 0;
  wasAtPrompt = false;
  keys = new TextDecoder();
  pacer = new Pacer(made, now());
  post({ type: "parts", changed: made.states(), ms: 0 });
}

function connect(radio: Radio): void {
  radio.onSend = (packet) => packets.push(packet);
  radio.onHeard = ({ mark }, rssi) => {
    if (mark !== undefined) heard.push([mark, rssi]);
  };
}

function happen(part: string, event: unknown): void {
  if (!machine) return;
  const nowMs = Math.floor(machine.clock.absolute) / 1e6;
  const atMs = fingers.when(part, event, nowMs);
  if (atMs === null) return;
  const isLater = atMs > nowMs;
  if (isLater) machine.play([{ atMs, part, event }]);
  const timed = isLater ? { atMs, part, event } : machine.happen(part, event);
  if (isTaping) post({ type: "happened", event: timed });
}

function receive(packet: RadioPacket): void {
  for (const [name, part] of Object.entries(machine?.hw.parts ?? {})) if (part instanceof Radio) happen(name, { packet });
}

function soon(): void {
  if (turnIsDue) return;
  turnIsDue = true;
  clearTimeout(timer);
  channel.port2.postMessage(null);
}

function turn(): void {
  if (!machine || !pacer) return;
  clearTimeout(timer);
  try {
    pacer.turn(now, mayRun);
    sendSounds(machine);
    flush(machine);
    plan(pacer);
  } catch (error) {
    crash(error);
  }
}

function flush(board: Machine): void {
  sendOutput();
  if (packets.length > 0 || heard.length > 0) {
    post({ type: "radio", packets, heard });
    packets = [];
    heard = [];
  }
  if (board.isAtPrompt && !wasAtPrompt) {
    wasAtPrompt = true;
    post({ type: "prompt", error: board.failure });
  }
  const waited = now() - lastFrame;
  if (waited < frameMs) return;
  const changed = board.takeChanges();
  if (Object.keys(changed).length > 0 || ((isTaping || hasTape) && waited > beatMs)) {
    lastFrame = now();
    post({ type: "parts", changed, ms: board.ms });
  }
  if (filesChanged) {
    filesChanged = false;
    post({ type: "files", files: board.files.snapshot() });
  }
}

function sendSounds(board: Machine): void {
  if (sounds.length > 0 || speaker?.isSounding) soundsUntil = board.ms + soundTailMs;
  // A frame's worth at a time: the page is further behind than that.
  if (board.ms > soundsUntil || now() - lastSounds < frameMs) return;
  lastSounds = now();
  post({ type: "sound", events: sounds, ms: board.ms });
  sounds = [];
}

function sendOutput(): void {
  if (output.length === 0) return;
  const bytes = new Uint8Array(output.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of output) {
    bytes.set(part, at);
    at += part.length;
  }
  output = [];
  onItsWay += bytes.length;
  post({ type: "serial", bytes, ms: outputMs }, [bytes.buffer]);
}

// The next turn: at once when the board lags, else at its next event, but once a frame while changes may wait to be shown.
function plan(board: Pacer): void {
  if (onItsWay >= serialWindow) return;
  const dueIn = board.dueIn(now());
  if (dueIn === 0) soon();
  else timer = setTimeout(turn, Math.min(dueIn, 2 * frameMs));
}

function crash(error: unknown): void {
  machine = null;
  post({ type: "crashed", message: error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error) });
}

post({ type: "ready" });
