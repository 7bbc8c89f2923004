// The plotter's picture: uPlot with our colours, dashes and marks. Loaded when there is something to draw; plotter.ts says what.
import uPlot from "uplot";
import { marks } from "../plot/marks.ts";
import type { Rows } from "../plot/plot.ts";

const markEveryPx = 48;
// uPlot's own mouse leaves its cursor behind after a touch: pointer events move it instead.
const nothing = (): null => null;
const ours: uPlot.Cursor.Bind = {
  mousedown: nothing,
  mouseup: nothing,
  click: nothing,
  dblclick: nothing,
  mousemove: nothing,
  mouseleave: nothing,
  mouseenter: nothing,
};

export class Chart {
  /** The pointer is over this time, in ms; null when it has left. */
  onPoint: ((atMs: number | null) => void) | null = null;
  private readonly place: HTMLElement;
  private readonly shapes = marks.map(({ shape }) => new Path2D(shape));
  private picture: uPlot | null = null;
  private range: [number, number] = [0, 1];
  private data: uPlot.AlignedData = [[]];
  private colours: readonly string[] = [];
  /** Where the pointer is, in px from the left of the plot; null when it is elsewhere. */
  private pointer: number | null = null;

  constructor(place: HTMLElement) {
    this.place = place;
    place.addEventListener("pointermove", this.onPointer);
    place.addEventListener("pointerdown", this.onPointer);
    place.addEventListener("pointerleave", this.onLeave);
  }

  /** Draws rows over a stretch of time. Rows and series may be others each time. */
  draw(rows: Rows, fromMs: number, toMs: number): void {
    const { clientWidth: width, clientHeight: height } = this.place;
    if (width === 0 || height === 0) return;
    this.range = [fromMs / 1000, toMs / 1000];
    this.data = [rows.times.map((ms) => ms / 1000), ...rows.columns.map((column) => [...column])];
    if (this.picture?.series.length !== this.data.length) return this.make(width, height);
    if (this.picture.width !== width || this.picture.height !== height) this.picture.setSize({ width, height });
    this.picture.setData(this.data);
    this.tellPoint();
  }

  /** Puts the cursor at a time, or takes it away. */
  point(atMs: number | null): void {
    const { picture } = this;
    if (!picture) return;
    const left = atMs === null ? -10 : picture.valToPos(atMs / 1000, "x");
    picture.setCursor({ left, top: atMs === null ? -10 : 0 }, false);
  }

  /** The colours of the page have changed. */
  recolour(): void {
    if (this.picture) this.make(this.picture.width, this.picture.height);
  }

  close(): void {
    this.place.removeEventListener("pointermove", this.onPointer);
    this.place.removeEventListener("pointerdown", this.onPointer);
    this.place.removeEventListener("pointerleave", this.onLeave);
    this.unmake();
  }

  private readonly onPointer = (event: PointerEvent): void => {
    if (!this.picture) return;
    this.pointer = event.clientX - this.picture.over.getBoundingClientRect().left;
    this.picture.setCursor({ left: this.pointer, top: 0 }, false);
    this.tellPoint();
  };

  private readonly onLeave = (): void => {
    this.pointer = null;
    this.point(null);
    this.onPoint?.(null);
  };

  /** Also after a drawing: under a pointer that rests, time goes by. */
  private tellPoint(): void {
    if (this.pointer !== null && this.picture) this.onPoint?.(this.picture.posToVal(this.pointer, "x") * 1000);
  }

  private unmake(): void {
    this.picture?.destroy();
    this.picture = null;
  }

  private make(width: number, height: number): void {
    this.unmake();
    const style = getComputedStyle(this.place);
    // In forced colours the canvas is ours to fit in; dash and mark still differ.
    const isForced = matchMedia("(forced-colors: active)").matches;
    const colour = (token: string) => (isForced ? "CanvasText" : style.getPropertyValue(token).trim());
    this.colours = marks.map((mark) => colour(mark.colour));
    const font = `${style.fontSize} ${style.fontFamily}`;
    const rem = parseFloat(style.fontSize);
    const line = { stroke: colour("--line"), width: 1 };
    const axis = { stroke: colour("--text-muted"), font, grid: line, ticks: { ...line, size: 4 }, gap: 3 };
    const stamp = (seconds: number) => `${Number(seconds.toFixed(3))} s`;
    this.picture = new uPlot(
      {
        width,
        height,
        padding: [8, 22, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { show: false }, bind: ours },
        scales: { x: { time: false, range: () => this.range } },
        axes: [
          { ...axis, size: rem * 1.8, space: rem * 5, values: (_, ticks) => ticks.map(stamp) },
          {
            ...axis,
            space: rem * 1.8,
            values: (_, ticks) => ticks.map((tick) => String(Number(tick.toPrecision(10)))),
            size: (_, labels) => 12 + rem * 0.62 * Math.max(2, ...(labels ?? []).map((label) => label.length)),
          },
        ],
        series: [
          {},
          ...this.data.slice(1).map((_, i) => ({
            stroke: this.colours[i]!,
            width: 2,
            dash: [...marks[i]!.dash],
            spanGaps: true,
            points: { show: false },
          })),
        ],
        hooks: { draw: [(picture) => this.drawMarks(picture)] },
      },
      this.data,
      this.place,
    );
  }

  /** A mark every so often, at times that do not change while the picture moves on. */
  private drawMarks(picture: uPlot): void {
    const { ctx, data, bbox } = picture;
    const { pxRatio } = uPlot;
    const [from, to] = this.range;
    const every = ((to - from) * markEveryPx * pxRatio) / bbox.width;
    const times = data[0];
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left - 6 * pxRatio, bbox.top - 6 * pxRatio, bbox.width + 12 * pxRatio, bbox.height + 12 * pxRatio);
    ctx.clip();
    ctx.setLineDash([]);
    for (let i = 1; i < data.length; i++) {
      ctx.strokeStyle = ctx.fillStyle = this.colours[i - 1]!;
      let last = -Infinity;
      for (let row = 0; row < times.length; row++) {
        const value = data[i]![row];
        const slot = Math.floor(times[row]! / every);
        if (value === null || value === undefined || slot === last || times[row]! < from) continue;
        last = slot;
        this.drawMark(i - 1, picture.valToPos(times[row]!, "x", true), picture.valToPos(value, "y", true), pxRatio);
      }
    }
    ctx.restore();
  }

  private drawMark(i: number, x: number, y: number, pxRatio: number): void {
    const { ctx } = this.picture!;
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(pxRatio, pxRatio);
    ctx.lineWidth = 2;
    const shape = this.shapes[i]!;
    if (marks[i]!.shape.endsWith("Z")) ctx.fill(shape);
    else ctx.stroke(shape);
    ctx.restore();
  }
}
