// A file for the MICROBIT drive: MicroPython asked for once, kept, removed; the saved hex holds the project for both boards.
import { readFileSync } from "node:fs";
import { MicropythonFsHex } from "@microbit/microbit-fs";
import { separateUniversalHex } from "@microbit/microbit-universal-hex";
import type { Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFirmware } from "../../.ci/find.mjs";
import { makeHex, readHex } from "../../boards/link/firmware.ts";
import { syntheticMakeCode, syntheticV2 } from "../../boards/link/synthetic.ts";
import { openFirst, phone, startWorld, visit, write, type World } from "./browser.ts";

const v1Path = findFirmware();

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const dialog = (page: Page) => page.locator("by-dialog");

async function openDialog(page: Page): Promise<void> {
  await page.locator("by-menu button").first().click();
  await page.getByRole("menuitem", { name: "Save a hex for the MICROBIT drive" }).click();
  await dialog(page).getByRole("heading", { name: "A file for the MICROBIT drive" }).waitFor();
}

async function bring(page: Page, content: string, name = "official.hex"): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    dialog(page)
      .getByRole("button", { name: /Choose a hex file|from another hex/ })
      .click(),
  ]);
  await chooser.setFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });
}

async function save(page: Page): Promise<Download> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog(page).getByRole("button", { name: "Save hex file" }).click(),
  ]);
  return download;
}

describe("a hex for the MICROBIT drive", () => {
  test.skipIf(!v1Path)("asks for MicroPython once, and then holds the project for V1 and V2", async () => {
    const { page, context, complaints } = await visit(world);
    await openFirst(page);
    await write(page, "print('from the drive')\n");
    await openDialog(page);
    const v1 = readFileSync(v1Path!, "utf8");
    const other = [...(await readHex(v1)).firmware, ...(await readHex(syntheticV2())).firmware];
    await bring(page, await makeHex(other, { "main.py": Buffer.from("print('not mine')\n") }));
    await dialog(page).getByText("MicroPython 1.9.2 (micro:bit 1.0.1)").waitFor();
    const download = await save(page);
    expect(download.suggestedFilename()).toBe("Hello.hex");
    const hex = readFileSync(await download.path(), "utf8");
    const parts = separateUniversalHex(hex);
    expect(parts.map(({ boardId }) => boardId)).toEqual([0x9900, 0x9903]);
    for (const part of parts) {
      const reader = new MicropythonFsHex(part.boardId === 0x9900 ? v1 : syntheticV2());
      reader.importFilesFromHex(part.hex);
      expect(reader.ls()).toEqual(["main.py"]);
      expect(reader.read("main.py")).toBe("print('from the drive')\n");
    }
    await dialog(page).getByText("Copy Hello.hex to that drive.").waitFor();

    // It is kept: after a new start there is nothing to ask.
    await page.reload();
    await page.locator("by-run").waitFor();
    await openDialog(page);
    await dialog(page).getByRole("button", { name: "Save hex file" }).waitFor();
    expect(await dialog(page).getByText("Choose a hex file").count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each([
    [syntheticMakeCode(), "was made with MakeCode"],
    ["print(1)", "has nothing of a hex file in it"],
    [syntheticV2().slice(0, 3000), "is not complete"],
    [syntheticV2().replace("5A5A5A", "5A5A5B"), "is damaged"],
  ])("says why a file is not taken, and takes the next", async (content, words) => {
    const { page, context } = await visit(world);
    await openFirst(page);
    await openDialog(page);
    await bring(page, content, "wrong.hex");
    await dialog(page)
      .getByRole("alert")
      .filter({ hasText: `wrong.hex ${words}` })
      .waitFor();
    await bring(page, syntheticV2());
    await dialog(page).getByText("not here yet").waitFor();
    await dialog(page).getByRole("button", { name: "Save hex file" }).waitFor();
    await context.close();
  });

  test("says that a project is too big, and by how much", async () => {
    const { page, context } = await visit(world);
    await openFirst(page);
    await write(page, `# ${"x".repeat(24_000)}\n`);
    await openDialog(page);
    await bring(page, syntheticV2());
    await dialog(page).getByRole("button", { name: "Save hex file" }).click();
    await dialog(page)
      .getByText(/The project is 4\.\d kB too big: a board has room for 20\.5 kB/)
      .waitFor();
    await context.close();
  });

  test("a hex that was opened for its project brings MicroPython, and Settings lets it go", async () => {
    const { page, context, complaints } = await visit(world);
    await page.locator("by-home .cards").waitFor();
    await page.evaluate((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], "micropython.hex"));
      dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, syntheticV2());
    await page.getByRole("status").filter({ hasText: "It is kept here for your boards." }).waitFor();
    await page.goto(`${world.site.url}#/settings`);
    await page.getByText("MicroPython 1.18 (micro:bit 2.1.2)").waitFor();
    await page.getByRole("button", { name: "Remove MicroPython for micro:bit V2" }).click();
    await page.getByText("None is kept here.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Remove MicroPython for micro:bit V2" }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("dropped on its place in the dialog it is MicroPython, not a project", async () => {
    const { page, context } = await visit(world, "", { viewport: phone });
    await openFirst(page);
    await openDialog(page);
    await page.evaluate((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], "micropython.hex"));
      const zone = document.querySelector(".drop-zone")!;
      zone.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true, composed: true }));
    }, syntheticV2());
    await dialog(page).getByRole("button", { name: "Save hex file" }).waitFor();
    expect(await page.locator(".ws-head .name").innerText()).toBe("Hello");
    await context.close();
  });
});
