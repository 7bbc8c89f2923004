// The BME280's trimming constants and its compensation (BST-BME280-DS002, 4.2.2 table 16 and appendix A, 8.1), and its reverse: the raw
// value that a program's compensation makes the wished-for one of. The constants are such as a chip may have; each chip has its own.
interface Trimming {
  readonly t: readonly [number, number, number];
  readonly p: readonly [number, number, number, number, number, number, number, number, number];
  readonly h: readonly [number, number, number, number, number, number];
}
const { t, p, h }: Trimming = {
  t: [28_485, 26_735, 50],
  p: [36_738, -10_635, 3024, 6980, -4, -7, 9900, -10_230, 4285],
  h: [75, 362, 0, 313, 50, 30],
};

/** Registers 0x88..0xA1, and 0xE1..0xE7. */
export const trimmingBytes: Readonly<Record<number, readonly number[]>> = {
  0x88: [...t, ...p].flatMap((value) => [value & 0xff, (value >> 8) & 0xff]).concat([0, h[0]]),
  0xe1: [h[1] & 0xff, (h[1] >> 8) & 0xff, h[2], h[3] >> 4, (h[3] & 15) | ((h[4] & 15) << 4), h[4] >> 4, h[5] & 0xff],
};

/** The temperature that the others are compensated with. */
function fine(raw: number): number {
  const a = (raw / 16384 - t[0] / 1024) * t[1];
  const b = (raw / 131072 - t[0] / 8192) ** 2 * t[2];
  return a + b;
}
export const celsiusOf = (raw: number): number => fine(raw) / 5120;

/** Pascals from 20 bits. */
export function pascalOf(raw: number, rawTemperature: number): number {
  let a = fine(rawTemperature) / 2 - 64_000;
  let b = (a * a * p[5]) / 32_768;
  b += a * p[4] * 2;
  b = b / 4 + p[3] * 65_536;
  a = ((p[2] * a * a) / 524_288 + p[1] * a) / 524_288;
  a = (1 + a / 32_768) * p[0];
  if (a === 0) return 0;
  const rest = ((1_048_576 - raw - b / 4096) * 6250) / a;
  return rest + ((p[8] * rest * rest) / 2_147_483_648 + (rest * p[7]) / 32_768 + p[6]) / 16;
}

/** Percent from 16 bits. */
export function humidityOf(raw: number, rawTemperature: number): number {
  const x = fine(rawTemperature) - 76_800;
  const factor = (h[1] / 65_536) * (1 + (h[5] / 67_108_864) * x * (1 + (h[2] / 67_108_864) * x));
  const value = (raw - (h[3] * 64 + (h[4] / 16_384) * x)) * factor;
  return Math.max(0, Math.min(100, value * (1 - (h[0] * value) / 524_288)));
}

/** The raw value whose compensated one is nearest to the wanted one; `of` goes steadily up or down. */
export function rawFor(wanted: number, bits: number, of: (raw: number) => number): number {
  let [low, high] = [0, 2 ** bits - 1];
  const isRising = of(high) > of(low);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(middle) < wanted === isRising) low = middle + 1;
    else high = middle;
  }
  const before = Math.max(0, low - 1);
  return Math.abs(of(before) - wanted) < Math.abs(of(low) - wanted) ? before : low;
}
