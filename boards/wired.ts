// What is seen and done of a part on a pin: its controls, made from what the world can do to it, and its picture. A door, for the page.
import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { BoardText } from "./messages/text.ts";
import { sendInput } from "./press.ts";
import { type WiredInput, type WiredKindDef, wiredKinds, type WiredPart } from "./wiring.ts";

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
  .lcd {
    margin: 0;
    padding: 8px 10px;
    border: 2px solid #35502a;
    border-radius: 4px;
    background: #a9c94f;
    color: #1d2a10;
    font:
      600 1rem/1.5 "Fira Mono",
      ui-monospace,
      monospace;
    white-space: pre;
  }
  .lcd.unlit {
    background: #5f7038;
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
  const now = state as State;
  switch (part.kind) {
    case "led-5mm": {
      const light = numberOf(now, "brightness", 0);
      return html`<p class="seen">${lamp(colours[String(now["colour"])] ?? colours["red"]!, light)} ${lit(light, t)}</p>`;
    }
    case "rgb-led": {
      const [r, g, b] = ["red", "green", "blue"].map((name) => numberOf(now, name, 0)) as [number, number, number];
      const most = Math.max(r, g, b);
      const tint = [r, g, b].map((each) => Math.round((most === 0 ? 0 : each / most) * 255)).join(" ");
      return html`<p class="seen">${lamp(`rgb(${tint})`, most)} ${lit(most, t)}</p>`;
    }
    case "servo": {
      const angle = numberOf(now, "angle", 0);
      return html`<p class="seen">${horn(angle)} ${t("seen.angle", { n: Math.round(angle) })}</p>`;
    }
    case "buzzer": {
      const hertz = numberOf(now, "frequency", 0);
      return html`<p class="seen">${hertz > 0 ? t("seen.tone", { n: Math.round(hertz) }) : t("seen.silent")}</p>`;
    }
    case "relay":
      return html`<p class="seen">${t(now["isOn"] === true ? "seen.on" : "seen.off")}</p>`;
    case "neopixel":
      return pixels(now, t);
    case "ssd1306":
      return oled(now, t);
    case "lcd1602":
      return lcd(now, t);
    case "uart-peer": {
      const text = String(now["received"] ?? "");
      return html`<pre class="heard" tabindex="0">${text === "" ? t("seen.nothing") : text}</pre>`;
    }
    default:
      return nothing;
  }
}

const colours: Readonly<Record<string, string>> = { red: "#ff3b2f", yellow: "#ffc83a", green: "#3bdc5c", blue: "#4aa3ff" };

function lit(light: number, t: BoardText): string {
  return light > 0 ? t("seen.lit", { n: Math.max(1, Math.round(light * 100)) }) : t("seen.dark");
}

function lamp(colour: string, light: number): TemplateResult {
  const shine = light === 0 ? 0 : 0.25 + 0.75 * light;
  return html`<svg width="40" height="40" viewBox="-20 -20 40 40" aria-hidden="true">
    ${svg`<circle r="19" fill=${colour} opacity=${shine * 0.35} /><circle r="11" fill="#8a8f8b" opacity=".55" />
      <circle r="11" fill=${colour} opacity=${shine} /><circle r="11" fill="none" stroke="currentColor" stroke-opacity=".5" />`}
  </svg>`;
}

function horn(angle: number): TemplateResult {
  return html`<svg width="64" height="44" viewBox="-32 -32 64 44" aria-hidden="true">
    ${svg`<rect x="-14" y="-8" width="28" height="18" rx="3" fill="#2f5fae" /><g transform="rotate(${angle - 90})">
      <rect x="-3" y="-28" width="6" height="30" rx="3" fill="#f4f4f0" stroke="#4d564f" /></g>
      <circle r="4" fill="#f4f4f0" stroke="#4d564f" />`}
  </svg>`;
}

function pixels(now: State, t: BoardText): TemplateResult {
  const all = (now["pixels"] ?? []) as readonly (readonly number[])[];
  const shining = all.filter((pixel) => pixel.some((value) => value > 0)).length;
  const most = 64;
  return html`<div class="seen">
    <svg width=${Math.min(16, all.length) * 18} height=${Math.ceil(Math.min(most, all.length) / 16) * 18} aria-hidden="true">
      ${all.slice(0, most).map(
        ([r = 0, g = 0, b = 0], i) =>
          svg`<circle cx=${(i % 16) * 18 + 9} cy=${Math.floor(i / 16) * 18 + 9} r="7.5" stroke="currentColor" stroke-opacity=".4"
            fill=${`rgb(${[r, g, b].map(seenLevel).join(" ")})`} />`,
      )}
    </svg>
    <span>${t("seen.pixels", { n: shining, all: all.length })}</span>
  </div>`;
}

// A pixel at 10 of 255 is well seen in a room; a screen's 10 is black.
function seenLevel(value: number): number {
  return Math.round(255 * (value / 255) ** (1 / 2.2));
}

function lcd(now: State, t: BoardText): TemplateResult {
  const lines = (now["lines"] ?? ["", ""]) as readonly string[];
  const text = lines.map((line) => line.padEnd(16)).join("\n");
  return html`<pre
    class="lcd ${now["backlight"] === false ? "unlit" : ""}"
    role="img"
    aria-label=${`${t("wired.lcd1602")}: ${lines.join(" / ")}`}
  >
${text}</pre>`;
}

function oled(now: State, t: BoardText): TemplateResult {
  const rows = (now["rows"] ?? []) as readonly string[];
  if (now["on"] !== true) return html`<p class="seen">${t("seen.display-off")}</p>`;
  const path = rows
    .flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`))
    .join("");
  return html`<svg
    class="oled"
    viewBox="0 0 ${rows[0]?.length ?? 128} ${rows.length}"
    role="img"
    aria-label=${t("wired.ssd1306")}
  >
    ${svg`<path d=${path} fill="#dff3ff" shape-rendering="crispEdges" />`}
  </svg>`;
}
