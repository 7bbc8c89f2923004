// The parts on pins in a real browser: one is added, moved, set, operated, looked at, and taken off.
import { html } from "lit";
import { microbitV2 } from "../../boards/index.ts";
import type { WiredKind, Wiring } from "../../boards/wiring.ts";
import { wiredKinds } from "../../boards/wiring.ts";
import type { ByWired } from "./wired.ts";
import "./wired.ts";
import { clean, describe, equal, heard, it, show } from "./wtr.ts";

const lamp: Wiring = { "led-5mm": { kind: "led-5mm", pins: { anode: "P1" } } };
const element = (wiring: Wiring, parts = {}) =>
  show<ByWired>(html`<by-wired .board=${microbitV2} .wiring=${wiring} .parts=${parts}></by-wired>`);
const named = (host: Element, text: string) =>
  [...host.shadowRoot!.querySelectorAll<HTMLElement>("button")].find(
    (button) => (button.getAttribute("aria-label") ?? button.textContent!.trim()) === text,
  )!;
const wirings = (sent: unknown[]) => (sent as { wiring: Wiring }[]).map(({ wiring }) => wiring);

describe("by-wired", () => {
  it("adds a part on pins that are free, and the second on others", async () => {
    const host = await element({});
    const sent = heard(host, "wire");
    named(host, "Add a part").click();
    await host.updateComplete;
    await clean();
    named(host, "LED").click();
    equal(wirings(sent), [{ "led-5mm": { kind: "led-5mm", pins: { anode: "P0" } } }]);
    host.wiring = wirings(sent)[0]!;
    await host.updateComplete;
    named(host, "Add a part").click();
    await host.updateComplete;
    named(host, "LED").click();
    equal(wirings(sent)[1]!["led-5mm-2"], { kind: "led-5mm", pins: { anode: "P1" } });
  });

  it("moves a lead, sets an option, and takes the part off", async () => {
    const host = await element(lamp, { "led-5mm": { colour: "red", brightness: 0.5 } });
    const sent = heard(host, "wire");
    const [pin, colour] = host.shadowRoot!.querySelectorAll("select");
    pin!.value = "P8";
    pin!.dispatchEvent(new Event("change"));
    colour!.selectedIndex = 3;
    colour!.dispatchEvent(new Event("change"));
    named(host, "Remove LED").click();
    equal(wirings(sent), [
      { "led-5mm": { kind: "led-5mm", pins: { anode: "P8" } } },
      { "led-5mm": { kind: "led-5mm", pins: { anode: "P1" }, options: { colour: "blue" } } },
      {},
    ]);
    equal(host.shadowRoot!.textContent!.includes("Shines at 50 %"), true);
    await clean();
  });

  it("presses, turns, and sends", async () => {
    const wiring: Wiring = {
      "push-button": { kind: "push-button", pins: { signal: "P1" } },
      potentiometer: { kind: "potentiometer", pins: { wiper: "P2" } },
      "uart-peer": { kind: "uart-peer", pins: { rx: "P8", tx: "P12" } },
    };
    const host = await element(wiring, { "push-button": { pressed: false }, potentiometer: { position: 0.2 } });
    const sent = heard(host, "part-input");
    const button = named(host, "Press");
    button.dispatchEvent(new PointerEvent("pointerdown"));
    button.dispatchEvent(new PointerEvent("pointerup"));
    button.dispatchEvent(new KeyboardEvent("keydown", { key: " " }));
    button.dispatchEvent(new KeyboardEvent("keyup", { key: " " }));
    const knob = host.shadowRoot!.querySelector<HTMLInputElement>("input[type=range]")!;
    equal(knob.value, "0.2");
    knob.value = "0.75";
    knob.dispatchEvent(new Event("input"));
    host.shadowRoot!.querySelector<HTMLInputElement>("#text-uart-peer")!.value = "hello";
    named(host, "Send").click();
    equal(
      (sent as { event: unknown }[]).map(({ event }) => event),
      ["press", "release", "press", "release", { position: 0.75 }, { send: "hello\n" }],
    );
    await clean();
  });

  it("says when two parts are on one pin, but not of two chips on a bus", async () => {
    const host = await element({ ...lamp, "led-5mm-2": { kind: "led-5mm", pins: { anode: "P1" } } });
    equal(host.shadowRoot!.textContent!.match(/P1 has another part/g)?.length, 2);
    const bus = { sda: "P20", scl: "P19" };
    host.wiring = { bme280: { kind: "bme280", pins: bus }, ssd1306: { kind: "ssd1306", pins: bus } };
    await host.updateComplete;
    equal(host.shadowRoot!.textContent!.includes("another part"), false);
  });

  it("shows every kind, and axe finds nothing", async () => {
    const wiring = Object.fromEntries(
      (Object.keys(wiredKinds) as WiredKind[]).map((kind) => [
        kind,
        { kind, pins: Object.fromEntries(Object.keys(wiredKinds[kind].leads).map((lead, i) => [lead, `P${i}`])) },
      ]),
    );
    const host = await element(wiring, {
      "led-5mm": { colour: "green", brightness: 1, milliamps: 4 },
      "rgb-led": { red: 0.2, green: 0.8, blue: 0 },
      servo: { angle: 45, target: 90, isPowered: true },
      buzzer: { frequency: 440 },
      relay: { isOn: true },
      neopixel: {
        shape: "ring",
        pixels: [
          [255, 0, 0],
          [0, 0, 0],
        ],
      },
      ssd1306: { on: true, rows: ["0110", "1001"], contrast: 255 },
      lcd1602: {
        lines: ["Hello".padEnd(16), "world".padEnd(16)],
        codes: [...`${"Hello".padEnd(16)}${"world".padEnd(16)}`].map((c) => c.charCodeAt(0)),
        glyphs: [],
        backlight: true,
        cursor: null,
      },
      "uart-peer": { received: "hi" },
    });
    const text = host.shadowRoot!.textContent!.replace(/\s+/g, " ");
    for (const seen of [
      "Shines at 100 %",
      "Red 20 %, green 80 %",
      "Turned to 45°",
      "Sounds at 440 Hz",
      "1 of 2 shine",
      "Contact closed",
    ])
      equal(text.includes(seen), true);
    await clean();
  });
});
