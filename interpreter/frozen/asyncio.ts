// asyncio, the part that MicroPython has in Python (extmod/asyncio): the scheduler, events, locks, gather and wait_for, streams.
// Names and behaviour are MicroPython's, since programs and tracebacks see them. Tasks and queues are in modules/modasyncio.ts.
import { freeze } from "../vm/frozen.ts";

const init = `
from .core import *

__version__ = (3, 0, 0)

# Names that come with a submodule of their own, loaded when first asked for.
_lazy = {}
for _module, _names in (
    ("event", ("Event", "ThreadSafeFlag")),
    ("funcs", ("gather", "wait_for", "wait_for_ms")),
    ("lock", ("Lock",)),
    ("stream", ("StreamReader", "StreamWriter", "open_connection", "start_server")),
):
    for _name in _names:
        _lazy[_name] = _module


def __getattr__(name):
    if name not in _lazy:
        raise AttributeError(name)
    found = getattr(__import__(_lazy[name], globals(), None, (name,), 1), name)
    globals()[name] = found
    return found
`;

const core = `
import select, sys
from time import ticks_add, ticks_diff, ticks_ms as ticks
from _asyncio import Task, TaskQueue


class CancelledError(BaseException):
    pass


class TimeoutError(Exception):
    pass


# Awaited once, then done; one object serves every sleep, since a task that sleeps has taken it before the next one asks.
class SingletonGenerator:
    def __init__(self):
        self.state = None
        self.exc = StopIteration()

    def __iter__(self):
        return self

    def __next__(self):
        due = self.state
        if due is None:
            self.exc.__traceback__ = None
            raise self.exc
        self.state = None
        _task_queue.push(cur_task, due)


def sleep_ms(t, sgen=SingletonGenerator()):
    assert sgen.state is None
    sgen.state = ticks_add(ticks(), t if t > 0 else 0)
    return sgen


def sleep(t):
    return sleep_ms(int(t * 1000))


# Tasks that wait until a stream can be read or written: by id, [reader, writer, stream].
class IOQueue:
    def __init__(self):
        self.poller = select.poll()
        self.map = {}

    def _enqueue(self, stream, side):
        waiting = self.map.get(id(stream))
        if waiting is None:
            waiting = self.map[id(stream)] = [None, None, stream]
            self.poller.register(stream, select.POLLOUT if side else select.POLLIN)
        else:
            assert waiting[side] is None
            self.poller.modify(stream, select.POLLIN | select.POLLOUT)
        waiting[side] = cur_task
        # Whoever cancels the task takes it out of here.
        cur_task.data = self

    def _dequeue(self, stream):
        del self.map[id(stream)]
        self.poller.unregister(stream)

    def queue_read(self, stream):
        self._enqueue(stream, 0)

    def queue_write(self, stream):
        self._enqueue(stream, 1)

    def remove(self, task):
        for reader, writer, stream in list(self.map.values()):
            if task is reader or task is writer:
                self._dequeue(stream)

    def wait_io_event(self, dt):
        for stream, events in self.poller.ipoll(dt):
            waiting = self.map[id(stream)]
            # An error wakes both sides.
            for side, other in ((0, select.POLLOUT), (1, select.POLLIN)):
                if waiting[side] is not None and events & ~other:
                    _task_queue.push(waiting[side])
                    waiting[side] = None
            if waiting[0] is None:
                if waiting[1] is None:
                    self._dequeue(stream)
                else:
                    self.poller.modify(stream, select.POLLOUT)
            else:
                self.poller.modify(stream, select.POLLIN)


def _promote_to_task(aw):
    if isinstance(aw, Task):
        return aw
    return create_task(aw)


def create_task(coro):
    if hasattr(coro, "send"):
        task = Task(coro, globals())
        _task_queue.push(task)
        return task
    raise TypeError("coroutine expected")


def run_until_complete(main_task=None):
    global cur_task
    ends = (CancelledError, Exception)
    silent = (CancelledError, StopIteration)
    while True:
        # Until the first task is due, streams are watched.
        while True:
            task = _task_queue.peek()
            if task:
                wait = max(0, ticks_diff(task.ph_key, ticks()))
            elif _io_queue.map:
                wait = -1
            else:
                cur_task = None
                if not (main_task and main_task.state):
                    return
                # The main task waits for what nothing can bring about any more.
                wait = 3
            _io_queue.wait_io_event(wait)
            if wait <= 0:
                break

        task = cur_task = _task_queue.pop()
        is_main = task is main_task
        pending = task.data
        try:
            if pending:
                task.data = None
                task.coro.throw(pending)
            else:
                task.coro.send(None)
        except ends as er:
            assert task.data is None
            if is_main:
                cur_task = None
                if not isinstance(er, StopIteration):
                    task.state = False
                    raise er
                if task.state is None:
                    task.state = False
            state = task.state
            if state:
                known = is_main
                if state is True:
                    task.state = False if is_main else None
                else:
                    if callable(state):
                        state(task, er)
                        known = True
                    else:
                        while state.peek():
                            _task_queue.push(state.pop())
                            known = True
                    task.state = False
                if not known and not isinstance(er, silent):
                    # Comes back once more: unless somebody awaits it until then, its exception is reported.
                    _task_queue.push(task)
                task.data = er
            elif state is None:
                task.data = pending
                _exc_context["exception"] = pending
                _exc_context["future"] = task
                Loop.call_exception_handler(_exc_context)
            if is_main:
                return er.value


def run(coro):
    return run_until_complete(create_task(coro))


_exc_context = {"message": "Task exception wasn't retrieved", "exception": None, "future": None}
cur_task = None
_stop_task = None


async def _stopper():
    pass


class Loop:
    _exc_handler = None

    def create_task(coro):
        return create_task(coro)

    def run_forever():
        global _stop_task
        _stop_task = Task(_stopper(), globals())
        run_until_complete(_stop_task)

    def run_until_complete(aw):
        return run_until_complete(_promote_to_task(aw))

    def stop():
        global _stop_task
        task, _stop_task = _stop_task, None
        if task is not None:
            _task_queue.push(task)

    def close():
        pass

    def set_exception_handler(handler):
        Loop._exc_handler = handler

    def get_exception_handler():
        return Loop._exc_handler

    def default_exception_handler(loop, context):
        task = context["future"]
        print(context["message"], file=sys.stderr)
        print("future:", task, "coro=", task.coro, file=sys.stderr)
        sys.print_exception(context["exception"], sys.stderr)

    def call_exception_handler(context):
        handler = Loop._exc_handler or Loop.default_exception_handler
        handler(Loop, context)


def get_event_loop(runq_len=0, waitq_len=0):
    return Loop


def current_task():
    if cur_task is not None:
        return cur_task
    raise RuntimeError("no running event loop")


def new_event_loop():
    global _io_queue, _task_queue
    _io_queue = IOQueue()
    _task_queue = TaskQueue()
    return Loop


new_event_loop()
`;

const event = `
import io
from . import core


class Event:
    def __init__(self):
        self.state = False
        self.waiting = core.TaskQueue()

    def is_set(self):
        return self.state

    def set(self):
        self.state = True
        while self.waiting.peek():
            core._task_queue.push(self.waiting.pop())

    def clear(self):
        self.state = False

    def wait(self):
        if not self.state:
            self.waiting.push(core.cur_task)
            core.cur_task.data = self.waiting
            yield
        return True


# May be set from an interrupt or a scheduled function: it is a stream that the scheduler polls.
class ThreadSafeFlag(io.IOBase):
    def __init__(self):
        self.state = 0

    def ioctl(self, req, flags):
        # 3 is a poll; nothing else is known.
        return flags * self.state if req == 3 else -1

    def set(self):
        self.state = 1

    def clear(self):
        self.state = 0

    async def wait(self):
        if not self.state:
            yield core._io_queue.queue_read(self)
        self.state = 0
`;

const funcs = `
from . import core


# Awaits on behalf of a task that sleeps meanwhile, and tells it the end by cancelling its sleep: the CancelledError
# carries True and the result, or the exception.
async def _run(waiter, aw):
    result = None
    try:
        result = await aw
        status = True
    except BaseException as er:
        status = er
    if waiter.data is None and waiter.cancel():
        waiter.data = core.CancelledError(status, result)


async def wait_for(aw, timeout, sleep=core.sleep):
    task = core._promote_to_task(aw)
    if timeout is None:
        return await task
    runner = core.create_task(_run(core.cur_task, task))
    try:
        await sleep(timeout)
    except core.CancelledError as er:
        status = er.value
        if status is True:
            return er.args[1]
        if status is not None:
            raise status
        # Cancelled from outside.
        runner.cancel()
        raise er
    runner.cancel()
    await runner
    raise core.TimeoutError


def wait_for_ms(aw, timeout):
    return wait_for(aw, timeout, core.sleep_ms)


# What a task that gathers has for its data, so that it can be told apart and cancelled.
class _Remove:
    @staticmethod
    def remove(task):
        pass


def gather(*aws, return_exceptions=False):
    # How many tasks are still to end, or what is to be raised.
    left = 0
    waiter = core.cur_task

    def done(task, er):
        nonlocal left
        if waiter.data is not _Remove:
            # It has been woken already.
            return
        if return_exceptions or isinstance(er, StopIteration):
            left -= 1
            if left:
                return
        else:
            left = er
        core._task_queue.push(waiter)

    tasks = [core._promote_to_task(aw) for aw in aws]
    for task in tasks:
        if task.state is True:
            task.state = done
            left += 1
        elif task.state:
            raise RuntimeError("can't gather")
        elif not return_exceptions and not isinstance(task.data, StopIteration):
            # One has failed before: there is nothing to wait for.
            left = -len(tasks)

    is_cancelled = False
    if left > 0:
        waiter.data = _Remove
        try:
            yield
        except core.CancelledError as er:
            is_cancelled = True
            left = er

    for i, task in enumerate(tasks):
        if task.state is done:
            task.state = True
            if is_cancelled:
                task.cancel()
        elif isinstance(task.data, StopIteration):
            tasks[i] = task.data.value
        elif return_exceptions:
            tasks[i] = task.data
        elif isinstance(left, int):
            left = task.data
    if left:
        raise left
    return tasks
`;

const lock = `
from . import core


class Lock:
    def __init__(self):
        # 1: locked, 0: free; a task: free, and that one has been woken to take it.
        self.state = 0
        self.waiting = core.TaskQueue()

    def locked(self):
        return self.state == 1

    def release(self):
        if self.state != 1:
            raise RuntimeError("Lock not acquired")
        self.state = 0
        if self.waiting.peek():
            self.state = self.waiting.pop()
            core._task_queue.push(self.state)

    def acquire(self):
        if self.state != 0:
            task = core.cur_task
            self.waiting.push(task)
            task.data = self.waiting
            try:
                yield
            except core.CancelledError as er:
                if self.state == task:
                    # It was this one's turn: the next one gets it.
                    self.state = 1
                    self.release()
                raise er
        self.state = 1
        return True

    async def __aenter__(self):
        return await self.acquire()

    async def __aexit__(self, exc_type, exc, tb):
        return self.release()
`;

const stream = `
from . import core


class Stream:
    def __init__(self, s, e={}):
        self.s = s
        self.e = e
        self.out_buf = b""

    def get_extra_info(self, v):
        return self.e[v]

    def close(self):
        pass

    async def wait_closed(self):
        self.s.close()

    def read(self, n=-1):
        data = b""
        while True:
            yield core._io_queue.queue_read(self.s)
            part = self.s.read(n)
            if part is None:
                continue
            if n >= 0:
                return part
            if not part:
                return data
            data += part

    def readinto(self, buf):
        yield core._io_queue.queue_read(self.s)
        return self.s.readinto(buf)

    def readexactly(self, n):
        data = b""
        while n:
            yield core._io_queue.queue_read(self.s)
            part = self.s.read(n)
            if part is not None:
                if not part:
                    raise EOFError
                data += part
                n -= len(part)
        return data

    def readline(self):
        line = b""
        while True:
            yield core._io_queue.queue_read(self.s)
            part = self.s.readline()
            if part is not None:
                line += part
                if not part or line[-1] == 10:
                    return line

    def write(self, buf):
        if not self.out_buf:
            n = self.s.write(buf)
            if n == len(buf):
                return
            if n is not None:
                buf = buf[n:]
        self.out_buf += buf

    def drain(self):
        if not self.out_buf:
            # Lets others run all the same.
            return (yield from core.sleep_ms(0))
        rest = memoryview(self.out_buf)
        while len(rest):
            yield core._io_queue.queue_write(self.s)
            n = self.s.write(rest)
            if n is not None:
                rest = rest[n:]
        self.out_buf = b""


async def _awrite(self, buf, off=0, sz=-1):
    if off or sz != -1:
        view = memoryview(buf)
        buf = view[off : len(view) if sz == -1 else off + sz]
    self.write(buf)
    await self.drain()


# As uasyncio named them.
Stream.awrite = Stream.awritestr = _awrite
Stream.aclose = Stream.wait_closed
StreamReader = StreamWriter = Stream


def open_connection(host, port, ssl=None, server_hostname=None):
    import socket
    from errno import EINPROGRESS

    info = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)[0]
    s = socket.socket(*info[:3])
    s.setblocking(False)
    try:
        s.connect(info[-1])
    except OSError as er:
        if er.errno != EINPROGRESS:
            raise er
    if ssl:
        if ssl is True:
            import ssl as tls

            ssl = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
        s = ssl.wrap_socket(s, server_hostname=server_hostname or host, do_handshake_on_connect=False)
        s.setblocking(False)
    stream = Stream(s)
    yield core._io_queue.queue_write(s)
    return stream, stream


class Server:
    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc, tb):
        self.close()
        await self.wait_closed()

    def close(self):
        self.state = True
        self.task.cancel()

    async def wait_closed(self):
        await self.task

    async def _serve(self, s, cb, ssl):
        self.state = False
        while True:
            try:
                yield core._io_queue.queue_read(s)
            except core.CancelledError as er:
                s.close()
                if self.state:
                    return
                raise er
            try:
                client, addr = s.accept()
            except:
                continue
            if ssl:
                try:
                    client = ssl.wrap_socket(client, server_side=True, do_handshake_on_connect=False)
                except OSError as er:
                    core.sys.print_exception(er)
                    client.close()
                    continue
            client.setblocking(False)
            stream = Stream(client, {"peername": addr})
            core.create_task(cb(stream, stream))


async def start_server(cb, host, port, backlog=5, ssl=None):
    import socket

    info = socket.getaddrinfo(host, port)[0]
    s = socket.socket(info[0])
    s.setblocking(False)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(info[-1])
    s.listen(backlog)
    server = Server()
    server.task = core.create_task(server._serve(s, cb, ssl))
    try:
        # The task has to have begun before it can be cancelled in good order.
        await core.sleep_ms(0)
    except core.CancelledError as er:
        server.task.cancel()
        raise er
    return server
`;

const uasyncio = `
def __getattr__(name):
    import asyncio

    return getattr(asyncio, name)
`;

for (const [path, source] of [
  ["asyncio/__init__.py", init],
  ["asyncio/core.py", core],
  ["asyncio/event.py", event],
  ["asyncio/funcs.py", funcs],
  ["asyncio/lock.py", lock],
  ["asyncio/stream.py", stream],
  ["uasyncio.py", uasyncio],
] as const)
  freeze(path, source, (config) => config.romLevel !== "core");
