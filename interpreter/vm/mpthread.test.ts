// Threads that take turns: what each has of its own, and when which one goes on. What the programs of the table print is what
// the unix port (coverage build) printed; how the host sees it is ours.
import { describe, expect, test } from "vitest";
import { VfsError, type Vfs } from "../host.ts";
import { unixCoverage, type MpConfig } from "../mpconfig.ts";
import { VmCore } from "./core.ts";

const missing = (): never => {
  throw new VfsError(2);
};

/** A VM whose world stands still until it is told otherwise. */
class World {
  text = "";
  readonly clock = { ns: 0, alarm: () => ({ cancel() {} }) };
  readonly vm: VmCore;
  constructor(program: string, config: MpConfig = unixCoverage) {
    const stdio = { write: (bytes: Uint8Array) => void (this.text += new TextDecoder().decode(bytes)) };
    const vfs = { stat: missing } as unknown as Vfs;
    this.vm = new VmCore({ clock: this.clock, stdio, vfs, random32: () => 0 }, config, []);
    this.vm.load(program, "main.py");
  }

  /** Runs until there is nothing to do before the clock or the console moves on. Gives what it waits for. */
  settle(): string {
    for (let i = 0; i < 1000; i++) {
      const stop = this.vm.run(1000);
      if (stop.why === "sleep") return `sleeps until ${stop.until}`;
      if (stop.why === "raised") return stop.error.traceback;
      if (stop.why !== "budget") return stop.why;
    }
    return "runs";
  }

  /** What the program prints to its end, in slices of so many bytecodes, each of which takes a microsecond. */
  output(ops: number): string {
    for (;;) {
      const stop = this.vm.run(ops);
      this.clock.ns = stop.why === "sleep" ? stop.until : this.clock.ns + ops * 1e3;
      if (stop.why === "done") return this.text;
      if (stop.why === "raised") return this.text + stop.error.traceback;
    }
  }
}

const programs: readonly (readonly [name: string, program: string, output: string])[] = [
  [
    "the heap is locked for one thread only",
    `import _thread, micropython
one = _thread.allocate_lock()
two = _thread.allocate_lock()
depth = 0
def thread():
    one.acquire()
    print(micropython.heap_locked(), [1, 2, 3])
    two.release()
    micropython.heap_lock()
    one.acquire()
one.acquire()
two.acquire()
_thread.start_new_thread(thread, ())
micropython.heap_lock()
one.release()
two.acquire()
depth = micropython.heap_locked()
try:
    [1, 2]
except MemoryError:
    depth += 10
micropython.heap_unlock()
print(depth, micropython.heap_locked(), [4])
`,
    `0 [1, 2, 3]
11 0 [4]
`,
  ],
  [
    "the exception that is handled is one for all threads",
    `import _thread, sys, time
def thread():
    print(sys.exc_info())
    try:
        raise KeyError(1)
    except KeyError:
        print(sys.exc_info())
        time.sleep_ms(100)
try:
    raise ValueError
except ValueError:
    _thread.start_new_thread(thread, ())
    time.sleep_ms(50)
`,
    `(<class 'ValueError'>, ValueError(), None)
(<class 'KeyError'>, KeyError(1,), None)
`,
  ],
  [
    "a trace function sees its own thread only",
    `import _thread, sys, time
def tracer(frame, event, arg):
    if event == "call":
        print(frame.f_code.co_name)
    return tracer
def inner():
    pass
def traced():
    inner()
    time.sleep_ms(50)
    inner()
def plain():
    for i in range(3):
        inner()
    time.sleep_ms(100)
    sys.settrace(tracer)
    inner()
    time.sleep_ms(100)
    inner()
    sys.settrace(None)
_thread.start_new_thread(plain, ())
sys.settrace(tracer)
traced()
sys.settrace(None)
time.sleep_ms(100)
print("untraced")
inner()
time.sleep_ms(100)
`,
    `traced
inner
inner
inner
untraced
inner
`,
  ],
  [
    "what a thread schedules runs, in whichever thread",
    `import _thread, micropython, time
done = False
def scheduled(arg):
    global done
    print(arg)
    done = True
def thread():
    micropython.schedule(scheduled, "scheduled")
_thread.start_new_thread(thread, ())
while not done:
    time.sleep_ms(1)
`,
    `scheduled
`,
  ],
  [
    "a generator runs in one thread at a time",
    `import _thread, time
lock = _thread.allocate_lock()
lock.acquire()
def gen():
    lock.acquire()
    yield 1
    yield 2
g = gen()
def thread():
    print(next(g))
_thread.start_new_thread(thread, ())
time.sleep_ms(50)
try:
    next(g)
except ValueError as e:
    print(e)
lock.release()
time.sleep_ms(50)
print(next(g))
`,
    `generator already executing
1
2
`,
  ],
  [
    "who sleeps shorter wakes up earlier",
    `import _thread, time
def thread(ms):
    time.sleep_ms(ms)
    print(ms)
    time.sleep(ms / 1000)
    print(ms, "again")
for ms in (150, 50, 80):
    _thread.start_new_thread(thread, (ms,))
time.sleep(0.4)
`,
    `50
80
50 again
150
80 again
150 again
`,
  ],
  [
    "a thread that never waits does not keep the others from running",
    `import _thread, time
done = False
def thread():
    while not done:
        pass
    print("stopped")
_thread.start_new_thread(thread, ())
for i in range(3):
    time.sleep_ms(20)
    print(i)
done = True
time.sleep_ms(50)
`,
    `0
1
2
stopped
`,
  ],
  [
    "classes and iterators of threads do not get in each other's way",
    `import _thread, time
class Count:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n
    def __lt__(self, other):
        return sum(range(self.n % 5)) < sum(range(other.n % 5))
results = {}
def thread(n):
    total = 0
    for i in range(30):
        total += sum(sorted(Count(n + i), key=lambda x: -x)[:3])
        total += len(sorted(map(Count, range(20))))
        total += sum(x for x in (y for y in Count(i)) if x % 2)
    results[n] = total
for n in range(8):
    _thread.start_new_thread(thread, (n,))
while len(results) < 8:
    time.sleep_ms(1)
print([results[n] for n in range(8)])
`,
    `[3765, 3849, 3936, 4025, 4115, 4205, 4295, 4385]
`,
  ],
];

test.each(programs)("%s", (_, program, expected) => {
  for (const ops of [20000, 40]) expect(new World(program).output(ops)).toBe(expected);
});

describe("an interrupt", () => {
  const blocked = `
import _thread, time
lock = _thread.allocate_lock()
lock.acquire()
def thread():
    with lock:
        print("never")
_thread.start_new_thread(thread, ())
time.sleep_ms(1)
`;

  test("ends a main thread that waits for a lock which nobody gives back", () => {
    const world = new World(`${blocked}lock.acquire()`);
    world.settle();
    world.clock.ns = 1e6;
    expect(world.settle()).toBe("sleeps until Infinity");
    world.vm.interrupt();
    expect(world.settle()).toBe(
      'Traceback (most recent call last):\n  File "main.py", line 10, in <module>\nKeyboardInterrupt: \n',
    );
    expect(world.settle()).toBe("done");
    expect(world.text).toBe("");
  });

  test("reaches the main thread whichever one runs, and the others go on", () => {
    const world = new World(`
import _thread, time
n = 0
def thread():
    global n
    while True:
        n += 1
_thread.start_new_thread(thread, ())
try:
    time.sleep(1000)
except KeyboardInterrupt:
    before = n
    time.sleep(1)
    print(0 < before < n)
`);
    expect(world.settle()).toBe("runs");
    world.vm.interrupt();
    expect(world.settle()).toBe("runs");
    world.clock.ns = 2e9;
    expect(world.settle()).toBe("done");
    expect(world.text).toBe("True\n");
  });

  test("leaves a lock to those that wait behind the main thread", () => {
    const world = new World(`
import _thread, time
lock = _thread.allocate_lock()
lock.acquire()
def thread():
    time.sleep_ms(1)
    with lock:
        print("thread")
    done.release()
done = _thread.allocate_lock()
done.acquire()
_thread.start_new_thread(thread, ())
try:
    lock.acquire()
except KeyboardInterrupt:
    print("interrupted")
lock.release()
done.acquire()
print(lock.locked())
`);
    expect(world.settle()).toBe("sleeps until 1000000");
    world.clock.ns = 1e6;
    expect(world.settle()).toBe("sleeps until Infinity");
    world.vm.interrupt();
    expect(world.settle()).toBe("done");
    expect(world.text).toBe("interrupted\nthread\nFalse\n");
  });
});

describe("the host is told", () => {
  const reader = `
import _thread, sys, time
def thread():
    print(sys.stdin.readline(), end="")
_thread.start_new_thread(thread, ())
`;

  test("when the first of those that sleep wants to go on, and that one waits for the console meanwhile", () => {
    const world = new World(`${reader}_thread.start_new_thread(time.sleep_ms, (3,))\ntime.sleep_ms(5)\n`);
    expect(world.settle()).toBe("sleeps until 3000000");
    expect(world.vm.waitsForStdin).toBe(true);
    world.vm.feed(new TextEncoder().encode("line\n"));
    expect(world.settle()).toBe("sleeps until 3000000");
    expect(world.vm.waitsForStdin).toBe(false);
    expect(world.text).toBe("line\n");
    world.clock.ns = 3e6;
    expect(world.settle()).toBe("sleeps until 5000000");
  });

  test("that all wait for the console, if nobody sleeps", () => {
    const world = new World(`${reader}print(sys.stdin.readline(), end="")\ntime.sleep(1)`);
    expect(world.settle()).toBe("stdin");
    world.vm.feed(new TextEncoder().encode("one\ntwo\n"));
    expect(world.settle()).toBe("sleeps until 1000000000");
    expect(world.text.trim().split("\n").sort()).toEqual(["one", "two"]);
  });

  test("nothing of threads after a soft reset", () => {
    const world = new World(`import _thread, time\n_thread.start_new_thread(time.sleep, (1,))\ntime.sleep(2)`);
    expect(world.settle()).toBe("sleeps until 1000000000");
    world.vm.softReset();
    expect(world.settle()).toBe("done");
    world.vm.load("print(1)", "main.py");
    world.clock.ns = 3e9;
    expect(world.settle()).toBe("done");
    expect(world.text).toBe("1\n");
  });
});

test("threads go on where they were when another program or the REPL begins", () => {
  const world = new World("import _thread, time\n_thread.start_new_thread(lambda: (time.sleep(1), print('thread')), ())");
  expect(world.settle()).toBe("done");
  world.vm.load("import time\ntime.sleep(2)\nprint('main')", "main.py");
  expect(world.settle()).toBe("sleeps until 1000000000");
  world.clock.ns = 1e9;
  expect(world.settle()).toBe("sleeps until 2000000000");
  world.clock.ns = 2e9;
  expect(world.settle()).toBe("done");
  expect(world.text).toBe("thread\nmain\n");
});

test("what is scheduled just before a thread waits runs before it does, and leaves the stack as it was", () => {
  const world = new World(`
import micropython, time
def scheduled(arg):
    print(arg, time.ticks_ms() // 1000)
depth = micropython.stack_use()
for i in range(3):
    micropython.schedule(scheduled, i)
    time.sleep(1)
print(micropython.stack_use() == depth)
`);
  expect(world.output(1000)).toBe("0 0\n1 1\n2 2\nTrue\n");
});

test("a loop that always holds the lock lets others have it", () => {
  const world = new World(`
import _thread
lock = _thread.allocate_lock()
done = False
def thread():
    while not done:
        with lock:
            for i in range(3000):
                pass
_thread.start_new_thread(thread, ())
for i in range(5):
    while not lock.locked():
        pass
    with lock:
        print(i)
done = True
`);
  expect(world.settle()).toBe("done");
  expect(world.text).toBe("0\n1\n2\n3\n4\n");
});

test("what only a waiting thread has is not garbage", () => {
  const world = new World(
    `
import _thread, gc, time, weakref
lock = _thread.allocate_lock()
class Thing: pass
def thread(arg):
    thing = Thing()
    refs.append(weakref.ref(thing))
    big = list(range(10000))
    lock.acquire()
    print(len(big), arg)
    del thing, big, arg
    lock.acquire()
refs = []
lock.acquire()
_thread.start_new_thread(thread, (Thing(),))
time.sleep_ms(1)
for i in range(100):
    list(range(1000))
gc.collect()
print(refs[0]() is not None, gc.mem_alloc() > 40000)
lock.release()
time.sleep_ms(1)
gc.collect()
print(refs[0](), gc.mem_alloc() < 40000)
`,
    { ...unixCoverage, heapSize: 250000, heapAtBoot: 100 },
  );
  expect(world.output(1000)).toMatch(/^True True\n10000 <Thing object at 0x[0-9a-f]+>\nNone True\n$/);
});
