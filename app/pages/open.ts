// Opening files from outside: chosen, dropped on any page, or handed over by the system. Each becomes a new project; nothing is overwritten.
import type { Firmware } from "../../boards/link/firmware.ts";
import { adopt, say } from "../controllers/context.ts";
import { msg, type Key } from "../i18n/i18n.ts";
import { go } from "../shell/router.ts";
import { DropError, readParcel } from "../store/drop.ts";
import { settings } from "../store/settings.ts";

const keepFirmware = async (firmware: readonly Firmware[]) => {
  const { keepMissing } = await import("../controllers/firmware.ts"); // not part of the first load
  await keepMissing(firmware);
};

/** Opens files as projects, the last one in the workspace; says what is wrong with the others. */
export async function openFiles(files: readonly File[]): Promise<void> {
  let last: string | null = null;
  for (const file of files) {
    try {
      const project = await adopt(await readParcel(file, settings().board, keepFirmware));
      last = project.id;
    } catch (error) {
      if (!(error instanceof DropError)) throw error;
      say({ text: msg(`drop.${error.fault}` as Key, { file: file.name }), kind: "bad" });
    }
  }
  if (last) go({ page: "project", id: last });
}

/** Asks for a file, then opens it. */
export function chooseFiles(): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".py,.blinkyard,.hex";
  input.multiple = true;
  input.onchange = () => void openFiles([...(input.files ?? [])]);
  input.click();
}
