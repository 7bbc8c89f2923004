// music and radio of the micro:bit.

import type { BlockDef } from "../block.ts";

const TUNES =
  "DADADADUM ENTERTAINER PRELUDE ODE NYAN RINGTONE FUNK BLUES BIRTHDAY WEDDING FUNERAL PUNCHLINE PYTHON BADDY CHASE BA_DING WAWAWAWAA JUMP_UP JUMP_DOWN POWER_UP POWER_DOWN";
const tunes = TUNES.split(" ").map((name) => [name.toLowerCase().replace("_", " "), name] as const);

export const soundBlocks: readonly BlockDef[] = [
  {
    type: "music_tune",
    category: "sound",
    label: "MUSIC_TUNE",
    args: { tune: { kind: "choice", options: tunes } },
    python: "music.play(music.{tune})",
    imports: ["import music"],
    shape: "statement",
    needs: { modules: ["music"] },
  },
  {
    type: "music_play",
    category: "sound",
    label: "MUSIC_PLAY",
    args: { notes: { kind: "value", check: "list", shadow: "['c4:4', 'e', 'g']" } },
    python: "music.play({notes})",
    imports: ["import music"],
    shape: "statement",
    needs: { modules: ["music"] },
  },
  {
    type: "music_pitch",
    category: "sound",
    label: "MUSIC_PITCH",
    args: { hertz: { kind: "value", check: "int", shadow: "440" }, ms: { kind: "value", check: "int", shadow: "500" } },
    python: "music.pitch({hertz}, {ms})",
    imports: ["import music"],
    shape: "statement",
    needs: { modules: ["music"] },
  },
  {
    type: "music_stop",
    category: "sound",
    label: "MUSIC_STOP",
    args: {},
    python: "music.stop()",
    imports: ["import music"],
    shape: "statement",
    needs: { modules: ["music"] },
  },
  {
    type: "music_tempo",
    category: "sound",
    label: "MUSIC_TEMPO",
    args: { bpm: { kind: "value", check: "int", shadow: "120" } },
    python: "music.set_tempo(bpm={bpm})",
    imports: ["import music"],
    shape: "statement",
    needs: { modules: ["music"] },
  },
  {
    type: "radio_power",
    category: "radio",
    label: "RADIO_POWER",
    args: {
      power: {
        kind: "choice",
        options: [
          ["OPT_ON", "on"],
          ["OPT_OFF", "off"],
        ],
      },
    },
    python: "radio.{power}()",
    imports: ["import radio"],
    shape: "statement",
    needs: { modules: ["radio"] },
  },
  {
    type: "radio_group",
    category: "radio",
    label: "RADIO_GROUP",
    args: { group: { kind: "value", check: "int", shadow: "1" } },
    python: "radio.config(group={group})",
    imports: ["import radio"],
    shape: "statement",
    needs: { modules: ["radio"] },
  },
  {
    type: "radio_send",
    category: "radio",
    label: "RADIO_SEND",
    args: { text: { kind: "value", check: "str", shadow: "'Hello'" } },
    python: "radio.send({text})",
    imports: ["import radio"],
    shape: "statement",
    needs: { modules: ["radio"] },
  },
  {
    type: "radio_receive",
    category: "radio",
    label: "RADIO_RECEIVE",
    args: {},
    python: "radio.receive()",
    imports: ["import radio"],
    shape: "value",
    needs: { modules: ["radio"] },
  },
];
