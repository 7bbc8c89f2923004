// What the sensor controls share: their styles, and a labelled range with its number. No element of its own.
import { css, html, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";

export interface SliderOptions {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** The value as read aloud and shown: "21 °C". */
  readonly words?: string;
  /** Texts at the two ends. */
  readonly ends?: readonly [string, string];
  readonly onValue: (value: number) => void;
}

/** A range with a number field beside it; both send every change. */
export function slider(options: SliderOptions): TemplateResult {
  const { label, value, min, max, step = 1, words, ends, onValue } = options;
  const take = (event: Event): void => {
    const number = (event.target as HTMLInputElement).valueAsNumber;
    if (!Number.isNaN(number)) onValue(Math.max(min, Math.min(max, number)));
  };
  return html`<label class="slider">
      <span class="name">${label}</span>
      <input
        type="range"
        min=${min}
        max=${max}
        step=${step}
        .value=${String(value)}
        aria-valuetext=${ifDefined(words)}
        @input=${take}
      />
    </label>
    <input
      class="number"
      type="number"
      min=${min}
      max=${max}
      step=${step}
      .value=${String(value)}
      aria-label=${label}
      @change=${take}
    />
    ${ends ? html`<span class="ends" aria-hidden="true"><span>${ends[0]}</span><span>${ends[1]}</span></span>` : ""}`;
}

export const controlStyles = css`
  :host {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 4px 10px;
    align-items: center;
    padding: 10px 12px;
    border: 1px solid var(--line, #c9cfc6);
    border-radius: var(--radius-button, 10px);
    background: var(--surface, #fff);
    color: var(--text, #17201b);
    font: var(--size-small, 0.875rem) / 1.4 var(--font, system-ui, sans-serif);
    accent-color: var(--primary, #0b6b4f);
  }
  .slider {
    display: grid;
    gap: 4px;
  }
  .name {
    font-weight: 600;
  }
  input,
  button,
  select {
    font: inherit;
    color: inherit;
  }
  input[type="range"] {
    width: 100%;
    min-height: 24px;
    margin: 0;
    cursor: pointer;
  }
  .number {
    width: 4.6em;
    padding: 5px 6px;
    border: 1px solid var(--edge, #747d76);
    border-radius: var(--radius-field, 6px);
    background: var(--surface, #fff);
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .ends {
    grid-column: 1;
    display: flex;
    justify-content: space-between;
    color: var(--text-muted, #4f5a53);
    font-size: var(--size-meta, 0.8125rem);
  }
  button,
  select {
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--edge, #747d76);
    border-radius: var(--radius-button, 10px);
    background: var(--raised, #fff);
    cursor: pointer;
    max-width: 100%;
    box-sizing: border-box;
  }
  button:hover {
    background: var(--sunken, #ebeee8);
  }
  button[aria-pressed="true"] {
    background: var(--primary-soft, #ddf1e8);
    border-color: var(--primary, #0b6b4f);
  }
  :is(input, button, select, .pad, summary):focus-visible {
    outline: 3px solid var(--focus, #1a56db);
    outline-offset: 2px;
  }
  .wide {
    grid-column: 1 / -1;
  }
  .buttons {
    display: flex;
    min-width: 0;
    flex-wrap: wrap;
    gap: 8px;
  }
  .muted {
    color: var(--text-muted, #4f5a53);
  }
  summary {
    cursor: pointer;
    border-radius: 4px;
  }
  @media (pointer: coarse) {
    button,
    select,
    .number {
      min-height: 44px;
    }
    input[type="range"] {
      min-height: 44px;
    }
  }
`;
