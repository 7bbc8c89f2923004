// What the radio shows and takes, and what flies through the air; plain data.
export interface RadioState {
  readonly on: boolean;
  readonly channel: number;
  readonly group: number;
  /** 0..7, as radio.config(power=). */
  readonly power: number;
  readonly rate: number;
  readonly sent: number;
  readonly received: number;
}

export interface RadioPacket {
  readonly channel: number;
  readonly address: number;
  readonly group: number;
  /** 0: 1 Mbit, 1: 2 Mbit, 2: 250 kbit. Boards of different rates do not hear each other. */
  readonly rate: number;
  /** 0..7, as radio.config(power=). */
  readonly power: number;
  readonly bytes: Uint8Array;
  /** How strong it arrives, dBm; without it, as from the same desk. */
  readonly rssi?: number;
  /** A number by which whoever carries it hears who has received it. */
  readonly mark?: number;
}
export interface RadioInput {
  readonly packet: RadioPacket;
}
