// The sensor tape: what a learner did to the board is done again, the same to the millisecond; it stays with the project, and is a file.
import { mkdirSync, readFileSync } from "node:fs";
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
import random

print('begin')
while True:
    if button_a.was_pressed():
        print('A', running_time(), random.randint(0, 999))
    if button_b.was_pressed():
        break
    display.show(temperature() % 10)
print('end', running_time(), temperature())
`;
/** What the program of the last run has printed. */
const said = async (page: Page) => (await consoleText(page)).split("begin\n").at(-1)!.split("\nMicroPython")[0]!.trim();
const deck = (page: Page) => page.locator("by-deck");

describe("tape", () => {
  test("a recorded run happens again, byte for byte", async () => {
    const { page, context, complaints } = await visit(world);
    await openFirst(page, "Python");
    await write(page, program);
    await runButton(page).click();
    await page.locator("by-sensors").getByRole("spinbutton", { name: "Temperature" }).fill("17");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Record" }).click();
    await deck(page).getByText("Recording:").waitFor();
    await expect.poll(() => runButton(page).innerText()).toContain("Stop");
    for (let i = 0; i < 3; i++) {
      await page.getByRole("button", { name: "Button A" }).click();
      await page.waitForTimeout(200);
    }
    await page.locator("by-sensors").getByRole("spinbutton", { name: "Temperature" }).fill("31");
    await page.keyboard.press("Tab");
    await page.screenshot({ path: `${shots}/tape-recording.png` });
    await page.getByRole("button", { name: "Button B" }).click();
    await expect.poll(() => runButton(page).innerText()).toContain("Run");
    await page.getByText("“Tape 1” is kept with the project.").waitFor();
    const first = await said(page);
    expect(first.match(/^A \d+ \d+$/gm)).toHaveLength(3);
    expect(first).toMatch(/end \d+ 31$/);
    // Other things happen in between; the replay begins on a fresh board all the same.
    await page.locator("by-sensors").getByRole("spinbutton", { name: "Temperature" }).fill("5");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "1 tape" }).press("Enter");
    await page.screenshot({ path: `${shots}/tape-list.png` });
    await page.getByRole("button", { name: "Replay Tape 1" }).press("Enter");
    await deck(page).getByText("Tape 1:").waitFor();
    await page.screenshot({ path: `${shots}/tape-replay.png` });
    await expect.poll(() => said(page), { timeout: 10_000 }).toBe(first);
    // Kept with the project.
    await page.waitForTimeout(1000);
    await page.reload();
    await page.getByRole("button", { name: "1 tape" }).click();
    await page.getByRole("button", { name: "More about Tape 1" }).click();
    const saving = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Save as file" }).click();
    const download = await saving;
    expect(download.suggestedFilename()).toBe("Tape-1.json");
    const path = (await download.path())!;
    const events = JSON.parse(readFileSync(path, "utf8")) as { atMs: number; part: string; event: unknown }[];
    expect(events.filter(({ part, event }) => part === "buttonA" && event === "press")).toHaveLength(3);
    // Deleted, had back, deleted; and loaded from the file.
    const remove = async () => {
      await page.getByRole("button", { name: "More about Tape 1" }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await page.getByRole("button", { name: "0 tapes" }).waitFor();
    };
    await remove();
    await page.getByRole("button", { name: "Undo" }).last().click();
    await page.getByRole("button", { name: "1 tape" }).waitFor();
    await remove();
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Load a tape" }).click();
    await (await choosing).setFiles({ name: "Mine.json", mimeType: "application/json", buffer: readFileSync(path) });
    await page.getByRole("button", { name: "Replay Mine" }).click();
    await deck(page).getByText("Mine:").waitFor();
    await expect.poll(() => said(page), { timeout: 10_000 }).toBe(first);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("hands are kept off a replay, and Stop ends it", async () => {
    const { page, context } = await visit(world);
    await openFirst(page, "Python");
    await write(page, program);
    await page.getByRole("button", { name: "Record" }).click();
    await deck(page).getByText("Recording:").waitFor();
    await page.getByRole("button", { name: "Button A" }).click();
    await page.waitForTimeout(2500);
    await page.getByRole("button", { name: "Stop and keep" }).click();
    await page.getByRole("button", { name: "1 tape" }).click();
    await page.getByRole("button", { name: "Replay Tape 1" }).click();
    await deck(page).getByText("Tape 1:").waitFor();
    await page.getByRole("button", { name: "Button B" }).click();
    await page.waitForTimeout(300);
    expect(await said(page)).not.toContain("end");
    await runButton(page).click();
    await expect.poll(() => runButton(page).innerText()).toContain("Run");
    await page.getByRole("button", { name: "Record" }).waitFor();
    await context.close();
  });

  test("on a phone", async () => {
    const { page, context } = await visit(world, "", { viewport: phone, hasTouch: true, isMobile: true });
    await openFirst(page, "Python");
    await write(page, program);
    await page.getByRole("radio", { name: "Board" }).tap();
    await page.getByRole("button", { name: "Record" }).tap();
    await deck(page).getByText("Recording:").waitFor();
    await page.getByRole("button", { name: "Button A" }).tap();
    await page.getByRole("button", { name: "Stop and keep" }).tap();
    await page.getByRole("button", { name: "1 tape" }).tap();
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${shots}/tape-phone.png` });
    expect(await deck(page).evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    await context.close();
  });
});
