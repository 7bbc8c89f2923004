// What the radio shows and takes, and what flies through the air; plain data.
export interface RadioState {
  readonly on: boolean;
  readonly channel: number;
  readonly group: number;
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
}
export interface RadioInput {
  readonly packet: RadioPacket;
}
