// How it looks: nothing clipped at any width and language, axe in light, dark and contrast, and pictures to look at (.cache/shots).
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromebook, openFirst, phone, startWorld, visit, type World } from "./browser.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = fileURLToPath(new URL("../../.cache/shots", import.meta.url));

let world: World;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  world = await startWorld();
});
afterAll(() => world.close());

/** Goes to each page and state of the app in turn. */
async function everyPage(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  const { origin, search } = new URL(page.url());
  const to = (hash: string) => page.goto(`${origin}/${search}${hash}`);
  const panels = async () => {
    await page.locator("#dock-plotter").click();
    await page.locator("by-plotter .empty").waitFor();
    await look("plotter");
    await page.locator("#dock-radio").click();
    await page.locator("by-radio form button").click();
    await page.locator("by-radio by-board .place > *").first().waitFor();
    await look("radio");
    for (const [i, name] of ["radio-map", "radio-log"].entries()) {
      await page
        .locator("by-radio [role=radio]")
        .nth(i + 1)
        .click();
      await look(name);
    }
    await page.locator("#dock-console").click();
  };
  await page.locator("by-home .cards").waitFor();
  await page.locator("by-board .place > *").first().waitFor();
  await look("home");
  const project = await page.locator("by-home .hero a").getAttribute("href");
  await page.locator("by-home .starts button").first().click();
  await page.locator("by-dialog dialog[open]").waitFor();
  await look("new");
  await page.keyboard.press("Escape");
  for (const [name, hash, ready] of [
    ["lessons", "#/lessons", "by-lessons .lesson-card"],
    ["lesson", "#/lesson/first-steps", "by-lesson h2"],
    ["settings", "#/settings", "by-settings h1"],
    ["about", "#/about", "by-about h1"],
    ["missing", "#/nowhere", "main h1"],
  ] as const) {
    await to(hash);
    await page.locator(ready).first().waitFor();
    await look(name);
  }
  await to(project!);
  await page.locator("by-run").waitFor();
  await page.locator("by-blocks-editor .blocklySvg").first().waitFor();
  await look("blocks");
  await page.locator(".ws-head by-choice [role=radio], .ws-switch by-choice [role=radio]").nth(1).click();
  await page.locator(".cm-content").waitFor();
  await look("python");
  if ((page.viewportSize()?.width ?? 0) >= 600) await panels();
  await page.locator("by-target button").first().click();
  await look("target");
  await page.keyboard.press("Escape");
  const menu = page.locator("by-menu");
  await menu.locator("button").first().click();
  await look("menu");
  await page.keyboard.press("Escape");
  let link = "";
  for (const key of ["share", "versions", "connect", "hex"]) {
    await menu.evaluate((element, detail) => element.dispatchEvent(new CustomEvent("choose", { detail })), key);
    await page.locator("by-dialog dialog[open]").waitFor();
    if (key === "share") link = await page.locator("#share-link").inputValue();
    await look(key);
    await page.keyboard.press("Escape");
    await page.locator("by-dialog").waitFor({ state: "detached" });
  }
  if ((page.viewportSize()?.width ?? 0) < 600) {
    for (const [i, name] of ["board", "console"].entries()) {
      await page
        .locator(".ws-nav [role=radio]")
        .nth(i + 1)
        .click();
      await look(name);
    }
    await panels();
  }
  await to(new URL(link).hash);
  await page.locator("by-shared pre").waitFor();
  await look("shared");
}

/** What is cut off or sticks out, by its text. Scrolling areas and the project's name may; nothing else. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const free =
      ".cm-scroller, .cm-editor, .blocklySvg, .by-blocks, pre, by-console, .tabs, .name, .hide-visually, .skip, textarea, svg";
    const visit = (root: ParentNode, isInScroller: boolean): void => {
      for (const element of root.children) {
        if (!(element instanceof HTMLElement) || element.matches(free)) continue;
        const style = getComputedStyle(element);
        if (style.display === "none" || style.visibility === "hidden") continue;
        const isScroller = isInScroller || /auto|scroll/.test(style.overflowX);
        const box = element.getBoundingClientRect();
        const words = (element.innerText ?? "").trim().slice(0, 40);
        const label = `<${element.localName} class="${element.className}"> ${words}`;
        if (box.width > 0 && box.height > 0 && words !== "") {
          if (!isScroller && (box.right > innerWidth + 1 || box.left < -1)) found.push(`sticks out: ${label}`);
          const isLine = style.overflowX !== "visible" && style.textOverflow === "ellipsis";
          if (style.overflowX === "hidden" && !isLine && element.scrollWidth > element.clientWidth + 1)
            found.push(`cut: ${label}`);
          if (element.localName === "button" && element.scrollWidth > element.clientWidth + 2) found.push(`overflows: ${label}`);
        }
        visit(element, isScroller);
        if (element.shadowRoot) visit(element.shadowRoot, isScroller);
      }
    };
    visit(document.body, false);
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    return [...new Set(found)];
  });
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: unknown; readonly html: string; readonly failureSummary?: string }[];
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`),
  );
}

describe.each(["en", "es", "pseudo"])("nothing is clipped, %s", (language) => {
  test.each([320, 390, 820, 1366])("at %i px", async (width) => {
    const { page, context } = await visit(world, `?lang=${language}`, { viewport: { width, height: width < 600 ? 844 : 768 } });
    const problems: Record<string, string[]> = {};
    await everyPage(page, async (name) => {
      const found = await clipped(page);
      if (found.length > 0) problems[name] = found;
    });
    expect(problems).toEqual({});
    await context.close();
  });
});

test("a message lies above the blocks, whole", async () => {
  const { page, context } = await visit(world, "", { viewport: phone });
  await openFirst(page, "Blocks");
  await page.locator("by-toast .toast").waitFor();
  const onTop = await page.locator("by-toast .toast").evaluate((toast) => {
    const { left, right, top, height } = toast.getBoundingClientRect();
    return [left + 6, right - 6].map((x) => document.elementFromPoint(x, top + height / 2)?.localName);
  });
  expect(onTop).toEqual(["by-toast", "by-toast"]);
  await context.close();
});

describe("accessible", () => {
  test.each([
    ["light", chromebook],
    ["dark", chromebook],
    ["contrast", chromebook],
    ["light", phone],
    ["dark", phone],
  ] as const)("axe finds nothing, %s %o", async (theme, viewport) => {
    const { page, context } = await visit(world, "", { viewport });
    await page.evaluate((theme) => localStorage.setItem("blinkyard-settings", JSON.stringify({ theme })), theme);
    await page.reload();
    const problems: Record<string, string[]> = {};
    await everyPage(page, async (name) => {
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${shots}/${name}-${viewport.width}-${theme}.png` });
      const found = await violations(page);
      if (found.length > 0) problems[name] = found;
    });
    expect(problems).toEqual({});
    await context.close();
  });

  test("every control of the workspace can be reached and seen with the keyboard alone", async () => {
    const { page, context } = await visit(world);
    await openFirst(page, "Python");
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const seen = new Set<string>();
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press(i > 0 && seen.has("editor") && !seen.has("left") ? "Escape" : "Tab");
      const now = await page.evaluate(() => {
        let active: Element | null = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        const host = (active?.getRootNode() as ShadowRoot | null)?.host?.localName ?? "";
        return { name: active?.className ?? "", host };
      });
      if (now.host) seen.add(now.host);
      if (String(now.name).includes("cm-content")) {
        seen.add("editor");
        await page.keyboard.press("Escape");
        await page.keyboard.press("Tab");
        seen.add("left");
      }
    }
    for (const host of [
      "by-target",
      "by-run",
      "by-choice",
      "by-menu",
      "microbit-board",
      "by-sensors",
      "by-console",
      "by-splitter",
    ]) {
      expect([...seen], host).toContain(host);
    }
    await context.close();
  });
});
