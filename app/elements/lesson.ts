// <by-lesson>: a lesson beside the program: steps, the open step's text, Check with its results, hints. State in, events out:
// `lesson-step` (number), `lesson-check`, `lesson-leave`.
import { css, html, nothing, type TemplateResult } from "lit";
import type { Question, Text } from "../../lessons/index.ts";
import { msg } from "../i18n/i18n.ts";
import { base } from "../styles/base.ts";
import { ByElement, icon } from "./element.ts";
import "./leds.ts";
import { prose } from "./prose.ts";

/** One check of a step, as it came out. */
export interface CheckLine {
  /** What the program should do. */
  readonly text: string;
  readonly isPassed: boolean;
  /** What was expected and what happened, in words; only of a failed one. */
  readonly message: string;
  /** Pictures of the LEDs where LEDs are meant. */
  readonly expected: readonly number[] | null;
  readonly seen: readonly number[] | null;
}
export interface LessonStep {
  readonly title: string;
  readonly text: readonly Text[];
  readonly questions: readonly Question[];
  readonly isDone: boolean;
  readonly hasCheck: boolean;
}
export interface LessonState {
  readonly title: string;
  /** Before the first step. */
  readonly intro: readonly Text[];
  readonly steps: readonly LessonStep[];
  /** The open step, from 0. */
  readonly step: number;
  readonly isChecking: boolean;
  /** null: not checked since the step was opened. */
  readonly results: readonly CheckLine[] | null;
  /** Hints that are open. */
  readonly hints: readonly (readonly Text[])[];
  /** Failed tries until the next hint opens; null when there is none. */
  readonly nextHintIn: number | null;
}

export class ByLesson extends ByElement {
  static override properties = { lesson: { attribute: false }, answers: { state: true } };
  declare lesson: LessonState | null;
  /** The answer chosen for each question, by the question's text. */
  declare answers: Readonly<Record<string, string>>;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: 16px;
      }
      .over {
        color: var(--text-muted);
        font-size: var(--size-small);
      }
      .steps {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin: 8px 0 16px;
      }
      .steps button {
        display: grid;
        place-items: center;
        width: 32px;
        height: 32px;
        border: var(--border) solid var(--edge);
        border-radius: 50%;
        background: var(--surface);
        color: var(--text);
        font: 600 var(--size-small) / 1 var(--font);
        cursor: pointer;
      }
      .steps .done {
        background: var(--primary-soft);
        border-color: var(--primary);
      }
      .steps [aria-current] {
        background: var(--primary);
        border-color: var(--primary);
        color: var(--on-primary);
      }
      .steps .icon {
        width: 16px;
        height: 16px;
      }
      @media (pointer: coarse) {
        .steps button {
          width: 44px;
          height: 44px;
        }
      }
      .text {
        display: grid;
        gap: 10px;
        margin: 8px 0 16px;
        max-width: 66ch;
      }
      .text code {
        padding: 1px 4px;
        border-radius: 4px;
        background: var(--sunken);
        font-size: 0.92em;
        overflow-wrap: anywhere;
      }
      .listed {
        padding-inline-start: 22px;
        list-style: revert;
      }
      pre {
        margin: 0;
        padding: 10px 12px;
        overflow: auto;
        border-radius: var(--radius-field);
        background: var(--sunken);
        font-size: var(--size-small);
        line-height: 1.6;
      }
      .text pre code {
        padding: 0;
        background: none;
      }
      .check {
        width: 100%;
      }
      .result {
        margin-top: 12px;
        padding: 10px 12px;
        border: var(--border) solid var(--line);
        border-radius: var(--radius-button);
      }
      .result.failed {
        border-color: var(--bad);
        background: var(--bad-soft);
      }
      .result.passed {
        border-color: var(--ok);
        background: var(--ok-soft);
      }
      .result .head {
        display: flex;
        gap: 8px;
        overflow-wrap: anywhere;
      }
      .failed .head .icon {
        color: var(--bad);
      }
      .passed .head .icon {
        color: var(--ok);
      }
      .pictures {
        display: flex;
        gap: 16px;
        margin-top: 10px;
      }
      .pictures figure {
        margin: 0;
        text-align: center;
        font-size: var(--size-small);
      }
      .message {
        margin-top: 6px;
        overflow-wrap: anywhere;
      }
      .question {
        display: grid;
        gap: 4px;
        margin: 20px 0 0;
        padding: 10px 14px;
        border: var(--border) solid var(--line);
        border-radius: var(--radius-button);
      }
      .question legend {
        padding: 0 4px;
        font-weight: 600;
      }
      .question label {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: var(--target);
        cursor: pointer;
      }
      .hint {
        margin: 0;
      }
      .hints {
        display: grid;
        gap: 8px;
        margin-top: 16px;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 16px;
      }
    `,
  ];

  constructor() {
    super();
    this.lesson = null;
    this.answers = {};
  }

  override render() {
    const { lesson } = this;
    if (!lesson) return nothing;
    const { steps, step } = lesson;
    const isOver = step >= steps.length;
    return html`<p class="over">${lesson.title}</p>
      <nav class="steps" aria-label=${msg("lesson.steps")}>
        ${steps.map(
          ({ title, isDone }, i) =>
            html`<button
              class=${isDone ? "done" : ""}
              aria-label=${`${msg("lesson.step", { n: i + 1, all: steps.length })}: ${title}${isDone ? ` (${msg("lesson.passed")})` : ""}`}
              title=${title}
              aria-current=${i === step ? "step" : nothing}
              @click=${() => this.emit("lesson-step", i)}
            >
              ${isDone && i !== step ? icon("check") : i + 1}
            </button>`,
        )}
      </nav>
      ${isOver ? this.renderEnd() : this.renderStep(lesson, steps[step]!)}`;
  }

  private renderEnd(): TemplateResult {
    return html`<h2 tabindex="-1">${msg("lesson.done")}</h2>
      <div class="text"><p>${msg("lesson.done.text")}</p></div>
      <div class="row"><button class="button" @click=${() => this.emit("lesson-leave")}>${msg("lesson.other")}</button></div>`;
  }

  private renderStep(lesson: LessonState, step: LessonStep): TemplateResult {
    const { results, isChecking } = lesson;
    const hasPassed = step.isDone || (results?.every(({ isPassed }) => isPassed) ?? false);
    const go = (to: number) => this.emit("lesson-step", to);
    return html`<h2 tabindex="-1">${step.title}</h2>
      <div class="text">${lesson.step === 0 ? prose(lesson.intro) : nothing}${prose(step.text)}</div>
      ${
        step.hasCheck
          ? html`<button
              class="button big check"
              aria-disabled=${isChecking}
              @click=${() => !isChecking && this.emit("lesson-check")}
            >
              ${icon("circle-check")}${msg(isChecking ? "lesson.checking" : "lesson.check")}
            </button>`
          : nothing
      }
      <div role="status">${results ? this.renderResults(results) : nothing}</div>
      ${this.renderHints(lesson)} ${step.questions.map((question, i) => this.renderQuestion(question, i))}
      <div class="row">
        ${
          lesson.step > 0
            ? html`<button class="button" @click=${() => go(lesson.step - 1)}>${icon("arrow-left")}${msg("lesson.back")}</button>`
            : nothing
        }
        ${
          hasPassed || !step.hasCheck
            ? html`<button class="button primary" @click=${() => go(lesson.step + 1)}>${msg("lesson.next")}</button>`
            : html`<button class="button quiet" @click=${() => go(lesson.step + 1)}>${msg("lesson.skip")}</button>`
        }
      </div>`;
  }

  private renderResults(results: readonly CheckLine[]): TemplateResult[] {
    return results.map(({ text, isPassed, message, expected, seen }) => {
      return html`<section class="result ${isPassed ? "passed" : "failed"}">
        <p class="head">
          ${icon(isPassed ? "circle-check" : "circle-alert")}
          <strong><span class="hide-visually">${msg(isPassed ? "lesson.passed" : "lesson.failed")}: </span>${text}</strong>
        </p>
        ${
          isPassed
            ? nothing
            : html`${
                expected && seen
                  ? html`<div class="pictures">
                      <figure>
                        <by-leds .levels=${expected} label=${msg("lesson.expected")}></by-leds>
                        <figcaption>${msg("lesson.expected")}</figcaption>
                      </figure>
                      <figure>
                        <by-leds .levels=${seen} .other=${expected} label=${msg("lesson.seen")}></by-leds>
                        <figcaption>${msg("lesson.seen")}</figcaption>
                      </figure>
                    </div>`
                  : nothing
              }
              ${message ? html`<p class="message">${message}</p>` : nothing}`
        }
      </section>`;
    });
  }

  private renderHints({ hints, nextHintIn }: LessonState): TemplateResult | typeof nothing {
    if (hints.length === 0 && nextHintIn === null) return nothing;
    return html`<section class="hints" aria-label=${msg("lesson.hints")}>
      ${hints.map(
        (hint) =>
          html`<div class="notice">
            ${icon("lightbulb")}
            <div class="text hint">${prose(hint)}</div>
          </div>`,
      )}
      ${nextHintIn === null ? nothing : html`<p class="small muted">${msg("lesson.hint.locked", { n: nextHintIn })}</p>`}
    </section>`;
  }

  private renderQuestion({ text, answers }: Question, index: number): TemplateResult {
    const chosen = this.answers[text];
    // The first answer is the right one: show them in an order that the texts decide, the same at each visit.
    const ordered = [...answers].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    return html`<fieldset class="question">
      <legend>${text}</legend>
      ${ordered.map(
        (answer) =>
          html`<label>
            <input
              type="radio"
              name=${`question-${index}`}
              .checked=${chosen === answer}
              @change=${() => (this.answers = { ...this.answers, [text]: answer })}
            />
            ${answer}
          </label>`,
      )}
      <p role="status" class="small">
        ${chosen === undefined ? "" : msg(chosen === answers[0] ? "lesson.question.right" : "lesson.question.wrong")}
      </p>
    </fieldset>`;
  }
}
customElements.define("by-lesson", ByLesson);
