// _thread, which the npm MicroPython does not have. What these programs print is what the unix port (coverage build) printed.
import { expect, test } from "vitest";
import { VfsError, type Vfs } from "../host.ts";
import { createVm } from "../index.ts";
import { unixCoverage, type MpConfig } from "../mpconfig.ts";
import { builtinModuleNames } from "./registry.ts";

const missing = (): never => {
  throw new VfsError(2);
};
/** What a program prints that runs in slices of so many bytecodes, each of which takes a microsecond. */
function output(program: string, ops: number, config: MpConfig = unixCoverage): string {
  let text = "";
  const clock = { ns: 0, alarm: () => ({ cancel() {} }) };
  const stdio = { write: (bytes: Uint8Array) => void (text += new TextDecoder().decode(bytes)) };
  const vfs = { stat: missing } as unknown as Vfs;
  const vm = createVm({ clock, stdio, vfs, random32: () => 0 }, config, []);
  vm.load(program, "main.py");
  for (;;) {
    const stop = vm.run(ops);
    clock.ns = stop.why === "sleep" ? stop.until : clock.ns + ops * 1e3;
    if (clock.ns === Infinity || stop.why === "stdin") return `${text}blocked`;
    if (stop.why === "raised") text += stop.error.traceback;
    if ((stop.why === "done" || stop.why === "raised") && !vm.exit()) return text;
  }
}

const programs: readonly (readonly [name: string, program: string, output: string])[] = [
  [
    "a lock is taken, refused and given back",
    `import _thread
lock = _thread.allocate_lock()
print(lock, type(lock) is _thread.LockType, lock.locked())
print(lock.acquire(), lock.locked(), lock.acquire(0), lock.acquire(False, 3))
print(lock.release(), lock.locked(), lock.acquire(0))
lock.release()
with lock as got:
    print(got, lock.locked())
try:
    with lock:
        raise KeyError
except KeyError:
    print(lock.locked())
for f, args in ((lock.release, ()), (lock.acquire, ("x",)), (lock.__exit__, (1,)), (_thread.LockType, ())):
    try:
        f(*args)
    except Exception as e:
        print(repr(e))
`,
    `<lock> True False
True True False False
None False True
True True
False
RuntimeError()
TypeError("can't convert str to int",)
TypeError('function takes 4 positional arguments but 2 were given',)
TypeError("can't create 'lock' instances",)
`,
  ],
  [
    "two threads hand over to each other",
    `import _thread
ping = _thread.allocate_lock()
pong = _thread.allocate_lock()
pong.acquire()
def thread():
    for i in range(4):
        pong.acquire()
        print("pong", i)
        ping.release()
_thread.start_new_thread(thread, ())
for i in range(4):
    ping.acquire()
    print("ping", i)
    pong.release()
ping.acquire()
print("done")
`,
    `ping 0
pong 0
ping 1
pong 1
ping 2
pong 2
ping 3
pong 3
done
`,
  ],
  [
    "threads wait for their number",
    `import _thread
turn = 0
lock = _thread.allocate_lock()
def thread(n):
    global turn
    while True:
        with lock:
            if turn == n:
                break
    print("turn", n)
    with lock:
        turn += 1
for n in range(6, 0, -1):
    _thread.start_new_thread(thread, (n,))
thread(0)
while turn < 7:
    pass
`,
    `turn 0
turn 1
turn 2
turn 3
turn 4
turn 5
turn 6
`,
  ],
  [
    "many threads add under a lock, and none is lost",
    `import _thread, time
lock = _thread.allocate_lock()
total = n_finished = 0
def thread(n, step=1):
    global total, n_finished
    for i in range(n):
        with lock:
            old = total
            for j in range(3):
                pass
            total = old + step
    with lock:
        n_finished += 1
for i in range(20):
    _thread.start_new_thread(thread, (100,), {"step": 2})
thread(100)
while n_finished < 21:
    time.sleep_ms(1)
print(total)
`,
    `4100
`,
  ],
  [
    "an exception that nobody catches is told of and ends the thread only",
    `import _thread, time
class Task:
    def __repr__(self):
        return "<my task>"
    def __call__(self, n):
        raise ValueError("no", n)
_thread.start_new_thread(Task(), (3,))
time.sleep_ms(50)
_thread.start_new_thread(3, ())
time.sleep_ms(50)
print("done")
`,
    `Unhandled exception in thread started by <my task>
Traceback (most recent call last):
  File "main.py", line 6, in __call__
ValueError: ('no', 3)
Unhandled exception in thread started by 3
TypeError: 'int' object isn't callable
done
`,
  ],
  [
    "exit and SystemExit end a thread without a word",
    `import _thread, time
def thread(f, *args):
    print("begin")
    try:
        f(*args)
    finally:
        print("end")
    print("never")
def leave():
    raise SystemExit(3)
_thread.start_new_thread(thread, (_thread.exit,))
time.sleep_ms(50)
_thread.start_new_thread(thread, [leave])
time.sleep_ms(50)
try:
    _thread.exit()
except SystemExit as e:
    print(repr(e))
`,
    `begin
end
begin
end
SystemExit()
`,
  ],
  [
    "the end of the main thread is the end of all",
    `import _thread, time
def thread():
    try:
        print("begin")
        time.sleep_ms(200)
    finally:
        print("never")
_thread.start_new_thread(thread, ())
time.sleep_ms(50)
print("done")
`,
    `begin
done
`,
  ],
  [
    "what sys.atexit was given runs while the threads still do",
    `import _thread, sys, time
def thread():
    time.sleep_ms(100)
    print("thread")
    time.sleep_ms(300)
    print("never")
def last():
    print("last")
    time.sleep_ms(200)
    print("end")
sys.atexit(last)
_thread.start_new_thread(thread, ())
print("main")
`,
    `main
last
thread
end
`,
  ],
  [
    "each thread has a number of its own",
    `import _thread, time
ids = []
def thread():
    ids.append(_thread.get_ident())
main = _thread.get_ident()
new = []
for i in range(5):
    new.append(_thread.start_new_thread(thread, ()))
    time.sleep_ms(20)
print(ids == new, type(main) is int, main not in ids and 0 not in ids, main == _thread.get_ident())
`,
    `True True True True
`,
  ],
  [
    "arguments are checked before the thread starts",
    `import _thread
for args in ((3,), ((), ()), ((), {"end": 1}, 4), ()):
    try:
        _thread.start_new_thread(print, *args)
    except TypeError as e:
        print(e)
`,
    `object 'int' isn't a tuple or list
expecting a dict for keyword args
function expected at most 3 arguments, got 4
function missing 1 required positional arguments
`,
  ],
  [
    "a thread's stack has the size that was asked for",
    `import _thread, time
print(_thread.stack_size(), _thread.stack_size(100000), _thread.stack_size(), _thread.stack_size())
def deepen(n):
    global depth
    depth = n
    deepen(n + 1)
def thread():
    try:
        deepen(0)
    except RuntimeError as e:
        print(e)
depths = []
for size in (0, 2048, 16384, 200000):
    _thread.stack_size(size)
    _thread.start_new_thread(thread, ())
    time.sleep_ms(50)
    depths.append(depth)
a, b, c, d = depths
print(b == c, b < a < d)
`,
    `0 0 100000 0
maximum recursion depth exceeded
maximum recursion depth exceeded
maximum recursion depth exceeded
maximum recursion depth exceeded
True True
`,
  ],
];

test.each(programs)("%s", (_, program, expected) => {
  for (const ops of [20000, 40]) expect(output(program, ops)).toBe(expected);
});

test("boards have no _thread", () => {
  const board: MpConfig = { ...unixCoverage, thread: false };
  expect(builtinModuleNames(board)).not.toContain("_thread");
  expect(builtinModuleNames(unixCoverage)).toContain("_thread");
  expect(output("import sys\nprint(hasattr(sys.implementation, '_thread'))\nimport _thread", 1000, board)).toBe(
    "False\nTraceback (most recent call last):\n  File \"main.py\", line 3, in <module>\nImportError: no module named '_thread'\n",
  );
});
