// Journey 2, Learn: steps with checks of behaviour, pictures of what was expected and seen, hints after failed tries, kept progress.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { loadLesson, lessonFiles, lessonIds } from "../../lessons/index.ts";
import { choose, startWorld, visit, write, type World } from "./browser.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const panel = (page: Page) => page.locator("by-lesson");
const check = async (page: Page) => {
  await panel(page).getByRole("button", { name: "Check" }).click();
  await panel(page).locator(".result").first().waitFor();
};

async function start(page: Page, title: string): Promise<void> {
  await page.getByRole("link", { name: "Lessons" }).click();
  await page.getByRole("link", { name: `Start lesson: ${title}` }).click();
  await panel(page).locator("h2").waitFor();
}

describe("learn", () => {
  test("there are three lessons of at least four steps", () => {
    expect(lessonIds.length).toBeGreaterThanOrEqual(3);
    for (const id of lessonIds) expect(loadLesson(id, "en")!.steps.length).toBeGreaterThanOrEqual(4);
  });

  test("a failing check says what was expected and seen, hints unlock, passing opens the next step, progress survives", async () => {
    const { page, context, complaints } = await visit(world);
    const lesson = loadLesson("first-steps", "en")!;
    await start(page, lesson.title);
    await check(page);
    const failed = panel(page).locator(".result.failed");
    expect(await failed.innerText()).toContain(lesson.steps[0]!.checks[0]!.sentence);
    expect(await failed.getByRole("img", { name: "Expected" }).count()).toBe(1);
    expect(await failed.getByRole("img", { name: "Seen" }).count()).toBe(1);
    expect(await panel(page).locator(".hints .notice").count()).toBe(0);
    await panel(page).getByText("A hint opens after").waitFor();
    await check(page);
    await expect.poll(() => panel(page).locator(".hints .notice").count()).toBeGreaterThan(0);

    await choose(page, "Python");
    await write(page, lessonFiles("first-steps")["solution.py"]!);
    await check(page);
    await expect.poll(() => panel(page).locator(".result.passed").count()).toBe(lesson.steps[0]!.checks.length);
    await panel(page).getByRole("button", { name: "Next step" }).click();
    await expect.poll(() => panel(page).locator("h2").innerText()).toBe(lesson.steps[1]!.title);
    await page.reload();
    await expect.poll(() => panel(page).locator("h2").innerText()).toBe(lesson.steps[1]!.title);
    expect(await panel(page).locator(".steps .done").count()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each(lessonIds.map((id) => [id]))("%s can be done from its first step to its last", async (id) => {
    const { page, context, complaints } = await visit(world);
    const lesson = loadLesson(id, "en")!;
    await start(page, lesson.title);
    await choose(page, "Python");
    await write(page, lessonFiles(id)["solution.py"]!);
    for (const step of lesson.steps) {
      await expect.poll(() => panel(page).locator("h2").innerText()).toBe(step.title);
      if (step.checks.length > 0) {
        await check(page);
        await expect.poll(() => panel(page).locator(".result.passed").count()).toBe(step.checks.length);
      }
      await panel(page).getByRole("button", { name: "Next step" }).click();
    }
    await panel(page).getByText("You have done this lesson.").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("a program that never ends does not stop the page from checking", async () => {
    const { page, context } = await visit(world);
    await start(page, loadLesson("first-steps", "en")!.title);
    await choose(page, "Python");
    await write(page, "while True:\n    pass\n");
    await panel(page).getByRole("button", { name: "Check" }).click();
    const ms = await page.evaluate(async () => {
      const begin = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 20));
      return performance.now() - begin;
    });
    expect(ms).toBeLessThan(250);
    await panel(page).locator(".result.failed").waitFor({ timeout: 25_000 });
    await context.close();
  });
});
