// One virtual machine: its state, and the loop over slices that the host calls (py/runtime.c mp_init, shared/runtime/pyexec.c).
import type { CompiledModule } from "../compiler/compile.ts";
import type { Host } from "../host.ts";
import type { Raised, Suspension, Vm } from "../index.ts";
import type { MpConfig } from "../mpconfig.ts";
import type { ModuleDef } from "../native.ts";
import { makeBuiltins } from "../modules/modbuiltins.ts";
import "../modules/library.ts";
import { exitFunction } from "../modules/modsys.ts";
import { type BuiltinModule, builtinModule, moduleName } from "../modules/registry.ts";
import { decodeUtf8, encodeUtf8 } from "../objects/objbytes.ts";
import { heap, uncounted } from "../objects/heap.ts";
import { PyDict } from "../objects/objdict.ts";
import { excOf, isExc, PyExc, typeKeyboardInterrupt, typeSystemExit } from "../objects/objexcept.ts";
import { PyList } from "../objects/objlist.ts";
import { PyModule } from "../objects/objmodule.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { mp, switchTo, type MpState, type RootPointer } from "../objects/mpstate.ts";
import { run, typeOf, type Gen, type Obj } from "../objects/obj.ts";
import { strOf, tracebackText } from "./print.ts";
import { call } from "./call.ts";
import { CodeState, NativeState, RESUME_DISCARD, type Frame } from "./codestate.ts";
import { heapBlocks, useHeap, putInFlash } from "./gc.ts";
import { membersOfModule } from "./members.ts";
import { type BuiltinModules, type FoundModule, useBuiltinModules } from "./import.ts";
import { firstTime, nextThread, switchThread, threadRoots, TURN } from "./mpthread.ts";
import { compileSource, runModule } from "./source.ts";
import { machine } from "./ops/op.ts";
import { Thread } from "./thread.ts";
import { execute } from "./vm.ts";
import { replSession, type ReplState } from "../repl/pyexec.ts";

const SCHED_QUEUE_LEN = 8;
/** A board's module of this name is no module: it gives further built-in names. */
const BUILTINS = "builtins";

/** Stands in the queue for an interrupt. */
const INTERRUPT: Obj = new PyTuple([]);

export class VmCore implements Vm, MpState {
  readonly host: Host;
  readonly config: MpConfig;
  private readonly extraModules: readonly ModuleDef[];
  readonly stdin: number[] = [];
  stdinEnded = false;
  pending = false;
  optLevel = 0;
  onCompile: ((module: CompiledModule) => void) | null = null;
  kbdIntr = 3;
  depth = 0;
  stackLimit = 0;
  traceFunction: Obj = null;
  isTraceRunning = false;
  tracebackLimit = Infinity;
  isTracing = false;
  builtins!: PyDict;
  mainGlobals!: PyDict;
  loadedModules!: PyDict;
  readonly rootPointers = new Map<string, RootPointer>();
  globals!: PyDict;
  locals!: PyDict;
  busy: "program" | "repl" | null = null;
  heapAtBoot = 0;
  heapHeld = 0;
  qstrBlocks = 0;
  readonly inFlash = new WeakSet<object>();
  heapReclaimed = 0;
  heapLocked = 0;
  heapLeftUnlocked = 0;
  emergencyArgs = 0;
  /** What was left of this VM's heap when it last ran. */
  private heapLeft = Infinity;
  /** The thread of programs and of the REPL; it stays from one to the next. */
  private main!: Thread;
  thread!: Thread;
  /** In the order in which they last ran; the main thread is one of them while this VM is busy. */
  readonly threads: Thread[] = [];
  private lastIdent = 0;
  /** What the running thread has given up of its turn, for others to use. */
  private opsDone = 0;
  /** Bytecodes that are left of the slice, with those of the turn that runs. */
  private left = 0;
  private turn = 0;
  private isInTurn = false;
  private interrupted = false;
  private exception: Obj | undefined;
  private readonly natives: (() => Gen)[] = [];
  private isSchedLocked = false;
  private readonly queue: { fun: Obj; arg: Obj }[] = [];
  private readonly ids = new WeakMap<object, number>();
  private nextId = 0x20000000;
  private readonly replState: ReplState = { mode: "friendly", history: [] };
  /** __main__ and the built-in modules made so far. They are not in sys.modules. */
  private readonly modules = new Map<string, PyModule>();

  constructor(host: Host, config: MpConfig, modules: readonly ModuleDef[]) {
    this.host = host;
    this.config = config;
    this.extraModules = modules;
    this.softReset();
  }

  get replMode(): "friendly" | "raw" {
    return this.replState.mode === "raw" ? "raw" : "friendly";
  }

  softReset(): void {
    switchTo(this);
    useBuiltinModules(() => currentModules());
    this.busy = null;
    this.lastIdent = 1;
    this.main = new Thread(null, this.lastIdent, this.config.stackLimit);
    this.thread = this.main;
    this.threads.length = 0;
    this.stackLimit = this.main.stackLimit;
    this.interrupted = false;
    this.exception = undefined;
    this.queue.length = 0;
    this.natives.length = 0;
    this.isSchedLocked = false;
    this.depth = 0;
    this.kbdIntr = 3;
    this.replState.history.length = 0;
    this.modules.clear();
    this.rootPointers.clear();
    this.loadedModules = new PyDict();
    const main = new PyModule("__main__", new PyDict(), false);
    this.mainGlobals = main.globals;
    this.globals = this.mainGlobals;
    this.locals = this.mainGlobals;
    this.builtins = makeBuiltins();
    // What the board adds to them: a module of that name.
    const added = this.extraModules.find((module) => module.name === BUILTINS)?.globals ?? {};
    for (const [key, value] of Object.entries(typeof added === "function" ? added() : added)) this.builtins.setStr(key, value);
    this.modules.set("__main__", main);
    this.heapLocked = 0;
    this.heapReclaimed = 0;
    this.emergencyArgs = 0;
    this.traceFunction = null;
    this.isTraceRunning = false;
    this.isTracing = false;
    this.tracebackLimit = Infinity;
    useHeap(Infinity);
    this.heapHeld = this.qstrBlocks = 0;
    this.heapAtBoot = Math.ceil(this.config.heapAtBoot / heap.blockBytes);
    this.heapLeft = heapBlocks() - this.heapAtBoot;
  }

  *roots(): Iterable<Obj | Frame | undefined> {
    for (const { fun, arg } of this.queue) {
      yield fun;
      yield arg;
    }
    for (const root of this.rootPointers.values()) {
      if (typeof root === "object" && root !== null && "live" in root) yield* root.live();
      else yield root;
    }
    yield* this.modules.values();
    yield this.globals;
    yield this.traceFunction;
    for (const thread of this.threads) {
      yield* thread.arg;
      if (thread !== this.thread) yield* threadRoots(thread);
    }
  }

  /** Finds a built-in module by name, the board's own first. */
  findModule(name: string): FoundModule | undefined {
    const def = name === BUILTINS ? undefined : this.extraModules.find((m) => m.name === name);
    const known = def === undefined ? builtinModule(name, this.config) : undefined;
    if (name === "__main__") return { isExtensible: false, isLoaded: true, load: () => this.modules.get(name)! };
    if (def === undefined && known === undefined) return undefined;
    return {
      isExtensible: def?.isExtensible ?? known?.isExtensible ?? false,
      isLoaded: this.modules.has(name),
      load: () => this.modules.get(name) ?? uncounted(() => this.make(name, def, known)),
    };
  }

  /** A built-in module is in the firmware: it takes nothing of the heap. */
  private make(name: string, def: ModuleDef | undefined, known: BuiltinModule | undefined): PyModule {
    const globals = new PyDict();
    globals.isOrdered = true;
    const module = new PyModule(moduleName(name, this.config), globals, true);
    this.modules.set(name, module);
    const members = def === undefined ? known!.members(module) : typeof def.globals === "function" ? def.globals() : def.globals;
    const listed = membersOfModule(this.config, name) ?? Object.keys(members);
    for (const key of listed) if (members[key] !== undefined) globals.setStr(key, members[key]);
    putInFlash(module);
    return module;
  }

  setArgv(args: readonly string[]): void {
    switchTo(this);
    const sys = this.findModule("sys")?.load();
    sys?.globals.setStr("argv", new PyList([...args]));
  }

  setOptLevel(level: number): void {
    this.optLevel = level;
  }

  /** Names that help('modules') lists. */
  moduleNames(): string[] {
    return this.extraModules.map((m) => m.name).filter((name) => name !== BUILTINS);
  }

  *boardModules(): Iterable<readonly [string, Readonly<Record<string, Obj>>]> {
    for (const { name, globals } of this.extraModules) yield [name, typeof globals === "function" ? globals() : globals];
  }

  load(source: string | Uint8Array, filename: string): void {
    this.start("program", this.runSource(typeof source === "string" ? source : decodeUtf8(source), filename));
  }

  repl(): void {
    switchTo(this);
    this.start("repl", replSession(this.replState));
  }

  exit(): boolean {
    switchTo(this);
    const f = exitFunction();
    if (f === null) return false;
    this.rootPointers.delete("sys.atexit");
    this.start("program", run(call(f, [], null)) as Gen);
    return true;
  }

  private start(busy: "program" | "repl", gen: Gen): void {
    switchTo(this);
    const { main } = this;
    if (this.busy === null) this.threads.unshift(main);
    this.busy = busy;
    this.goTo(main);
    this.depth = 0;
    main.frame = new NativeState(gen);
    main.value = null;
    main.exc = undefined;
    main.wait = null;
  }

  startThread(gen: Gen, stackLimit: number, arg: readonly Obj[]): number {
    const thread = new Thread(new NativeState(gen), ++this.lastIdent, stackLimit, arg);
    thread.value = null;
    this.threads.push(thread);
    this.endTurn();
    return thread.ident;
  }

  private goTo(thread: Thread): void {
    if (thread === this.thread) return;
    switchThread(this, this.thread, thread);
    this.thread = thread;
  }

  get waitsForStdin(): boolean {
    return this.threads.some(({ wait }) => wait?.wait === "stdin");
  }

  private *runSource(source: string, filename: string): Gen {
    const compiled = compileSource(source, filename, "file", false);
    const result = yield* runModule(compiled, this.mainGlobals);
    const exc = this.takeException();
    if (exc !== undefined) throw exc;
    return result;
  }

  run(budget: number): Suspension {
    switchTo(this);
    useHeap(this.heapLeft);
    try {
      return this.slice(budget);
    } finally {
      // What is made between slices is the host's doing.
      this.heapLeft = heap.left;
      heap.left = Infinity;
    }
  }

  private slice(budget: number): Suspension {
    if (this.busy === null) return { why: "done" };
    const before = this.opsDone;
    this.left = budget;
    try {
      for (;;) {
        if (!this.takeTurn()) return this.suspension();
        const { thread } = this;
        this.turn = this.threads.length === 1 ? this.left : Math.min(this.left, TURN);
        machine.budget = this.turn;
        this.isInTurn = true;
        const outcome = execute(thread);
        this.countTurn();
        if (this.threads.length > 1) this.putLast(thread);
        switch (outcome.kind) {
          case "budget":
            if (this.left > 0) continue;
            return { why: "budget" };
          case "wait": {
            thread.value = null;
            const { wait } = outcome;
            if (wait.wait === "reset") {
              this.end(thread);
              return { why: "reset", kind: wait.kind };
            }
            thread.wait = wait;
            continue;
          }
          default:
            this.end(thread);
            if (thread !== this.main) continue;
            return outcome.kind === "return" ? { why: "done" } : { why: "raised", error: this.raised(outcome.exc) };
        }
      }
    } finally {
      this.countTurn();
      // Something always takes time, or the host would never come to the next instant.
      if (this.opsDone === before) this.opsDone++;
    }
  }

  /** Bytecodes since the VM was made; goes on while it runs, so that a program that looks at the clock sees time pass. */
  get ops(): number {
    return this.isInTurn ? this.opsDone + this.turn - machine.budget : this.opsDone;
  }

  shorten(ops: number): void {
    if (!this.isInTurn) return;
    const surplus = this.left - (this.turn - machine.budget) - ops;
    if (surplus > 0) this.left -= surplus;
    if (machine.budget > ops) {
      this.turn -= machine.budget - ops;
      machine.budget = ops;
    }
  }

  /** The thread that runs gives the rest of its turn up. */
  private endTurn(): void {
    if (!this.isInTurn || machine.budget <= 0) return;
    this.turn -= machine.budget;
    machine.budget = 0;
  }

  private countTurn(): void {
    if (!this.isInTurn) return;
    const used = this.turn - machine.budget;
    this.isInTurn = false;
    this.opsDone += used;
    this.left -= used;
  }

  private putLast(thread: Thread): void {
    this.threads.splice(this.threads.indexOf(thread), 1);
    this.threads.push(thread);
  }

  private end(thread: Thread): void {
    this.threads.splice(this.threads.indexOf(thread), 1);
    if (thread === this.main) this.busy = null;
  }

  private suspension(): Suspension {
    const until = firstTime(this.threads);
    return until === Infinity && this.waitsForStdin ? { why: "stdin" } : { why: "sleep", until };
  }

  /** Makes the thread the current one whose turn it is; false: all wait. What is pending it does first. */
  private takeTurn(): boolean {
    const next = nextThread(this.threads);
    if (!this.pending) return next !== null && this.resume(next);
    this.pending = false;
    if (this.interrupted) {
      this.interrupted = false;
      return this.resume(this.main, new PyExc(typeKeyboardInterrupt, []));
    }
    if (this.exception !== undefined && !this.isSchedLocked) {
      const exc = this.takeException();
      this.pending = this.queue.length + this.natives.length > 0;
      if (this.kbdIntr >= 0) return this.resume(this.main, exc);
      // At the prompt there is no program to raise it in.
      this.natives.unshift(() => printed(exc!));
    }
    const native = this.isSchedLocked ? undefined : this.natives.shift();
    const job = this.isSchedLocked || native !== undefined ? undefined : this.queue.shift();
    if (native === undefined && job === undefined) return next !== null && this.resume(next);
    if (job?.fun === INTERRUPT) {
      this.pending = this.queue.length > 0;
      return this.resume(this.main, new PyExc(typeKeyboardInterrupt, []));
    }
    // The interrupted frame goes on as if nothing had been: a Python frame drops the callback's value, a native that
    // waits looks again whether its time has come.
    this.resume(next ?? this.main);
    const { thread } = this;
    const { frame } = thread;
    if (frame instanceof CodeState) frame.resume = RESUME_DISCARD;
    const callback = new NativeState(this.locked(native === undefined ? scheduled(job!.fun, job!.arg) : native()));
    callback.prev = frame;
    thread.frame = callback;
    thread.value = null;
    this.depth++;
    return true;
  }

  // An interrupt goes between two bytecodes, or into whatever waits.
  private resume(thread: Thread, exc?: Obj): true {
    this.goTo(thread);
    thread.wait = null;
    if (exc !== undefined) {
      thread.value = undefined;
      thread.exc = exc;
    }
    return true;
  }

  // Nothing else is scheduled in while a scheduled function runs (py/scheduler.c mp_sched_lock).
  private *locked(gen: Gen): Gen {
    this.isSchedLocked = true;
    try {
      return yield* gen;
    } finally {
      this.isSchedLocked = false;
      if (this.exception !== undefined) this.pending = true;
      if (this.queue.length + this.natives.length > 0) {
        this.pending = true;
        this.endTurn();
      }
    }
  }

  /** micropython.schedule(micropython.kbd_intr, None): an interrupt in its turn; waiting twice is waiting once. */
  scheduleInterrupt(): void {
    if (!this.queue.some(({ fun }) => fun === INTERRUPT)) this.schedule(INTERRUPT, null);
  }

  private raised(raised: Obj): Raised {
    const exc = carried(raised);
    const inner = excOf(exc);
    const entry = inner?.traceback[0];
    return {
      traceback: this.textOf(tracebackText(exc)),
      type: typeOf(exc).name,
      message: inner === null || inner.args.length === 0 ? "" : this.textOf(run(strOf(exc)) as Gen<string>),
      line: entry?.line ?? 0,
      file: entry?.file ?? "",
    };
  }

  // Printing an uncaught exception may run Python (__str__); it gets a bounded slice of its own.
  private textOf(gen: Gen<string>): string {
    const thread = new Thread(new NativeState(gen as unknown as Gen));
    thread.value = null;
    machine.budget = 100000;
    const outcome = execute(thread);
    return outcome.kind === "return" ? String(outcome.value) : "";
  }

  feed(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === this.kbdIntr && this.kbdIntr >= 0) this.interrupt();
      else this.stdin.push(byte);
    }
  }

  endInput(): void {
    this.stdinEnded = true;
  }

  interrupt(): void {
    this.interrupted = true;
    this.pending = true;
    this.endTurn();
  }

  schedule(fun: Obj, arg: Obj): boolean {
    if (this.queue.length >= SCHED_QUEUE_LEN) return false;
    this.queue.push({ fun, arg });
    this.pending = true;
    this.endTurn();
    return true;
  }

  raiseLater(exc: Obj): void {
    this.exception = exc;
    this.pending = true;
  }

  takeException(): Obj | undefined {
    const { exception } = this;
    this.exception = undefined;
    return exception;
  }

  later(natives: readonly (() => Gen)[]): void {
    this.natives.push(...natives);
    this.pending = true;
    this.endTurn();
  }

  // ---- what built-ins use

  print(text: string): void {
    this.printBytes(encodeUtf8(text));
  }

  printBytes(bytes: Uint8Array): void {
    if (!bytes.includes(10)) {
      this.host.stdio.write(bytes);
      return;
    }
    const out: number[] = [];
    for (const byte of bytes) {
      if (byte === 10 && this.config.platform !== "linux") out.push(13);
      out.push(byte);
    }
    this.host.stdio.write(Uint8Array.from(out));
  }

  idOf(o: Obj): number {
    if (typeof o === "number") return o * 2 + 1;
    if (typeof o !== "object" || o === null) return o === null ? 6 : 14;
    let id = this.ids.get(o);
    if (id === undefined) {
      id = this.nextId;
      this.nextId += 32;
      this.ids.set(o, id);
    }
    return id;
  }

  stackUse(): number {
    return this.depth * this.config.stackPerCall;
  }
}

function* printed(exc: Obj): Gen {
  mp.print(yield* tracebackText(exc));
  return null;
}

// SystemExit(None, exc): the micro:bit V2 ends a program so when a run_every callback raises; what is shown is that exception.
function carried(exc: Obj): Obj {
  const args = isExc(exc, typeSystemExit) ? (excOf(exc)?.args ?? []) : [];
  return args.length === 2 && args[0] === null && excOf(args[1]!) !== null ? args[1]! : exc;
}

function* scheduled(fun: Obj, arg: Obj): Gen {
  try {
    yield* run(call(fun, [arg], null));
  } catch (caught) {
    if (isExc(caught, typeSystemExit) || isExc(caught, typeKeyboardInterrupt)) throw caught;
    mp.print(yield* tracebackText(caught as Obj));
  }
  return null;
}

function currentModules(): BuiltinModules {
  return { find: (name) => (mp as VmCore).findModule(name) };
}
