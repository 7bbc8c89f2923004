// All template blocks, in toolbox order within their categories.

import type { BlockDef } from "../block.ts";
import { controlBlocks } from "./control.ts";
import { dataBlocks } from "./data.ts";
import { microbitBlocks } from "./microbit.ts";
import { pyboardBlocks } from "./pyboard.ts";
import { soundBlocks } from "./sound.ts";
import { valueBlocks } from "./values.ts";

export const SETS: readonly BlockDef[] = [
  ...microbitBlocks,
  ...pyboardBlocks,
  ...soundBlocks,
  ...controlBlocks,
  ...valueBlocks,
  ...dataBlocks,
];
