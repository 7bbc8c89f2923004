// Every board's model by id, for those that run boards: worker, command line, lessons, tests. The page itself needs none.
import { microbitV1Model, microbitV2Model } from "../microbit/model.ts";
import type { BoardModel } from "../peripheral.ts";
import { pyboardV11Model } from "../pyboard/model.ts";

const models: readonly BoardModel[] = [microbitV2Model, microbitV1Model, pyboardV11Model];

/** The model of the board with that id, or null. */
export function modelById(id: string): BoardModel | null {
  return models.find((model) => model.descriptor.id === id) ?? null;
}
