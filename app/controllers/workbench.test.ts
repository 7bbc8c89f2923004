// The open project without a browser's storage: undo, following, and edits that are kept in memory while nothing else can keep them.
import { afterEach, describe, expect, test } from "vitest";
import { createProject } from "../store/project.ts";
import { Projects } from "../store/projects.ts";
import { Workbench } from "./workbench.ts";

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function bench() {
  const projects = new Projects(`test-${Math.random()}`);
  await projects.open(); // Node has no IndexedDB: as in a private window
  const project = createProject({ name: "Lights", board: "microbit-v2", files: { "main.py": "a\n" }, layout: null }, 1);
  await projects.put(project);
  const workbench = new Workbench(projects);
  await workbench.open(project.id);
  opened.push(workbench, projects);
  return { projects, workbench, id: project.id };
}

describe("workbench", () => {
  test("an edit can be undone and done again", async () => {
    const { workbench } = await bench();
    workbench.edit("b\n");
    expect([workbench.source, workbench.canUndo, workbench.canRedo]).toEqual(["b\n", true, false]);
    workbench.undo();
    expect([workbench.source, workbench.canUndo, workbench.canRedo]).toEqual(["a\n", false, true]);
    workbench.redo();
    expect(workbench.source).toBe("b\n");
  });

  test("keys in quick succession are one step", async () => {
    const { workbench } = await bench();
    for (const text of ["a1", "a12", "a123"]) workbench.edit(text);
    workbench.undo();
    expect(workbench.source).toBe("a\n");
  });

  test("edits are in the store within a second, and the state says that nothing is kept", async () => {
    const { projects, workbench, id } = await bench();
    workbench.edit("b\n");
    expect(workbench.saved).toBe("saving");
    await expect.poll(() => workbench.saved, { timeout: 1000 }).toBe("memory");
    expect((await projects.get(id))?.files["main.py"]).toBe("b\n");
    expect(projects.trouble).toBe("denied");
  });

  test("closing keeps the last edit", async () => {
    const { projects, workbench, id } = await bench();
    workbench.edit("last\n");
    await workbench.close();
    expect((await projects.get(id))?.files["main.py"]).toBe("last\n");
  });

  test("restoring a version makes one of what was there", async () => {
    const { projects, workbench, id } = await bench();
    workbench.edit("b\n");
    await workbench.flush();
    const [first] = await projects.versions(id);
    await workbench.restore(first!);
    expect(workbench.source).toBe("a\n");
    expect((await projects.versions(id)).map(({ files }) => files["main.py"])).toContain("b\n");
  });

  test("a missing project does not open", async () => {
    const { workbench } = await bench();
    expect(await workbench.open("nowhere")).toBe(false);
    expect(workbench.project).toBeNull();
  });

  test("deleting can be undone", async () => {
    const { projects, id } = await bench();
    await projects.remove(id, 5);
    expect(await projects.list()).toEqual([]);
    await projects.restore(id);
    expect((await projects.list()).map((project) => project.id)).toEqual([id]);
  });
});
