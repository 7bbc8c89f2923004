// What the Files panel does with the project: add, rename, delete with undo, open. What it does with the board is board-files.ts.
import { html } from "lit";
import { runner, say, workbench } from "../controllers/context.ts";
import { msg, type Key } from "../i18n/i18n.ts";
import { boardFileName, DropError, readText } from "../store/drop.ts";
import { isFileName } from "../store/parcel.ts";
import { freeName, mainFile } from "../store/project.ts";
import { ask } from "./ask.ts";
import { BoardFiles } from "./board-files.ts";
import type { EditorHost } from "./editor-area.ts";

/** The workspace, as far as files go. */
interface FileHost extends EditorHost {
  file: string;
}

export class FileActions {
  private readonly board: BoardFiles;

  constructor(changed: () => void) {
    this.board = new BoardFiles(changed);
  }

  render(host: FileHost) {
    const files = workbench.project?.files ?? {};
    if (!runner.isOpen) this.board.forget();
    const { board } = this;
    const size = (text: string) => new TextEncoder().encode(text).length;
    return html`<by-files
      .project=${Object.entries(files).map(([name, text]) => ({ name, size: size(text) }))}
      .board=${board.entries}
      .freeBytes=${board.freeBytes}
      ?isOpen=${runner.isOpen}
      ?isBusy=${runner.state === "sending"}
      ?readOnly=${workbench.isFollowing}
      .main=${mainFile}
      @file-open=${(event: CustomEvent<string>) => (host.file = event.detail)}
      @file-add=${() => void this.add(host)}
      @file-upload=${() => this.upload()}
      @file-rename=${(event: CustomEvent<string>) => void this.rename(event.detail, host)}
      @file-delete=${(event: CustomEvent<string>) => this.remove(event.detail, host)}
      @file-put=${(event: CustomEvent<string>) => void board.put(event.detail)}
      @board-refresh=${() => void board.refresh()}
      @board-open=${(event: CustomEvent<string>) => void this.openOfBoard(event.detail, host)}
      @board-take=${(event: CustomEvent<string>) => void board.take([event.detail])}
      @board-take-all=${() => void board.takeAll()}
      @board-delete=${(event: CustomEvent<string>) => void board.remove(event.detail)}
    ></by-files>`;
  }

  private get files(): Readonly<Record<string, string>> {
    return workbench.project?.files ?? {};
  }

  private askName(heading: string, value: string): Promise<string | null> {
    return ask(heading, msg("files.name"), value, (name) => {
      if (!isFileName(name)) return msg("files.bad-name");
      return name in this.files && name !== value ? msg("files.exists") : null;
    });
  }

  private async add(host: FileHost): Promise<void> {
    const name = await this.askName(msg("files.add"), "module.py");
    if (!name) return;
    workbench.change({ files: { ...this.files, [name]: "" } });
    host.file = name;
  }

  private async rename(name: string, host: FileHost): Promise<void> {
    const next = await this.askName(msg("project.rename"), name);
    if (!next || next === name) return;
    const { [name]: text, ...others } = this.files;
    workbench.change({ files: { ...others, [next]: text ?? "" } });
    if (host.file === name) host.file = next;
  }

  private remove(name: string, host: FileHost): void {
    const { [name]: text, ...others } = this.files;
    if (host.file === name) host.file = mainFile;
    workbench.change({ files: others });
    say({
      text: msg("files.deleted", { name }),
      action: { label: msg("app.undo"), run: () => workbench.change({ files: { ...this.files, [name]: text ?? "" } }) },
    });
  }

  private upload(): void {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.onchange = () => void this.takeUploads([...(input.files ?? [])]);
    input.click();
  }

  private async takeUploads(uploads: readonly File[]): Promise<void> {
    for (const file of uploads) {
      try {
        const text = await readText(file);
        this.put(boardFileName(file.name), text);
      } catch (error) {
        if (!(error instanceof DropError)) throw error;
        say({ text: msg(`drop.${error.fault}` as Key, { file: file.name }), kind: "bad" });
      }
    }
  }

  /** Never over a file that is there. */
  private put(name: string, text: string): void {
    const stem = name.replace(/\.[^.]*$/, "");
    const ending = name.slice(stem.length);
    const stems = Object.keys(this.files).map((file) => file.replace(/\.[^.]*$/, ""));
    const free = name in this.files ? `${freeName(stem, stems).replaceAll(" ", "_")}${ending}` : name;
    workbench.change({ files: { ...this.files, [free]: text } });
  }

  private async openOfBoard(name: string, host: FileHost): Promise<void> {
    const own = (await this.board.take([name])).get(name);
    if (own) host.file = own;
  }
}
