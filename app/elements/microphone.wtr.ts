// <microphone-control> in a browser: off until asked for, levels from whatever the device gives, and plain words when it gives none.
import "axe-core/axe.min.js";
import "../../boards/parts/microphone/view.ts";
import type { MicrophoneControl } from "../../boards/parts/microphone/view.ts";
import type { PartInput } from "../../boards/press.ts";

declare const describe: (name: string, body: () => void) => void;
declare const it: (name: string, body: () => Promise<void>) => void;
declare const afterEach: (body: () => void) => void;
interface Axe {
  run(root: Element): Promise<{ violations: { id: string }[] }>;
}

const devices = navigator.mediaDevices;
const given = devices.getUserMedia.bind(devices);

function give(answer: () => Promise<MediaStream>): void {
  Object.defineProperty(devices, "getUserMedia", { configurable: true, value: answer });
}

async function until(check: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 100 && !check(); i++) await new Promise((resolve) => setTimeout(resolve, 30));
  if (!check()) throw new Error(`never: ${what}`);
}

async function show(): Promise<{ control: MicrophoneControl; button: HTMLButtonElement; status: Element; levels: number[] }> {
  const control = document.createElement("microphone-control");
  const levels: number[] = [];
  control.addEventListener("part-input", (event) => {
    const { level } = (event as CustomEvent<PartInput>).detail.event as { level: number };
    levels.push(level);
    (control as MicrophoneControl).state = { ...(control as MicrophoneControl).state, level };
  });
  document.body.append(control);
  await (control as MicrophoneControl).updateComplete;
  const root = control.shadowRoot!;
  const button = root.querySelector<HTMLButtonElement>("button[aria-pressed]")!;
  return { control: control as MicrophoneControl, button, status: root.querySelector("[role=status]")!, levels };
}

describe("the microphone control", () => {
  afterEach(() => {
    document.querySelectorAll("microphone-control").forEach((element) => element.remove());
    Object.defineProperty(devices, "getUserMedia", { configurable: true, value: given });
  });

  it("asks for nothing by itself, and passes axe", async () => {
    give(() => Promise.reject(new Error("asked")));
    const { control, button, status } = await show();
    if (button.getAttribute("aria-pressed") !== "false") throw new Error("not off");
    if (!/nothing is recorded or sent/.test(status.textContent!)) throw new Error(status.textContent!);
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(control);
    if (violations.length > 0) throw new Error(violations.map(({ id }) => id).join());
  });

  it("says what to do when the browser does not allow it, or there is none", async () => {
    for (const [name, words] of [
      ["NotAllowedError", /Allow it/],
      ["NotFoundError", /No microphone/],
    ] as const) {
      give(() => Promise.reject(new DOMException("no", name)));
      const { control, button, status } = await show();
      button.click();
      await until(() => words.test(status.textContent!), String(words));
      if (button.getAttribute("aria-pressed") !== "false") throw new Error("pressed");
      control.remove();
    }
  });

  it("gives levels while it is on, and lets the device go when it is pressed again or taken away", async () => {
    const source = new AudioContext();
    const tone = source.createOscillator();
    const out = source.createMediaStreamDestination();
    const quiet = source.createGain();
    quiet.gain.value = 0.01;
    tone.connect(quiet).connect(out);
    tone.start();
    const track = out.stream.getAudioTracks()[0]!;
    give(() => Promise.resolve(out.stream));
    const { control, button, status, levels } = await show();
    button.click();
    await until(() => /^On/.test(status.textContent!), "on");
    // Without a press of a real user the browser may keep audio from running; then there is nothing to measure.
    if (source.state === "running")
      await until(() => levels.some((level) => level > 100 && level < 170), `a level: ${levels.join()}`);
    button.click();
    await control.updateComplete;
    if (track.readyState !== "ended") throw new Error("still listening");
    if (levels.at(-1) !== 0 && levels.length > 0) throw new Error("not quiet again");
    await source.close();
  });
});
