// The board's half of the Files panel: what is on it, and copying there and back. Whatever comes into the project never goes over a
// file that is there without asking.
import { html } from "lit";
import { runner, say, saveAs, workbench } from "../controllers/context.ts";
import type { FileEntry } from "../elements/files.ts";
import { msg } from "../i18n/i18n.ts";
import { boardFileName, DropError, readText } from "../store/drop.ts";
import { freeName, mainFile } from "../store/project.ts";
import { openDialog } from "./ask.ts";

/** What to do with a file of the board whose name is taken in the project. */
type Clash = "replace" | "both" | "skip";

export class BoardFiles {
  /** null: not looked yet. */
  entries: readonly FileEntry[] | null = null;
  freeBytes = 0;
  private readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  forget(): void {
    this.entries = null;
  }

  async refresh(): Promise<void> {
    this.show(await runner.transfer(({ files }, signal) => files.look({ signal })));
  }

  /** The project's file, written, read back and compared. */
  async put(name: string): Promise<void> {
    const bytes = new TextEncoder().encode(workbench.project?.files[name] ?? "");
    const found = await runner.transfer(async ({ files }, signal, onProgress) => {
      await files.write(name, bytes, { signal, onProgress });
      return files.look();
    });
    this.show(found);
    if (found) say({ text: msg("files.put.done", { name }), kind: "ok" });
  }

  async remove(name: string): Promise<void> {
    if (!(await confirm(msg("files.board-delete", { name }), msg("files.board-delete.text", { name })))) return;
    const found = await runner.transfer(async ({ files }) => {
      await files.remove(name);
      return files.look();
    });
    this.show(found);
    if (found) say({ text: msg("files.board-deleted", { name }), kind: "ok" });
  }

  /** Copies these files into the project; true for those that are in it now, under which name. */
  async take(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const taken = new Map<string, string>();
    const sizes = new Map(this.entries?.map(({ name, size }) => [name, size]));
    const total = names.reduce((sum, name) => sum + (sizes.get(name) ?? 0) + 1, 0);
    const contents = await runner.transfer(async ({ files }, signal, onProgress) => {
      const found = new Map<string, Uint8Array>();
      let before = 0;
      for (const name of names) {
        const share = ((sizes.get(name) ?? 0) + 1) / total;
        found.set(name, await files.read(name, { signal, onProgress: (done) => onProgress(before + done * share) }));
        before += share;
      }
      return found;
    });
    if (!contents) return taken;
    let forAll: Clash | null = null;
    let left = contents.size;
    for (const [name, bytes] of contents) {
      left--;
      const text = await textOf(name, bytes);
      if (text === null) continue;
      const own = boardFileName(name);
      const old = workbench.project?.files[own];
      if (old === undefined || old === text) {
        this.keep(own, text);
        taken.set(name, own);
        continue;
      }
      const answer: Clash = forAll ?? (await this.askClash(own, left, (clash) => (forAll = clash)));
      if (answer === "skip") continue;
      const target = answer === "both" ? this.freeFileName(own) : own;
      this.keep(target, text);
      taken.set(name, target);
    }
    return taken;
  }

  async takeAll(): Promise<void> {
    const all = (this.entries ?? []).map(({ name }) => name);
    const taken = await this.take(all);
    if (taken.size > 0) say({ text: msg("files.taken", { n: taken.size }), kind: "ok" });
  }

  private show(found: { readonly files: readonly FileEntry[]; readonly freeBytes: number } | null): void {
    if (found) {
      this.entries = found.files;
      this.freeBytes = found.freeBytes;
    }
    this.changed();
  }

  private keep(name: string, text: string): void {
    const { project } = workbench;
    if (!project || project.files[name] === text) return;
    if (name === mainFile)
      workbench.edit(text); // Undo brings the old program back
    else workbench.change({ files: { ...project.files, [name]: text } });
  }

  private freeFileName(name: string): string {
    const stemOf = (file: string) => file.replace(/\.[^.]*$/, "");
    const stems = Object.keys(workbench.project?.files ?? {}).map((file) => stemOf(file).replace(/_(\d+)$/, " $1"));
    return freeName(stemOf(name), stems).replaceAll(" ", "_") + name.slice(stemOf(name).length);
  }

  private async askClash(name: string, others: number, forAll: (clash: Clash) => void): Promise<Clash> {
    let answer: Clash = "skip";
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      answer = (event.submitter as HTMLButtonElement).value as Clash;
      if (new FormData(event.target as HTMLFormElement).has("all")) forAll(answer);
      dialog.close();
    };
    const dialog = openDialog(
      msg("files.clash", { name }),
      html`<form class="stack" @submit=${submit}>
        <p>${msg(name === mainFile ? "files.clash.main" : "files.clash.text")}</p>
        ${others > 0 ? html`<label class="row"><input type="checkbox" name="all" />${msg("files.clash.all")}</label>` : ""}
        <div class="row">
          <button class="button primary" value="both" autofocus>
            ${msg("files.clash.both", { name: this.freeFileName(name) })}
          </button>
          <button class="button" value="replace">${msg("files.clash.replace")}</button>
          <button class="button" value="skip">${msg("files.clash.skip")}</button>
        </div>
      </form>`,
    );
    await dialog.closed;
    return answer;
  }
}

/** The text of a board's file; null, and an offer to save it, when it is none. */
async function textOf(name: string, bytes: Uint8Array): Promise<string | null> {
  const blob = new Blob([bytes.slice()]);
  try {
    return await readText(blob);
  } catch (error) {
    if (!(error instanceof DropError)) throw error;
    const isWanted = await confirm(name, msg("files.binary", { name }), msg("files.download"));
    if (isWanted) saveAs(name, blob, "application/octet-stream");
    return null;
  }
}

/** Asks whether to do it. */
async function confirm(heading: string, text: string, action = heading): Promise<boolean> {
  let isSure = false;
  const agree = () => {
    isSure = true;
    dialog.close();
  };
  const dialog = openDialog(
    heading,
    html`<div class="stack">
      <p>${text}</p>
      <div class="row">
        <button class="button primary" @click=${agree}>${action}</button>
        <button class="button" autofocus @click=${() => dialog.close()}>${msg("app.cancel")}</button>
      </div>
    </div>`,
  );
  await dialog.closed;
  return isSure;
}
