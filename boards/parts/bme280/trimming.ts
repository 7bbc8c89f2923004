// What a BME280 converts the air to: raw numbers from which the data sheet's formulas, with this chip's trimming, give the air back.
// BST-BME280-DS002: 4.2.2 and table 16 (where the trimming is), 4.2.3 and appendix 8.1 (the formulas, here solved backwards).

// One chip's trimming: the numbers that Bosch's sheets calculate with, and ordinary ones for humidity.
const [T1, T2, T3] = [27504, 26435, -1000];
const P = [36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000] as const;
const [H1, H2, H3, H4, H5, H6] = [75, 353, 0, 340, 50, 30];

const words = [T1, T2, T3, ...P].flatMap((word) => [word & 0xff, (word >> 8) & 0xff]);

/** The trimming as in registers 0x88..0xA1 and 0xE1..0xE7. */
export const trimming: ReadonlyMap<number, number> = new Map([
  ...words.map((byte, i) => [0x88 + i, byte] as const),
  [0xa1, H1],
  [0xe1, H2 & 0xff],
  [0xe2, H2 >> 8],
  [0xe3, H3],
  [0xe4, H4 >> 4],
  [0xe5, (H4 & 0x0f) | ((H5 & 0x0f) << 4)],
  [0xe6, H5 >> 4],
  [0xe7, H6],
]);

/** Temperature in 5120ths of a degree, of which the other two depend. */
export function fineOf(rawTemperature: number): number {
  const [x, y] = [rawTemperature / 16384 - T1 / 1024, rawTemperature / 131072 - T1 / 8192];
  return x * T2 + y * y * T3;
}

/** In pascals. */
function pressureOf(raw: number, fine: number): number {
  const [P1, P2, P3, P4, P5, P6, P7, P8, P9] = P;
  const t = fine / 2 - 64000;
  const offset = (((t * t * P6) / 32768 + t * P5 * 2) / 4 + P4 * 65536) / 4096;
  const slope = (1 + ((P3 * t * t) / 524288 + P2 * t) / 524288 / 32768) * P1;
  const p = ((1048576 - raw - offset) * 6250) / slope;
  return p + ((P9 * p * p) / 2147483648 + (p * P8) / 32768 + P7) / 16;
}

/** In percent. */
function humidityOf(raw: number, fine: number): number {
  const t = fine - 76800;
  const gain = (H2 / 65536) * (1 + (H6 / 67108864) * t * (1 + (H3 / 67108864) * t));
  const h = (raw - (H4 * 64 + (H5 / 16384) * t)) * gain;
  return h * (1 - (H1 * h) / 524288);
}

const full20 = 0xfffff;
const full16 = 0xffff;

export function rawTemperature(celsius: number): number {
  return solve((raw) => fineOf(raw) / 5120, celsius, full20);
}
export function rawPressure(hectopascal: number, fine: number): number {
  return solve((raw) => -pressureOf(raw, fine), -100 * hectopascal, full20);
}
export function rawHumidity(percent: number, fine: number): number {
  return solve((raw) => humidityOf(raw, fine), percent, full16);
}

// The whole number for which a rising function comes nearest.
function solve(value: (raw: number) => number, wanted: number, most: number): number {
  let [low, high] = [0, most];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (value(middle) < wanted) low = middle;
    else high = middle;
  }
  return wanted - value(low) < value(high) - wanted ? low : high;
}
