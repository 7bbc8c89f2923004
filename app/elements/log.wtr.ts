// The data log in a real browser: nothing yet, a table, full, and boards that have none.
import { html } from "lit";
import type { ByLog } from "./log.ts";
import "./log.ts";
import { clean, describe, equal, heard, it, show } from "./wtr.ts";

const table = {
  columns: ["Time (seconds)", "light"],
  rows: Array.from({ length: 300 }, (_, i) => [String(i), String(i * 2)]),
};
const buttons = (host: Element) => [...host.shadowRoot!.querySelectorAll<HTMLElement>("button")];

describe("by-log", () => {
  it("shows the newest rows first, and says how full it is", async () => {
    const host = await show<ByLog>(html`<by-log style="height: 300px" .table=${table} .share=${0.253}></by-log>`);
    const rows = [...host.shadowRoot!.querySelectorAll("tbody tr")].map((row) =>
      [...row.children].map(({ textContent }) => textContent).join(" "),
    );
    equal([rows.length, rows[0], rows[199]], [200, "299 598", "100 200"]);
    equal(host.shadowRoot!.querySelector(".bar span")!.textContent, "300 rows, 26 % full");
    const saved = heard(host, "log-save");
    const cleared = heard(host, "log-clear");
    const drawn = heard(host, "log-plot");
    for (const button of buttons(host)) button.click();
    equal([saved.length, cleared.length, drawn.length], [1, 1, 1]);
    await clean();
  });

  it("has nothing to save while it is empty, and says how to begin", async () => {
    const host = await show<ByLog>(html`<by-log style="height: 300px"></by-log>`);
    const saved = heard(host, "log-save");
    for (const button of buttons(host)) button.click();
    equal(saved.length, 0);
    equal(host.shadowRoot!.textContent!.includes("log.add("), true);
    await clean();
  });

  it("says that it is full, and why a board has none", async () => {
    const host = await show<ByLog>(html`<by-log .table=${table} .share=${1} isFull></by-log>`);
    equal(
      host.shadowRoot!.querySelector("[role=status]")!.textContent,
      "The log is full: the board logs no more until it is cleared.",
    );
    host.note = "No log here.";
    await host.updateComplete;
    equal(buttons(host).length, 0);
    await clean();
  });
});
