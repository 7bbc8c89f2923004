// What is seen and done of a part on a pin: its controls, made from what the world can do to it, and its picture. A door, for the page.
import { css, html, nothing, type TemplateResult } from "lit";
import type { BoardText } from "./messages/text.ts";
import { buzzerPicture } from "./parts/buzzer/view.ts";
import { lcd1602Picture } from "./parts/lcd1602/view.ts";
import { led5mmPicture } from "./parts/led-5mm/view.ts";
import { neopixelPicture } from "./parts/neopixel/view.ts";
import { relayPicture } from "./parts/relay/view.ts";
import { rgbLedPicture } from "./parts/rgb-led/view.ts";
import { servoPicture } from "./parts/servo/view.ts";
import { ssd1306Picture } from "./parts/ssd1306/view.ts";
import { uartPeerPicture } from "./parts/uart-peer/view.ts";
import { sendInput } from "./press.ts";
import { type WiredInput, type WiredKind, type WiredKindDef, wiredKinds, type WiredPart } from "./wiring.ts";

type State = Readonly<Record<string, unknown>>;
type Key = Parameters<BoardText>[0];

export const wiredStyles = css`
  .give {
    display: grid;
    grid-template-columns: auto 1fr auto;
    align-items: center;
    gap: 4px 10px;
  }
  .give input[type="range"] {
    width: 100%;
    min-height: 24px;
    accent-color: var(--primary, #0b6b4f);
  }
  .give input[type="number"] {
    width: 5.5em;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .seen {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 10px;
    margin: 0;
  }
  .seen svg,
  .seen canvas {
    flex: none;
  }
  .held[aria-pressed="true"] {
    background: var(--primary-soft, #d9ebe3);
    border-color: var(--primary, #0b6b4f);
  }
  .small-art {
    zoom: 0.55;
  }
  .wide-art {
    display: block;
    max-width: 100%;
    overflow: hidden;
    zoom: 0.8;
  }
  .pixels {
    max-width: 100%;
  }
  .oled {
    width: 256px;
    max-width: 100%;
    border: 4px solid #111;
    border-radius: 4px;
    background: #000;
    image-rendering: pixelated;
  }
  .heard {
    flex: 1 1 100%;
    max-height: 8em;
    margin: 0;
    overflow: auto;
    padding: 6px 8px;
    border-radius: var(--radius-field, 6px);
    background: var(--sunken, #ebeee8);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;

const numberOf = (state: State, name: string, otherwise: number): number =>
  typeof state[name] === "number" ? (state[name] as number) : otherwise;

/** A control for each thing that the world can do to the part; they fire `part-input`. */
export function wiredControls(name: string, part: WiredPart, state: unknown, t: BoardText): readonly TemplateResult[] {
  const { inputs }: WiredKindDef = wiredKinds[part.kind];
  const now = (state ?? {}) as State;
  return Object.entries(inputs).map(([input, def]) => control(name, input, def, now, t));
}

function control(name: string, input: string, def: WiredInput, state: State, t: BoardText): TemplateResult {
  const label = t(`give.${input}` as Key);
  const give = (event: Event, value: unknown): void => sendInput(event.currentTarget!, name, value);
  if (def.does === "press") {
    const press = (event: Event): void => give(event, "press");
    const release = (event: Event): void => give(event, "release");
    const key = (act: (event: Event) => void) => (event: KeyboardEvent) => {
      if ((event.key === " " || event.key === "Enter") && !event.repeat) act(event);
    };
    return html`<button
      class="button held"
      aria-pressed=${String(state["pressed"] === true)}
      @pointerdown=${press}
      @pointerup=${release}
      @pointerleave=${(event: Event) => state["pressed"] === true && release(event)}
      @keydown=${key(press)}
      @keyup=${key(release)}
      @blur=${(event: Event) => state["pressed"] === true && release(event)}
    >
      ${label}
    </button>`;
  }
  if (def.does === "motion")
    return html`<button class="button" @click=${(event: Event) => give(event, "motion")}>${label}</button>`;
  if (def.does === "flip") {
    const flip = (event: Event): void => give(event, { [input]: (event.target as HTMLInputElement).checked });
    return html`<label class="seen"><input type="checkbox" .checked=${state[input] === true} @change=${flip} /> ${label}</label>`;
  }
  if (def.does === "text") {
    const send = (event: Event): void => {
      const field = (event.currentTarget as HTMLElement).closest(".give")!.querySelector("input")!;
      if (field.value !== "") give(event, { [input]: `${field.value}\n` });
      field.value = "";
    };
    return html`<div class="give">
      <label for="text-${name}">${label}</label>
      <input id="text-${name}" @keydown=${(event: KeyboardEvent) => event.key === "Enter" && send(event)} />
      <button class="button" @click=${send}>${t("give.sendIt")}</button>
    </div>`;
  }
  const take = (event: Event): void => {
    const value = (event.target as HTMLInputElement).valueAsNumber;
    if (!Number.isNaN(value)) give(event, { [input]: Math.max(def.min, Math.min(def.max, value)) });
  };
  const value = String(numberOf(state, input, def.usual));
  const field = (type: "range" | "number", on: "input" | "change") =>
    html`<input
      type=${type}
      min=${def.min}
      max=${def.max}
      step=${def.step}
      aria-label=${label}
      .value=${value}
      @input=${on === "input" ? take : nothing}
      @change=${on === "change" ? take : nothing}
    />`;
  return html`<div class="give"><span>${label}</span>${field("range", "input")}${field("number", "change")}</div>`;
}

/** What the part shows; nothing for those that show nothing. */
export function wiredPicture(part: WiredPart, state: unknown, t: BoardText): TemplateResult | typeof nothing {
  if (state === undefined || state === null) return nothing;
  const picture: Picture | undefined = pictures[part.kind];
  return picture?.(state as never, t) ?? nothing;
}

type Picture = (state: never, t: BoardText) => TemplateResult;

const pictures: Partial<Readonly<Record<WiredKind, Picture>>> = {
  "led-5mm": led5mmPicture,
  "rgb-led": rgbLedPicture,
  servo: servoPicture,
  buzzer: buzzerPicture,
  relay: relayPicture,
  ssd1306: ssd1306Picture,
  lcd1602: lcd1602Picture,
  neopixel: neopixelPicture,
  "uart-peer": uartPeerPicture,
};
