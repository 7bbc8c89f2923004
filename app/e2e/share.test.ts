// Journey 4, Share: links, files, and everything that keeps work safe: saving, versions, undo, two tabs.
import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeHex, readHex } from "../../boards/link/firmware.ts";
import { syntheticMakeCode, syntheticV2 } from "../../boards/link/synthetic.ts";
import {
  choose,
  consoleText,
  listen,
  openFirst,
  runButton,
  startWorld,
  visit,
  waitForLights,
  write,
  happy,
  type World,
} from "./browser.ts";
import type { Page } from "playwright-core";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const text = (page: Page) => page.locator(".cm-content").innerText();
const cards = (page: Page) => page.locator("by-home .project-card");

async function shareLink(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Share" }).click();
  const link = await page.locator("#share-link").inputValue();
  await page.locator("by-dialog").getByRole("button", { name: "Close" }).click();
  return link;
}

describe("share", () => {
  test("a link opens the whole project elsewhere, runs only on Try it, and overwrites nothing", async () => {
    const giver = await visit(world);
    await openFirst(giver.page);
    await write(giver.page, "from microbit import *\n# ñandú\ndisplay.show(Image.HAPPY)\n");
    const link = await shareLink(giver.page);
    await giver.context.close();
    expect(link).toContain("#share=1.");

    const taker = await visit(world);
    await taker.page.locator("by-home .cards").waitFor();
    await taker.page.goto(link);
    await taker.page.getByText("Someone shared this project.").waitFor();
    expect(await taker.page.locator("pre").innerText()).toContain("# ñandú");
    await taker.page.waitForTimeout(500);
    expect(await taker.page.getByRole("button", { name: "Try it" }).count()).toBe(1);
    await taker.page.getByRole("button", { name: "Try it" }).click();
    await waitForLights(taker.page, happy);
    await taker.page.getByRole("button", { name: "Keep a copy" }).click();
    await taker.page.locator("by-run").waitFor();
    expect(await taker.page.locator(".ws-head .name").innerText()).toBe("Hello 2");
    await taker.page.getByRole("link", { name: "Home" }).click();
    await expect.poll(() => cards(taker.page).count()).toBe(2);
    expect(taker.complaints).toEqual([]);
    await taker.context.close();
  });

  test("a QR code is there while the link fits", async () => {
    const { page, context } = await visit(world);
    await openFirst(page);
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("img", { name: "QR code of the link" }).waitFor();
    await page.locator("by-dialog").getByRole("button", { name: "Close" }).click();
    const noise = Array.from({ length: 6000 }, (_, i) => ((i * 7919 + ((i * i) % 127)) % 36).toString(36)).join("");
    await write(page, `x = "${noise}"\n`);
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByText("too long for a QR code").waitFor();
    await context.close();
  });

  test("the project as a file comes back by dropping it", async () => {
    const { page, context } = await visit(world);
    await openFirst(page);
    await write(page, "print('from a file')\n");
    await page.getByRole("button", { name: "Share" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as file" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("Hello.blinkyard");
    const content = readFileSync(await download.path(), "utf8");
    await page.locator("by-dialog").getByRole("button", { name: "Close" }).click();
    await drop(page, "Hello.blinkyard", content);
    await expect.poll(() => page.locator(".ws-head .name").innerText()).toBe("Hello 2");
    await expect.poll(() => text(page)).toContain("from a file");
    await context.close();
  });

  test("the project in a hex opens by dropping it", async () => {
    const { page, context, complaints } = await visit(world);
    await page.locator("by-home .cards").waitFor();
    const { firmware } = await readHex(syntheticV2());
    await drop(page, "Badge.hex", await makeHex(firmware, { "main.py": Buffer.from("print('from a hex')\n") }));
    await expect.poll(() => page.locator(".ws-head .name").innerText(), { timeout: 10_000 }).toBe("Badge");
    await choose(page, "Python");
    await expect.poll(() => text(page)).toContain("from a hex");
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each([
    ["cut", (link: string) => link.slice(0, -30), "not complete"],
    ["newer", (link: string) => link.replace("#share=1.", "#share=7."), "newer Blinkyard"],
    ["forged", () => `#share=1.0.${deflateRawSync(Buffer.from("[]")).toString("base64url")}`, "not complete"],
    ["empty", () => "#share=", "not complete"],
  ])("a %s link says so, and the page works on", async (_, change, words) => {
    const { page, context, complaints } = await visit(world);
    await openFirst(page);
    const link = new URL(await shareLink(page));
    await page.goto(world.site.url + change(link.hash));
    await page.getByRole("alert").filter({ hasText: words }).waitFor();
    await page.getByRole("link", { name: "Go to your projects" }).click();
    await expect.poll(() => cards(page).count()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each([
    ["photo.jpg", "x", "is no .py, .blinkyard or .hex file"],
    ["makecode.hex", syntheticMakeCode(), "made with MakeCode"],
    ["micropython.hex", syntheticV2(), "MicroPython alone"],
    ["binary.py", "a\0b", "not a text file"],
    ["huge.py", "#".repeat(2_100_000), "too big"],
    ["latin.py", Buffer.from([35, 0xf1]), "not written in UTF-8"],
  ])("dropping %s says why it was not opened", async (name, content, words) => {
    const { page, context } = await visit(world);
    await page.locator("by-home .cards").waitFor();
    await drop(page, name, content);
    await page.getByRole("status").filter({ hasText: words }).waitFor();
    expect(await cards(page).count()).toBe(1);
    await context.close();
  });
});

describe("nothing is lost", () => {
  test("an edit is kept within a second", async () => {
    const { page, context } = await visit(world);
    await openFirst(page);
    await write(page, "print('kept')\n");
    await page.waitForTimeout(1000);
    // Another tab has only what was kept.
    const other = await context.newPage();
    await other.goto(page.url());
    await expect.poll(() => text(other)).toContain("print('kept')");
    await context.close();
  });

  test("versions can be looked at and had back", async () => {
    const { page, context } = await visit(world);
    await openFirst(page);
    await write(page, "print('second')\n");
    await expect.poll(() => page.locator(".saved").innerText()).toContain("Saved");
    await page.locator(".ws-head by-menu button").first().click();
    await page.getByRole("menuitem", { name: "Versions" }).click();
    await page.getByRole("button", { name: "Restore" }).first().click();
    await expect.poll(() => text(page)).toContain("button_a.is_pressed()");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => text(page)).toContain("print('second')");
    await context.close();
  });

  test("rename, duplicate, delete, undo", async () => {
    const { page, context } = await visit(world);
    const act = async (name: string) => {
      await cards(page).first().locator("by-menu button").first().click();
      await page.getByRole("menuitem", { name }).click();
    };
    await cards(page).first().waitFor();
    await act("Rename");
    await page.getByLabel("Project name").fill("Beacon");
    await page.getByRole("button", { name: "Rename" }).click();
    await expect.poll(() => cards(page).first().innerText()).toContain("Beacon");
    await act("Duplicate");
    await expect.poll(() => cards(page).count()).toBe(2);
    await act("Delete");
    await expect.poll(() => cards(page).count()).toBe(1);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => cards(page).count()).toBe(2);
    await context.close();
  });

  test("two tabs on one project: the second follows and is told, and edits when the first is closed", async () => {
    const { page, context } = await visit(world);
    await openFirst(page);
    const second = await context.newPage();
    const complaints = listen(second);
    await second.goto(page.url());
    await second.getByText("This project is open in another tab.").waitFor();
    await write(page, "print('from the first')\n");
    await expect.poll(() => text(second)).toContain("from the first");
    expect(await second.locator(".cm-content").getAttribute("contenteditable")).toBe("false");
    await page.close();
    await second.getByText("You can edit here now.").waitFor();
    await write(second, "print('from the second')\n");
    await second.waitForTimeout(1000);
    await second.reload();
    await expect.poll(() => text(second)).toContain("from the second");
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("without storage the page works, and says that nothing is kept", async () => {
    const context = await world.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "en-GB" });
    const page = await context.newPage();
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("forbidden", "SecurityError");
      };
    });
    await page.goto(world.site.url);
    await page.getByText("This window does not keep projects.").waitFor();
    await openFirst(page);
    await write(page, "print('in memory')\n");
    await page.getByRole("button", { name: "Save a copy" }).waitFor();
    await page.getByRole("link", { name: "Home" }).click();
    await page.locator("by-home .hero a").click();
    await expect.poll(() => text(page)).toContain("in memory");
    await runButton(page).click();
    await expect.poll(() => consoleText(page)).toContain("in memory");
    await context.close();
  });

  test("a full disk is told, and the project stays open", async () => {
    const { page, context } = await visit(world);
    await openFirst(page);
    await page.evaluate(() => {
      const put = IDBObjectStore.prototype.put;
      (globalThis as unknown as { mend(): void }).mend = () => (IDBObjectStore.prototype.put = put);
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await write(page, "print('does not fit')\n");
    await page.getByText("There is no space left to save.").waitFor();
    await page.evaluate(() => (globalThis as unknown as { mend(): void }).mend());
    await write(page, "print('fits now')\n");
    await page.getByText("Saving works again.").waitFor();
    await page.reload();
    await expect.poll(() => text(page)).toContain("fits now");
    await context.close();
  });
});

async function drop(page: Page, name: string, content: string | Buffer): Promise<void> {
  const base64 = Buffer.from(content).toString("base64");
  await page.evaluate(
    ([file, data]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(data!), (c) => c.charCodeAt(0))], file!));
      dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
    },
    [name, base64],
  );
}
