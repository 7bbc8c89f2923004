// What a program prints as lines: from the empty panel to a saved CSV, by mouse and by keyboard, on the board's own clock, flat out too.
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFirst, phone, runButton, startWorld, visit, write, type World } from "./browser.ts";

const shots = fileURLToPath(new URL("../../.cache/shots", import.meta.url));
let world: World;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  world = await startWorld();
});
afterAll(() => world.close());

const waves = `from microbit import *
import math

n = 0
while True:
    print((math.sin(n / 8), math.cos(n / 5) / 2))
    print("temp:", temperature(), ", light:", display.read_light_level() / 255)
    n += 1
    sleep(50)
`;
const legend = (page: Page) => page.locator("by-plotter .legend li").allInnerTexts();
const stop = async (page: Page) => {
  await runButton(page).click();
  await expect.poll(() => runButton(page).innerText()).toContain("Run");
};

describe("plot", () => {
  test("numbers become lines, a table and a file", async () => {
    const { page, context, complaints } = await visit(world);
    await openFirst(page, "Python");
    await page.getByRole("tab", { name: "Plotter" }).click();
    await page.getByText("draws two lines").waitFor();
    await page.screenshot({ path: `${shots}/plot-empty.png` });
    await write(page, waves);
    await runButton(page).click();
    await page.locator("by-plotter canvas").waitFor();
    await expect.poll(async () => (await legend(page)).length).toBe(5);
    await page.waitForTimeout(2500);
    await page.screenshot({ path: `${shots}/plot-live.png` });
    await stop(page);
    const tab = page.getByRole("tab", { name: "Plotter" });
    await tab.focus();
    await page.keyboard.press("ArrowLeft");
    await page.locator("by-console").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("slider", { name: "Moment in the plot" }).focus();
    await page.keyboard.press("Home");
    await expect.poll(async () => (await legend(page))[1]).toMatch(/Line 1\s*0$/);
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save CSV" }).click();
    const rows = readFileSync(await (await saving).path(), "utf8")
      .trim()
      .split("\r\n");
    expect(rows[0]).toBe("s,Line 1,Line 2,temp,light");
    // The program sleeps 50 ms of the board's time: so do its rows, whatever the page was doing.
    const times = rows.slice(1).filter((row) => row.split(",")[1] !== "");
    const gaps = times.slice(1).map((row, i) => Number(row.split(",")[0]) - Number(times[i]!.split(",")[0]));
    expect(Math.min(...gaps)).toBeGreaterThan(0.045);
    expect(Math.max(...gaps)).toBeLessThan(0.062);
    await page.getByRole("button", { name: "Table" }).click();
    expect(await page.locator("by-plotter tbody tr").count()).toBeGreaterThan(20);
    await page.screenshot({ path: `${shots}/plot-table.png` });
    // A new run begins a new picture.
    await write(page, "print(1)\n");
    await runButton(page).click();
    await expect.poll(() => page.locator("by-plotter tbody tr").count()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("a program that prints numbers without end leaves the page its frames", async () => {
    const { page, context } = await visit(world);
    await openFirst(page, "Python");
    await page.getByRole("tab", { name: "Plotter" }).click();
    await write(page, "n = 0\nwhile True:\n    n += 1\n    print((n % 100, n % 77))\n");
    await runButton(page).click();
    await page.locator("by-plotter canvas").waitFor();
    await page.waitForTimeout(3000);
    const frames = await page.evaluate(async () => {
      const end = performance.now() + 2000;
      let count = 0;
      while (performance.now() < end) {
        await new Promise(requestAnimationFrame);
        count++;
      }
      return count / 2;
    });
    console.log(`plotting flat out: ${frames} frames a second`);
    expect(frames).toBeGreaterThan(40);
    await stop(page);
    await context.close();
  });

  test.each(["light", "dark", "contrast"])("on a phone it is a tab, %s", async (theme) => {
    const { page, context } = await visit(world, "", { viewport: phone, hasTouch: true, isMobile: true });
    await page.evaluate((theme) => localStorage.setItem("blinkyard-settings", JSON.stringify({ theme })), theme);
    await page.reload();
    await openFirst(page, "Python");
    await write(page, waves);
    await runButton(page).tap();
    await page.getByRole("radio", { name: "Console" }).tap();
    await page.getByRole("tab", { name: "Plotter" }).tap();
    await page.locator("by-plotter canvas").waitFor();
    await page.waitForTimeout(1500);
    await page.locator("by-plotter .u-over").tap();
    await page.screenshot({ path: `${shots}/plot-phone-${theme}.png` });
    expect((await legend(page)).length).toBe(5);
    await context.close();
  });
});
