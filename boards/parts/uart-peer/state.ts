// What a serial device on two pins shows and takes; plain data.
export interface UartPeerState {
  /** What it has received, as text: the last 4096 characters. */
  readonly received: string;
}
export interface UartPeerInput {
  /** It sends this. */
  readonly send: string;
}
