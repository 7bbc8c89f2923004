// Radio waves between boards, in numbers: transmit power, loss over distance, sensitivity, time on air. No state.
// Rates are the values of radio.config(data_rate=), which are the nRF's RADIO.MODE.

/** TXPOWER for radio.config(power=0..7), dBm. */
export const powersDbm: readonly number[] = [-30, -20, -16, -12, -8, -4, 0, 4];

// Weakest signals that are still heard, dBm, by rate: 1 Mbit, 2 Mbit, 250 kbit (nRF51822 and nRF52833 product specifications, about).
const sensitivitiesDbm: readonly number[] = [-93, -90, -96];
const bytesNs: readonly number[] = [8000, 4000, 32000];

// ITU-R P.1238, one floor of an office at 2.45 GHz: 20 log10(2450) + 30 log10(d) - 28 dB.
const lossAtOneMetreDb = 39.8;
const lossPerDecadeDb = 30;
/** Boards on one desk. */
export const deskMetres = 0.64;
const nearestMetres = 0.05;
// RSSISAMPLE does not go above this.
const strongestDbm = -20;

/** How strong a packet arrives, dBm. */
export function receivedDbm(power: number, metres: number): number {
  const loss = lossAtOneMetreDb + lossPerDecadeDb * Math.log10(Math.max(metres, nearestMetres));
  return Math.min(strongestDbm, Math.round((powersDbm[power] ?? 0) - loss));
}

export function sensitivityDbm(rate: number): number {
  return sensitivitiesDbm[rate] ?? sensitivitiesDbm[0]!;
}

/** How far a board is heard, in metres: there, every second packet is lost. */
export function reachMetres(power: number, rate: number): number {
  const loss = (powersDbm[power] ?? 0) - sensitivityDbm(rate);
  return 10 ** ((loss - lossAtOneMetreDb) / lossPerDecadeDb);
}

/** The chance that a packet that arrives so strong is understood: a soft edge of a few dB about the sensitivity. */
export function chanceOf(dbm: number, rate: number): number {
  const margin = dbm - sensitivityDbm(rate);
  if (Math.abs(margin) >= 6) return margin > 0 ? 1 : 0;
  return 1 / (1 + Math.exp(-margin / 0.8));
}

/** What becomes of messages over a distance. */
export type Quality = "none" | "few" | "most" | "all";
export function qualityOf(power: number, rate: number, metres: number): Quality {
  const chance = chanceOf(receivedDbm(power, metres), rate);
  return chance === 0 ? "none" : chance < 0.5 ? "few" : chance < 1 ? "most" : "all";
}

// Turning the transmitter or receiver on, without fast ramp-up.
const rampNs = 140_000;
// Preamble, 4 bytes of base address and one of prefix, length; then payload and CRC.
const overheadBytes = 1 + 5 + 1 + 2;

/** How long a packet takes from the call of send to its last bit, and how long the sender is busy with it. */
export function airtime(length: number, rate: number): { readonly heardNs: number; readonly busyNs: number } {
  const heardNs = rampNs + (overheadBytes + length) * (bytesNs[rate] ?? bytesNs[0]!);
  return { heardNs, busyNs: heardNs + rampNs };
}
