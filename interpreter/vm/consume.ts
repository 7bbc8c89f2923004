// A native that takes one item after the other from a generator, such as list(), sum() or str.join(): the generator's frame
// hands each item straight to a function and goes on, without going back to the native in between.
import { END_STOPS, type PyGen } from "../objects/objgenerator.ts";
import { STOP, type Gen, type Obj, type Step } from "../objects/obj.ts";
import { Frame, type CodeState } from "./codestate.ts";
import { resumeGenerator } from "./generator.ts";

export class ConsumeState extends Frame {
  /** The generator's frame, run with this one below it. */
  readonly producer: CodeState;
  /** false: the item goes to the native that waits. Must not throw, nor run Python. */
  readonly take: (item: Obj) => boolean;
  /** Makes the result of what ended it: STOP, or the refused item. null: that is the result. */
  readonly finish: ((last: Obj) => Step) | null;
  isBegun = false;
  constructor(producer: CodeState, take: (item: Obj) => boolean, finish: ((last: Obj) => Step) | null = null) {
    super();
    this.producer = producer;
    this.take = take;
    this.finish = finish;
  }
}

/** Gives `take` the items of a generator. The first item that it refuses, or STOP when there are no more. */
export function* consume(gen: PyGen, take: (item: Obj) => boolean): Gen {
  const frame = resumeGenerator(gen, null, END_STOPS);
  return frame === STOP ? STOP : yield new ConsumeState(frame as CodeState, take);
}
