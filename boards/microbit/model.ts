// The worker's half of the micro:bit: descriptor, configuration, Python modules and boot script of V1 and V2.
import { modantigravity, modlove, modthis } from "../modules/easter-eggs.ts";
import { modaudio } from "../modules/modaudio.ts";
import { modlog } from "../modules/modlog.ts";
import { modmachineMicrobit } from "../modules/modmachine-microbit.ts";
import { modmicrobitFile } from "../modules/microbit-file.ts";
import { modmicrobit } from "../modules/modmicrobit.ts";
import { modmusic } from "../modules/modmusic.ts";
import { modosMicrobit } from "../modules/modos-microbit.ts";
import { modpower } from "../modules/modpower.ts";
import { modrandomMicrobitV1 } from "../modules/modrandom-microbit.ts";
import { modradio } from "../modules/modradio.ts";
import { modneopixelV1 } from "../modules/neopixel.ts";
import { modspeech } from "../modules/modspeech.ts";
import type { Binding, BoardModel } from "../peripheral.ts";
import { bootV1, bootV2 } from "./boot.ts";
import { microbitV1, microbitV2 } from "./descriptor.ts";
import { microbitV1Config, microbitV2Config } from "./mpconfigport.ts";

const bindings: readonly Binding[] = [
  modmicrobit,
  modaudio,
  modspeech,
  modmicrobitFile,
  modmusic,
  modradio,
  modmachineMicrobit,
  modosMicrobit,
  modlove,
  modthis,
  modantigravity,
];

export const microbitV1Model: BoardModel = {
  descriptor: microbitV1,
  config: microbitV1Config,
  bindings: [...bindings, modrandomMicrobitV1, modneopixelV1],
  factoryFiles: {},
  boot: bootV1,
};

export const microbitV2Model: BoardModel = {
  descriptor: microbitV2,
  config: microbitV2Config,
  bindings: [...bindings, modlog, modpower],
  factoryFiles: {},
  boot: bootV2,
};
