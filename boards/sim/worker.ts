// The simulator's worker: one Machine, paced against the wall clock. The only file of the simulation that waits.
// What crosses to the page is protocol.ts; parts' changes go once a frame, and the board stands still while the page lags.
import type { RadioPacket } from "../parts/radio/state.ts";
import { Radio } from "../parts/radio/model.ts";
import { Machine } from "./machine.ts";
import { modelById } from "./models.ts";
import { type FromWorker, serialWindow, type ToWorker } from "./protocol.ts";

interface Scope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
}
const scope = globalThis as unknown as Scope;
const post = (message: FromWorker, transfer: Transferable[] = []): void => scope.postMessage(message, transfer);

const frameMs = 16;
// One turn computes for at most so long, so that keys, inputs and Ctrl-C are heard in between.
const turnMs = 10;
const sliceNs = 2e6;
const sliceOps = 20000;
// A board that fell behind by more than this goes on from where it is instead of catching up.
const patienceMs = 100;

let machine: Machine | null = null;
let speed = 1;
let wallMark = 0;
let simMark = 0;
let lastFrame = 0;
let onItsWay = 0;
let filesChanged = false;
let output: Uint8Array[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

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
      machine?.feed(message.bytes);
      break;
    case "serial-taken":
      onItsWay -= message.count;
      break;
    case "input":
      machine?.input(message.part, message.event);
      break;
    case "pace":
      speed = message.speed;
      mark();
      break;
    case "radio":
      receive(message.packet);
      break;
  }
  soon();
}

function powerOn(message: ToWorker & { type: "power-on" }): void {
  const model = modelById(message.board);
  if (!model) throw new Error(`no such board: ${message.board}`);
  const { files, seed } = message;
  const made = new Machine(model, Object.keys(files).length > 0 ? { files, seed } : { seed });
  machine = made;
  output = [];
  onItsWay = 0;
  made.onSerial = (bytes) => output.push(bytes.slice());
  made.files.onChange = () => {
    filesChanged = true;
  };
  for (const part of Object.values(made.hw.parts))
    if (part instanceof Radio) part.onSend = (packet) => post({ type: "radio", packet });
  for (const { part, event } of message.inputs) made.input(part, event);
  made.reset();
  mark();
  post({ type: "parts", changed: made.states(), ms: 0 });
}

function receive(packet: RadioPacket): void {
  for (const part of Object.values(machine?.hw.parts ?? {})) if (part instanceof Radio) part.input({ packet });
}

function mark(): void {
  wallMark = performance.now();
  simMark = machine?.clock.absolute ?? 0;
}

function soon(): void {
  if (turnIsDue) return;
  turnIsDue = true;
  clearTimeout(timer);
  channel.port2.postMessage(null);
}

function turn(): void {
  if (!machine) return;
  clearTimeout(timer);
  try {
    if (speed > 0) run(machine);
    flush(machine);
    plan(machine);
  } catch (error) {
    crash(error);
  }
}

function run(board: Machine): void {
  const start = performance.now();
  const target = speed === Infinity ? Infinity : simMark + (start - wallMark) * 1e6 * speed;
  while (board.clock.absolute < target && onItsWay < serialWindow) {
    const before = board.clock.absolute;
    board.runUntil(Math.min(target, before + sliceNs), sliceOps);
    sendOutput();
    if (performance.now() - start > turnMs) break;
    if (target === Infinity && board.nextEvent === Infinity) break;
  }
  if (target - board.clock.absolute > patienceMs * 1e6 * Math.max(1, speed)) mark();
}

function flush(board: Machine): void {
  sendOutput();
  const now = performance.now();
  if (now - lastFrame < frameMs) return;
  const changed = board.takeChanges();
  if (Object.keys(changed).length > 0) {
    lastFrame = now;
    post({ type: "parts", changed, ms: board.ms });
  }
  if (filesChanged) {
    filesChanged = false;
    post({ type: "files", files: board.files.snapshot() });
  }
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
  post({ type: "serial", bytes }, [bytes.buffer]);
}

// The next turn: at once when the board lags, else at its next event, but once a frame while changes wait to be shown.
function plan(board: Machine): void {
  if (speed === 0 || onItsWay >= serialWindow) return;
  const now = performance.now();
  const dueIn = speed === Infinity ? 0 : (board.nextEvent - simMark) / 1e6 / speed - (now - wallMark);
  if (dueIn <= 0 && board.clock.absolute < simMark + (now - wallMark) * 1e6 * speed) return soon();
  timer = setTimeout(turn, Math.max(1, Math.min(dueIn, frameMs)));
}

function crash(error: unknown): void {
  machine = null;
  post({ type: "crashed", message: error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error) });
}

post({ type: "ready" });
