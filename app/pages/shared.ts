// A project that came by link, before it is anybody's: look, try, keep. It never runs by itself and never replaces anything.
import { html, nothing } from "lit";
import { boardById, microbitV2 } from "../../boards/index.ts";
import { adopt, boardOf, runner, say, sound } from "../controllers/context.ts";
import "../elements/board.ts";
import type { ByBoard } from "../elements/board.ts";
import "../elements/console.ts";
import { ByPage, icon } from "../elements/element.ts";
import "../elements/error-card.ts";
import { boardName } from "../elements/target.ts";
import { msg, type Key } from "../i18n/i18n.ts";
import { address, go } from "../shell/router.ts";
import { decodeLink, ParcelError, type ParcelFault } from "../store/parcel.ts";
import type { Parcel } from "../store/project.ts";

export class ByShared extends ByPage {
  static override properties = { fragment: {}, parcel: { state: true }, fault: { state: true } };
  declare fragment: string;
  declare parcel: Parcel | null;
  declare fault: ParcelFault | null;

  constructor() {
    super();
    this.fragment = "";
    this.parcel = null;
    this.fault = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    runner.onChange = () => this.requestUpdate();
    runner.onParts = () => {
      const board = this.querySelector<ByBoard>("by-board");
      if (board) board.parts = runner.parts;
    };
  }

  override disconnectedCallback(): void {
    runner.onChange = runner.onParts = null;
    sound.silence();
    void runner.close();
    super.disconnectedCallback();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("fragment") && this.fragment) void this.open();
  }

  private async open(): Promise<void> {
    this.parcel = this.fault = null;
    try {
      const parcel = await decodeLink(this.fragment);
      await runner.close();
      await runner.simulate(boardOf(parcel.board));
      this.parcel = parcel;
    } catch (error) {
      if (!(error instanceof ParcelError)) throw error;
      this.fault = error.fault;
    }
  }

  override render() {
    if (this.fault) {
      return html`<div class="column narrow text-page">
        <p class="notice bad" role="alert">${icon("circle-alert")}<span>${msg(`share.${this.fault}` as Key)}</span></p>
        <p><a class="button" href=${address({ page: "home" })}>${msg("app.go-home")}</a></p>
      </div>`;
    }
    const { parcel } = this;
    if (!parcel) return nothing;
    const isRunning = runner.state === "running" || runner.state === "starting";
    const files = Object.entries(parcel.files).sort(([a], [b]) => Number(b === "main.py") - Number(a === "main.py"));
    return html`<div class="column">
      <div class="text-page" style="padding-bottom: 16px">
        <h1 style="overflow-wrap: anywhere">${parcel.name}</h1>
        <p class="notice">${icon("info")}<span>${msg("share.opened")}</span></p>
        ${
          boardById(parcel.board)
            ? nothing
            : html`<p class="notice warn">
                ${icon("triangle-alert")}<span>${msg("share.unknown-board", { board: boardName(microbitV2.id) })}</span>
              </p>`
        }
        <div class="row">
          <button class="button" @click=${() => void (isRunning ? runner.stop() : runner.run(parcel.files))}>
            ${icon(isRunning ? "square" : "play")}${msg(isRunning ? "run.stop" : "share.try")}
          </button>
          <button class="button primary" @click=${() => void this.keep(parcel)}>${icon("plus")}${msg("share.keep")}</button>
        </div>
      </div>
      <div class="preview">
        <div class="stack">
          ${files.map(
            ([name, text]) =>
              html`<h2 class="small muted">${name}</h2>
                <pre tabindex="0" aria-label=${`${msg("share.code")}: ${name}`}>${text}</pre>`,
          )}
        </div>
        <div class="side">
          <by-board
            .board=${boardOf(parcel.board).id}
            .parts=${runner.parts}
            @part-input=${(event: CustomEvent<{ part: string; event: unknown }>) => runner.input(event.detail.part, event.detail.event)}
          ></by-board>
          <by-error-card .report=${runner.report}></by-error-card>
        </div>
      </div>
    </div>`;
  }

  private async keep(parcel: Parcel): Promise<void> {
    const project = await adopt(parcel);
    say({ text: msg("project.kept", { name: project.name }), kind: "ok" });
    go({ page: "project", id: project.id });
  }
}
customElements.define("by-shared", ByShared);
