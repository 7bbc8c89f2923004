// The open project: edits, undo, saving within a second, versions, and the lock that lets one tab edit. Knows no views.
import { ProjectLock } from "../store/lock.ts";
import { mainFile, sameFiles, type Project, type Version } from "../store/project.ts";
import type { Projects } from "../store/projects.ts";

export type SaveState = "saved" | "saving" | "memory";

/** An edit is kept this long after the last key, and at the latest after the second time. */
const quietMs = 250;
const latestMs = 800;
/** Edits closer together than this are one step of undo. */
const stepMs = 600;
const stepsKept = 200;

export class Workbench {
  project: Project | null = null;
  /** Another tab edits; this one follows. */
  isFollowing = false;
  saved: SaveState = "saved";
  onChange: (() => void) | null = null;
  /** The other tab was closed: this one edits now. */
  onTurn: (() => void) | null = null;

  private readonly projects: Projects;
  private lock: ProjectLock | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dirtySince = 0;
  private undoSteps: string[] = [];
  private redoSteps: string[] = [];
  private lastStepAt = 0;

  constructor(projects: Projects) {
    this.projects = projects;
  }

  get source(): string {
    return this.project?.files[mainFile] ?? "";
  }
  get canUndo(): boolean {
    return this.undoSteps.length > 0 && !this.isFollowing;
  }
  get canRedo(): boolean {
    return this.redoSteps.length > 0 && !this.isFollowing;
  }

  /** False when there is no such project. */
  async open(id: string): Promise<boolean> {
    await this.close();
    const project = await this.projects.get(id);
    if (!project || project.deleted !== null) return false;
    this.project = project;
    const lock = new ProjectLock(id);
    this.lock = lock;
    lock.onFollow = (followed) => {
      this.project = followed;
      this.onChange?.();
    };
    lock.onHeld = () => void this.takeTurn(id);
    this.isFollowing = !(await lock.take());
    this.saved = this.projects.trouble ? "memory" : "saved";
    this.onChange?.();
    return true;
  }

  async close(): Promise<void> {
    await this.flush();
    this.lock?.close();
    this.lock = null;
    this.project = null;
    this.undoSteps = [];
    this.redoSteps = [];
    this.isFollowing = false;
  }

  /** A new text of main.py, from either editor. */
  edit(source: string): void {
    if (!this.project || this.isFollowing || source === this.source) return;
    const now = Date.now();
    if (now - this.lastStepAt > stepMs || this.undoSteps.length === 0) this.undoSteps.push(this.source);
    if (this.undoSteps.length > stepsKept) this.undoSteps.shift();
    this.lastStepAt = now;
    this.redoSteps = [];
    this.change({ files: { ...this.project.files, [mainFile]: source } });
  }

  undo(): void {
    const source = this.undoSteps.pop();
    if (source === undefined || !this.project) return;
    this.redoSteps.push(this.source);
    this.lastStepAt = 0;
    this.change({ files: { ...this.project.files, [mainFile]: source } });
  }

  redo(): void {
    const source = this.redoSteps.pop();
    if (source === undefined || !this.project) return;
    this.undoSteps.push(this.source);
    this.lastStepAt = 0;
    this.change({ files: { ...this.project.files, [mainFile]: source } });
  }

  /** Anything else of the project: name, board, files, layout, picture. */
  change(change: Partial<Project>): void {
    if (!this.project || this.isFollowing) return;
    this.project = { ...this.project, ...change, changed: Date.now() };
    this.lock?.publish(this.project);
    this.dirtySince ||= Date.now();
    this.saved = "saving";
    clearTimeout(this.timer);
    const wait = Math.min(quietMs, Math.max(0, this.dirtySince + latestMs - Date.now()));
    this.timer = setTimeout(() => void this.flush(), wait);
    this.onChange?.();
  }

  /** Keeps what is not kept yet. Called by the timer, on leaving, and when the page is hidden. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.dirtySince || !this.project) return;
    this.dirtySince = 0;
    await this.projects.put(this.project);
    if (this.dirtySince) return;
    this.saved = this.projects.trouble ? "memory" : "saved";
    this.onChange?.();
  }

  /** Brings a version back; what is there now becomes a version itself. */
  async restore(version: Version): Promise<void> {
    if (!this.project || this.isFollowing) return;
    await this.flush();
    this.undoSteps.push(this.source);
    this.redoSteps = [];
    this.lastStepAt = 0;
    if (sameFiles(this.project.files, version.files)) return;
    this.project = { ...this.project, files: version.files, board: version.board, layout: version.layout, changed: Date.now() };
    this.lock?.publish(this.project);
    await this.projects.put(this.project, true);
    this.onChange?.();
  }

  private async takeTurn(id: string): Promise<void> {
    // The other tab has kept its last edit before it let go.
    const project = await this.projects.get(id);
    if (this.project?.id !== id) return;
    this.project = project ?? this.project;
    this.isFollowing = false;
    this.onChange?.();
    this.onTurn?.();
  }
}
