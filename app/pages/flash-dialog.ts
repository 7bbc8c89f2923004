// Put MicroPython on a micro:bit over USB: choose the board, see what it is and what is on it, then write, read back, start.
// Writing is boards/link/flash.ts; MicroPython comes from the shelf. Without WebUSB there is the MICROBIT drive: hex-dialog.ts.
import { html, nothing, type TemplateResult } from "lit";
import type { BoardVersion } from "../../boards/link/firmware.ts";
import {
  canFlash,
  chooseUsb,
  flashBoard,
  FlashError,
  inspectBoard,
  sameUsb,
  type FlashPhase,
  type FoundBoard,
} from "../../boards/link/flash.ts";
import { say, workbench } from "../controllers/context.ts";
import { FirmwareShelf, shortVersion, versionOf } from "../controllers/firmware.ts";
import { icon } from "../elements/element.ts";
import { boardName } from "../elements/target.ts";
import { msg } from "../i18n/i18n.ts";
import { HexRefusal, makeHex } from "../store/hex.ts";
import { openDialog } from "./ask.ts";
import { firmwareAsk } from "./firmware-ask.ts";
import { hexFaultText, saveHex } from "./hex-dialog.ts";

/** What the dialog leaves to the workspace. */
export interface FlashHost {
  /** Lets the board's serial line go: the board is about to start anew. */
  release(): Promise<void>;
  /** The user wants the project to be for that board from now on. */
  follow(board: string): void;
  /** The user wants to talk to the board that was just written. */
  connect(): void;
}

type Step = "choose" | "looking" | "found" | "writing" | "done" | "failed";
const idOf = (version: BoardVersion) => (version === "V1" ? "microbit-v1" : "microbit-v2");

/** Shows the dialog, or the one for the MICROBIT drive where the browser cannot reach boards. */
export async function putMicroPython(host: FlashHost): Promise<void> {
  if (!canFlash()) return saveHex(workbench.project!);
  const flashing = new Flashing(host);
  await flashing.show();
}

class Flashing {
  private readonly host: FlashHost;
  private readonly shelf = new FirmwareShelf();
  private step: Step = "choose";
  private device: USBDevice | null = null;
  private found: FoundBoard | null = null;
  private withProject = true;
  private fault: { readonly text: string; readonly isTouched: boolean; readonly details: string | null } | null = null;
  private phase: FlashPhase = "looking";
  private percent = 0;
  private stop = new AbortController();
  private wasWritten = false;
  private wantsConnection = false;
  private dialog: ReturnType<typeof openDialog> | null = null;

  constructor(host: FlashHost) {
    this.host = host;
  }

  async show(): Promise<void> {
    await this.shelf.open();
    this.shelf.onChange = () => this.draw();
    this.dialog = openDialog(msg("flash.put.title"), this.content(), true);
    await this.dialog.closed;
    this.dialog = null;
    // Closing it in the middle is a cancel.
    this.stop.abort();
    if (this.wantsConnection) this.host.connect();
  }

  private draw(): void {
    this.dialog?.draw(this.content());
  }

  /** The pressed button goes with its step: the keyboard stays in the dialog, at what comes next. */
  private go(step: Step): void {
    this.step = step;
    this.draw();
    document.querySelector<HTMLElement>("by-dialog [data-first]")?.focus();
  }

  /** From the button, because the browser shows its chooser only then. */
  private async choose(same: USBDevice | null = null): Promise<void> {
    if (this.step === "looking") return;
    this.fault = null;
    try {
      this.device = same ?? (await chooseUsb());
      this.go("looking");
      await this.host.release();
      this.stop = new AbortController();
      this.found = await inspectBoard(this.device, { signal: this.stop.signal });
      this.go("found");
    } catch (error) {
      this.fail(error);
    }
  }

  /** After a failure: the same board goes on where it was, without being chosen again. */
  private async again(): Promise<void> {
    const same = this.device && (await sameUsb(this.device).catch(() => null));
    if (!same || !this.fault?.isTouched) return this.choose(same);
    this.device = same;
    return this.write();
  }

  private async write(): Promise<void> {
    const { device, found, shelf } = this;
    const firmware = found && shelf.of(found.board);
    if (!device || !firmware || this.step === "writing") return;
    this.fault = null;
    this.phase = "looking";
    this.percent = 0;
    this.stop = new AbortController();
    this.go("writing");
    try {
      const hex = this.withProject ? await makeHex([firmware], workbench.project!.files) : firmware.hex;
      const { way } = await flashBoard(
        device,
        { board: firmware.board, hex },
        { signal: this.stop.signal, onProgress: ({ phase, done }) => this.progress(phase, done) },
      );
      this.wasWritten = way !== "same";
      this.go("done");
    } catch (error) {
      this.fail(error);
    }
  }

  private progress(phase: FlashPhase, done: number): void {
    const percent = Math.floor(done * 100);
    if (phase === this.phase && percent === this.percent) return;
    this.phase = phase;
    this.percent = percent;
    this.draw();
  }

  private fail(error: unknown): void {
    if (error instanceof HexRefusal) {
      this.fault = { text: hexFaultText(error), isTouched: false, details: null };
    } else if (error instanceof FlashError) {
      const details = error.code === "no-device" || error.code === "aborted" ? null : error.message;
      this.fault = { text: msg(`flash.fault.${error.code}`), isTouched: error.isTouched, details };
    } else throw error;
    if (this.fault.isTouched && !this.dialog) say({ text: msg("flash.touched"), kind: "warn" });
    this.go("failed");
  }

  private content(): TemplateResult {
    return html`<div class="stack">
      ${this.step === "writing" ? this.writing() : nothing} ${this.step === "done" ? this.done() : nothing}
      <div role="alert">${this.step === "failed" && this.fault ? this.failed(this.fault) : nothing}</div>
      ${this.step === "found" ? this.board(this.found!) : nothing}
      ${this.step === "choose" || this.step === "looking" || this.step === "failed" ? this.chooser() : nothing}
    </div>`;
  }

  private chooser(): TemplateResult {
    const isLooking = this.step === "looking";
    const isAgain = this.step === "failed";
    return html`${
        isAgain
          ? nothing
          : html`<p>${msg("flash.put.text")}</p>
              <ol class="steps">
                <li><span>${msg("connect.step.plug")}</span></li>
                <li><span>${msg("flash.put.step.choose", { name: "BBC micro:bit CMSIS-DAP" })}</span></li>
                <li><span>${msg("flash.put.step.see")}</span></li>
              </ol>`
      }
      <div role="status">${isLooking ? html`<p class="muted">${msg("flash.phase.looking")}</p>` : nothing}</div>
      <div class="row">
        <button
          class="button primary"
          autofocus
          data-first
          aria-disabled=${isLooking}
          @click=${() => void (isAgain ? this.again() : this.choose())}
        >
          ${icon(isAgain ? "rotate-ccw" : "usb")}${msg(isAgain ? "flash.put.again" : "flash.put.choose")}
        </button>
        <button class="button" @click=${() => this.toDrive()}>${icon("hard-drive")}${msg("hex.menu")}</button>
      </div>`;
  }

  private board(found: FoundBoard): TemplateResult {
    const board = boardName(idOf(found.board));
    const has = this.shelf.has(found.board);
    const isOther = versionOf(workbench.project!.board) !== found.board;
    return html`<p class="notice ok" role="status">
        ${icon("circle-check")}
        <span
          >${
            found.micropython
              ? msg("flash.put.found", { board, version: shortVersion(found.micropython) })
              : msg("flash.put.found.none", { board })
          }</span
        >
      </p>
      ${isOther ? this.other(found.board) : nothing}
      ${
        has
          ? html`<label class="row">
                <input
                  type="checkbox"
                  .checked=${this.withProject}
                  @change=${(event: Event) => {
                    this.withProject = (event.target as HTMLInputElement).checked;
                    this.draw();
                  }}
                />
                ${msg("flash.put.with", { name: workbench.project!.name })}
              </label>
              <p>${msg("flash.put.replaces", { version: shortVersion(this.shelf.of(found.board)!.version) })}</p>
              <div class="row">
                <button class="button primary" data-first @click=${() => void this.write()}>
                  ${icon("cpu")}${msg("flash.put.start")}
                </button>
                <button class="button" @click=${() => this.dialog?.close()}>${msg("app.cancel")}</button>
              </div>`
          : nothing
      }
      ${firmwareAsk(this.shelf, !has)}`;
  }

  /** The project is for the other kind of board. */
  private other(version: BoardVersion): TemplateResult {
    const board = boardName(idOf(version));
    return html`<div class="notice warn">
      ${icon("triangle-alert")}
      <div class="stack">
        <p>${msg("follow.text", { board, other: boardName(workbench.project!.board) })}</p>
        <div class="row">
          <button
            class="button"
            @click=${() => {
              this.host.follow(idOf(version));
              this.draw();
            }}
          >
            ${msg("follow.yes", { board })}
          </button>
        </div>
      </div>
    </div>`;
  }

  private writing(): TemplateResult {
    const words = this.phase === "sending" ? msg("flash.sending", { n: this.percent }) : msg(`flash.phase.${this.phase}`);
    // A screen reader is told quarters: each per cent would talk without end.
    const said =
      this.phase === "sending"
        ? msg("flash.sending", { n: Math.floor(this.percent / 25) * 25 })
        : msg(`flash.phase.${this.phase}`);
    // The words take the focus, not Cancel: a key that is held would press it.
    return html`<p tabindex="-1" data-first style="outline: none" aria-label=${said}>${words}</p>
      <p class="hide-visually" role="status">${said}</p>
      <progress
        style="max-width: none"
        max="100"
        value=${this.phase === "checking" ? 100 : this.phase === "looking" ? 0 : this.percent}
        aria-label=${msg("flash.put.progress")}
      ></progress>
      <p class="small muted">${msg("flash.put.time")}</p>
      <div class="row">
        <button class="button" @click=${() => this.stop.abort()}>${icon("x")}${msg("app.cancel")}</button>
      </div>`;
  }

  private done(): TemplateResult {
    return html`<p class="notice ok" role="status">
        ${icon("circle-check")}<span>${msg(this.wasWritten ? "flash.put.done" : "flash.put.same")}</span>
      </p>
      <p>${msg("flash.put.next")}</p>
      <div class="row">
        <button
          class="button primary"
          data-first
          @click=${() => {
            this.wantsConnection = true;
            this.dialog?.close();
          }}
        >
          ${icon("usb")}${msg("connect.connect")}
        </button>
        <button class="button" @click=${() => this.dialog?.close()}>${msg("app.close")}</button>
      </div>`;
  }

  private failed({ text, isTouched, details }: NonNullable<Flashing["fault"]>): TemplateResult {
    return html`<div class="notice bad">
      ${icon("circle-alert")}
      <div class="stack">
        <p>${text}</p>
        ${isTouched ? html`<p>${msg("flash.touched")}</p>` : nothing}
        ${
          details
            ? html`<details class="small">
                <summary>${msg("app.details")}</summary>
                ${details}
              </details>`
            : nothing
        }
      </div>
    </div>`;
  }

  private toDrive(): void {
    this.dialog?.close();
    void saveHex(workbench.project!);
  }
}
