// Settings: look, language, board, sound, storage, offline. Every choice holds at once; there is no Save.
import { html, nothing } from "lit";
import { projects, fileNameOf, saveAs, say } from "../controllers/context.ts";
import { firmwareStore, shortVersion } from "../controllers/firmware.ts";
import "../elements/choice.ts";
import { ByPage, icon } from "../elements/element.ts";
import { boardName } from "../elements/target.ts";
import { language, languages, msg, setLanguage, type Language } from "../i18n/i18n.ts";
import { canInstall, install, isKept } from "../shell/offline.ts";
import { encodeFile } from "../store/parcel.ts";
import { FirmwareStoreError, type StoredFirmware } from "../store/firmware.ts";
import { changeSettings, settings, type Settings } from "../store/settings.ts";
import { boardCards } from "./board-dialog.ts";

declare const __VERSION__: string;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;

export class BySettings extends ByPage {
  static override properties = { storage: { state: true }, offline: { state: true }, firmware: { state: true } };
  declare storage: { readonly used: number; readonly all: number; readonly isPersistent: boolean } | null;
  declare offline: boolean;
  declare firmware: readonly StoredFirmware[];

  constructor() {
    super();
    this.storage = null;
    this.offline = false;
    this.firmware = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.look();
  }

  private async look(): Promise<void> {
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    this.storage = { used: usage, all: quota, isPersistent: (await navigator.storage?.persisted?.()) ?? false };
    this.offline = await isKept();
    this.firmware = await firmwareStore.list();
  }

  override render() {
    const now = settings();
    const set = (change: Partial<Settings>) => {
      changeSettings(change);
      this.requestUpdate();
    };
    return html`<div class="column narrow form">
      <h1>${msg("settings.title")}</h1>
      <section class="card">
        <h2>${msg("settings.look")}</h2>
        <div class="line">
          <span id="theme-label">${msg("settings.theme")}</span>
          <select
            class="field"
            aria-labelledby="theme-label"
            @change=${(event: Event) => set({ theme: (event.target as HTMLSelectElement).value as Settings["theme"] })}
          >
            ${(["system", "light", "dark", "contrast"] as const).map(
              (theme) => html`<option value=${theme} ?selected=${theme === now.theme}>${msg(`settings.theme.${theme}`)}</option>`,
            )}
          </select>
        </div>
        ${this.renderRange("text-size", msg("settings.text-size"), now.textSize, [100, 200, 10], "%", (textSize) => set({ textSize }))}
        ${this.renderRange("code-size", msg("settings.code-size"), now.codeSize, [12, 32, 1], "px", (codeSize) => set({ codeSize }))}
        <label class="line">
          ${msg("settings.motion")}
          <input
            type="checkbox"
            .checked=${now.reduceMotion}
            @change=${(event: Event) => set({ reduceMotion: (event.target as HTMLInputElement).checked })}
          />
        </label>
        <div class="line">
          <span id="language-label">${msg("settings.language")}</span>
          <select class="field" aria-labelledby="language-label" @change=${this.onLanguage}>
            ${languages.map(([tag, name]) => html`<option value=${tag} lang=${tag} ?selected=${tag === language()}>${name}</option>`)}
          </select>
        </div>
      </section>
      <section class="card">
        <h2>${msg("settings.board")}</h2>
        ${boardCards("default-board", now.board, (board) => set({ board }))}
        <label class="line">
          ${msg("settings.sound")}
          <input
            type="checkbox"
            .checked=${!now.isMuted}
            @change=${(event: Event) => set({ isMuted: !(event.target as HTMLInputElement).checked })}
          />
        </label>
        ${this.renderRange("volume", msg("settings.volume"), now.volume, [10, 100, 10], "%", (volume) => set({ volume }))}
      </section>
      <section class="card">
        <h2>${msg("settings.storage")}</h2>
        ${this.renderStorage()}
        <div class="row">
          <button class="button" @click=${this.exportAll}>${icon("download")}${msg("settings.storage.export")}</button>
        </div>
      </section>
      <section class="card">
        <h2>${msg("settings.firmware")}</h2>
        ${this.renderFirmware()}
      </section>
      <section class="card">
        <h2>${msg("settings.offline")}</h2>
        <p class="notice ${this.offline ? "ok" : "warn"}">
          ${icon(this.offline ? "circle-check" : "cloud-off")}<span
            >${msg(this.offline ? "settings.offline.yes" : "settings.offline.no")}</span
          >
        </p>
        ${
          canInstall()
            ? html`<div class="row">
                <button class="button" @click=${() => void install().then(() => this.requestUpdate())}>
                  ${icon("download")}${msg("settings.install")}
                </button>
              </div>`
            : nothing
        }
        <p class="small muted">${msg("settings.version", { version: __VERSION__ })}</p>
      </section>
    </div>`;
  }

  private renderRange(
    id: string,
    label: string,
    value: number,
    [min, max, step]: readonly [number, number, number],
    unit: string,
    onChange: (value: number) => void,
  ) {
    return html`<div class="line">
      <label for=${id}>${label}</label>
      <span>${value} ${unit}</span>
      <input
        id=${id}
        style="grid-column: 1 / -1"
        type="range"
        min=${min}
        max=${max}
        step=${step}
        .value=${String(value)}
        @input=${(event: Event) => onChange(Number((event.target as HTMLInputElement).value))}
      />
    </div>`;
  }

  private renderStorage() {
    const { storage } = this;
    if (!storage) return nothing;
    return html`<p>${msg("settings.storage.used", { used: megabytes(storage.used), all: megabytes(storage.all) })}</p>
      <p>${msg(storage.isPersistent ? "settings.storage.kept" : "settings.storage.not-kept")}</p>
      ${
        storage.isPersistent
          ? nothing
          : html`<div class="row">
              <button class="button" @click=${() => void navigator.storage?.persist?.().then(() => this.look())}>
                ${icon("lock")}${msg("settings.storage.ask")}
              </button>
            </div>`
      }`;
  }

  private renderFirmware() {
    if (this.firmware.length === 0) return html`<p>${msg("settings.firmware.none")}</p>`;
    return html`<p>${msg("settings.firmware.text")}</p>
      <ul class="versions">
        ${this.firmware.map((each) => {
          const board = boardName(`microbit-${each.board.toLowerCase()}`);
          return html`<li>
            <span
              ><strong>${board}</strong>
              <span class="small muted">${shortVersion(each.version)} · ${kilobytes(each.sizeBytes)}</span></span
            >
            <button
              class="button quiet square"
              aria-label=${msg("settings.firmware.remove", { board })}
              title=${msg("settings.firmware.remove", { board })}
              @click=${() => void this.removeFirmware(each)}
            >
              ${icon("trash-2")}
            </button>
          </li>`;
        })}
      </ul>`;
  }

  private async removeFirmware(firmware: StoredFirmware): Promise<void> {
    try {
      await firmwareStore.remove(firmware.boardId);
    } catch (error) {
      if (!(error instanceof FirmwareStoreError)) throw error;
      return say({ text: msg(`storage.${error.trouble}`), kind: "bad" });
    }
    await this.look();
    const board = boardName(`microbit-${firmware.board.toLowerCase()}`);
    say({
      text: msg("settings.firmware.removed", { board }),
      action: { label: msg("app.undo"), run: () => void firmwareStore.replace([firmware], firmware.at).then(() => this.look()) },
    });
  }

  private async onLanguage(event: Event): Promise<void> {
    const tag = (event.target as HTMLSelectElement).value as Language;
    changeSettings({ language: tag });
    await setLanguage(tag);
  }

  private async exportAll(): Promise<void> {
    for (const project of await projects.list()) {
      saveAs(fileNameOf(project.name, "blinkyard"), encodeFile(project), "application/json");
    }
  }
}
customElements.define("by-settings", BySettings);
