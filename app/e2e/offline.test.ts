// After one visit the server may die: everything still works. The page can be installed; an update waits until it is asked for.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChrome } from "../../.ci/find.mjs";
import { serve } from "../../.ci/serve.ts";
import {
  flags,
  folder,
  happy,
  heart,
  listen,
  openFirst,
  startWorld,
  visit,
  waitForLights,
  choose,
  write,
  type World,
} from "./browser.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Waits until the service worker has kept everything and serves the page. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

describe("offline", () => {
  test("make, learn and share work with the server gone, also with a query", async () => {
    const { page, context } = await visit(world);
    await page.locator("by-home .cards").waitFor();
    await kept(page);
    await world.site.close();
    await context.setOffline(true);
    const complaints = listen(page);
    await page.reload();

    await page.getByRole("button", { name: "Run" }).click();
    await waitForLights(page, heart);
    await openFirst(page, "Blocks");
    await choose(page, "Python");
    await write(page, "from microbit import *\ndisplay.show(Image.HAPPY)\n");
    await page.keyboard.press("ControlOrMeta+Enter");
    await waitForLights(page, happy);

    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("img", { name: "QR code of the link" }).waitFor();
    const link = await page.locator("#share-link").inputValue();
    await page.locator("by-dialog").getByRole("button", { name: "Close" }).click();
    await page.goto(link.replace("/#", "/?utm_source=x&share=abc#"));
    await page.getByText("Someone shared this project.").waitFor();

    await page.goto(`${world.site.url}#/lessons`);
    await page.locator("by-lessons .lesson-card").first().waitFor();
    await page.locator("by-lessons .lesson-card .button").first().click();
    await page.locator(".ws-lesson h2").first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe("installable", () => {
  test("Chromium has nothing against installing it", async () => {
    const site = await serve(folder, 0);
    const profile = mkdtempSync(join(tmpdir(), "blinkyard-"));
    const context = await chromium.launchPersistentContext(profile, { executablePath: findChrome()!, args: flags });
    const page = await context.newPage();
    await page.goto(site.url);
    await kept(page);
    const cdp = await context.newCDPSession(page);
    const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
    expect(installabilityErrors).toEqual([]);
    const { errors } = await cdp.send("Page.getAppManifest");
    expect(errors).toEqual([]);
    await context.close();
    await site.close();
    rmSync(profile, { recursive: true, force: true });
  });
});

describe("update", () => {
  test("a new version is offered, waits, and reloads only when asked", async () => {
    const copy = mkdtempSync(join(tmpdir(), "blinkyard-site-"));
    cpSync(folder, copy, { recursive: true });
    const site = await serve(copy, 0);
    const context = await world.browser.newContext({ locale: "en-GB" });
    const page = await context.newPage();
    await page.goto(site.url);
    await kept(page);
    await openFirst(page);
    await write(page, "print('in the middle of an edit')\n");

    // A new version on the server: other bytes of the worker, and of the page.
    const worker = join(copy, "sw.js");
    const page2 = readFileSync(worker, "utf8").replace(/("url":"index\.html","revision":"|"revision":")[0-9a-f]+/, "$1feedface");
    writeFileSync(worker, `${page2}\n// next version\n`);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await page.getByText("A new version is ready.").waitFor();
    await page.waitForTimeout(1000);
    expect(await page.locator(".cm-content").innerText()).toContain("in the middle of an edit");
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Update now" }).click()]);
    await expect.poll(() => page.locator(".cm-content").innerText()).toContain("in the middle of an edit");
    await context.close();
    await site.close();
    rmSync(copy, { recursive: true, force: true });
  });
});
