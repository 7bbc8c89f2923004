// The sensor controls of a board, one per part that the drawing itself cannot be asked for. A door; loads every control element.
import { html, type TemplateResult } from "lit";
import type { BoardDescriptor } from "./descriptor.ts";
import type { BoardText } from "./messages/text.ts";
import "./parts/accelerometer/view.ts";
import "./parts/compass/view.ts";
import "./parts/light-sensor/view.ts";
import "./parts/microphone/view.ts";
import "./parts/pin/view.ts";
import "./parts/radio/view.ts";
import "./parts/thermometer/view.ts";

/** Names of the parts that have a control, in the board's order; pins come last. */
export function controllable(board: BoardDescriptor): readonly string[] {
  const has = new Set(["accelerometer", "compass", "light-sensor", "microphone", "pin", "radio", "thermometer"]);
  return Object.entries(board.parts)
    .filter(([, part]) => has.has(part.kind))
    .map(([name]) => name);
}

/** The control of one part; it fires `part-input`. Nothing for a part without one, or before its first state. */
export function control(board: BoardDescriptor, part: string, state: unknown, text: BoardText): TemplateResult | null {
  const def = board.parts[part];
  if (!def || state === undefined) return null;
  switch (def.kind) {
    case "accelerometer":
      return html`<accelerometer-control .name=${part} .state=${state} .text=${text}></accelerometer-control>`;
    case "compass":
      return html`<compass-control .name=${part} .state=${state} .text=${text}></compass-control>`;
    case "light-sensor":
      return html`<light-sensor-control .name=${part} .state=${state} .text=${text}></light-sensor-control>`;
    case "microphone":
      return html`<microphone-control .name=${part} .state=${state} .text=${text}></microphone-control>`;
    case "thermometer":
      return html`<thermometer-control .name=${part} .state=${state} .text=${text}></thermometer-control>`;
    case "radio":
      return html`<radio-status .state=${state} .text=${text}></radio-status>`;
    case "pin": {
      const analog = board.pins.find((pin) => pin.name === part)?.can.includes("analog") ?? false;
      return html`<pin-control .name=${part} .state=${state} .text=${text} ?analog=${analog}></pin-control>`;
    }
    case "button":
    case "data-log":
    case "led":
    case "led-matrix":
    case "power":
    case "speaker":
    case "switch":
    case "touch":
      return null;
  }
}
