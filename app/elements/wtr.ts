// What tests of elements stand on: a page with the base styles and tokens, one element at a time in it, axe, and what it sent.
import "axe-core/axe.min.js";
import { html, render } from "lit";
import { base } from "../styles/base.ts";

/** mocha's, which web-test-runner puts into the page. */
const mocha = globalThis as unknown as {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => Promise<void> | void): void;
  beforeEach(body: () => Promise<void> | void): void;
};
export const { describe, it } = mocha;

document.adoptedStyleSheets = [base.styleSheet!];
document.documentElement.lang = "en";
document.title = "elements";
const link = document.createElement("link");
link.rel = "stylesheet";
link.href = new URL("../styles/tokens.css", import.meta.url).href;
const tokens = new Promise((resolve) => (link.onload = resolve));
document.head.append(link);
const place = document.createElement("main");
document.body.append(place);

export function equal(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }
}

export async function show<E extends HTMLElement>(template: ReturnType<typeof html>): Promise<E> {
  await tokens;
  render(template, place);
  const element = place.firstElementChild as E & { updateComplete?: Promise<unknown> };
  await element.updateComplete;
  return element;
}

export async function clean(): Promise<void> {
  const { axe } = globalThis as unknown as {
    axe: { run(where: Element): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
  };
  const { violations } = await axe.run(place);
  equal(
    violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html + node.failureSummary).join()}`),
    [],
  );
}

export const heard = (element: EventTarget, type: string): unknown[] => {
  const details: unknown[] = [];
  element.addEventListener(type, (event) => details.push((event as CustomEvent).detail));
  return details;
};
export const press = (target: EventTarget, key: string, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...more }));
export const button = (element: Element, selector = "button") => element.shadowRoot!.querySelector<HTMLElement>(selector)!;

mocha.beforeEach(() => {
  render(html``, place);
});
