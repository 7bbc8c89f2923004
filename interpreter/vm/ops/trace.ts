// What only the traced variant of a function has: entering a frame, and what comes before each bytecode (profile.ts).
import { mp } from "../../objects/mpstate.ts";
import { RESUME_DISCARD } from "../codestate.ts";
import { enterFrame, tick } from "../profile.ts";
import { wait, type Make } from "./op.ts";

export const enterTraced: Make =
  ([raises, offset], next) =>
  (_state, cs) =>
    wait(cs, enterFrame(cs, offset!, raises === 1), next, RESUME_DISCARD);

export const trace: Make =
  ([line, offset, returns, updates], next) =>
  (_state, cs) => {
    const { frame } = cs;
    if (frame === null || mp.isTraceRunning) return next;
    if (frame.callback !== undefined && (frame.lineno !== line || returns !== 0))
      return wait(cs, tick(frame, line!, returns!, updates === 1 ? offset! : frame.lasti), next, RESUME_DISCARD);
    if (updates === 1) frame.lineno = line!;
    if (updates === 1) frame.lasti = offset!;
    return next;
  };

export const newLine: Make = (_x, next) => (_state, cs) => {
  if (cs.frame !== null) cs.frame.lineno = 0;
  return next;
};
