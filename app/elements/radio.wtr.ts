// The Radio panel in a real browser: boards, map by mouse and keys, log, axe on each.
import { html } from "lit";
import { type ByRadio, wordsOf, type RadioBoard } from "./radio.ts";
import "./radio.ts";
import { clean, describe, equal, heard, it, press, show } from "./wtr.ts";

const own: RadioBoard = {
  id: 0,
  name: "Mine",
  board: "microbit-v2",
  program: "Mine",
  isOn: true,
  line: "",
  x: 50,
  y: 25,
  power: 6,
  rate: 0,
};
const mate: RadioBoard = { ...own, id: 3, name: "Board 1", board: "microbit-v1", program: "Echo", line: "hello", x: 60, y: 25 };
const far: RadioBoard = { ...mate, id: 4, name: "Board 2", isOn: false, x: 0, y: 0, power: 0 };
const packet = { channel: 7, address: 1, group: 3, rate: 0, power: 6, bytes: Uint8Array.of(1, 0, 1, 104, 105) };
const log = [
  { mark: 1, atMs: 1234, from: "Mine", packet, heard: [{ name: "Board 1", rssi: -70 }] },
  { mark: 2, atMs: 2000, from: "Board 1", packet: { ...packet, bytes: Uint8Array.of(7, 255) }, heard: [] },
];
const kinds = [["microbit-v2", "micro:bit V2"]];
const programs = [["echo", "Echo"]];

const draw = (boards: readonly RadioBoard[] = [own, mate, far]) =>
  show<ByRadio>(
    html`<by-radio
      style="width: 420px; height: 460px"
      .boards=${boards}
      .kinds=${kinds}
      .programs=${programs}
      .log=${log}
    ></by-radio>`,
  );
const all = (root: Element, selector: string) => [...root.shadowRoot!.querySelectorAll<HTMLElement>(selector)];
const words = (root: Element, selector: string) =>
  all(root, selector).map((found) => found.textContent!.replace(/\s+/g, " ").trim());
const labelled = (root: Element, label: string) =>
  all(root, "button").find((button) => button.getAttribute("aria-label") === label)!;
const view = async (element: ByRadio, key: string) => {
  element.view = key as ByRadio["view"];
  await element.updateComplete;
};

describe("by-radio", () => {
  it("teaches to add a board, and adds it", async () => {
    const element = await draw([own]);
    equal(words(element, ".empty")[0]!.startsWith("Add a second board"), true);
    const added = heard(element, "radio-add");
    all(element, "form button")[0]!.click();
    equal(added, [{ board: "microbit-v2", program: "echo" }]);
    await clean();
  });

  it("runs, stops and removes the board that is meant", async () => {
    const element = await draw();
    const sent = ["radio-start", "radio-stop", "radio-remove"].map((type) => heard(element, type));
    labelled(element, "Stop Board 1").click();
    labelled(element, "Run Board 2").click();
    labelled(element, "Remove Board 2").click();
    equal(sent, [[4], [3], [4]]);
    equal(words(element, ".line"), ["hello", "hello"]);
    await clean();
  });

  it("moves boards on the map by keys and by dragging, and says how they are heard", async () => {
    const element = await draw();
    await view(element, "map");
    const map = all(element, "by-radio-map")[0]!;
    equal(words(map, ".links li"), [
      "1. Mine is heard up to 59 m away.",
      "2. Board 1: 10 m, -70 dBm",
      "3. Board 2: 56 m, -92 dBm, some messages are lost",
    ]);
    await clean();
    const moved = heard(element, "radio-move");
    const second = all(map, ".board")[1]!;
    press(second, "ArrowLeft");
    press(second, "ArrowDown", { shiftKey: true });
    equal(moved.splice(0), [
      { id: 3, x: 59, y: 25 },
      { id: 3, x: 60, y: 35 },
    ]);
    const { left, top, width, height } = all(map, ".map")[0]!.getBoundingClientRect();
    const at = { clientX: left + width / 4, clientY: top + height / 2, pointerId: 1, bubbles: true };
    second.setPointerCapture = () => {};
    second.dispatchEvent(new PointerEvent("pointerdown", at));
    second.dispatchEvent(new PointerEvent("pointermove", at));
    second.dispatchEvent(new PointerEvent("pointerup", at));
    second.dispatchEvent(new PointerEvent("pointermove", at));
    equal(
      moved.map((detail) => Object.values(detail as object).map(Math.round)),
      [[3, 25, 25]],
    );
  });

  it("tells of a weak board that it is too far away", async () => {
    const element = await draw([{ ...far, id: 0 }, mate]);
    await view(element, "map");
    equal(words(all(element, "by-radio-map")[0]!, ".links li")[1], "2. Board 1: 65 m, too far away");
  });

  it("logs what was sent, the newest first, and sends by hand", async () => {
    const element = await draw();
    await view(element, "log");
    equal(words(element, "tbody td"), [
      ...["2.00", "Board 1", "3", "7", "07 ff", "nobody here"],
      ...["1.23", "Mine", "3", "7", "hi", "Board 1 (-70 dBm)"],
    ]);
    await clean();
    const sent = heard(element, "radio-send");
    const text = all(element, "input")[0] as HTMLInputElement;
    text.value = "hey";
    (all(element, "input")[1] as HTMLInputElement).value = "9";
    all(element, "form button")[0]!.click();
    equal(sent, [{ text: "hey", group: 9, channel: 7 }]);
    equal(text.value, "");
  });

  it("reads texts and bytes", () => {
    equal([wordsOf([1, 0, 1]), wordsOf([1, 0, 1, 195, 177]), wordsOf([1, 0]), wordsOf([])], ["", "ñ", "01 00", ""]);
  });
});
