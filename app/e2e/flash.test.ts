// Journey 3, Flash: the page against real micro:bit V1 firmware (QEMU), through a navigator.serial that only carries bytes.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { connect, consoleText, openFirst, runButton, startWorld, visit, write, type World } from "./browser.ts";
import { plugBoard, type Cable } from "./serial.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function connected(): Promise<{ page: Page; cable: Cable; complaints: string[]; close(): Promise<void> }> {
  const context = await world.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "en-GB" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  const cable = await plugBoard(page);
  await page.goto(world.site.url);
  await openFirst(page);
  await connect(page);
  return {
    page,
    cable,
    complaints,
    async close() {
      await context.close();
      await cable.close();
    },
  };
}

async function save(page: Page): Promise<void> {
  await page.locator("by-target button").first().click();
  await page.getByRole("menuitem", { name: "Save to board" }).click();
  await page.locator("by-dialog").getByRole("button", { name: "Save to board" }).click();
}

describe("flash, against real micro:bit V1 firmware", () => {
  test("the same Run, Stop and console drive the board", async () => {
    const { page, complaints, close } = await connected();
    await write(page, "from microbit import *\nimport sys\nprint('on', sys.platform)\nwhile True:\n    sleep(10)\n");
    await runButton(page).click();
    await expect.poll(() => consoleText(page), { timeout: 15_000 }).toContain("on microbit");
    expect(await runButton(page).innerText()).toContain("Stop");
    await runButton(page).click();
    await expect.poll(() => runButton(page).innerText(), { timeout: 5000 }).toContain("Run");
    await page.locator("by-console .view").click();
    await page.keyboard.type("6*7");
    await page.keyboard.press("Enter");
    await expect.poll(() => consoleText(page), { timeout: 10_000 }).toContain("\n42");
    expect(complaints).toEqual([]);
    await close();
  });

  test("an error on the board is explained", async () => {
    const { page, close } = await connected();
    await write(page, "print(1)\nprint(nobody)\n");
    await runButton(page).click();
    const card = page.locator("by-error-card .error");
    await card.waitFor({ timeout: 15_000 });
    expect(await card.innerText()).toContain("NameError: name 'nobody' is not defined");
    expect(await page.locator(".cm-error-line").innerText()).toBe("print(nobody)");
    await close();
  });

  test("Save to board writes main.py, and a soft reset runs it", async () => {
    const { page, cable, complaints, close } = await connected();
    const source = "print('I am main')\n# " + "long ".repeat(60) + "\n";
    await write(page, source);
    await save(page);
    await page.getByText("It is on the board, read back and the same.").waitFor({ timeout: 30_000 });
    await page.locator("by-dialog").getByRole("button", { name: "Close" }).last().click();
    await page.locator("by-console .view").click();
    await page.keyboard.press("Control+d");
    await expect.poll(() => consoleText(page), { timeout: 10_000 }).toMatch(/soft reboot[\s\S]*I am main/);
    expect(cable.sent()).toBeGreaterThan(source.length);
    expect(complaints).toEqual([]);
    await close();
  });

  test("unplugging in the middle of a save is told, the page works on, and a second save mends it", async () => {
    const { page, cable, complaints, close } = await connected();
    const source = "print('whole')\n" + "# filling the file up\n".repeat(60);
    await write(page, source);
    const before = cable.sent();
    await save(page);
    await expect.poll(() => cable.sent() - before, { timeout: 15_000 }).toBeGreaterThan(700);
    await cable.unplug();
    await page.locator("by-dialog").getByText("The board was unplugged.").waitFor({ timeout: 5000 });
    await page.locator("by-dialog").getByText("Not everything arrived.").waitFor();
    await page.locator("by-dialog").getByRole("button", { name: "Close" }).first().click();
    expect(await page.locator(".cm-content").innerText()).toContain("print('whole')");

    await cable.plugIn();
    await connect(page);
    await save(page);
    await page.getByText("It is on the board, read back and the same.").waitFor({ timeout: 40_000 });
    expect(complaints).toEqual([]);
    await close();
  });

  test("unplugging a running board is told within seconds, and the simulator takes over", async () => {
    const { page, cable, complaints, close } = await connected();
    await write(page, "while True:\n    pass\n");
    await runButton(page).click();
    await expect.poll(() => runButton(page).innerText(), { timeout: 10_000 }).toContain("Stop");
    await page.waitForTimeout(1000);
    await cable.unplug();
    await page.getByText("The board was unplugged. Your program is safe here.").first().waitFor({ timeout: 5000 });
    expect(complaints).toEqual([]);
    await close();
  });

  test("a browser without serial says so and offers a file", async () => {
    const context = await world.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "en-GB" });
    const page = await context.newPage();
    await page.addInitScript(() => {
      delete (Navigator.prototype as { serial?: unknown }).serial;
      delete (Navigator.prototype as { usb?: unknown }).usb;
    });
    await page.goto(world.site.url);
    await openFirst(page);
    await page.locator("by-target button").first().click();
    await page.getByRole("menuitem", { name: "Connect a real board" }).click();
    await page.getByText("This browser cannot talk to boards.").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save main.py as a file" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("Hello.py");
    await context.close();
  });

  test("the chooser closed without a choice says how to go on", async () => {
    const { page, context } = await visit(world);
    await page.addInitScript(() => {
      const serial = { getPorts: async () => [], requestPort: () => Promise.reject(new DOMException("none", "NotFoundError")) };
      Object.defineProperty(navigator, "serial", { value: serial });
    });
    await page.reload();
    await openFirst(page);
    await page.locator("by-target button").first().click();
    await page.getByRole("menuitem", { name: "Connect a real board" }).click();
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.locator("by-dialog").getByText("No board was chosen.").waitFor();
    await context.close();
  });
});
