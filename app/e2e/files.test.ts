// The Files panel against a board: what is on it and how much is free, copying there and back, deleting, by keyboard, with axe, and
// pictures to look at (.cache/shots). The board is a simulated one behind a double of navigator.serial, and once real V1 firmware.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { qemuIsHere } from "../../boards/link/qemu.ts";
import { chromebook, connect, listen, openFirst, phone, startWorld, write, type World } from "./browser.ts";
import { plugBoard, type Cable } from "./serial.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = fileURLToPath(new URL("../../.cache/shots", import.meta.url));
let world: World;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  world = await startWorld();
});
afterAll(() => world.close());

const soon = { timeout: 15_000 };
const text = (content: Uint8Array | null | undefined) => content && new TextDecoder().decode(content);

async function opened(board: string, files: Readonly<Record<string, string | Uint8Array>>, options: BrowserContextOptions = {}) {
  const context = await world.browser.newContext({ viewport: chromebook, locale: "en-GB", ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints = listen(page);
  const cable = await plugBoard(page, board);
  for (const [name, content] of Object.entries(files)) put(cable, name, content);
  await page.goto(world.site.url);
  await openFirst(page);
  await connect(page);
  if (await page.locator(".ws-nav").isVisible()) await page.locator(".ws-nav [role=radio]").last().click();
  await page.locator("#dock-files").click();
  await page.getByRole("button", { name: "Look what is on it" }).click();
  await page.getByRole("button", { name: "Look again" }).waitFor();
  const close = async () => {
    await context.close();
    await cable.close();
  };
  return { page, cable, complaints, close };
}

function put({ machine }: Cable, name: string, content: string | Uint8Array): void {
  const file = machine!.files.open(name, "w");
  file.write(typeof content === "string" ? new TextEncoder().encode(content) : content);
  file.close();
}

const theirs = (page: Page) => page.locator("by-files section").last().locator("li");
const mine = (page: Page) => page.locator("by-files section").first().locator("li");
const names = async (rows: ReturnType<typeof mine>) => (await rows.locator(".name").allInnerTexts()).map((name) => name.trim());

async function axe(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  const faults = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  });
  expect(faults).toEqual([]);
}

describe("the files of a board", () => {
  test("are listed with sizes and free space; one is opened, one saved there, one deleted", async () => {
    const { page, cable, complaints, close } = await opened("microbit-v2", {
      "notes.txt": "remember\n",
      "data.csv": "1,2\n3,4\n",
    });
    expect(await names(theirs(page))).toEqual(["data.csv", "notes.txt"]);
    expect(await theirs(page).first().innerText()).toContain("8 bytes");
    await page.getByText("19 kB free").waitFor();

    await theirs(page).getByRole("button", { name: "Copy notes.txt into the project and open it" }).click();
    await expect.poll(() => names(mine(page)), soon).toContain("notes.txt");
    await expect.poll(() => page.locator(".cm-content").innerText(), soon).toContain("remember");
    await write(page, "changed\n");
    await page.getByRole("button", { name: "Save notes.txt on the board" }).click();
    await page.getByText("notes.txt is on the board, read back and the same.").waitFor();
    expect(text(cable.machine!.files.get("notes.txt"))).toBe("changed\n");

    await page.getByRole("button", { name: "Delete data.csv from the board" }).click();
    await page.locator("by-dialog").getByRole("button", { name: "Cancel" }).click();
    expect(cable.machine!.files.get("data.csv")).not.toBe(null);
    await page.getByRole("button", { name: "Delete data.csv from the board" }).click();
    await page.locator("by-dialog").getByRole("button", { name: "Delete data.csv" }).click();
    await expect.poll(() => names(theirs(page)), soon).toEqual(["notes.txt"]);
    expect(cable.machine!.files.get("data.csv")).toBe(null);
    expect(complaints).toEqual([]);
    await close();
  });

  test("all come into the project; nothing there is overwritten without asking, and what is no text is offered as a file", async () => {
    const { page, complaints, close } = await opened("pyboard-v1.1", {
      "main.py": "print('from the board')\n",
      "data.csv": "1,2\n",
      "raw.bin": Uint8Array.of(0, 255, 1),
    });
    await page.getByRole("button", { name: "Copy everything into the project" }).click();
    await page.locator("by-dialog").getByText("main.py is in the project already").waitFor();
    await axe(page);
    await page.getByRole("button", { name: "Keep both, the board’s as main_2.py" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("by-dialog").getByRole("button", { name: "Save as a file" }).click(),
    ]);
    await expect.poll(() => names(mine(page)), soon).toEqual(["main.py", "data.csv", "main_2.py"]);
    expect(readFileSync(await download.path())).toEqual(Buffer.from([0, 255, 1]));

    // The same again: nothing new, but main.py still differs. Now the board's is wanted.
    await page.getByRole("button", { name: "Copy main.py into the project", exact: true }).click();
    await page.getByRole("button", { name: "Take the board’s" }).click();
    await expect.poll(() => page.locator(".cm-content").innerText(), soon).toContain("from the board");
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect.poll(() => page.locator(".cm-content").innerText(), soon).not.toContain("from the board");
    expect(complaints).toEqual([]);
    await close();
  });

  test("with the keyboard alone", async () => {
    const { page, cable, close } = await opened("microbit-v2", { "a.py": "a = 1\n" });
    const press = async (name: string) => {
      await page.getByRole("button", { name, exact: true }).focus();
      await page.keyboard.press("Enter");
    };
    await press("Copy a.py into the project");
    await expect.poll(() => names(mine(page)), soon).toContain("a.py");
    await press("Delete a.py from the board");
    await page.locator("by-dialog dialog[open]").waitFor();
    // Focus is on Cancel; the other button is before it.
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByText("The board has no files.").waitFor();
    expect(cable.machine!.files.get("a.py")).toBe(null);
    await close();
  });

  test("a cable pulled while a file is saved names the file that is half there", async () => {
    const { page, cable, complaints, close } = await opened("microbit-v2", {});
    await write(page, "# a long line of a program\n".repeat(60));
    const before = cable.sent();
    await page.getByRole("button", { name: "Save main.py on the board" }).click();
    await expect.poll(cable.sent, { timeout: 10_000, interval: 5 }).toBeGreaterThan(before + 400);
    await cable.unplug();
    await page.getByText("“main.py” on the board is only half there: save it again.").first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test.skipIf(!qemuIsHere)("program and data come back off real V1 firmware", async () => {
    const { page, complaints, close } = await opened("qemu", {});
    await page.getByText("The board has no files.").waitFor();
    await write(page, "with open('data.txt', 'w') as f:\n    f.write('one two')\n");
    await page.getByRole("button", { name: "Save main.py on the board" }).click();
    await page.getByText("main.py is on the board, read back and the same.").waitFor();
    await page.locator("by-run button").click();
    await expect.poll(() => page.locator("by-run button").innerText(), soon).toContain("Run");
    await page.waitForTimeout(1500);
    await page.getByRole("button", { name: "Look again" }).click();
    await expect.poll(() => names(theirs(page)), soon).toEqual(["data.txt", "main.py"]);
    await write(page, "print('something else')\n");
    await page.getByRole("button", { name: "Copy everything into the project" }).click();
    await page.getByRole("button", { name: "Take the board’s" }).click();
    await expect.poll(() => names(mine(page)), soon).toEqual(["main.py", "data.txt"]);
    await expect.poll(() => page.locator(".cm-content").innerText(), soon).toContain("with open(");
    expect(complaints).toEqual([]);
    await close();
  });

  test.each([
    ["chromebook", chromebook, "light"],
    ["chromebook", chromebook, "dark"],
    ["phone", phone, "light"],
    ["phone", phone, "dark"],
  ] as const)("look right and pass axe: %s %s %s", async (name, viewport, colorScheme) => {
    const { page, close } = await opened(
      "microbit-v2",
      { "main.py": "print(1)\n", "temperatures.csv": "1,2\n".repeat(300), "helper.py": "x = 1\n" },
      { viewport, colorScheme },
    );
    await page.screenshot({ path: `${shots}/files-${name}-${colorScheme}.png` });
    await axe(page);
    await page.getByRole("button", { name: "Copy everything into the project" }).click();
    await page.locator("by-dialog dialog[open]").waitFor();
    await page.screenshot({ path: `${shots}/files-clash-${name}-${colorScheme}.png` });
    await axe(page);
    await close();
  });
});
