// Pressing the parts of a drawn board with mouse, touch and keyboard: one tab stop, arrows between parts, Space and Enter hold.
// Used by the board views; it knows their `data-part` groups and fires `part-input`. It draws nothing.

/** One part that can be pressed, where it is, and the letter that presses it while the board has focus. */
export interface Pressable {
  readonly part: string;
  readonly x: number;
  readonly y: number;
  readonly key?: string;
}

/** What a view tells the world. Bubbles and crosses shadow roots. */
export interface PartInput {
  readonly part: string;
  readonly event: unknown;
}

export function sendInput(from: EventTarget, part: string, event: unknown): void {
  const detail: PartInput = { part, event };
  from.dispatchEvent(new CustomEvent<PartInput>("part-input", { detail, bubbles: true, composed: true }));
}

/** The part that stands for the reset button: it fires `board-reset` instead of `part-input`. */
export const resetPart = "reset";

export class Presses {
  private readonly host: HTMLElement;
  private readonly root: () => ParentNode;
  private readonly parts: () => readonly Pressable[];
  private readonly held = new Set<string>();
  // Shift-click holds a part until it is clicked again: for one hand, and for switch users.
  private readonly latched = new Set<string>();
  private focused = 0;

  constructor(host: HTMLElement, root: () => ParentNode, parts: () => readonly Pressable[]) {
    this.host = host;
    this.root = root;
    this.parts = parts;
  }

  /** The roving tabindex of the part. */
  tabindex(part: string): 0 | -1 {
    return this.parts()[this.focused]?.part === part ? 0 : -1;
  }

  isHeld(part: string): boolean {
    return this.held.has(part);
  }

  readonly pointerDown = (event: PointerEvent): void => {
    const target = event.currentTarget as Element;
    const part = partOf(target);
    if (part === null || event.button !== 0) return;
    event.preventDefault();
    target.setPointerCapture(event.pointerId);
    this.focus(part);
    if (event.shiftKey || this.latched.has(part)) this.latch(part);
    else this.press(part);
  };

  readonly pointerUp = (event: PointerEvent): void => {
    const part = partOf(event.currentTarget as Element);
    if (part !== null && !this.latched.has(part)) this.release(part);
  };

  readonly keyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const here = partOf(event.target as Element);
    const letter = this.parts().find((part) => part.key === event.key.toLowerCase());
    if (arrows[event.key]) this.move(arrows[event.key]);
    else if ((event.key === " " || event.key === "Enter") && here !== null) {
      if (event.shiftKey || this.latched.has(here)) {
        if (!event.repeat) this.latch(here);
      } else this.press(here);
    } else if (event.key === "A" && event.shiftKey) ["buttonA", "buttonB"].forEach((part) => this.press(part));
    else if (letter) this.press(letter.part);
    else if (event.key.toLowerCase() === "r") {
      if (!event.repeat) this.reset();
    } else return;
    event.preventDefault();
  };

  readonly keyUp = (event: KeyboardEvent): void => {
    const here = partOf(event.target as Element);
    const key = event.key.toLowerCase();
    if ((event.key === " " || event.key === "Enter") && here !== null) this.letGo(here);
    for (const { part, key: letter } of this.parts()) if (letter === key) this.letGo(part);
    if (key === "a") this.letGo("buttonB");
  };

  /** Focus or pointer left the board: nothing stays held but what is latched. */
  readonly releaseAll = (): void => {
    for (const part of this.held) this.letGo(part);
  };

  private letGo(part: string): void {
    if (!this.latched.has(part)) this.release(part);
  }

  private latch(part: string): void {
    if (this.latched.delete(part)) return this.release(part);
    this.latched.add(part);
    this.press(part);
  }

  private press(part: string): void {
    if (this.held.has(part) || !this.parts().some((other) => other.part === part)) return;
    this.held.add(part);
    this.show(part);
    if (part === resetPart) this.reset();
    else sendInput(this.host, part, "press");
  }

  // Also without a drawn button: a micro:bit has its own on the back.
  private reset(): void {
    this.host.dispatchEvent(new CustomEvent("board-reset", { bubbles: true, composed: true }));
  }

  private release(part: string): void {
    if (!this.held.delete(part)) return;
    this.show(part);
    if (part !== resetPart) sendInput(this.host, part, "release");
  }

  private show(part: string): void {
    this.element(part)?.setAttribute("aria-pressed", String(this.held.has(part)));
  }

  private focus(part: string): void {
    const index = this.parts().findIndex((other) => other.part === part);
    if (index < 0) return;
    this.focused = index;
    for (const other of this.parts()) this.element(other.part)?.setAttribute("tabindex", String(this.tabindex(other.part)));
    (this.element(part) as SVGElement | null)?.focus({ preventScroll: true });
  }

  // The nearest part within 60 degrees of the arrow's direction.
  private move([dx, dy]: readonly [number, number]): void {
    const from = this.parts()[this.focused];
    let best: Pressable | null = null;
    let bestDistance = Infinity;
    for (const to of this.parts()) {
      const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
      const across = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
      const distance = along + 3 * across;
      if (along > 0.5 && across < 1.8 * along && distance < bestDistance) [best, bestDistance] = [to, distance];
    }
    if (best) this.focus(best.part);
  }

  private element(part: string): Element | null {
    return this.root().querySelector(`[data-part="${part}"]`);
  }
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function partOf(element: Element): string | null {
  return element.closest("[data-part]")?.getAttribute("data-part") ?? null;
}
