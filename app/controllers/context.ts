// What the whole page shares: the store, the open project, the one runner. Made once, in main.ts; pages and shell use it, elements do not.
import { boardById, microbitV2 } from "../../boards/index.ts";
import type { BoardDescriptor } from "../../boards/descriptor.ts";
import { WebSerialTransport } from "../../boards/link/webserial.ts";
import { SpeakerSound } from "../../boards/parts/speaker/view.ts";
import { SimTransport } from "../../boards/sim/transport.ts";
import type { Toast } from "../elements/toast.ts";
import { msg } from "../i18n/i18n.ts";
import { createProject, freeName, type Parcel, type Project } from "../store/project.ts";
import { Projects } from "../store/projects.ts";
import { settings } from "../store/settings.ts";
import { Ether } from "./ether.ts";
import { Runner } from "./runner.ts";
import { Workbench } from "./workbench.ts";

export const projects = new Projects();
export const workbench = new Workbench(projects);
/** The air of this page, and where the board that is worked on stands in it, in metres. */
export const ether = new Ether();
export const ownStation = ether.join("", { x: 50, y: 25 });
export const runner = new Runner(microbitV2, {
  simulate: (board, options) => new SimTransport(board, { radio: ether.port(ownStation), ...options }),
  serial: (boards, asking) => new WebSerialTransport(boards, asking),
});

/** The simulated speaker. Browsers let it sound only after the page was pressed. */
export const sound = new SpeakerSound();
runner.onSound = (events, ms) => sound.take(events, ms);

/** The board of that id; a newer version's board becomes the micro:bit V2. */
export function boardOf(id: string): BoardDescriptor {
  return boardById(id) ?? microbitV2;
}

/** Shows a message; the shell listens. */
export function say(toast: Toast): void {
  document.dispatchEvent(new CustomEvent("by-say", { detail: toast }));
}

/** What a new project does at once. */
export function starter(board: string): string {
  if (board.startsWith("pyboard")) {
    return "import pyb\n\nled = pyb.LED(4)\nwhile True:\n    led.toggle()\n    pyb.delay(300)\n";
  }
  return "from microbit import *\n\nwhile True:\n    display.show(Image('09090:99999:99999:09990:00900'))\n    sleep(600)\n    display.clear()\n    sleep(400)\n";
}

/** What is there on the very first visit: a greeting that scrolls, then a heart, drawn so that it can be redrawn, that answers to button A. */
const greeting = `from microbit import *

display.scroll("Hello")
while True:
    if button_a.is_pressed():
        display.show(Image.HAPPY)
    else:
        display.show(Image('09090:99999:99999:09990:00900'))
    sleep(100)
`;

/** Makes sure that there is a project: on the first visit the greeting. */
export async function firstProject(): Promise<void> {
  const list = await projects.list();
  let isFirstVisit = false;
  try {
    isFirstVisit = localStorage.getItem("blinkyard-visited") === null;
    localStorage.setItem("blinkyard-visited", "1");
  } catch {
    isFirstVisit = true; // storage is forbidden: every visit is the first
  }
  if (list.length > 0 || !isFirstVisit) return;
  const parcel = { name: msg("project.first"), board: "microbit-v2", files: { "main.py": greeting }, layout: null };
  await projects.put(createProject(parcel, Date.now()));
}

/** Keeps a parcel as a new project under a name that is free. */
export async function adopt(parcel: Parcel, lesson: string | null = null): Promise<Project> {
  const taken = (await projects.list()).map(({ name }) => name);
  const board = boardById(parcel.board) ? parcel.board : microbitV2.id;
  const project = createProject({ ...parcel, board, name: freeName(parcel.name, taken) }, Date.now(), lesson);
  await projects.put(project);
  void navigator.storage?.persist?.().catch(() => false);
  return project;
}

export async function newProject(board: string = settings().board): Promise<Project> {
  return adopt({ name: msg("project.default"), board, files: { "main.py": starter(board) }, layout: null });
}

/** Gives the reader a file to save. */
export function saveAs(name: string, content: BlobPart, type = "text/plain"): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A file name for a project: letters and digits of any script, the rest as dashes. */
export function fileNameOf(name: string, ending: string): string {
  return `${name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "project"}.${ending}`;
}
