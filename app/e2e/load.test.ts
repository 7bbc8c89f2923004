// What a class with bad Wi-Fi notices: the first visit never freezes, and flashing needs no server either.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, consoleText, openFirst, runButton, startWorld, write, type World } from "./browser.ts";
import { plugBoard } from "./serial.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  /** Thread time in microseconds: what the task itself took, however busy the machine is. */
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly name?: string };
}

/** The longest task of the page's main thread while it loads and settles, in ms of its own work. */
async function longestTask(url: string): Promise<number> {
  const context = await world.browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  const session = await world.browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send("Tracing.start", { transferMode: "ReportEvents", categories: "toplevel,devtools.timeline,__metadata" });
  await page.goto(url);
  await page.locator("by-home .hero").waitFor();
  await page.waitForTimeout(2000);
  const complete = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
  await session.send("Tracing.end");
  await complete;
  await context.close();
  // Main threads of pages name themselves; the browser's own process has other names.
  const mains = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid}.${tid}`),
  );
  const tasks = events.filter(({ name, ph, pid, tid }) => ph === "X" && /RunTask$/.test(name) && mains.has(`${pid}.${tid}`));
  expect(tasks.length).toBeGreaterThan(10);
  return Math.max(...tasks.map(({ tdur }) => (tdur ?? 0) / 1000));
}

describe("the first visit", () => {
  test("keeps its main thread free before the first interaction", async () => {
    expect(await longestTask(world.site.url)).toBeLessThan(200);
  });
});

describe("offline", () => {
  test("flash works with the server gone: the real board runs the program", async () => {
    const context = await world.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "en-GB" });
    const page = await context.newPage();
    const cable = await plugBoard(page);
    await page.goto(world.site.url);
    await page.locator("by-home .cards").waitFor();
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await world.site.close();
    await context.setOffline(true);
    await page.reload();
    await openFirst(page);
    await connect(page);
    await write(page, "print('no', 'server')\n");
    await runButton(page).click();
    await expect.poll(() => consoleText(page), { timeout: 15_000 }).toContain("no server");
    await context.close();
    await cable.close();
  });
});
