// The tape deck in a real browser: what it says and sends in each state.
import { html } from "lit";
import type { ByDeck } from "./deck.ts";
import "./deck.ts";
import { clean, describe, equal, heard, it, show } from "./wtr.ts";

const tapes = [
  { name: "Tape 1", ms: 1500, count: 3 },
  { name: "Walk", ms: 60000, count: 900 },
];
const named = (element: Element, text: string) =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>("button")].find(
    (button) => (button.getAttribute("aria-label") ?? button.textContent!.trim()) === text,
  )!;

describe("by-deck", () => {
  it("records, and keeps", async () => {
    const element = await show<ByDeck>(html`<by-deck .state=${"idle"} .tapes=${[]}></by-deck>`);
    const sent = [heard(element, "tape-record"), heard(element, "tape-stop")];
    named(element, "Record").click();
    element.state = "recording";
    element.ms = 2340;
    element.count = 1;
    await element.updateComplete;
    equal(element.shadowRoot!.querySelector(".now")!.textContent!.trim(), "Recording: 2.3 s, 1 event");
    equal(element.shadowRoot!.querySelector("[role=status]")!.textContent, "Recording has begun.");
    await clean();
    named(element, "Stop and keep").click();
    equal(
      sent.map(({ length }) => length),
      [1, 1],
    );
  });

  it("lists tapes, and names the one that is meant", async () => {
    const element = await show<ByDeck>(html`<by-deck .state=${"idle"} .tapes=${tapes}></by-deck>`);
    const sent = [heard(element, "tape-replay"), heard(element, "tape-delete"), heard(element, "choose")];
    named(element, "2 tapes").click();
    await element.updateComplete;
    await clean();
    named(element, "Replay Walk").click();
    const menu = element.shadowRoot!.querySelectorAll("by-menu")[0]!;
    menu.dispatchEvent(new CustomEvent("choose", { detail: "tape-delete", bubbles: true, composed: true }));
    equal(sent, [[1], [0], []]);
  });

  it("offers no replay on a real board, and says why", async () => {
    const element = await show<ByDeck>(html`<by-deck .state=${"idle"} .tapes=${tapes} isReal></by-deck>`);
    const sent = heard(element, "tape-replay");
    named(element, "2 tapes").click();
    await element.updateComplete;
    named(element, "Replay Walk").click();
    equal(sent, []);
    equal(named(element, "Replay Walk").title, "A tape plays on the simulator only");
    await clean();
  });
});
