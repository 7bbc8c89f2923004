// The plotter in a real browser: what it draws, its twin as a table, keys, pausing, and printing flat out.
import { html } from "lit";
import { Plot } from "../plot/plot.ts";
import type { ByPlotter } from "./plotter.ts";
import "./plotter.ts";
import { clean, describe, equal, heard, it, press, show } from "./wtr.ts";

const until = async (isSo: () => boolean, ms = 3000): Promise<void> => {
  const end = performance.now() + ms;
  while (!isSo()) {
    if (performance.now() > end) throw new Error("it did not come to that");
    await new Promise(requestAnimationFrame);
  }
};
const all = (element: Element, selector: string) => [...element.shadowRoot!.querySelectorAll<HTMLElement>(selector)];
const words = (element: Element, selector: string) =>
  all(element, selector).map(({ textContent }) => textContent!.replace(/\s+/g, " ").trim());
const act = async (element: ByPlotter, label: string) => {
  all(element, ".bar button")
    .find(({ textContent }) => textContent!.trim() === label)!
    .click();
  await element.updateComplete;
};

async function drawn(plot: Plot): Promise<ByPlotter> {
  const element = await show<ByPlotter>(html`<by-plotter style="width: 400px; height: 260px" .plot=${plot}></by-plotter>`);
  await until(() => all(element, "canvas").length === 1);
  return element;
}

/** How many pixels of the picture have each colour that the six tokens name. */
function coloured(element: Element): number[] {
  const canvas = all(element, "canvas")[0] as HTMLCanvasElement;
  const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
  const counts = [0, 0, 0, 0, 0, 0];
  const style = getComputedStyle(element);
  const tokens = counts.map((_, i) => {
    const hex = style.getPropertyValue(`--plot-${i + 1}`).trim();
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  });
  for (let at = 0; at < data.length; at += 4) {
    const i = tokens.findIndex(([r, g, b]) => data[at] === r && data[at + 1] === g && data[at + 2] === b && data[at + 3] === 255);
    if (i >= 0) counts[i]!++;
  }
  return counts;
}

describe("by-plotter", () => {
  it("teaches what to print while there is nothing", async () => {
    const element = await show(html`<by-plotter style="height: 200px" .plot=${new Plot()}></by-plotter>`);
    equal(words(element, "dt")[0], "print((a, b))");
    equal(words(element, "dd")[0], "draws two lines");
    await clean();
  });

  it("draws six lines in six colours, and says them in words", async () => {
    const plot = new Plot();
    for (let i = 0; i < 100; i++)
      plot.write(`a:${i} b:${i + 20} c:${i + 40} d:${i + 60} e:${i + 80} f:${i + 100} g:1\n`, i * 100);
    const element = await drawn(plot);
    await until(() => coloured(element).every((count) => count > 50));
    equal(words(element, ".legend li").slice(1, 3), ["a99", "b119"]);
    equal(words(element, "#summary")[0]!.startsWith("a: now 99, lowest 0, highest 99."), true);
    equal(words(element, ".note"), ["6 lines are the most. Left out: g."]);
    await clean();
  });

  it("is a table as well", async () => {
    const plot = new Plot();
    plot.write("(1, 2)\nhello\n", 0);
    plot.write("(3, 4)\n", 1500);
    const element = await drawn(plot);
    await act(element, "Table");
    equal(words(element, "thead th"), ["Seconds", "Line 1", "Line 2"]);
    equal(words(element, "tbody tr > *"), ["1.500", "3", "4", "0.000", "1", "2"]);
    await clean();
    await act(element, "Lines");
    await until(() => all(element, "canvas").length === 1);
  });

  it("walks from row to row by arrow keys, standing still meanwhile", async () => {
    const plot = new Plot();
    for (let i = 0; i < 5; i++) plot.write(`${i * 10}\n`, i * 1000);
    const element = await drawn(plot);
    const slider = all(element, "[role=slider]")[0]!;
    const told = async (key: string) => {
      press(slider, key);
      await element.updateComplete;
      return slider.getAttribute("aria-valuetext");
    };
    equal(await told("ArrowLeft"), "3.00 s: Line 1 30");
    equal(await told("Home"), "0.00 s: Line 1 0");
    equal(await told("ArrowLeft"), "0.00 s: Line 1 0");
    equal(await told("ArrowRight"), "1.00 s: Line 1 10");
    plot.write("99\n", 6000);
    equal(await told("End"), "4.00 s: Line 1 40");
    equal(await told("Escape"), "6.00 s: Line 1 99");
  });

  it("tells the row under the pointer", async () => {
    const plot = new Plot();
    for (let i = 0; i < 5; i++) plot.write(`${i * 10}\n`, i * 1000);
    const element = await drawn(plot);
    const over = all(element, ".u-over")[0]!;
    const { left, width, top } = over.getBoundingClientRect();
    const point = async (type: string, share: number) => {
      const at = { clientX: left + share * width, clientY: top + 5, bubbles: true };
      over.dispatchEvent(new PointerEvent(type, at));
      all(element, ".chart")[0]!.dispatchEvent(new PointerEvent(type, at));
      await element.updateComplete;
      return words(element, ".legend li");
    };
    equal(await point("pointermove", 0.19), ["2.00 s", "Line 120"]);
    equal(all(element, ".u-cursor-x")[0]!.classList.contains("u-off"), false);
    equal(await point("pointerleave", 0.19), ["4.00 s", "Line 140"]);
  });

  it("pauses and goes on", async () => {
    const plot = new Plot();
    plot.write("1\n", 0);
    const element = await drawn(plot);
    await act(element, "Pause");
    plot.write("2\n", 100);
    await new Promise((resolve) => setTimeout(resolve, 600));
    equal(words(element, ".legend .value"), ["1"]);
    await act(element, "Go on");
    equal(words(element, ".legend .value"), ["2"]);
  });

  it("sends all that is kept as CSV, and begins anew", async () => {
    const plot = new Plot();
    plot.write("5\n", 0);
    const element = await drawn(plot);
    const saved = heard(element, "plot-save");
    await act(element, "Save CSV");
    equal(saved, ["s,Line 1\r\n0.000,5\r\n"]);
    await act(element, "Clear");
    await until(() => words(element, "dt").length === 3);
    equal(all(element, "canvas").length, 0);
  });

  it("leaves the page most of its frames while numbers pour in", async () => {
    const plot = new Plot();
    const element = await drawn((plot.write("0 0\n", 0), plot));
    let frames = 0;
    const start = performance.now();
    while (performance.now() - start < 1000) {
      for (let i = 0; i < 40; i++) plot.write(`${Math.sin(plot.count / 50)} ${plot.count % 100}\n`, performance.now() - start);
      await new Promise(requestAnimationFrame);
      frames++;
    }
    if (frames < 30) throw new Error(`${frames} frames in a second`);
    equal(coloured(element)[1]! > 50, true);
    equal(plot.count > 1000, true);
  });
});
