// `npm run bench`, last part: eight boards that talk by radio in one page, and one board that sleeps, scrolls or is idle, in a real
// Chromium against the built site. Frames per second, whether the boards keep real time, and each worker's share of a core come out
// of a trace (.cache/bench/*.trace.json, for chrome://tracing). Fails when the page has less than 50 frames or a worker takes 15 %.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { buildAll } from "./build.ts";
import { findChrome } from "./find.mjs";
import { serve } from "./serve.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = `${root}.cache/bench`;
const seconds = 6;
const framesLeast = 50;
const workerMost = 0.15;

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}
interface Figures {
  readonly frames: number;
  /** Share of a core of each worker thread, the busiest first. */
  readonly workers: readonly number[];
  readonly main: number;
}

/** What the threads did, by their top-level tasks: thread time where the trace has it, else wall time. */
function read(path: string, ms: number): Omit<Figures, "frames"> {
  const { traceEvents } = JSON.parse(readFileSync(path, "utf8")) as { traceEvents: readonly TraceEvent[] };
  const key = ({ pid, tid }: TraceEvent) => `${pid}.${tid}`;
  const names = new Map(
    traceEvents.filter(({ name }) => name === "thread_name").map((event) => [key(event), event.args?.name ?? ""]),
  );
  const busy = new Map<string, number>();
  for (const event of traceEvents) {
    if (event.ph !== "X" || !/^(ThreadControllerImpl::RunTask|RunTask)$/.test(event.name)) continue;
    busy.set(key(event), (busy.get(key(event)) ?? 0) + (event.tdur ?? event.dur ?? 0) / 1000);
  }
  const shares = (kind: RegExp) =>
    [...busy].filter(([thread]) => kind.test(names.get(thread) ?? "")).map(([, time]) => time / ms);
  return {
    workers: shares(/DedicatedWorker/).sort((a, b) => b - a),
    main: Math.max(0, ...shares(/^CrRendererMain$/)),
  };
}

async function measure(browser: Browser, page: Page, name: string): Promise<Figures> {
  const path = `${out}/${name}.trace.json`;
  await browser.startTracing(page, { path, categories: ["toplevel", "blink.user_timing", "__metadata"] });
  const [frames, ms] = await page.evaluate(async (seconds) => {
    const start = performance.now();
    let frames = 0;
    while (performance.now() - start < seconds * 1000) {
      await new Promise(requestAnimationFrame);
      frames++;
    }
    return [frames, performance.now() - start] as const;
  }, seconds);
  await browser.stopTracing();
  return { frames: (frames / ms) * 1000, ...read(path, ms) };
}

async function write(page: Page, source: string): Promise<void> {
  await page.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(source);
}

const talk = `from microbit import *
import radio
radio.on()
while True:
    radio.send('tick')
    display.scroll('eight boards', wait=False)
    message = radio.receive()
    while message:
        message = radio.receive()
    sleep(500)
`;
const shout = `import radio
radio.on()
while True:
    radio.send('x')
    radio.receive()
`;
const alone: Readonly<Record<string, string>> = {
  sleeping: "from microbit import *\nwhile True:\n    sleep(1000)\n",
  scrolling: "from microbit import *\nwhile True:\n    display.scroll('scrolling all the time')\n",
};

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const faults: string[] = [];

if (!existsSync(`${root}dist/site/index.html`)) await buildAll();
mkdirSync(out, { recursive: true });
const site = await serve(`${root}dist/site`, 0);
const executablePath = findChrome();
if (!executablePath) throw new Error("No Chrome or Chromium found; set CHROME_PATH.");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: "en-GB" });
  await page.goto(site.url);
  await page.locator("by-home .hero a").click();
  await page.locator("by-choice [role=radio]", { hasText: "Python" }).first().click();
  const run = page.locator("by-run button");
  for (const [name, source] of Object.entries(alone)) {
    await write(page, source);
    await run.click();
    await page.waitForTimeout(2500);
    const { frames, workers } = await measure(browser, page, name);
    const [worker] = workers;
    if (worker === undefined) throw new Error("the trace has no worker thread");
    console.log(`one board ${name}: its worker takes ${percent(worker)} of a core, ${frames.toFixed(0)} frames a second`);
    if (worker >= workerMost) faults.push(`a ${name} board's worker takes ${percent(worker)}`);
    await run.click();
    await page.waitForTimeout(500);
  }
  await write(page, talk);
  await page.locator("#dock-radio").click();
  for (let i = 0; i < 7; i++) {
    await page
      .locator("by-radio select")
      .first()
      .selectOption(i % 2 === 0 ? "microbit-v2" : "microbit-v1");
    await page.locator("by-radio form button").click();
    await page.locator("by-radio .mate").nth(i).waitFor();
  }
  await run.click();
  await page.waitForTimeout(3000);
  const { frames, workers, main } = await measure(browser, page, "eight");
  // Each board sends every 500 ms of its own time: in real time, every 500 ms of ours.
  await page.locator("by-radio [role=radio]", { hasText: "Messages" }).click();
  const rows = await page
    .locator("by-radio tbody tr")
    .evaluateAll((found) => found.map((row) => [...row.children].slice(0, 2).map((cell) => cell.textContent!.trim())));
  const times = Map.groupBy(rows, ([, from]) => from!);
  const beats = [...times.values()].map((own) => {
    const [last, first] = [Number(own[0]![0]), Number(own.at(-1)![0])];
    return ((last - first) / (own.length - 1)) * 1000;
  });
  console.log(
    `eight boards: ${frames.toFixed(0)} frames a second; page ${percent(main)}, workers ${workers.map(percent).join(", ")}; ` +
      `a message every ${beats.map((ms) => ms.toFixed(0)).join(", ")} ms (500 is real time)`,
  );
  if (workers.length < 8) faults.push(`the trace has ${workers.length} workers, not 8`);
  if (frames <= framesLeast) faults.push(`${frames.toFixed(0)} frames a second with eight boards`);
  if (beats.length < 8 || beats.some((ms) => Math.abs(ms - 500) > 15)) faults.push("not all eight boards keep real time");
  // The worst that eight learners can do: no pause at all.
  await write(page, shout);
  await page.locator("by-radio [role=radio]", { hasText: "Boards" }).click();
  for (let i = 0; i < 7; i++) await page.locator("by-radio .mate .square").first().click();
  for (let i = 0; i < 7; i++) {
    await page.locator("by-radio form button").click();
    await page.locator("by-radio .mate").nth(i).waitFor();
  }
  await run.click();
  await page.waitForTimeout(500);
  await run.click();
  await page.waitForTimeout(3000);
  const loud = await measure(browser, page, "shouting");
  console.log(
    `eight boards shouting: ${loud.frames.toFixed(0)} frames a second; page ${percent(loud.main)}, workers ${loud.workers.map(percent).join(", ")}`,
  );
} finally {
  await browser.close();
  await site.close();
}
for (const fault of faults) console.error(`Missed: ${fault}`);
if (faults.length > 0) process.exitCode = 1;
