// Elements in a real browser: what they show, what they send, what the keyboard does, and axe on each.
import { html } from "lit";
import type { ByChoice } from "./choice.ts";
import "./choice.ts";
import type { ByConsole } from "./console.ts";
import "./console.ts";
import "./dialog.ts";
import "./error-card.ts";
import type { ByFiles } from "./files.ts";
import "./files.ts";
import "./lesson.ts";
import "./menu.ts";
import "./run.ts";
import { Screen } from "./screen.ts";
import "./splitter.ts";
import "./target.ts";
import type { ByToast } from "./toast.ts";
import "./toast.ts";
import { explain } from "../explain/table.ts";
import { button, clean, describe, equal, heard, it, press, show } from "./wtr.ts";

describe("by-run", () => {
  const words = [
    ["idle", "Run"],
    ["running", "Stop"],
    ["sending", "Cancel"],
    ["crashed", "Run again"],
  ] as const;
  for (const [state, word] of words) {
    it(`says ${word} when ${state}`, async () => {
      const element = await show(html`<by-run .state=${state}></by-run>`);
      equal(button(element, ".shown").textContent, word);
      const presses = heard(element, "run-press");
      button(element).click();
      equal(presses.length, 1);
      await clean();
    });
  }

  it("is as wide running as idle", async () => {
    const widths = [];
    for (const state of ["idle", "running"]) {
      const element = await show(html`<by-run .state=${state}></by-run>`);
      widths.push(Math.round(element.getBoundingClientRect().width));
    }
    equal(widths[0], widths[1]);
  });
});

describe("by-choice", () => {
  it("moves by arrow keys, round the end", async () => {
    const options = ["a", "b", "c"].map((key) => ({ key, label: key }));
    const element = await show<ByChoice>(html`<by-choice label="Letters" .options=${options} .value=${"c"}></by-choice>`);
    const chosen = heard(element, "choose");
    press(button(element, "[aria-checked=true]"), "ArrowRight");
    press(button(element, "[aria-checked=true]"), "ArrowLeft");
    equal(chosen, ["a", "b"]);
    await clean();
  });
});

describe("by-menu", () => {
  it("opens, moves by letter, chooses, and gives focus back", async () => {
    const items = [{ key: "one", label: "One" }, "line", { key: "two", label: "Two" }];
    const element = await show(html`<by-menu label="More" .items=${items}></by-menu>`);
    const chosen = heard(element, "choose");
    button(element).click();
    await clean();
    press(element.shadowRoot!.activeElement!, "t");
    (element.shadowRoot!.activeElement as HTMLElement).click();
    equal(chosen, ["two"]);
    equal(element.shadowRoot!.activeElement === button(element), true);
  });
});

describe("by-target", () => {
  it("names board and place, and offers a real one", async () => {
    const element = await show(
      html`<by-target .state=${"sim"} .board=${"microbit-v1"} .boards=${["microbit-v2", "microbit-v1"]}></by-target>`,
    );
    equal(button(element).getAttribute("aria-label"), "Runs on micro:bit V1, simulated");
    const connects = heard(element, "target-connect");
    button(element).click();
    await clean();
    button(element, "[role=menuitem]").click();
    equal(connects.length, 1);
  });
});

describe("by-console", () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

  it("shows lines, drops the oldest, and stays bounded", async () => {
    const screen = new Screen();
    const element = await show<ByConsole>(html`<by-console style="height: 200px" .screen=${screen}></by-console>`);
    screen.write("first\r\nsecond\r\n>>> ");
    await frame();
    const lines = () => [...element.shadowRoot!.querySelectorAll(".lines > div")].map((line) => line.textContent!.trimEnd());
    equal(lines(), ["first", "second", ">>>"]);
    screen.write("x\b\x1b[Ky");
    await frame();
    equal(lines().at(-1), ">>> y");
    await clean();
    for (let i = 0; i < 9000; i++) screen.write(`${i}\n`);
    await frame();
    equal(lines().at(-2), "8999");
    equal(lines().length <= 5501, true);
  });

  it("sends keys as a terminal does", async () => {
    const element = await show<ByConsole>(html`<by-console .screen=${new Screen()}></by-console>`);
    const keys = heard(element, "console-keys");
    const input = button(element, "textarea");
    press(input, "Enter");
    press(input, "ArrowUp");
    press(input, "Backspace");
    press(input, "c", { ctrlKey: true });
    input.dispatchEvent(new InputEvent("beforeinput", { data: "é", inputType: "insertText", bubbles: true, cancelable: true }));
    input.dispatchEvent(
      new InputEvent("beforeinput", { data: "a\nb", inputType: "insertFromPaste", bubbles: true, cancelable: true }),
    );
    equal(keys, ["\r", "\x1b[A", "\x7f", "\x03", "é", "a\rb"]);
  });

  it("links the lines of a traceback", async () => {
    const screen = new Screen();
    const element = await show<ByConsole>(html`<by-console style="height: 200px" .screen=${screen}></by-console>`);
    screen.write('Traceback (most recent call last):\r\n  File "<stdin>", line 7, in <module>\r\n');
    await frame();
    const went = heard(element, "go-to-line");
    button(element, "a").click();
    equal(went, [{ file: "<stdin>", line: 7 }]);
  });
});

describe("by-error-card", () => {
  it("says what, where and what to try", async () => {
    const error = "NameError: name 'x' isn't defined";
    const report = { error, traceback: error, file: "main.py", line: 7, explanation: explain(error, 7) };
    const element = await show(html`<by-error-card .report=${report}></by-error-card>`);
    const text = element.shadowRoot!.textContent!;
    for (const part of ["Python has not met the name x", "Go to line 7", error]) equal(text.includes(part), true);
    const went = heard(element, "go-to-line");
    button(element, ".go").click();
    equal(went, [{ file: "main.py", line: 7 }]);
    await clean();
  });
});

describe("by-lesson", () => {
  const steps = [
    { title: "First", text: [], questions: [], isDone: true, hasCheck: true },
    {
      title: "Second",
      text: [
        { kind: "paragraph", spans: [{ style: "code", text: "sleep" }] },
        { kind: "leds", pixels: [9] },
      ],
      questions: [{ text: "Why?", answers: ["Because it is so", "No"] }],
      isDone: false,
      hasCheck: true,
    },
  ];
  const lesson = { title: "Lights", intro: [], steps, step: 1, isChecking: false, results: null, hints: [], nextHintIn: 2 };

  it("shows the step, locks hints, and lets a step be skipped", async () => {
    const element = await show(html`<by-lesson .lesson=${lesson}></by-lesson>`);
    equal(element.shadowRoot!.querySelector("h2")!.textContent, "Second");
    equal(element.shadowRoot!.textContent!.includes("A hint opens after 2 more tries."), true);
    const went = heard(element, "lesson-step");
    button(element, ".row .quiet").click();
    equal(went, [2]);
    await clean();
  });

  it("tells whether an answer is right", async () => {
    const element = await show<HTMLElement & { updateComplete: Promise<unknown> }>(
      html`<by-lesson .lesson=${lesson}></by-lesson>`,
    );
    const say = async (i: number) => {
      element.shadowRoot!.querySelectorAll<HTMLInputElement>(".question input")[i]!.click();
      await element.updateComplete;
      return element.shadowRoot!.querySelector(".question [role=status]")!.textContent!.trim();
    };
    equal([await say(0), await say(1)], ["Not that one. Try another.", "Right."]);
    await clean();
  });

  it("shows expected and seen lights of a failed check", async () => {
    const dark = Array.from({ length: 25 }, () => 0);
    const results = [
      { text: "A light", isPassed: false, message: "It stayed dark.", expected: [9, ...dark.slice(1)], seen: dark },
    ];
    const element = await show(html`<by-lesson .lesson=${{ ...lesson, results }}></by-lesson>`);
    equal(element.shadowRoot!.querySelectorAll(".pictures by-leds").length, 2);
    equal(element.shadowRoot!.textContent!.includes("It stayed dark."), true);
    await clean();
  });
});

describe("by-files", () => {
  it("never offers to delete main.py", async () => {
    const project = [
      { name: "main.py", size: 10 },
      { name: "other.py", size: 1 },
    ];
    const element = await show(html`<by-files .project=${project} .board=${[]} isOpen></by-files>`);
    equal(element.shadowRoot!.querySelectorAll("[aria-label^='Delete']").length, 1);
    await clean();
  });

  it("shows the board's files with what is free, and asks nothing of a board that is busy", async () => {
    const project = [{ name: "main.py", size: 10 }];
    const board = [
      { name: "data.csv", size: 1200 },
      { name: "main.py", size: 30 },
    ];
    const element = await show<ByFiles>(
      html`<by-files .project=${project} .board=${board} .freeBytes=${12_800} isOpen></by-files>`,
    );
    const text = element.shadowRoot!.textContent.replace(/\s+/g, " ");
    equal([text.includes("12 kB free"), text.includes("1200 bytes")], [true, true]);
    await clean();
    const sent: unknown[] = [];
    for (const type of ["file-put", "board-take", "board-delete", "board-take-all", "board-open"]) {
      element.addEventListener(type, (event) => sent.push([type, (event as CustomEvent).detail]));
    }
    const press = () => {
      for (const button of element.shadowRoot!.querySelectorAll("button")) button.click();
    };
    press();
    equal(sent, [
      ["file-put", "main.py"],
      ["board-open", "data.csv"],
      ["board-take", "data.csv"],
      ["board-delete", "data.csv"],
      ["board-open", "main.py"],
      ["board-take", "main.py"],
      ["board-delete", "main.py"],
      ["board-take-all", null],
    ]);
    sent.length = 0;
    element.isBusy = true;
    await element.updateComplete;
    press();
    equal(sent, []);
    await clean();
  });
});

describe("by-splitter", () => {
  it("sends steps for arrow keys", async () => {
    const element = await show(html`<by-splitter axis="x" label="Width" .value=${4} .min=${0} .max=${9}></by-splitter>`);
    const steps = heard(element, "split");
    press(button(element, "[role=separator]"), "ArrowLeft");
    press(button(element, "[role=separator]"), "ArrowUp");
    equal(steps, [-16]);
    await clean();
  });
});

describe("by-toast", () => {
  it("shows one message after the other and runs the action", async () => {
    const element = await show<ByToast>(html`<by-toast></by-toast>`);
    let undone = 0;
    element.show({ text: "Deleted", action: { label: "Undo", run: () => undone++ } });
    await element.updateComplete;
    await clean();
    button(element).click();
    equal(undone, 1);
  });
});

describe("by-dialog", () => {
  it("opens modal, named by its heading, and tells when it closes", async () => {
    const element = await show(html`<by-dialog heading="Share"><p>Text</p></by-dialog>`);
    const closed = heard(element, "dialog-close");
    equal(button(element, "dialog").matches(":modal"), true);
    await clean();
    button(element, "button").click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    equal(closed.length, 1);
  });
});
