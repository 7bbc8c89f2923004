// select: waiting for streams to be ready (extmod/modselect.c). What is not ready is asked again every millisecond.
import { getFloat, getInt } from "../native.ts";
import { fun } from "../objects/objfun.ts";
import { raiseOSError, raiseTypeError, raiseValueError } from "../objects/objexcept.ts";
import { PyList } from "../objects/objlist.ts";
import { mp } from "../objects/mpstate.ts";
import { PyTuple } from "../objects/objtuple.ts";
import { nativeOf, PyObj, PyType, STOP, typeOf, type Gen, type Obj } from "../objects/obj.ts";
import {
  checkStream,
  fileno,
  MP_STREAM_POLL,
  MP_STREAM_POLL_ERR,
  MP_STREAM_POLL_HUP,
  MP_STREAM_POLL_NVAL,
  MP_STREAM_POLL_RD,
  MP_STREAM_POLL_WR,
  streamIoctl,
} from "./stream.ts";
import { register } from "./registry.ts";

const ENOENT = 2;
const EINVAL = 22;
const ONESHOT = 1;
const RD_WR = MP_STREAM_POLL_RD | MP_STREAM_POLL_WR;
/** File descriptors that a process may have open. */
const OPEN_MAX = 1024;
const PERIOD_NS = 1e6;

interface Polled {
  readonly o: Obj;
  /** The file descriptor that the system polls, -1: the object's own ioctl does. */
  readonly fd: number;
  events: number;
  ready: number;
}

// Numbers are file descriptors where there is a system that has some.
const hasFds = (): boolean => mp.config.platform === "linux";

function* add(set: Map<Obj, Polled>, o: Obj, events: number, addEvents: boolean): Gen<void> {
  const known = set.get(o);
  if (known !== undefined) {
    known.events = addEvents ? known.events | events : events;
    return;
  }
  let fd = -1;
  if (hasFds() && typeof o === "number") {
    if (o < 0) raiseValueError("");
    fd = o;
  } else {
    checkStream(o, "ioctl");
    if (hasFds()) fd = yield* fileno(o);
  }
  set.set(o, { o, fd, events, ready: 0 });
}

function pollFd(fd: number, events: number): number {
  if (fd === 0) return mp.stdin.length > 0 ? events & RD_WR : events & MP_STREAM_POLL_WR;
  return fd <= 2 ? events & MP_STREAM_POLL_WR : MP_STREAM_POLL_NVAL;
}

function* pollOnce(set: Map<Obj, Polled>): Gen<number> {
  let count = 0;
  for (const polled of [...set.values()]) {
    const isInteger = typeof polled.o === "number";
    polled.ready = isInteger ? pollFd(polled.fd, polled.events) : yield* streamIoctl(polled.o, MP_STREAM_POLL, polled.events);
    if (polled.ready !== 0) count++;
  }
  return count;
}

/** Polls until something is ready or the time is over. Gives how many are ready. */
function* pollUntil(set: Map<Obj, Polled>, timeoutMs: number): Gen<number> {
  const { clock } = mp.host;
  const end = clock.ns + timeoutMs * 1e6;
  if ([...set.values()].filter(({ fd }) => fd >= 0).length > OPEN_MAX) raiseOSError(EINVAL);
  yield { wait: "tick" };
  for (;;) {
    const count = yield* pollOnce(set);
    if (count > 0 || clock.ns >= end) return count;
    yield { wait: "until", ns: set.size === 0 ? end : Math.min(end, clock.ns + PERIOD_NS) };
  }
}

function timeoutOf(o: Obj): number {
  const ms = o === null ? -1 : getInt(o);
  return ms < 0 ? Infinity : ms;
}

class PyPoll extends PyObj {
  declare type: PyType;
  readonly set = new Map<Obj, Polled>();
  flags = 0;
  /** What ipoll goes through: those that were ready. */
  found: Polled[] = [];
  /** ipoll gives one tuple again and again. */
  readonly pair: Obj[] = [null, 0];
  readonly tuple = new PyTuple(this.pair);
}
const typePoll = new PyType("poll");
PyPoll.prototype.type = typePoll;

function* poll(self: PyPoll, timeout: Obj, flags: Obj): Gen<Polled[]> {
  const ms = timeoutOf(timeout);
  self.flags = getInt(flags);
  yield* pollUntil(self.set, ms);
  return [...self.set.values()].filter(({ ready }) => ready !== 0);
}

typePoll.proto.$register = fun(
  "register",
  function* (self: PyPoll, o: Obj, events: Obj = RD_WR): Gen {
    yield* add(self.set, o, getInt(events), false);
    return null;
  },
  2,
  3,
);
typePoll.proto.$unregister = fun("unregister", (self: PyPoll, o: Obj) => {
  self.set.delete(o);
  return null;
});
typePoll.proto.$modify = fun("modify", (self: PyPoll, o: Obj, events: Obj) => {
  const polled = self.set.get(o);
  if (polled === undefined) raiseOSError(ENOENT);
  polled.events = getInt(events);
  return null;
});
typePoll.proto.$poll = fun(
  "poll",
  function* (self: PyPoll, timeout: Obj = null): Gen {
    const found = yield* poll(self, timeout, 0);
    return new PyList(found.map(({ o, ready }) => new PyTuple([o, ready])));
  },
  1,
  2,
);
typePoll.proto.$ipoll = fun(
  "ipoll",
  function* (self: PyPoll, timeout: Obj = null, flags: Obj = 0): Gen {
    self.found = yield* poll(self, timeout, flags);
    return self;
  },
  1,
  3,
);
typePoll.getIter = (self: PyPoll) => self;
typePoll.iternext = (self: PyPoll) => {
  const next = self.found.shift();
  if (next === undefined) return STOP;
  self.pair[0] = next.o;
  self.pair[1] = next.ready;
  if ((self.flags & ONESHOT) !== 0) next.events = 0;
  return self.tuple;
};

function streams(o: Obj): readonly Obj[] {
  const native = nativeOf(o);
  if (native instanceof PyList || native instanceof PyTuple) return native.items;
  raiseTypeError(`object '${typeOf(o).name}' isn't a tuple or list`);
}

function* select(readers: Obj, writers: Obj, errors: Obj, timeout: Obj = null): Gen {
  const lists = [readers, writers, errors].map(streams);
  const seconds = timeout === null ? -1 : getFloat(timeout);
  const set = new Map<Obj, Polled>();
  const wanted = [MP_STREAM_POLL_RD, MP_STREAM_POLL_WR, MP_STREAM_POLL_ERR | MP_STREAM_POLL_HUP];
  for (const [i, list] of lists.entries()) for (const o of list) yield* add(set, o, wanted[i]!, true);
  yield* pollUntil(set, seconds < 0 ? Infinity : Math.trunc(seconds * 1000));
  const ready = (mask: number): Obj =>
    new PyList([...set.values()].filter((polled) => (polled.ready & mask) !== 0).map(({ o }) => o));
  return new PyTuple([ready(MP_STREAM_POLL_RD), ready(MP_STREAM_POLL_WR), ready(~RD_WR)]);
}

register("select", {
  isExtensible: true,
  when: (config) => config.romLevel !== "core",
  members: () => ({
    // With a system below there is only poll().
    ...(hasFds() ? {} : { select: fun("select", select, 3, 4) }),
    poll: fun("poll", () => new PyPoll(), 0),
    POLLIN: MP_STREAM_POLL_RD,
    POLLOUT: MP_STREAM_POLL_WR,
    POLLERR: MP_STREAM_POLL_ERR,
    POLLHUP: MP_STREAM_POLL_HUP,
  }),
});
