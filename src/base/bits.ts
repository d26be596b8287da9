/** Floor of the square root of a non-negative integer below 2^53, exact (Linux: lib/int_sqrt.c). */
export function isqrt(value: number): number {
  let root = Math.floor(Math.sqrt(value));
  while (root * root > value) root--;
  while ((root + 1) * (root + 1) <= value) root++;
  return root;
}

/** 1-based index of the highest set bit of a 32-bit integer, 0 for 0 (Linux: fls). */
export function fls(value: number): number {
  return 32 - Math.clz32(value);
}

/** Smallest k with 2^k >= value, for 1 <= value <= 2^31. */
export function ceilLog2(value: number): number {
  return value <= 1 ? 0 : fls(value - 1);
}

/** Integer division that truncates toward zero, as C does. */
export function idiv(numerator: number, denominator: number): number {
  return Math.trunc(numerator / denominator);
}

/** Integer quotient of non-negative integers, rounded up (Linux: DIV_ROUND_UP). */
export function ceilDiv(numerator: number, denominator: number): number {
  return Math.ceil(numerator / denominator);
}

/** `value` held between `low` and `high`. */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
