// MicroPython onto a micro:bit from the page, against a modelled board in navigator.usb: what is on its flash in the end is compared.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { MicropythonFsHex } from "@microbit/microbit-fs";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFirmware } from "../../.ci/find.mjs";
import { makeHex, readHex } from "../../boards/link/firmware.ts";
import { syntheticV2 } from "../../boards/link/synthetic.ts";
import { flashOfHex, type UsbOptions } from "../../boards/link/usb-board.ts";
import { chromebook, listen, openFirst, phone, startWorld, write, type World } from "./browser.ts";
import { flashOf, plugInAgain, plugUsb, pullAfter } from "./usb.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = fileURLToPath(new URL("../../.cache/shots", import.meta.url));
const v1Path = findFirmware();

let world: World;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  world = await startWorld();
});
afterAll(() => world.close());

async function start(usb: UsbOptions, options: BrowserContextOptions = {}, theme = "light") {
  const context = await world.browser.newContext({ viewport: chromebook, locale: "en-GB", ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints = listen(page);
  await page.addInitScript((theme) => localStorage.setItem("blinkyard-settings", JSON.stringify({ theme })), theme);
  await plugUsb(page, usb);
  await page.goto(world.site.url);
  await openFirst(page);
  await write(page, "print('over USB')\n");
  return { page, context, complaints };
}

const dialog = (page: Page) => page.locator("by-dialog");
const press = (page: Page, name: string | RegExp) => dialog(page).getByRole("button", { name }).click();

/** From the dialog that connects, as a user with a new board comes. */
async function open(page: Page): Promise<void> {
  await page.locator("by-target button").first().click();
  await page.getByRole("menuitem", { name: "Connect a real board" }).click();
  await press(page, "Put MicroPython on it");
  await dialog(page).getByRole("heading", { name: "Put MicroPython on a micro:bit" }).waitFor();
}

async function bring(page: Page, content: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press(page, "Choose a hex file")]);
  await chooser.setFiles({ name: "official.hex", mimeType: "application/octet-stream", buffer: Buffer.from(content) });
}

/** The flash holds what a hex of this firmware and these files says. */
async function expectFlashed(page: Page, hex: string, files: Readonly<Record<string, string>>): Promise<void> {
  const { firmware } = await readHex(hex);
  const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]));
  const wanted = await makeHex(firmware, bytes);
  const flash = await flashOf(page);
  expect(Buffer.compare(flash, flashOfHex(wanted, flash.length))).toBe(0);
  const reader = new MicropythonFsHex(hex);
  reader.importFilesFromHex(wanted);
  expect(reader.read("main.py")).toBe(files["main.py"]);
}

/** Tabs to a button, as who has no mouse does. */
async function reach(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 12; i++) {
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${name} cannot be reached with Tab`);
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
  });
}

describe("MicroPython onto a micro:bit over USB", () => {
  test("a blank V2 is found, asked MicroPython for, written with the program, and read back", async () => {
    const { page, context, complaints } = await start({ board: "V2" });
    await open(page);
    await press(page, "Choose the board");
    await dialog(page).getByText("Found: a micro:bit V2, without MicroPython.").waitFor();
    expect(await dialog(page).getByRole("button", { name: "Write it to the board" }).count()).toBe(0);
    await bring(page, syntheticV2());
    await press(page, "Write it to the board");
    await dialog(page).getByText("It is on the board, read back and the same.").waitFor();
    await expectFlashed(page, syntheticV2(), { "main.py": "print('over USB')\n" });

    // The next time it is known, and nothing has to be written.
    await page.keyboard.press("Escape");
    await open(page);
    await press(page, "Choose the board");
    await dialog(page).getByText("Found: a micro:bit V2, with MicroPython 1.18 (micro:bit 2.1.2).").waitFor();
    await press(page, "Write it to the board");
    await dialog(page).getByText("nothing had to be written").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("MicroPython alone, without the program", async () => {
    const { page, context } = await start({ board: "V2" });
    await open(page);
    await press(page, "Choose the board");
    await bring(page, syntheticV2());
    await dialog(page).getByLabel("Put the program of “Hello” on it, too").uncheck();
    await press(page, "Write it to the board");
    await dialog(page).getByText("It is on the board, read back and the same.").waitFor();
    const flash = await flashOf(page);
    expect(Buffer.compare(flash, flashOfHex(syntheticV2(), flash.length))).toBe(0);
    await context.close();
  });

  test("the cable is pulled in the middle: told, and mended by trying again", async () => {
    const { page, context, complaints } = await start({ board: "V2" });
    await open(page);
    await press(page, "Choose the board");
    await bring(page, syntheticV2());
    await dialog(page).getByRole("button", { name: "Write it to the board" }).waitFor();
    await pullAfter(page, 400);
    await press(page, "Write it to the board");
    const alert = dialog(page).getByRole("alert");
    await alert.getByText("The board was unplugged.").waitFor();
    await alert.getByText("That does no harm: write it again.").waitFor();
    await press(page, "Try again");
    await alert.getByText("No board was chosen.").or(alert.getByText("The board was unplugged.")).first().waitFor();
    await plugInAgain(page);
    await press(page, "Try again");
    await dialog(page)
      .getByRole("button", { name: "Write it to the board" })
      .or(dialog(page).getByText("It is on the board, read back and the same."))
      .first()
      .waitFor();
    if (await dialog(page).getByRole("button", { name: "Write it to the board" }).isVisible()) {
      await press(page, "Write it to the board");
    }
    await dialog(page).getByText("It is on the board, read back and the same.").waitFor();
    await expectFlashed(page, syntheticV2(), { "main.py": "print('over USB')\n" });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("plugged in again at once, trying again goes on without choosing", async () => {
    const { page, context } = await start({ board: "V2" });
    await open(page);
    await press(page, "Choose the board");
    await bring(page, syntheticV2());
    await dialog(page).getByRole("button", { name: "Write it to the board" }).waitFor();
    await pullAfter(page, 400);
    await press(page, "Write it to the board");
    await dialog(page).getByRole("alert").getByText("The board was unplugged.").waitFor();
    await plugInAgain(page);
    await press(page, "Try again");
    await dialog(page).getByText("It is on the board, read back and the same.").waitFor();
    await context.close();
  });

  test.skipIf(!v1Path)(
    "a V1 in a project for V2: whole, cancelled once, and the project follows",
    async () => {
      const { page, context, complaints } = await start({ board: "V1" });
      const v1 = readFileSync(v1Path!, "utf8");
      await open(page);
      await press(page, "Choose the board");
      await dialog(page).getByText("This is a micro:bit V1. Your project is for a micro:bit V2.").waitFor();
      await press(page, "Make the project for micro:bit V1");
      await expect.poll(() => page.locator("by-target button").first().getAttribute("aria-label")).toContain("micro:bit V1");
      expect(await dialog(page).getByText("Your project is for a micro:bit V2.").count()).toBe(0);
      await bring(page, v1);
      await press(page, "Write it to the board");
      await dialog(page)
        .getByText(/Sending: \d+ %/)
        .first()
        .waitFor();
      await press(page, "Cancel");
      const alert = dialog(page).getByRole("alert");
      await alert.getByText("Cancelled.").waitFor();
      await alert.getByText("The board has only a part of it now.").waitFor();
      await press(page, "Try again");
      await dialog(page).getByText("It is on the board, read back and the same.").waitFor({ timeout: 60_000 });
      await expectFlashed(page, v1, { "main.py": "print('over USB')\n" });
      expect(complaints).toEqual([]);
      await context.close();
    },
    90_000,
  );

  test.each<[string, UsbOptions, string]>([
    ["held by another program", { isHeld: true }, "Another tab or program is using the board."],
    ["with an old interface", { isOld: true }, "too old for this"],
    ["that nobody knows", { uniqueId: "1234".padEnd(48, "0") }, "no micro:bit that we know"],
  ])("a board %s says so, and the drive is offered", async (_, usb, words) => {
    const { page, context } = await start({ board: "V2", ...usb });
    await open(page);
    await press(page, "Choose the board");
    await dialog(page).getByRole("alert").getByText(words).waitFor();
    await press(page, "Save a hex for the MICROBIT drive");
    await dialog(page).getByRole("heading", { name: "A file for the MICROBIT drive" }).waitFor();
    await context.close();
  });

  test("a browser without WebUSB goes to the drive at once", async () => {
    const { page, context } = await start({ board: "V2" });
    await page.evaluate(() => {
      delete (navigator as { usb?: unknown }).usb;
      delete (Navigator.prototype as { usb?: unknown }).usb;
    });
    await page.locator("by-menu button").first().click();
    await page.getByRole("menuitem", { name: "Put MicroPython on a micro:bit" }).click();
    await dialog(page).getByRole("heading", { name: "A file for the MICROBIT drive" }).waitFor();
    await context.close();
  });

  test.each([
    ["light", chromebook],
    ["dark", chromebook],
    ["light", phone],
    ["dark", phone],
  ] as const)(
    "axe finds nothing at any step, and the keyboard is enough: %s %o",
    async (theme, viewport) => {
      const { page, context } = await start({ board: "V1" }, { viewport }, theme);
      const problems: string[] = [];
      const look = async (name: string) => {
        await page.screenshot({ path: `${shots}/flash-${name}-${viewport.width}-${theme}.png` });
        problems.push(...(await violations(page)));
      };
      await page.locator("by-menu").evaluate((menu) => menu.dispatchEvent(new CustomEvent("choose", { detail: "flash" })));
      await dialog(page).getByRole("heading", { name: "Put MicroPython on a micro:bit" }).waitFor();
      await look("choose");
      await page.keyboard.press("Enter");
      await dialog(page).getByText("Found: a micro:bit V1").waitFor();
      await look("found");
      if (v1Path) {
        await bring(page, readFileSync(v1Path, "utf8"));
        await dialog(page).getByRole("button", { name: "Write it to the board" }).waitFor();
        await look("ready");
        await reach(page, "Write it to the board");
        await page.keyboard.press("Enter");
        await dialog(page)
          .getByText(/Sending: [1-9]\d* %/)
          .first()
          .waitFor();
        await look("writing");
        await pullAfter(page, 10);
        await dialog(page).getByRole("alert").getByText("The board was unplugged.").waitFor();
        await look("failed");
        await plugInAgain(page);
        await page.keyboard.press("Enter"); // Try again has the focus
        await dialog(page).getByText("It is on the board, read back and the same.").waitFor({ timeout: 60_000 });
        await look("done");
      }
      await page.keyboard.press("Escape");
      await dialog(page).waitFor({ state: "detached" });
      expect(problems).toEqual([]);
      await context.close();
    },
    90_000,
  );
});
