// Several boards in one page, each with its own program: they talk, are moved out of each other's reach, and what was sent is told.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { consoleText, openFirst, phone, runButton, startWorld, visit, write, type World } from "./browser.ts";

const shots = fileURLToPath(new URL("../../.cache/shots", import.meta.url));
let world: World;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  world = await startWorld();
});
afterAll(() => world.close());

const program = `from microbit import *
import radio

radio.on()
radio.send('hello')
while True:
    message = radio.receive_full()
    if message:
        print(str(message[0][3:], 'utf8'), message[1])
    if button_a.was_pressed():
        radio.send('hello')
    sleep(10)
`;
const panel = (page: Page) => page.locator("by-radio");
const view = (page: Page, name: string) => panel(page).getByRole("radio", { name }).click();
const add = async (page: Page, board: string, what: string) => {
  await panel(page).getByLabel("Kind of board").selectOption({ label: board });
  await panel(page).getByLabel("Its program").selectOption({ label: what });
  await panel(page).getByRole("button", { name: "Add a board" }).click();
};

describe("radio", () => {
  test("boards of one page talk, and distance counts", async () => {
    const { page, context, complaints } = await visit(world);
    await openFirst(page, "Python");
    await write(page, program);
    await page.getByRole("tab", { name: "Radio" }).click();
    await page.getByText("Add a second board").waitFor();
    await page.screenshot({ path: `${shots}/radio-empty.png` });
    await add(page, "micro:bit V1", "Answers what it hears");
    await panel(page).getByRole("button", { name: "Stop Board 1" }).waitFor();
    await add(page, "micro:bit V2", "Shows what it hears");
    await page.waitForTimeout(500);
    await runButton(page).click();
    await panel(page).getByText("hello!", { exact: true }).waitFor();
    await page.screenshot({ path: `${shots}/radio-boards.png` });
    await page.getByRole("tab", { name: "Console" }).click();
    await expect.poll(() => consoleText(page)).toMatch(/hello! -\d\d\n/);
    // The log: who sent what, and who heard it how strong.
    await page.getByRole("tab", { name: "Radio" }).click();
    await view(page, "Messages");
    const rows = () => panel(page).locator("tbody tr").allInnerTexts();
    await expect.poll(async () => (await rows()).some((row) => /Board 1.*hello!.*Board 2 \(-\d+ dBm\)/s.test(row))).toBe(true);
    // By hand.
    await panel(page).getByRole("textbox", { name: "Message" }).fill("by me");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await rows()).some((row) => /By hand.*by me.*Board 1 \(/s.test(row))).toBe(true);
    await page.screenshot({ path: `${shots}/radio-log.png` });
    // Moved away by arrow keys, Board 1 hears no more.
    await view(page, "Map");
    await panel(page).getByRole("button", { name: "2 Board 1" }).focus();
    await page.screenshot({ path: `${shots}/radio-map.png` });
    for (let i = 0; i < 7; i++) await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Shift+ArrowUp");
    for (let i = 0; i < 3; i++) await page.keyboard.press("Shift+ArrowUp");
    await panel(page).getByRole("button", { name: "1 Hello" }).focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press("Shift+ArrowRight");
    await expect
      .poll(() => panel(page).locator(".links li").allInnerTexts())
      .toContainEqual(expect.stringMatching(/^2\. Board 1: .*too far away/));
    await view(page, "Messages");
    await panel(page).getByRole("button", { name: "Clear" }).click();
    await page.getByRole("button", { name: "Button A" }).click();
    await expect.poll(async () => (await rows()).length).toBe(1);
    expect((await rows())[0]).not.toContain("Board 1");
    await view(page, "Boards");
    await panel(page).getByRole("button", { name: "Remove Board 1" }).click();
    await expect.poll(() => panel(page).locator(".mate").count()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("a small board is pressed, and another project can be its program", async () => {
    const { page, context } = await visit(world);
    await openFirst(page, "Python");
    await write(
      page,
      "from microbit import *\nwhile True:\n    if button_a.is_pressed():\n        print('pressed')\n    sleep(5)\n",
    );
    await page.getByRole("tab", { name: "Radio" }).click();
    await add(page, "micro:bit V2", "This project");
    await panel(page).getByRole("button", { name: "Stop Board 1" }).waitFor();
    const small = panel(page).getByRole("button", { name: "Button A" });
    await small.hover();
    await page.mouse.down();
    await panel(page).getByText("pressed", { exact: true }).waitFor();
    await page.mouse.up();
    await panel(page).getByRole("button", { name: "Stop Board 1" }).click();
    await panel(page).getByRole("button", { name: "Run Board 1" }).waitFor();
    await context.close();
  });

  test("on a phone", async () => {
    const { page, context } = await visit(world, "", { viewport: phone, hasTouch: true, isMobile: true });
    await openFirst(page, "Python");
    await page.getByRole("radio", { name: "Console" }).tap();
    await page.getByRole("tab", { name: "Radio" }).tap();
    await add(page, "micro:bit V2", "Sends a number each second");
    await add(page, "micro:bit V2", "Shows how strong it hears");
    await page.waitForTimeout(2500);
    await page.screenshot({ path: `${shots}/radio-phone.png` });
    await view(page, "Map");
    await page.screenshot({ path: `${shots}/radio-phone-map.png` });
    await view(page, "Messages");
    await page.screenshot({ path: `${shots}/radio-phone-log.png` });
    expect(await panel(page).locator("tbody tr").count()).toBeGreaterThan(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await context.close();
  });
});
