// A program that the plugged-in board has too little memory to read, told before it is sent.
import { boards } from "../../boards/index.ts";
import { memoryError } from "../controllers/checker.ts";
import { runner } from "../controllers/context.ts";
import type { Lack } from "../editor/lacks.ts";
import { mainFile } from "../store/project.ts";

/** Its main.py, if the board cannot read that; files that it imports are read one by one, when it comes to them. */
export async function tooLong(files: Readonly<Record<string, string>>): Promise<readonly Lack[]> {
  const source = files[mainFile] ?? "";
  if ((await memoryError(runner.board.id, source)) === "") return [];
  const others = boards.map(({ id }) => id).filter((id) => id !== runner.board.id);
  const fits = await Promise.all(others.map(async (id) => (await memoryError(id, source)) === ""));
  return [{ file: mainFile, line: 1, kind: "memory", name: String(source.length), boards: others.filter((_, i) => fits[i]) }];
}
