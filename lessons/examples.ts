// The example programs that a new project may begin with, by board. Their Python is in examples/.

import type { LessonLanguage } from "./lesson.ts";

export interface Example {
  readonly id: string;
  readonly title: string;
  /** The descriptor ids of the boards it runs on. */
  readonly boards: readonly string[];
  readonly source: string;
}

const texts = import.meta.glob<string>("./examples/*.py", { query: "?raw", import: "default", eager: true });

const microbit = ["microbit-v2", "microbit-v1"];
const pyboard = ["pyboard-v1.1"];
const list: readonly (readonly [id: string, boards: readonly string[], en: string, es: string])[] = [
  ["greeting", microbit, "Greeting", "Saludo"],
  ["heartbeat", microbit, "Heartbeat", "Latido"],
  ["dice", microbit, "Dice", "Dado"],
  ["counter", microbit, "Counter", "Contador"],
  ["thermometer", microbit, "Thermometer", "Termómetro"],
  ["night_light", microbit, "Night light", "Luz nocturna"],
  ["melody", microbit, "Melody", "Melodía"],
  ["messages", microbit, "Messages by radio", "Mensajes por radio"],
  ["dodge", microbit, "Dodge the stones", "Esquiva las piedras"],
  ["lights", pyboard, "Running lights", "Luces en marcha"],
  ["traffic_light", pyboard, "Traffic light", "Semáforo"],
  ["pulse", pyboard, "Pulse", "Pulso"],
];

export function examples(language: LessonLanguage): Example[] {
  return list.map(([id, boards, en, es]) => {
    const source = texts[`./examples/${id}.py`];
    if (source === undefined) throw new Error(`no example ${id}`);
    return { id, boards, title: language === "es" ? es : en, source };
  });
}
