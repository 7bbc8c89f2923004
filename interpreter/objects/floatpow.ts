// x ** n for whole n, rounded once: JavaScript's own power is off by a digit or two (10.0 ** 26), which the C libraries of the boards
// are not. Numbers are kept as a sum of two floats meanwhile, with the exact products of Dekker (1971).

const SPLITTER = 2 ** 27 + 1;
/** Beyond this whole exponent, or these results, JavaScript's answer has to do. */
const MOST = 1024;
const LARGE = 2 ** 900;
const SMALL = 2 ** -900;

/** a * b - p, exactly, where p is their rounded product. */
function productError(a: number, b: number, p: number): number {
  const ca = SPLITTER * a;
  const ah = ca - (ca - a);
  const cb = SPLITTER * b;
  const bh = cb - (cb - b);
  return ah * bh - p + ah * (b - bh) + (a - ah) * bh + (a - ah) * (b - bh);
}

export function floatPow(x: number, y: number): number {
  const rough = x ** y;
  const size = Math.abs(rough);
  if (y !== Math.trunc(y) || Math.abs(y) > MOST || !(size < LARGE && size > SMALL) || size === 1) return rough;
  let [high, low] = [1, 0];
  let [squareHigh, squareLow] = [x, 0];
  for (let n = Math.abs(y); ;) {
    if (n % 2 === 1) {
      const p = high * squareHigh;
      const rest = productError(high, squareHigh, p) + high * squareLow + low * squareHigh;
      high = p + rest;
      low = p - high + rest;
    }
    n = Math.floor(n / 2);
    if (n === 0) break;
    const p = squareHigh * squareHigh;
    const rest = productError(squareHigh, squareHigh, p) + 2 * squareHigh * squareLow;
    squareHigh = p + rest;
    squareLow = p - squareHigh + rest;
  }
  if (y > 0) return Number.isFinite(high) ? high + low : rough;
  const q = 1 / high;
  const p = q * high;
  const result = q + q * (1 - p - productError(q, high, p) - q * low);
  return Number.isFinite(result) ? result : rough;
}
