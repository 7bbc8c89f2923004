// _asyncio: the part of asyncio that MicroPython has in C (extmod/modasyncio.c): tasks, and queues that give them by time.
// The scheduler itself is Python, in frozen/asyncio.ts.
import { PyDict } from "../objects/objdict.ts";
import {
  excOf,
  excValue,
  isExc,
  raiseMsg,
  raiseTypeError,
  typeIndexError,
  typeRuntimeError,
  typeStopIteration,
} from "../objects/objexcept.ts";
import { checkArgs, fun, PyBoundMethod } from "../objects/objfun.ts";
import { mp } from "../objects/mpstate.ts";
import { PyObj, PyType, run, STOP, typeOf, type Gen, type Obj } from "../objects/obj.ts";
import { loadAttrMaybe } from "../vm/attr.ts";
import { call } from "../vm/call.ts";
import { stopValue } from "../vm/iter.ts";
import { getInt } from "../native.ts";
import { ticksDiff, ticksMs } from "./modtime.ts";
import { register } from "./registry.ts";

/** Tasks by the time they are due, first come first served among equals. */
class PyTaskQueue extends PyObj {
  declare type: PyType;
  readonly tasks: PyTask[] = [];

  push(task: PyTask, dueMs: number): void {
    task.data = null;
    task.dueMs = dueMs;
    // Most tasks are pushed for now or for later than all others, so the place is near the end.
    let at = this.tasks.length;
    while (at > 0 && ticksDiff(dueMs, this.tasks[at - 1]!.dueMs) < 0) at--;
    this.tasks.splice(at, 0, task);
  }

  remove(task: PyTask): void {
    const at = this.tasks.indexOf(task);
    if (at >= 0) this.tasks.splice(at, 1);
  }
}
const typeTaskQueue = new PyType("TaskQueue");
PyTaskQueue.prototype.type = typeTaskQueue;

class PyTask extends PyObj {
  declare type: PyType;
  readonly coro: Obj;
  /** The globals of asyncio.core. */
  readonly context: PyDict;
  /** What it waits for: a task, a queue; an exception to raise in it, or that ended it. */
  data: Obj = null;
  /** True: running. A TaskQueue: running, and those wait for it. A callable: to be called at its end. None: done; False: done, and known. */
  state: Obj = true;
  dueMs = 0;
  constructor(coro: Obj, context: PyDict) {
    super();
    this.coro = coro;
    this.context = context;
  }
  get isDone(): boolean {
    return this.state === null || this.state === false;
  }
}
const typeTask = new PyType("Task");
PyTask.prototype.type = typeTask;

function asTask(o: Obj | undefined): PyTask {
  if (!(o instanceof PyTask)) raiseTypeError(`can't convert '${o === undefined ? "NoneType" : typeOf(o).name}' object to Task`);
  return o;
}

typeTaskQueue.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 0);
  return new PyTaskQueue();
};
typeTaskQueue.proto.$peek = fun("peek", (self: PyTaskQueue) => self.tasks[0] ?? null);
typeTaskQueue.proto.$push = fun(
  "push",
  (self: PyTaskQueue, task: Obj, due?: Obj) => {
    self.push(asTask(task), due === undefined ? ticksMs() : getInt(due));
    return null;
  },
  2,
  3,
);
typeTaskQueue.proto.$pop = fun("pop", (self: PyTaskQueue) => self.tasks.shift() ?? raiseMsg(typeIndexError, "empty heap"));
typeTaskQueue.proto.$remove = fun("remove", (self: PyTaskQueue, task: Obj) => {
  self.remove(asTask(task));
  return null;
});

// A task made without globals uses those of the latest that had some; they are forgotten with the VM's module.
const contexts = new WeakMap<PyDict, PyDict>();

typeTask.makeNew = (type, args, kw) => {
  checkArgs(args.length, kw, 1, 2);
  const [coro, context] = args;
  if (context instanceof PyDict) contexts.set(mp.loadedModules, context);
  return new PyTask(coro!, contexts.get(mp.loadedModules) ?? new PyDict());
};

function runQueue(task: PyTask): PyTaskQueue {
  const queue = task.context.getStr("_task_queue");
  return queue instanceof PyTaskQueue ? queue : raiseTypeError("no task queue");
}

function* cancel(self: PyTask): Gen {
  if (self.isDone) return false;
  if (self === self.context.getStr("cur_task")) raiseMsg(typeRuntimeError, "can't cancel self");
  // What it waits for is cancelled, and so on down the line.
  let task = self;
  while (task.data instanceof PyTask) task = task.data;
  const queue = runQueue(task);
  const remove = loadAttrMaybe(task.data, "remove");
  if (remove !== undefined) {
    yield* run(call(yield* run(remove), [task], null));
    queue.push(task, ticksMs());
  } else if (ticksDiff(task.dueMs, ticksMs()) > 0) {
    queue.remove(task);
    queue.push(task, ticksMs());
  }
  task.data = task.context.getStr("CancelledError") ?? null;
  return true;
}

const done = fun("done", (self: PyTask) => self.isDone);
const cancelMethod = fun("cancel", cancel);

typeTask.attr = (self: PyTask, name) => {
  switch (name) {
    case "coro":
      return self.coro;
    case "data":
      return self.data;
    case "state":
      return self.state;
    case "ph_key":
      return self.dueMs;
    case "done":
      return new PyBoundMethod(done, self);
    case "cancel":
      return new PyBoundMethod(cancelMethod, self);
    default:
      return undefined;
  }
};
typeTask.storeAttr = (self: PyTask, name, value) => {
  if (value === undefined || (name !== "data" && name !== "state")) return false;
  self[name] = value;
  return null;
};

// Awaiting a task: the one that awaits is queued until this one is done, then gets what it returned or raised.
typeTask.getIter = (self: PyTask) => {
  if (self.isDone) self.state = false;
  else if (self.state === true) self.state = new PyTaskQueue();
  else if (!(self.state instanceof PyTaskQueue)) raiseMsg(typeRuntimeError, "can't wait");
  return self;
};
typeTask.iternext = (self: PyTask) => {
  if (self.isDone) {
    if (excOf(self.data) === null) raiseTypeError("exceptions must derive from BaseException");
    if (!isExc(self.data, typeStopIteration)) throw self.data;
    stopValue.value = excValue(self.data);
    return STOP;
  }
  const waiter = asTask(self.context.getStr("cur_task"));
  if (self.state instanceof PyTaskQueue) self.state.push(waiter, ticksMs());
  waiter.data = self;
  return null;
};

register("_asyncio", {
  isExtensible: false,
  when: (config) => config.romLevel !== "core",
  members: () => ({ TaskQueue: typeTaskQueue, Task: typeTask }),
});
