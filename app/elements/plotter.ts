// <by-plotter>: a Plot as live lines, or as a table that says the same. It draws once a frame and less often when drawing is slow.
// Sends `plot-save` with the CSV. The picture (chart.ts, uPlot) is loaded with the first number.
import { css, html, nothing, svg } from "lit";
import { msg } from "../i18n/i18n.ts";
import { marks } from "../plot/marks.ts";
import { rowsKept, seriesMost, type Plot } from "../plot/plot.ts";
import { base } from "../styles/base.ts";
import type { Chart } from "./chart.ts";
import { ByElement } from "./element.ts";

/** The stretch of time shown, in ms; 0 for all that is kept. */
const spans = [10_000, 60_000, 0] as const;
const tableRows = 200;
/** Numbers as text change no more often than can be read, and heard. */
const wordsEveryMs = 400;
/** Of its time the page gives the picture so much: a drawing of 5 ms is followed by none for 20. */
const restFactor = 4;

export class ByPlotter extends ByElement {
  static override properties = {
    plot: { attribute: false },
    spanMs: { state: true },
    endMs: { state: true },
    isTable: { state: true },
    cursor: { state: true },
    hasFailed: { state: true },
  };
  declare plot: Plot | null;
  declare spanMs: number;
  /** While paused, the time of the newest row shown. */
  declare endMs: number | null;
  declare isTable: boolean;
  /** The row looked at, counted from the first that ever came; null for the newest. */
  declare cursor: number | null;
  declare hasFailed: boolean;

  private shown: Plot | null = null;
  private chart: Chart | null = null;
  private isLoading = false;
  private frame = 0;
  private notBefore = 0;
  private wordsAt = 0;
  private wordsTimer: ReturnType<typeof setTimeout> | undefined;
  private resize: ResizeObserver | null = null;
  private theme: MutationObserver | null = null;

  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        background: var(--surface);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        padding: 4px 8px;
        border-top: 1px solid var(--line);
      }
      .bar .button,
      .bar .field {
        min-height: 32px;
        padding: 2px 10px;
        font-size: var(--size-small);
        font-weight: 400;
        line-height: 1.4;
      }
      @media (pointer: coarse) {
        .bar .button,
        .bar .field {
          min-height: 44px;
        }
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        padding: 4px 12px 0;
        font-size: var(--size-small);
      }
      .legend li {
        display: flex;
        align-items: center;
        gap: 6px;
        min-width: 0;
      }
      .legend svg {
        flex: none;
        width: 28px;
        height: 14px;
        overflow: visible;
        fill: none;
        stroke: currentColor;
        stroke-width: 2;
        forced-color-adjust: auto;
      }
      .legend .when {
        color: var(--text-muted);
      }
      .value {
        min-width: 4.5em;
        font-family: var(--mono);
        font-weight: 600;
      }
      .picture {
        flex: 1;
        min-height: 0;
        position: relative;
      }
      .picture:focus-visible {
        outline-offset: -3px;
      }
      .chart {
        position: absolute;
        inset: 0;
        overflow: hidden;
        touch-action: pan-y;
        font: 400 var(--size-meta) / 1.2 var(--font);
      }
      .table {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 4px 12px;
      }
      .table:focus-visible {
        outline-offset: -3px;
      }
      table {
        border-collapse: collapse;
        font-size: var(--size-small);
        font-variant-numeric: tabular-nums;
      }
      caption {
        padding: 4px 0;
        text-align: start;
        color: var(--text-muted);
      }
      th,
      td {
        padding: 2px 12px 2px 0;
        border-bottom: 1px solid var(--line);
        text-align: end;
        white-space: nowrap;
      }
      .note {
        padding: 2px 12px;
        color: var(--text-muted);
        font-size: var(--size-small);
      }
      .empty {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 10px 14px;
        font-size: var(--size-small);
      }
      .empty dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 4px 14px;
        margin: 8px 0 0;
      }
      .empty dd {
        margin: 0;
      }
      /* What uPlot needs of its own style sheet. */
      .uplot,
      .uplot * {
        box-sizing: border-box;
      }
      .u-wrap {
        position: relative;
        user-select: none;
      }
      .u-over,
      .u-under,
      .u-axis,
      .u-select,
      .u-cursor-x {
        position: absolute;
      }
      .u-under {
        overflow: hidden;
      }
      .u-select {
        pointer-events: none;
      }
      .u-cursor-x {
        inset: 0 auto auto 0;
        height: 100%;
        border-inline-end: 2px dotted var(--text);
        pointer-events: none;
      }
      .u-off {
        display: none;
      }
      .uplot canvas {
        display: block;
        width: 100%;
        height: 100%;
      }
    `,
  ];

  constructor() {
    super();
    this.plot = null;
    this.spanMs = spans[0];
    this.endMs = null;
    this.isTable = false;
    this.cursor = null;
    this.hasFailed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize = new ResizeObserver(() => this.schedule());
    this.resize.observe(this);
    this.theme = new MutationObserver(() => this.chart?.recolour());
    this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "style"] });
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    clearTimeout(this.wordsTimer);
    this.wordsTimer = undefined;
    this.resize?.disconnect();
    this.theme?.disconnect();
    this.closeChart();
    if (this.shown) this.shown.onChange = null;
    this.shown = null;
    super.disconnectedCallback();
  }

  private get isPaused(): boolean {
    return this.endMs !== null;
  }
  private get hasRows(): boolean {
    return (this.plot?.count ?? 0) > 0;
  }
  /** The stretch of time to show. */
  private get range(): [number, number] {
    const { firstMs, lastMs } = this.plot!;
    const end = this.endMs ?? lastMs;
    if (this.spanMs === 0) return [firstMs, Math.max(end, firstMs + 1000)];
    return end < this.spanMs ? [0, this.spanMs] : [end - this.spanMs, end];
  }
  /** The row whose numbers the legend tells, as an index into what is kept. */
  private get row(): number {
    const { plot } = this;
    const newest = this.isPaused ? Math.max(0, plot!.indexAt(this.endMs! + 1e-6) - 1) : plot!.count - 1;
    return this.cursor === null ? newest : Math.max(0, Math.min(newest, this.cursor - plot!.dropped));
  }

  override render() {
    const { plot } = this;
    if (!plot) return nothing;
    const { hasRows } = this;
    return html`${hasRows ? this.renderLegend(plot) : nothing}
      ${
        !hasRows
          ? this.renderEmpty()
          : this.isTable
            ? this.renderTable(plot)
            : html`<div
                class="picture"
                role="slider"
                tabindex="0"
                aria-label=${msg("plot.cursor")}
                aria-describedby="summary"
                aria-valuemin="0"
                aria-valuemax=${plot.count - 1}
                aria-valuenow=${this.row}
                aria-valuetext=${this.describeRow(plot)}
                @keydown=${this.onKey}
              >
                <div class="chart"></div>
              </div>`
      }
      ${hasRows ? html`<p id="summary" class="hide-visually">${this.summary(plot)}</p>` : nothing} ${this.renderNotes(plot)}
      <div class="bar">
        <select class="field" aria-label=${msg("plot.span")} @change=${this.onSpan}>
          ${spans.map(
            (ms) =>
              html`<option value=${ms} ?selected=${ms === this.spanMs}>
                ${ms === 0 ? msg("plot.span.all") : msg("plot.span.seconds", { s: ms / 1000 })}
              </option>`,
          )}
        </select>
        ${this.renderButton(this.isPaused ? msg("plot.resume") : msg("plot.pause"), hasRows, () => this.pause(!this.isPaused))}
        ${this.renderButton(this.isTable ? msg("plot.picture") : msg("plot.table"), hasRows, () => (this.isTable = !this.isTable))}
        ${this.renderButton(msg("plot.save"), hasRows, () =>
          this.emit(
            "plot-save",
            plot.csv((name) => this.label(name)),
          ),
        )}
        ${this.renderButton(msg("console.clear"), hasRows, () => plot.clear())}
      </div>`;
  }

  private renderButton(label: string, isOn: boolean, act: () => void) {
    return html`<button class="button quiet" aria-disabled=${!isOn} @click=${() => isOn && act()}>${label}</button>`;
  }

  private renderLegend(plot: Plot) {
    const values = plot.valuesAt(this.row);
    return html`<ul class="legend" aria-label=${msg("plot.legend")}>
      <li class="when">${this.stamp(plot.row(this.row).atMs)}</li>
      ${plot.names.map((name, i) => {
        const { colour, dash, shape } = marks[i]!;
        return html`<li>
          <svg viewBox="0 0 28 14" style="color: var(${colour})" aria-hidden="true">
            <path d="M0 7H28" stroke-dasharray=${dash.join(" ")} />
            ${svg`<path d=${shape} transform="translate(14 7)" fill=${shape.endsWith("Z") ? "currentColor" : "none"} />`}
          </svg>
          <span>${this.label(name)}</span><span class="value">${short(values[i]!)}</span>
        </li>`;
      })}
    </ul>`;
  }

  private renderTable(plot: Plot) {
    const [from, to] = this.range;
    const first = plot.indexAt(from);
    const last = plot.indexAt(to + 1e-6) - 1;
    const rows = Array.from({ length: Math.min(tableRows, last - first + 1) }, (_, i) => plot.row(last - i));
    return html`<div class="table" tabindex="0" role="region" aria-label=${msg("plot.table")}>
      <table>
        <caption>
          ${msg("plot.caption", { n: rows.length, all: last - first + 1 })}
        </caption>
        <thead>
          <tr>
            <th scope="col">${msg("plot.seconds")}</th>
            ${plot.names.map((name) => html`<th scope="col">${this.label(name)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ atMs, values }) =>
              html`<tr>
                <th scope="row">${(atMs / 1000).toFixed(3)}</th>
                ${values.map((value) => html`<td>${number(value)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private renderEmpty() {
    const examples = [
      ["print((a, b))", msg("plot.empty.tuple")],
      ['print("light:", n)', msg("plot.empty.name")],
      ["print(n)", msg("plot.empty.number")],
    ] as const;
    return html`<div class="empty" tabindex="0" role="region" aria-label=${msg("dock.plotter")}>
      <p>${msg("plot.empty")}</p>
      <dl>
        ${examples.map(
          ([code, text]) =>
            html`<dt><code>${code}</code></dt>
              <dd>${text}</dd>`,
        )}
      </dl>
    </div>`;
  }

  private renderNotes(plot: Plot) {
    const notes = [
      ...(plot.leftOut.size > 0
        ? [msg("plot.left-out", { most: seriesMost, names: [...plot.leftOut].map((name) => this.label(name)).join(", ") })]
        : []),
      ...(plot.dropped > 0 ? [msg("plot.dropped", { kept: rowsKept, n: plot.dropped })] : []),
      ...(this.hasFailed ? [msg("editor.failed")] : []),
    ];
    return notes.map((note) => html`<p class="note" role="status">${note}</p>`);
  }

  override updated(): void {
    const { plot } = this;
    if (plot !== this.shown) {
      if (this.shown) this.shown.onChange = null;
      this.shown = plot;
      if (plot) plot.onChange = () => this.onPlot();
    }
    if (!this.hasRows || this.isTable) this.closeChart();
    else if (!this.chart) void this.loadChart();
    this.schedule();
  }

  private onPlot(): void {
    if (this.plot!.count === 0) {
      this.endMs = this.cursor = null;
      this.requestUpdate();
    }
    if (this.isPaused && this.plot!.firstMs <= this.endMs!) return;
    // What was looked at is gone.
    this.endMs = null;
    this.schedule();
    this.scheduleWords();
  }

  /** The first word at once, the next ones after a while. */
  private scheduleWords(): void {
    if (this.wordsTimer !== undefined) return;
    const wait = Math.max(0, this.wordsAt + wordsEveryMs - performance.now());
    this.wordsTimer = setTimeout(() => {
      this.wordsTimer = undefined;
      this.wordsAt = performance.now();
      this.requestUpdate();
    }, wait);
  }

  private schedule(): void {
    if (!this.chart) return;
    this.frame ||= requestAnimationFrame((now) => {
      this.frame = 0;
      if (now < this.notBefore) return this.schedule();
      this.draw();
    });
  }

  private draw(): void {
    const { chart, plot } = this;
    if (!chart || !plot || plot.count === 0) return;
    const start = performance.now();
    const [from, to] = this.range;
    chart.draw(plot.sample(from, to, Math.max(100, this.clientWidth)), from, to);
    if (this.isPaused) chart.point(this.cursor === null ? null : plot.row(this.row).atMs);
    const end = performance.now();
    this.notBefore = end + (end - start) * restFactor;
  }

  private async loadChart(): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      const { Chart } = await import("./chart.ts");
      const place = this.renderRoot.querySelector<HTMLElement>(".chart");
      if (!place || !this.isConnected) return;
      this.chart = new Chart(place);
      this.chart.onPoint = (atMs) => this.onPoint(atMs);
      this.hasFailed = false;
      this.schedule();
    } catch {
      this.hasFailed = true; // offline before everything was kept
    } finally {
      this.isLoading = false;
    }
  }

  private closeChart(): void {
    this.chart?.close();
    this.chart = null;
  }

  private pause(isPaused: boolean): void {
    this.endMs = isPaused ? this.plot!.lastMs : null;
    this.cursor = null;
  }

  /** The pointer looks at a time: the nearest row is told. */
  private onPoint(atMs: number | null): void {
    const plot = this.plot!;
    if (atMs === null) {
      this.cursor = null;
      return;
    }
    const next = Math.min(plot.count - 1, plot.indexAt(atMs));
    const isNearer = next > 0 && atMs - plot.row(next - 1).atMs < plot.row(next).atMs - atMs;
    this.cursor = plot.dropped + (isNearer ? next - 1 : next);
  }

  private onSpan(event: Event): void {
    this.spanMs = Number((event.target as HTMLSelectElement).value);
  }

  /** Looking at rows one by one stops the picture, so that they stay where they are. */
  private onKey(event: KeyboardEvent): void {
    const plot = this.plot!;
    if (event.key === "Escape" && this.cursor !== null) {
      this.pause(false);
      return event.preventDefault();
    }
    const page = Math.max(1, Math.round((plot.indexAt(this.range[1]) - plot.indexAt(this.range[0])) / 10));
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -page,
      PageUp: page,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!this.isPaused) this.pause(true);
    const first = plot.indexAt(this.range[0]);
    const last = plot.indexAt(this.endMs! + 1e-6) - 1;
    this.cursor = plot.dropped + Math.max(first, Math.min(last, this.row + step));
  }

  private label(name: string): string {
    return name.startsWith("#") ? msg("plot.line", { n: name.slice(1) }) : name;
  }

  private stamp(atMs: number): string {
    return msg("plot.at", { s: (atMs / 1000).toFixed(2) });
  }

  private describeRow(plot: Plot): string {
    const values = plot.valuesAt(this.row);
    const words = plot.names.flatMap((name, i) => (values[i] === null ? [] : [`${this.label(name)} ${number(values[i]!)}`]));
    return `${this.stamp(plot.row(this.row).atMs)}: ${words.join(", ")}`;
  }

  private summary(plot: Plot): string {
    const [from, to] = this.range;
    return plot
      .summary(from, to)
      .map(({ name, last, min, max }) =>
        msg("plot.summary", { name: this.label(name), now: number(last), min: number(min), max: number(max) }),
      )
      .join(" ");
  }
}
customElements.define("by-plotter", ByPlotter);

/** As many digits as can be read while they change. */
function short(value: number | null): string {
  return value === null ? "" : String(Number(value.toPrecision(4)));
}

/** As many digits as a board's float has. */
function number(value: number | null): string {
  return value === null ? "" : String(Number(value.toPrecision(7)));
}
