// What happens to a page that is connected to a board: reloaded, opened twice, put to sleep, its port taken by another program. Each
// ends in a page that works and says what is. The board is a simulated one behind a double of navigator.serial.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import {
  chromebook,
  chromeFreezes,
  connect,
  consoleText,
  listen,
  openFirst,
  phone,
  runButton,
  startWorld,
  write,
  type World,
} from "./browser.ts";
import { plugBoard, type Cable } from "./serial.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function connected(board: string): Promise<{ page: Page; cable: Cable; complaints: string[]; close(): Promise<void> }> {
  const context = await world.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "en-GB" });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints = listen(page);
  const cable = await plugBoard(page, board);
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

const soon = { timeout: 10_000 };
const chip = (page: Page) => page.locator("by-target button").first();
const isReal = (page: Page) => expect.poll(() => chip(page).getAttribute("aria-label"), { timeout: 10_000 }).toContain("real");

describe("a page that is connected", () => {
  test("reloaded while a program runs: it is connected again, and Run and the console work", async () => {
    const { page, complaints, close } = await connected("microbit-v2");
    await write(page, "from microbit import *\nprint('first')\nwhile True:\n    sleep(50)\n");
    await runButton(page).click();
    await expect.poll(() => consoleText(page), soon).toContain("first");
    await page.waitForTimeout(1200); // saved
    await page.reload();
    await page.getByText("The page was reloaded. The board is connected again.").waitFor();
    await isReal(page);
    await page.locator(".cm-content").waitFor();
    await write(page, "print('second', 6 * 7)\n");
    await runButton(page).click();
    await expect.poll(() => consoleText(page), soon).toContain("second 42");
    await page.locator("by-console .view").click();
    await page.keyboard.type("1 + 1");
    await page.keyboard.press("Enter");
    await expect.poll(() => consoleText(page), soon).toContain("\n2");
    expect(complaints).toEqual([]);
    await close();
  });

  test("reloaded when the board is gone meanwhile: it says so, simulates, and Connect is one press away", async () => {
    const { page, cable, complaints, close } = await connected("microbit-v2");
    await cable.unplug(false);
    await page.reload();
    await page.getByText("The page was reloaded, and the board is no longer connected.").waitFor();
    await write(page, "print('simulated')\n");
    await runButton(page).click();
    await expect.poll(() => consoleText(page), soon).toContain("simulated");
    await cable.plugIn();
    await page.locator("by-toast").getByRole("button", { name: "Connect" }).click();
    await page.locator("by-dialog").getByRole("button", { name: "Connect", exact: true }).click();
    await isReal(page);
    expect(complaints).toEqual([]);
    await close();
  });

  test("opened in a second tab, which is told who has the board and gets it when the first lets go", async () => {
    const { page, complaints, close } = await connected("microbit-v2");
    const second = await page.context().newPage();
    complaints.push(...listen(second));
    await second.goto(page.url());
    await chip(second).click();
    await second.getByRole("menuitem", { name: "Connect a real board" }).click();
    await second.getByRole("button", { name: "Connect", exact: true }).click();
    await second.locator("by-dialog").getByText("Another tab of this page is using a board.").waitFor();
    // The first works on.
    await write(page, "print('still here')\n");
    await runButton(page).click();
    await expect.poll(() => consoleText(page), soon).toContain("still here");
    await chip(page).click();
    await page.getByRole("menuitem", { name: "Disconnect" }).click();
    await second.getByRole("button", { name: "Connect", exact: true }).click();
    await isReal(second);
    expect(complaints).toEqual([]);
    await close();
  });

  test("whose port another program has taken says so, and connects when that has ended", async () => {
    const { page, cable, complaints, close } = await connected("microbit-v2");
    await chip(page).click();
    await page.getByRole("menuitem", { name: "Disconnect" }).click();
    cable.seize(true);
    await chip(page).click();
    await page.getByRole("menuitem", { name: "Connect a real board" }).click();
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.locator("by-dialog").getByText("Another program is using the board.").waitFor();
    cable.seize(false);
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await isReal(page);
    expect(complaints).toEqual([]);
    await close();
  });

  test("frozen in the background while its board talks on shows it all afterwards, and Stop works", async () => {
    const { page, complaints, close } = await connected("microbit-v2");
    await write(
      page,
      "from microbit import *\nfor i in range(300):\n    print('n', i)\n    sleep(20)\nwhile True:\n    sleep(100)\n",
    );
    await runButton(page).click();
    await expect.poll(() => consoleText(page), soon).toContain("n 0");
    await chromeFreezes(page, 3000);
    await expect.poll(() => consoleText(page), { timeout: 20_000 }).toContain("n 299");
    await runButton(page).click();
    await expect.poll(() => runButton(page).innerText(), soon).toContain("Run");
    expect(complaints).toEqual([]);
    await close();
  });

  test("to a board that resets itself without end runs its program all the same", async () => {
    const { page, cable, complaints, close } = await connected("microbit-v2");
    cable.machine!.files.open("main.py", "w").write(new TextEncoder().encode("import machine\nmachine.reset()\n"));
    cable.machine!.reset();
    await write(page, "print('in spite of it')\n");
    await runButton(page).click();
    await expect.poll(() => consoleText(page), { timeout: 10_000 }).toContain("in spite of it");
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("the board that is plugged in", () => {
  test("is told apart; the project follows if that is wanted, and what the board lacks is told before Run", async () => {
    const context = await world.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "en-GB" });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const complaints = listen(page);
    const cable = await plugBoard(page, "microbit-v1");
    await page.goto(world.site.url);
    await openFirst(page);
    await chip(page).click();
    await page.getByRole("menuitem", { name: "Connect a real board" }).click();
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByText("This is a micro:bit V1").waitFor();
    await axe(page);
    await picture(page, "found");
    await page.getByRole("button", { name: "Make it a project for the micro:bit V1" }).click();
    await expect.poll(() => chip(page).getAttribute("aria-label"), soon).toContain("V1");

    await write(page, "from microbit import *\nimport log\nprint(microphone.sound_level())\n");
    const before = cable.sent();
    await runButton(page).click();
    const dialog = page.locator("by-dialog");
    await dialog.getByText("main.py, line 2").waitFor();
    await dialog.getByText("It does not know microphone. Boards that do: micro:bit V2.").waitFor();
    expect(cable.sent()).toBe(before);
    await axe(page);
    await picture(page, "lacks");
    await dialog.getByRole("button", { name: "Go to line 2" }).click();
    await expect.poll(() => page.locator(".cm-activeLine").innerText(), soon).toBe("import log");
    await runButton(page).click();
    await dialog.getByRole("button", { name: "Run it anyway" }).click();
    await page.locator("by-error-card .error").getByText("no module named 'log'").waitFor();

    // Too long for its memory: told before anything is sent, with the board that has more.
    await write(page, `${"x = [1, 2, 3]  # a line of a program\n".repeat(150)}print('read')\n`);
    const sent = cable.sent();
    await runButton(page).click();
    await dialog.getByText("too small to read a program of 5564 characters").waitFor({ timeout: 30_000 });
    expect(cable.sent()).toBe(sent);
    await picture(page, "too-long");
    await dialog.getByRole("button", { name: "Cancel" }).click();

    // The simulated V1 lacks the same; f-strings it cannot even read.
    await chip(page).click();
    await page.getByRole("menuitem", { name: "Disconnect" }).click();
    await write(page, "name = 'Ada'\nprint(f'hello {name}')\n");
    await runButton(page).click();
    await dialog.getByText("It cannot read f-string. Boards that can: pyboard v1.1.").waitFor();
    expect(await dialog.getByRole("button", { name: "Run it anyway" }).count()).toBe(0);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(complaints).toEqual([]);
    await context.close();
    await cable.close();
  });
});

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = fileURLToPath(new URL("../../.cache/shots", import.meta.url));

/** Pictures to look at: wide and narrow, light and dark. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  for (const [size, viewport] of [
    ["chromebook", chromebook],
    ["phone", phone],
  ] as const) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300); // colours fade
      await page.screenshot({ path: `${shots}/${name}-${size}-${colorScheme}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(chromebook);
}

async function axe(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  const faults = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
    return (await axe.run()).violations.map(({ id }) => id);
  });
  expect(faults).toEqual([]);
}
