// Parts on the pins: wired by keyboard, seen to work with a program, kept, shared; what they look like; and the data log beside them.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromebook, openFirst, phone, runButton, startWorld, visit, write, type World } from "./browser.ts";

const shots = fileURLToPath(new URL("../../.cache/shots", import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let world: World;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  world = await startWorld();
});
afterAll(() => world.close());

const wired = (page: Page) => page.locator("by-wired");
const card = (page: Page, name: string) => wired(page).getByRole("article", { name, exact: true });
/** By keyboard alone. */
async function add(page: Page, kind: string): Promise<void> {
  await wired(page).getByRole("button", { name: "Add a part" }).focus();
  await page.keyboard.press("Enter");
  await wired(page).getByRole("button", { name: kind, exact: true }).focus();
  await page.keyboard.press("Enter");
  await card(page, kind).waitFor();
}
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  });
}

const lamp = `from microbit import *
pin1.set_pull(pin1.PULL_UP)
while True:
    pin0.write_digital(1 - pin1.read_digital())
    sleep(10)
`;

describe("wired parts", () => {
  test("a button lights an LED; it stays over a reload, and goes with the link", async () => {
    const { page, context, complaints } = await visit(world);
    await openFirst(page);
    await write(page, lamp);
    await add(page, "LED");
    await add(page, "Push button");
    expect(await card(page, "LED").getByLabel("Plus lead").inputValue()).toBe("P0");
    expect(await card(page, "Push button").getByLabel("Signal").inputValue()).toBe("P1");
    await runButton(page).click();
    await card(page, "LED").getByText("Dark").waitFor();
    await card(page, "Push button").getByRole("button", { name: "Press" }).focus();
    await page.keyboard.down(" ");
    await card(page, "LED").getByText("Shines at 100 %").waitFor();
    await page.screenshot({ path: `${shots}/wire-lit.png` });
    await page.keyboard.up(" ");
    await card(page, "LED").getByText("Dark").waitFor();
    // Another pin: the board is off, and on again with the wire there.
    await card(page, "LED").getByLabel("Plus lead").selectOption("P2");
    await page.getByText("switched off to move wires").waitFor();
    await page.waitForTimeout(1200); // saved
    await page.reload();
    await card(page, "LED").waitFor();
    expect(await card(page, "LED").getByLabel("Plus lead").inputValue()).toBe("P2");
    await page.getByRole("button", { name: "Share" }).click();
    const link = await page.locator("#share-link").inputValue();
    await context.close();
    expect(complaints).toEqual([]);

    const taker = await visit(world);
    await taker.page.locator("by-home .cards").waitFor();
    await taker.page.goto(link);
    await taker.page.getByRole("button", { name: "Keep a copy" }).click();
    await card(taker.page, "LED").waitFor();
    await card(taker.page, "LED").getByRole("button", { name: "Remove LED" }).click();
    await expect.poll(() => card(taker.page, "LED").count()).toBe(0);
    await taker.context.close();
  });

  const many = `from microbit import *
import neopixel
np = neopixel.NeoPixel(pin8, 8)
for i in range(8):
    np[i] = (i * 30, 40, 255 - i * 30)
np.show()
pin0.write_analog(600)
pin1.set_analog_period(20)
pin1.write_analog(100)
for c in (0xae, 0x20, 0, 0xa1, 0xc8, 0x8d, 0x14, 0xaf):
    i2c.write(60, bytes([0x80, c]))
for page in range(8):
    i2c.write(60, b'\\x40' + bytes([(x * x + page * 37) % 256 for x in range(128)]))
A = 0x27
def half(v):
    i2c.write(A, bytes([v | 12]))
    i2c.write(A, bytes([v | 8]))
def send(b, rs=0):
    half(b & 0xf0 | rs)
    half(b << 4 & 0xf0 | rs)
    sleep(2)
sleep(50)
for v in (0x30, 0x30, 0x30, 0x20):
    half(v)
    sleep(5)
for c in (0x28, 0x0c, 0x06, 0x01):
    send(c)
for c in 'Hello from Pin 20':
    send(ord(c), 1)
display.show(Image.YES)
while True:
    sleep(100)
`;
  for (const [name, size] of [
    ["chromebook", chromebook],
    ["phone", phone],
  ] as const)
    for (const scheme of ["light", "dark"] as const)
      test(`look right and pass axe, ${name} ${scheme}`, async () => {
        const { page, context } = await visit(world, "", { viewport: size, colorScheme: scheme });
        await openFirst(page);
        await write(page, many);
        if (size === phone) await page.getByRole("radio", { name: "Board" }).click();
        for (const kind of ["LED", "Servo", "NeoPixels", "OLED display SSD1306", "LCD display 16×2", "Potentiometer"])
          await add(page, kind);
        expect(await card(page, "NeoPixels").getByLabel("Data in").inputValue()).toBe("P2");
        await card(page, "NeoPixels").getByLabel("Data in").selectOption("P8");
        await runButton(page).click();
        await card(page, "NeoPixels").getByText("8 of 8 shine").waitFor();
        await card(page, "LCD display 16×2")
          .getByRole("img", { name: /Hello from Pin 2/ })
          .waitFor({ timeout: 20_000 });
        await wired(page).scrollIntoViewIfNeeded();
        for (const [i, part] of ["LED", "OLED display SSD1306", "Potentiometer"].entries()) {
          await card(page, part).scrollIntoViewIfNeeded();
          await page.screenshot({ path: `${shots}/wire-${name}-${scheme}-${i}.png` });
        }
        expect(await axe(page)).toEqual([]);
        await context.close();
      });
});

describe("data log", () => {
  test("rows become a table, lines and a file, and are cleared", async () => {
    const { page, context, complaints } = await visit(world);
    await openFirst(page);
    const logging = "from microbit import *\nimport log\nfor i in range(20):\n    log.add(light=i * i, n=i)\n    sleep(50)\n";
    await write(page, logging);
    await page.getByRole("tab", { name: "Log" }).click();
    const panel = page.locator("by-log");
    await panel.getByText("Nothing is logged yet").waitFor();
    await runButton(page).click();
    await panel.getByText("20 rows, 1 % full").waitFor();
    expect(await panel.locator("tbody tr").first().allInnerTexts()).toEqual([expect.stringMatching(/\t361\t19$/)]);
    await page.screenshot({ path: `${shots}/log-table.png` });
    expect(await axe(page)).toEqual([]);
    const saving = page.waitForEvent("download");
    await panel.getByRole("button", { name: "Save CSV" }).click();
    const lines = readFileSync(await (await saving).path(), "utf8")
      .trim()
      .split("\n");
    expect([lines.length, lines[0]]).toEqual([21, "Time (seconds),light,n"]);
    await panel.getByRole("button", { name: "Show as lines" }).click();
    await page.locator("by-plotter canvas").waitFor();
    await page.screenshot({ path: `${shots}/log-lines.png` });
    await page.getByRole("tab", { name: "Log" }).click();
    await panel.getByRole("button", { name: "Clear the log" }).click();
    await panel.getByText("Nothing is logged yet").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
