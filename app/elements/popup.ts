// A button with a popover below it: the light-dismiss, the place on the screen and the focus. Menus and the target chip use it.
// Positions by hand, as anchor positioning is not in every browser we support.
import { css } from "lit";

export const popupStyles = css`
  [popover] {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 6px;
    min-width: 200px;
    max-width: min(360px, calc(100vw - 16px));
    max-height: calc(100vh - 80px);
    overflow: auto;
    border: var(--border) solid var(--line);
    border-radius: var(--radius-card);
    background: var(--raised);
    color: var(--text);
    box-shadow: var(--shadow-1);
  }
  .item {
    display: flex;
    align-items: center;
    gap: 10px;
    width: 100%;
    min-height: var(--target);
    padding: 6px 12px;
    border: 0;
    border-radius: var(--radius-field);
    background: none;
    color: inherit;
    font: 400 var(--size-body) / 1.4 var(--font);
    text-align: start;
    cursor: pointer;
  }
  .item:hover,
  .item:focus-visible {
    background: var(--sunken);
  }
  .item.danger {
    color: var(--bad);
  }
  hr {
    margin: 6px 0;
    border: 0;
    border-top: 1px solid var(--line);
  }
`;

/** Opens `popover` under `opener` (or above, where there is more room) and focuses its first item. */
export function openPopup(popover: HTMLElement, opener: HTMLElement): void {
  popover.showPopover();
  const at = opener.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const below = at.bottom + 4;
  const isAbove = below + height > innerHeight - 8 && at.top > innerHeight / 2;
  popover.style.top = `${isAbove ? Math.max(8, at.top - 4 - height) : Math.min(below, Math.max(8, innerHeight - 8 - height))}px`;
  popover.style.left = `${Math.max(8, Math.min(at.left, innerWidth - 8 - width))}px`;
  popover.querySelector<HTMLElement>("[aria-checked=true], button, [tabindex]")?.focus();
}

/** Arrow keys, Home, End and the first letter move between the items of a popup. */
export function moveFocus(event: KeyboardEvent, popover: HTMLElement): void {
  const items = [...popover.querySelectorAll<HTMLElement>(".item")];
  const root = popover.getRootNode() as ShadowRoot | Document;
  const now = items.indexOf(root.activeElement as HTMLElement);
  let next: number | null = null;
  if (event.key === "ArrowDown") next = (now + 1) % items.length;
  else if (event.key === "ArrowUp") next = (now - 1 + items.length) % items.length;
  else if (event.key === "Home") next = 0;
  else if (event.key === "End") next = items.length - 1;
  else if (event.key.length === 1 && /\S/.test(event.key) && !event.ctrlKey && !event.metaKey) {
    const letter = event.key.toLocaleLowerCase();
    const order = [...items.keys()].map((i) => (now + 1 + i) % items.length);
    next = order.find((i) => items[i]!.textContent?.trim().toLocaleLowerCase().startsWith(letter)) ?? null;
  }
  if (next === null) return;
  event.preventDefault();
  items[next]?.focus();
}
