// The simulated boards as a command: run a program in virtual time and print what happens, or serve the serial line on TCP.
// Bundled to dist/cli/board.mjs for Node 20 and later. Everything else of boards/ works without Node.
import { readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import type { BoardDescriptor } from "./descriptor.ts";
import { boardById, boards } from "./index.ts";
import { Machine } from "./sim/machine.ts";
import { modelById } from "./sim/models.ts";
import { Pacer } from "./sim/pacer.ts";
import { readTape, type TimedEvent } from "./tape.ts";
import { readWiring, type Wiring } from "./wiring.ts";

const usage = `usage: board.mjs BOARD --run FILE --for MS [--wire FILE.json] [--events FILE.json] [--seed N]
       board.mjs BOARD --tcp PORT [--wire FILE.json] [--seed N]

BOARD   ${boards.map((board) => board.id).join(", ")}
--run   puts FILE on the board as main.py, switches it on, and prints one JSON line per
        serial output {"ms", "serial"} and per change of a part {"ms", "part", "state"}
--for   stops after so many milliseconds of the board's time
--events  a list of {"atMs", "part", "event"} to happen to the board
--wire  parts on the board's pins: {"lamp": {"kind": "led-5mm", "pins": {"anode": "P1"}}}
--tcp   serves the board's serial bytes on 127.0.0.1, one client at a time; the board stays on
        between clients
--seed  everything random follows from it (default 1)
`;

class UsageError extends Error {}

function options(args: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (let i = 0; i < args.length; i += 2) {
    const [name, value] = [args[i], args[i + 1]];
    if (!["--run", "--for", "--wire", "--events", "--tcp", "--seed"].includes(name))
      throw new UsageError(`unknown option ${name}`);
    if (value === undefined) throw new UsageError(`${name} needs a value`);
    found.set(name, value);
  }
  return found;
}

function numberOf(name: string, text: string | undefined, otherwise?: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (number === undefined || !Number.isFinite(number) || number < 0) throw new UsageError(`${name} needs a number`);
  return number;
}

function eventsOf(path: string | undefined, board: string, wire: string | undefined): readonly TimedEvent[] {
  if (path === undefined) return [];
  const descriptor = boardById(board);
  if (!descriptor) throw new UsageError(`no such board: ${board}`);
  const tape = readTape(JSON.parse(readFileSync(path, "utf8")), descriptor, wiringOf(wire, descriptor));
  if (!tape) throw new UsageError('--events needs a list of {"atMs", "part", "event"}');
  if (tape.left > 0) throw new UsageError(`${tape.left} of the events are nothing that a ${board} knows`);
  return tape.events;
}

function runFile(board: string, given: ReadonlyMap<string, string>): void {
  const forMs = numberOf("--for", given.get("--for"));
  const events = eventsOf(given.get("--events"), board, given.get("--wire"));
  const main = new Uint8Array(readFileSync(given.get("--run")!));
  const machine = makeMachine(board, given, { "main.py": main });
  const print = (line: object): void => void process.stdout.write(JSON.stringify(line) + "\n");
  const ms = (): number => Math.round(machine.ms * 1000) / 1000;
  const decoder = new TextDecoder();
  let text = "";
  let since = 0;
  const flush = (): void => {
    if (text !== "") print({ ms: since, serial: text });
    text = "";
  };
  machine.onSerial = (bytes) => {
    if (text === "") since = ms();
    text += decoder.decode(bytes, { stream: true });
    if (text.endsWith("\n")) flush();
  };
  machine.reset();
  machine.onPart = (part, state) => {
    flush();
    print({ ms: ms(), part, state });
  };
  machine.play(events);
  machine.runUntil(forMs * 1e6);
  flush();
}

function serve(board: string, given: ReadonlyMap<string, string>): void {
  const port = numberOf("--tcp", given.get("--tcp"));
  const machine = makeMachine(board, given);
  machine.reset();
  const now = (): number => performance.now();
  const pacer = new Pacer(machine, now());
  let client: Socket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooMuch = 65536;
  machine.onSerial = (bytes) => client?.write(bytes.slice());
  const turn = (): void => {
    clearTimeout(timer);
    pacer.turn(now, () => (client?.writableLength ?? 0) < tooMuch);
    const dueIn = pacer.dueIn(now());
    if (dueIn === 0) setImmediate(turn);
    else if (dueIn !== Infinity) timer = setTimeout(turn, Math.min(dueIn, 1000));
  };
  const server = createServer((socket) => {
    client?.destroy();
    client = socket;
    socket.setNoDelay(true);
    socket.on("data", (data: Uint8Array) => {
      machine.feed(new Uint8Array(data));
      turn();
    });
    socket.on("drain", turn);
    socket.on("error", () => {}); // "close" follows
    socket.on("close", () => {
      if (client === socket) client = null;
    });
  });
  server.on("error", (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
  server.listen(port, "127.0.0.1", () => {
    const address = server.address();
    process.stdout.write(`${board} on 127.0.0.1:${typeof address === "object" ? address?.port : port}\n`);
  });
  turn();
}

function makeMachine(board: string, given: ReadonlyMap<string, string>, files?: Readonly<Record<string, Uint8Array>>): Machine {
  const model = modelById(board);
  if (!model) throw new UsageError(`no such board: ${board}`);
  const seed = numberOf("--seed", given.get("--seed"), 1);
  const wired = wiringOf(given.get("--wire"), model.descriptor);
  return new Machine(model, files ? { seed, wired, files } : { seed, wired });
}

function wiringOf(path: string | undefined, board: BoardDescriptor): Wiring {
  if (path === undefined) return {};
  const { wiring, faults } = readWiring(JSON.parse(readFileSync(path, "utf8")), board);
  const [first] = faults;
  if (first) throw new UsageError(`--wire: the ${first.fault} of ${first.name} is nothing that a ${board.id} can have`);
  return wiring;
}

function main(args: readonly string[]): void {
  const [board, ...rest] = args;
  if (board === undefined || board === "--help" || board === "-h") {
    process.stdout.write(usage);
    return;
  }
  try {
    const given = options(rest);
    if (given.has("--run")) runFile(board, given);
    else if (given.has("--tcp")) serve(board, given);
    else throw new UsageError("give --run or --tcp");
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof Error && "code" in error)) throw error;
    process.stderr.write(`${error.message}\n${error instanceof UsageError ? usage : ""}`);
    process.exitCode = 2;
  }
}

main(process.argv.slice(2));
