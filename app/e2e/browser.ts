// What every end-to-end test stands on: the built site served on localhost, a real Chrome or Chromium, fresh contexts, and the
// page's own words for finding things. Nothing here reaches into the page's code.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from "playwright-core";
import { expect } from "vitest";
import { findChrome } from "../../.ci/find.mjs";
import { serve, type Site } from "../../.ci/serve.ts";

export const folder = fileURLToPath(new URL("../../dist/site", import.meta.url));
export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface World {
  readonly site: Site;
  readonly browser: Browser;
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  if (!existsSync(`${folder}/index.html`)) throw new Error("Build the site first: npm run build");
  const site = await serve(folder, 0);
  const executablePath = findChrome();
  if (!executablePath) throw new Error("No Chrome or Chromium found; set CHROME_PATH.");
  const browser = await chromium.launch({ executablePath, args: flags });
  return {
    site,
    browser,
    async close() {
      await browser.close();
      await site.close().catch(() => {}); // a test may have closed it
    },
  };
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained of; a test that expects none asks at its end. */
  readonly complaints: string[];
}

export const chromebook = { width: 1366, height: 768 };
export const phone = { width: 390, height: 844 };

/** A new user's browser at `path`. */
export async function visit(world: World, path = "", options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await world.browser.newContext({ viewport: chromebook, locale: "en-GB", ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(world.site.url + path);
  return { page, context, complaints };
}

export function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`${error.message}\n${error.stack}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return complaints;
}

/** The first project of a new user, opened in the workspace in a view. */
export async function openFirst(page: Page, view: "Blocks" | "Python" | "Both" = "Python"): Promise<void> {
  await page.locator("by-home .hero a").click();
  await page.locator("by-run").waitFor();
  await choose(page, view);
}

export async function choose(page: Page, view: string): Promise<void> {
  await page.locator("by-choice [role=radio]", { hasText: view }).first().click();
  if (view !== "Blocks") await page.locator(".cm-content").waitFor();
  if (view !== "Python") await page.locator("by-blocks-editor .blocklySvg").first().waitFor();
}

/** Puts a text into the Python editor, as pasting does. */
export async function write(page: Page, source: string): Promise<void> {
  await page.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(source);
}

export const runButton = (page: Page): Locator => page.locator("by-run button");
export const consoleText = (page: Page): Promise<string> => page.locator("by-console .lines").innerText();

/** Connects the board that a double of navigator.serial offers. The project stays for the board that it was for. */
export async function connect(page: Page): Promise<void> {
  const chip = page.locator("by-target button").first();
  await chip.click();
  await page.getByRole("menuitem", { name: "Connect a real board" }).click();
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect.poll(() => chip.getAttribute("aria-label")).toContain("real");
  await page.getByText("Connected. Run, Stop and the console").waitFor();
  // Asked only where the board is not the project's, and maybe a moment later.
  const keep = page.getByRole("button", { name: "Keep the project as it is" });
  if (await keep.isVisible()) await keep.click();
  else await page.addLocatorHandler(keep, () => keep.click(), { times: 1 });
}

/** The browser freezes the page, as it does with tabs in the background, and lets it go on after `ms`. */
export async function chromeFreezes(page: Page, ms: number): Promise<void> {
  const chrome = await page.context().newCDPSession(page);
  await chrome.send("Page.setWebLifecycleState", { state: "frozen" });
  await new Promise((resolve) => setTimeout(resolve, ms));
  await chrome.send("Page.setWebLifecycleState", { state: "active" });
  await chrome.detach();
}

/** The brightness of the LEDs as the drawing shows them: 25 numbers, 0 when dark. */
export function lights(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const board = document.querySelector("by-board")?.shadowRoot?.querySelector("microbit-board");
    const { pixels } = (board as unknown as { parts: { display?: { pixels: number[] } } })?.parts?.display ?? { pixels: [] };
    return [...pixels];
  });
}

export async function waitForLights(page: Page, rows: string): Promise<void> {
  const wanted = rows.replaceAll(":", "");
  await expect.poll(async () => (await lights(page)).join(""), { timeout: 15_000, interval: 50 }).toBe(wanted);
}

export const heart = "09090:99999:99999:09990:00900";
export const happy = "00000:09090:00000:90009:09990";
