// One tab edits a project, the others follow it. The browser's lock decides who; edits travel over a channel.
// A tab that waits becomes the editing one as soon as the first is closed.
import type { Project } from "./project.ts";

export class ProjectLock {
  /** Does this tab edit? Others follow. */
  isHeld = false;
  onHeld: (() => void) | null = null;
  /** The editing tab has changed the project. */
  onFollow: ((project: Project) => void) | null = null;

  private readonly channel: BroadcastChannel;
  private readonly ended = new AbortController();
  private release: (() => void) | null = null;
  private readonly name: string;

  constructor(id: string) {
    this.name = `blinkyard-project-${id}`;
    this.channel = new BroadcastChannel(this.name);
    this.channel.onmessage = ({ data }: MessageEvent<Project>) => {
      if (!this.isHeld) this.onFollow?.(data);
    };
  }

  /** Resolves once it is known whether this tab edits; goes on waiting for its turn if not. */
  async take(): Promise<boolean> {
    if (!navigator.locks) return (this.isHeld = true);
    const isFree = await new Promise<boolean>((resolve) => {
      void navigator.locks
        .request(this.name, { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          return lock ? this.hold() : null;
        })
        .catch(() => resolve(true)); // a page that may not use locks
    });
    if (!isFree) this.waitForTurn();
    return isFree;
  }

  /** Tells the following tabs. */
  publish(project: Project): void {
    if (this.isHeld) this.channel.postMessage(project);
  }

  close(): void {
    this.ended.abort();
    this.release?.();
    this.isHeld = false;
    this.channel.close();
  }

  private hold(): Promise<void> {
    this.isHeld = true;
    return new Promise((resolve) => (this.release = resolve));
  }

  private waitForTurn(): void {
    void navigator.locks
      .request(this.name, { signal: this.ended.signal }, () => {
        if (this.ended.signal.aborted) return undefined;
        const held = this.hold();
        this.onHeld?.();
        return held;
      })
      .catch(() => {}); // closed while waiting
  }
}
