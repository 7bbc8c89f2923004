// yield from what is no generator of ours: send, throw and close by the methods it has (py/runtime.c mp_resume).
import { excValue, isExc, raiseMsg, typeGeneratorExit, typeRuntimeError, typeStopIteration } from "../objects/objexcept.ts";
import { PyInstance, pythonMethod, run, STOP, type Gen, type Obj } from "../objects/obj.ts";
import { loadAttr } from "./attr.ts";
import { call } from "./call.ts";
import { iterNext, stopValue } from "./iter.ts";

/** send(value) or throw(exc) into what `yield from` delegates to, when it is no generator of ours. */
export function* resumeOther(it: Obj, send: Obj, inject: Obj | undefined): Gen {
  stopValue.value = null;
  if (inject !== undefined) {
    if (isExc(inject, typeGeneratorExit)) {
      const close = it instanceof PyInstance ? pythonMethod(it.type, "$close") : undefined;
      if (close !== undefined) yield* run(call(close, [it], null));
      throw inject;
    }
    const method = it instanceof PyInstance ? pythonMethod(it.type, "$throw") : undefined;
    if (method === undefined) {
      // An end that comes from outside is not this one's end.
      if (isExc(inject, typeStopIteration)) raiseMsg(typeRuntimeError, "generator raised StopIteration");
      throw inject;
    }
    try {
      return yield* run(call(method, [it, inject], null));
    } catch (caught) {
      if (!isExc(caught, typeStopIteration)) throw caught;
      stopValue.value = excValue(caught);
      return STOP;
    }
  }
  if (send === null) return yield* run(iterNext(it));
  try {
    return yield* run(call(yield* run(loadAttr(it, "send")), [send], null));
  } catch (caught) {
    if (!isExc(caught, typeStopIteration)) throw caught;
    stopValue.value = excValue(caught);
    return STOP;
  }
}
