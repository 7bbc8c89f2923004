// What the Data log panel does: asks the simulated board for its log when that has grown, saves it, draws it, clears it.
import { html } from "lit";
import { capacity, type DataLogState } from "../../boards/parts/data-log/state.ts";
import { fileNameOf, runner, saveAs, say, workbench } from "../controllers/context.ts";
import { boardName } from "../elements/target.ts";
import { msg } from "../i18n/i18n.ts";
import { type LogTable, plotLog, readLog } from "../plot/log.ts";
import type { Plot } from "../plot/plot.ts";
import "../elements/log.ts";

const part = "dataLog";
/** A program that logs flat out changes the table no more often than can be read. */
const readMs = 300;
const nothing: LogTable = { columns: [], rows: [] };

export class LogPanel {
  private readonly changed: () => void;
  private csv = "";
  private table = nothing;
  private read: DataLogState | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.read = null;
    this.table = nothing;
    this.csv = "";
  }

  render(plot: Plot, showPlotter: () => void) {
    const state = runner.parts[part] as DataLogState | undefined;
    if (state !== undefined && state !== this.read) this.schedule();
    return html`<by-log
      .table=${state === undefined ? nothing : this.table}
      .share=${(state?.bytes ?? 0) / capacity}
      ?isFull=${state?.isFull ?? false}
      .note=${this.note}
      @log-save=${() => saveAs(fileNameOf(workbench.project?.name ?? "", "csv"), this.csv, "text/csv")}
      @log-clear=${() => runner.input(part, "clear")}
      @log-plot=${() => {
        plotLog(this.table, plot);
        showPlotter();
        say({ text: msg("log.plotted") });
      }}
    ></by-log>`;
  }

  /** The board's parts have changed. */
  paint(): void {
    if (runner.parts[part] !== undefined && runner.parts[part] !== this.read) this.changed();
  }

  private get note(): string {
    const { board, isReal } = runner;
    if (!(part in board.parts)) return msg("log.none", { board: boardName(board.id) });
    return isReal ? msg("log.real") : "";
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => void this.ask(), readMs);
  }

  private async ask(): Promise<void> {
    const state = (runner.parts[part] as DataLogState | undefined) ?? null;
    const csv = state && state.bytes > 0 ? await runner.read(part) : "";
    this.timer = undefined;
    this.read = state;
    this.csv = csv;
    this.table = readLog(csv);
    this.changed();
  }
}
