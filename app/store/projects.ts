// Projects, their versions and lesson progress, kept in this browser with Dexie. What cannot be kept stays in memory and is told:
// in a private window or on a full disk the page works on, and the next write tries again.
import { Dexie, type EntityTable } from "dexie";
import { sameFiles, type Project, type Version } from "./project.ts";

/** Why something is only in memory. */
export type Trouble = "denied" | "full";

/** What has been reached in a lesson. */
export interface Progress {
  readonly lesson: string;
  /** The step that is open now, from 0; the number of steps when all are done. */
  readonly step: number;
  /** Failed tries of the open step: hints wait for them. */
  readonly tries: number;
  /** Steps whose check has passed. */
  readonly passed: readonly number[];
  readonly changed: number;
}

/** A version is made when the last one is this old, so that each minute of work can be had back. */
const versionEveryMs = 60_000;
const versionsKept = 100;

type Tables = {
  projects: EntityTable<Project, "id">;
  versions: EntityTable<Version, "key">;
  progress: EntityTable<Progress, "lesson">;
};

export class Projects {
  /** Called when something could not be kept; and with null once a later write succeeded. */
  onTrouble: ((trouble: Trouble | null) => void) | null = null;
  /** Called after each change of the list, also one that another tab made. */
  onChange: (() => void) | null = null;
  trouble: Trouble | null = null;

  private readonly db: Dexie & Tables;
  private isOpen = false;
  /** Everything that the database does not have (yet). */
  private readonly unsaved = new Map<string, Project>();
  private readonly memoryVersions: Version[] = [];
  private readonly memoryProgress = new Map<string, Progress>();
  private readonly channel = new BroadcastChannel("blinkyard-projects");

  constructor(name = "blinkyard") {
    this.db = new Dexie(name) as Dexie & Tables;
    this.db.version(1).stores({ projects: "id, changed", versions: "++key, project, [project+at]", progress: "lesson" });
    this.channel.onmessage = () => this.onChange?.();
  }

  /** Opens the database, or tells why there is none. Everything else works either way. */
  async open(): Promise<void> {
    try {
      await this.db.open();
      this.isOpen = true;
    } catch {
      this.tell("denied"); // a private window, or storage switched off
    }
  }

  close(): void {
    this.channel.close();
    this.db.close();
  }

  /** All projects that are not deleted, the last changed first. */
  async list(): Promise<Project[]> {
    const kept = this.isOpen ? await this.db.projects.toArray() : [];
    const all = new Map(kept.map((project) => [project.id, project]));
    for (const [id, project] of this.unsaved) all.set(id, project);
    return [...all.values()].filter(({ deleted }) => deleted === null).sort((a, b) => b.changed - a.changed);
  }

  async get(id: string): Promise<Project | null> {
    return this.unsaved.get(id) ?? (this.isOpen ? ((await this.db.projects.get(id)) ?? null) : null);
  }

  /** Keeps a project, with a version of what it was when the last version is old. `mark` makes one in any case. */
  async put(project: Project, mark = false): Promise<void> {
    const before = await this.get(project.id);
    this.unsaved.set(project.id, project);
    if (before && !sameFiles(before.files, project.files)) await this.addVersion(before, project.changed, mark);
    await this.flush();
    this.announce();
  }

  /** Hides a project; `restore` brings it back, `sweep` ends it. */
  async remove(id: string, now: number): Promise<void> {
    const project = await this.get(id);
    if (!project) return;
    this.unsaved.set(id, { ...project, deleted: now });
    await this.flush();
    this.announce();
  }

  async restore(id: string): Promise<void> {
    const project = await this.get(id);
    if (!project) return;
    this.unsaved.set(id, { ...project, deleted: null });
    await this.flush();
    this.announce();
  }

  /** Really deletes what was hidden before `time`. */
  async sweep(time: number): Promise<void> {
    if (!this.isOpen) return;
    const old = (await this.db.projects.toArray()).filter(({ deleted }) => deleted !== null && deleted < time);
    for (const { id } of old) {
      await this.db.transaction("rw", this.db.projects, this.db.versions, async () => {
        await this.db.versions.where("project").equals(id).delete();
        await this.db.projects.delete(id);
      });
    }
  }

  /** A project's versions, the newest first. */
  async versions(id: string): Promise<Version[]> {
    const kept = this.isOpen ? await this.db.versions.where("project").equals(id).toArray() : [];
    return [...kept, ...this.memoryVersions.filter(({ project }) => project === id)].sort((a, b) => b.at - a.at);
  }

  async progress(lesson: string): Promise<Progress | null> {
    return this.memoryProgress.get(lesson) ?? (this.isOpen ? ((await this.db.progress.get(lesson)) ?? null) : null);
  }

  async allProgress(): Promise<Progress[]> {
    const kept = this.isOpen ? await this.db.progress.toArray() : [];
    const all = new Map(kept.map((progress) => [progress.lesson, progress]));
    for (const [lesson, progress] of this.memoryProgress) all.set(lesson, progress);
    return [...all.values()];
  }

  async putProgress(progress: Progress): Promise<void> {
    this.memoryProgress.set(progress.lesson, progress);
    await this.tryWrite(async () => {
      await this.db.progress.put(progress);
      this.memoryProgress.delete(progress.lesson);
    });
  }

  /** Writes what is still only in memory. True when nothing is left. */
  async flush(): Promise<boolean> {
    for (const [id, project] of this.unsaved) {
      const isKept = await this.tryWrite(() => this.db.projects.put(project));
      // A newer state may have come while this one was written.
      if (isKept && this.unsaved.get(id) === project) this.unsaved.delete(id);
    }
    return this.unsaved.size === 0;
  }

  private async addVersion(before: Project, now: number, mark: boolean): Promise<void> {
    const { id, name, board, files, layout } = before;
    const [last] = await this.versions(id);
    if (last && sameFiles(last.files, files)) return;
    if (last && !mark && now - last.at < versionEveryMs) return;
    const version: Version = { project: id, at: now, name, board, files, layout };
    const isKept = await this.tryWrite(async () => {
      await this.db.versions.add(version);
      const keys = (await this.db.versions.where("project").equals(id).primaryKeys()) as number[];
      if (keys.length > versionsKept) await this.db.versions.bulkDelete(keys.sort((a, b) => a - b).slice(0, -versionsKept));
    });
    if (!isKept) this.memoryVersions.push(version);
  }

  private async tryWrite(write: () => Promise<unknown>): Promise<boolean> {
    if (!this.isOpen) return false;
    try {
      await write();
      this.tell(null);
      return true;
    } catch (error) {
      this.tell(isQuota(error) ? "full" : "denied");
      return false;
    }
  }

  private tell(trouble: Trouble | null): void {
    if (this.trouble === trouble) return;
    this.trouble = trouble;
    this.onTrouble?.(trouble);
  }

  private announce(): void {
    this.channel.postMessage("changed");
    this.onChange?.();
  }
}

/** Dexie wraps the browser's error, sometimes twice. */
export function isQuota(error: unknown): boolean {
  for (let inner: unknown = error, depth = 0; inner && depth < 4; depth++) {
    const { name, inner: next } = inner as { name?: string; inner?: unknown };
    if (name === "QuotaExceededError") return true;
    inner = next;
  }
  return false;
}
