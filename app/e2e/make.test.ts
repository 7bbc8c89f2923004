// Journey 1, Make: from a cold visit to a running program in one press; stopping whatever runs; errors; console; board's parts.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  choose,
  phone,
  consoleText,
  happy,
  heart,
  openFirst,
  runButton,
  startWorld,
  visit,
  waitForLights,
  write,
  type World,
} from "./browser.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Tab, as often as it takes. */
async function tabTo(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 40; i++) {
    if (await isThere()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab does not lead there.");
}

describe("make", () => {
  test("a cold visit is one press away from a running program", async () => {
    const { page, context, complaints } = await visit(world);
    await page.getByRole("button", { name: "Run" }).click();
    await waitForLights(page, heart);
    // The drawn button answers while the program runs.
    const a = page.getByRole("button", { name: "Button A" });
    await a.hover();
    await page.mouse.down();
    await waitForLights(page, happy);
    await page.mouse.up();
    await waitForLights(page, heart);
    expect(complaints).toEqual([]);
    await context.close();
  });

  // Change it, open the picture, draw, Run: four actions, whatever the hand uses.
  const corner = heart.replace(/^0/, "9");
  const picture = (page: Page) => page.locator(".blocklyBlockCanvas g:has(> .by-leds-back)").first();

  test("an own picture runs within four actions by mouse", async () => {
    const { page, context } = await visit(world);
    await page.getByRole("link", { name: "Change it" }).click();
    await picture(page).click();
    await page.locator(".by-leds-editor [role=gridcell] button").first().click();
    await runButton(page).click();
    await waitForLights(page, corner);
    await context.close();
  });

  test("an own picture runs within four actions by touch", async () => {
    const { page, context } = await visit(world, "", { viewport: phone, hasTouch: true, isMobile: true });
    await page.getByRole("link", { name: "Change it" }).tap();
    await picture(page).tap();
    await page.locator(".by-leds-editor [role=gridcell] button").first().tap();
    await runButton(page).tap();
    await waitForLights(page, corner);
    await context.close();
  });

  test("an own picture runs within four actions by keyboard alone", async () => {
    const { page, context } = await visit(world);
    const change = page.getByRole("link", { name: "Change it" });
    await change.waitFor();
    await tabTo(page, () => change.evaluate((link) => link === document.activeElement));
    await page.keyboard.press("Enter");
    await picture(page).waitFor();
    await page.waitForTimeout(300);
    await tabTo(page, () => page.evaluate(() => document.activeElement?.matches(".blocklyWorkspaceSelectionRing") ?? false));
    // Down walks through the blocks, Right into a block's fields; Enter opens the picture.
    const grid = page.locator(".by-leds-editor [role=gridcell] button");
    const label = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    for (let i = 0; i < 20 && !(await label()).includes("show lights"); i++) {
      await page.keyboard.press("ArrowDown");
      await page.waitForTimeout(80); // the focus moves with the next frame
    }
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(80);
    await page.keyboard.press("Enter");
    await grid.first().waitFor();
    await page.keyboard.press("Space");
    await page.keyboard.press("ControlOrMeta+Enter");
    await waitForLights(page, corner);
    await context.close();
  });

  test("an edit in Python shows in blocks and the other way round is the same text", async () => {
    const { page, context, complaints } = await visit(world);
    await openFirst(page, "Python");
    await write(page, "from microbit import *\n\ndisplay.show(Image.HAPPY)\n");
    await choose(page, "Blocks");
    await choose(page, "Python");
    expect((await page.locator(".cm-content").innerText()).trim()).toContain("display.show(Image.HAPPY)");
    await page.keyboard.press("ControlOrMeta+Enter");
    await waitForLights(page, happy);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each([
    ["an empty loop", "while True:\n    pass\n"],
    ["a program that prints without end", "while True:\n    print(1)\n"],
    ["a program that waits for input", "input()\n"],
  ])("Stop ends %s within 200 ms", async (_, source) => {
    const { page, context } = await visit(world);
    await openFirst(page, "Python");
    await write(page, source);
    await runButton(page).click();
    await expect.poll(() => runButton(page).innerText()).toContain("Stop");
    await page.waitForTimeout(1500);
    const ms = await page.evaluate(async () => {
      const button = document.querySelector("by-run")!.shadowRoot!.querySelector("button")!;
      const start = performance.now();
      button.click();
      while (!button.innerText.includes("Run")) await new Promise((resolve) => setTimeout(resolve, 5));
      return performance.now() - start;
    });
    expect(ms).toBeLessThan(200);
    await context.close();
  });

  test("endless printing leaves the page responsive and its memory bounded", async () => {
    const { page, context } = await visit(world);
    await openFirst(page, "Python");
    await write(page, "n = 0\nwhile True:\n    n += 1\n    print('line', n)\n");
    await runButton(page).click();
    await page.waitForTimeout(4000);
    const longest = await page.evaluate(async () => {
      let longest = 0;
      for (let i = 0; i < 30; i++) {
        const start = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 0));
        longest = Math.max(longest, performance.now() - start);
      }
      return longest;
    });
    expect(longest).toBeLessThan(200);
    expect(await page.locator("by-console .lines > div").count()).toBeLessThanOrEqual(5600);
    await runButton(page).click();
    await expect.poll(() => runButton(page).innerText()).toContain("Run");
    await context.close();
  });

  test("an error says what, where, and the board's own words, and marks the line", async () => {
    const { page, context } = await visit(world);
    await openFirst(page, "Python");
    await write(page, "from microbit import *\n\nprint(sscore)\n");
    await runButton(page).click();
    const card = page.getByRole("alert").filter({ hasText: "sscore" });
    await card.waitFor();
    expect(await card.innerText()).toContain("Python has not met the name sscore");
    expect(await card.innerText()).toContain("NameError: name 'sscore' isn't defined");
    expect(await page.locator(".cm-error-line").innerText()).toBe("print(sscore)");
    await page.getByRole("button", { name: "Go to line 3" }).click();
    expect(await page.evaluate(() => document.activeElement?.className)).toContain("cm-content");
    await context.close();
  });

  test("a syntax error is found before anything is sent", async () => {
    const { page, context } = await visit(world);
    await openFirst(page, "Python");
    await write(page, "while True\n    pass\n");
    await runButton(page).click();
    const card = page.locator("by-error-card .error");
    await card.waitFor();
    expect(await card.innerText()).toContain("ends with a colon");
    expect(await card.innerText()).toContain("SyntaxError: invalid syntax");
    expect(await runButton(page).innerText()).toContain("Run");
    await context.close();
  });

  test("the console is the board's own REPL", async () => {
    const { page, context } = await visit(world);
    await openFirst(page, "Python");
    await page.locator("by-console .view").click();
    await page.keyboard.type("1 + 2");
    await page.keyboard.press("Enter");
    await expect.poll(() => consoleText(page)).toMatch(/>>> 1 \+ 2\s+3\s+>>>/);
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => consoleText(page)).toMatch(/>>> 1 \+ 2\s*$/);
    await page.keyboard.press("Control+c");
    await page.keyboard.press("Control+d");
    await expect.poll(() => consoleText(page)).toMatch(/soft reboot/);
    await context.close();
  });

  test.each([
    ["micro:bit V1", "microbit"],
    ["pyboard v1.1", "pyboard"],
  ])("%s can be chosen and is another board", async (name, platform) => {
    const { page, context } = await visit(world);
    await openFirst(page, "Python");
    await page.locator("by-target button").first().click();
    await page.getByRole("menuitemradio", { name }).click();
    await write(page, "import sys\nprint('this is', sys.platform)\n");
    await runButton(page).click();
    await expect.poll(() => consoleText(page)).toContain(`this is ${platform}`);
    await context.close();
  });

  test("a new project begins with a board and, if wanted, an example", async () => {
    const { page, context } = await visit(world);
    await page.getByRole("button", { name: "New project" }).click();
    await page.getByLabel("pyboard v1.1").check();
    expect(await page.getByLabel("Start with").locator("option").allInnerTexts()).toContain("Traffic light");
    await page.getByLabel("Start with").selectOption({ label: "Running lights" });
    await page.getByRole("button", { name: "Create project" }).click();
    await runButton(page).waitFor();
    expect(await page.locator(".ws-head .name").innerText()).toBe("Running lights");
    await choose(page, "Python");
    expect(await page.locator(".cm-content").innerText()).toContain("pyb");
    await context.close();
  });

  test("two boards in two tabs talk by radio", async () => {
    const { page, context } = await visit(world);
    await openFirst(page);
    await write(
      page,
      "import radio\nfrom microbit import *\nradio.on()\nwhile True:\n    m = radio.receive()\n    if m:\n        print('heard', m)\n",
    );
    await runButton(page).click();
    await expect.poll(() => runButton(page).innerText()).toContain("Stop");
    const other = await context.newPage();
    await other.goto(world.site.url);
    await other.getByRole("button", { name: "New project" }).click();
    await other.getByRole("button", { name: "Create project" }).click();
    await choose(other, "Python");
    await write(
      other,
      "import radio\nfrom microbit import *\nradio.on()\nwhile True:\n    radio.send('hello there')\n    sleep(200)\n",
    );
    await runButton(other).click();
    await expect.poll(() => consoleText(page), { timeout: 15_000 }).toContain("heard hello there");
    await context.close();
  });
});
