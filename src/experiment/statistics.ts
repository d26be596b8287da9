/**
 * Means with 95 % intervals by Student's t, and differences paired by seed. Only sums, products, quotients and square
 * roots, in one order: the same digits on every host.
 */

/** A mean and its interval. */
export interface Estimate {
  /** Values that count. */
  readonly n: number;
  /** Null without values. */
  readonly mean: number | null;
  /** Half the width of the 95 % interval around the mean; null with fewer than two values. */
  readonly ci95: number | null;
}

/** Quantiles at 0.975 of Student's t, by degrees of freedom from 1 to 30. */
const T_975 = [
  12.706204736, 4.30265273, 3.182446305, 2.776445105, 2.570581836, 2.446911849, 2.364624251, 2.306004135,
  2.262157163, 2.228138852, 2.20098516, 2.17881283, 2.160368656, 2.144786688, 2.131449546, 2.119905299,
  2.109815578, 2.10092204, 2.093024054, 2.085963447, 2.079613845, 2.073873068, 2.06865761, 2.063898562,
  2.059538553, 2.055529439, 2.051830516, 2.048407142, 2.045229642, 2.042272456,
] as const;

/** The normal quantile at 0.975. */
const Z = 1.959963984540054;
const [Z2, Z3] = [Z * Z, Z * Z * Z];
/** Coefficients of 1/df, 1/df², … in the expansion of t about z (Abramowitz and Stegun, 26.7.5). */
const EXPANSION = [
  (Z3 + Z) / 4,
  (5 * Z3 * Z2 + 16 * Z3 + 3 * Z) / 96,
  (3 * Z3 * Z2 * Z2 + 19 * Z3 * Z2 + 17 * Z3 - 15 * Z) / 384,
  (79 * Z3 * Z3 * Z3 + 776 * Z3 * Z2 * Z2 + 1482 * Z3 * Z2 - 1920 * Z3 - 945 * Z) / 92_160,
] as const;

/** What lies between the mean and the interval's end, in standard errors. @param df degrees of freedom, at least 1 */
export function studentT(df: number): number {
  const listed = T_975[df - 1];
  if (listed !== undefined) return listed;
  return Z + EXPANSION.reduceRight((sum, coefficient) => (sum + coefficient) / df, 0);
}

export function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  if (n === 0) return { n, mean: null, ci95: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { n, mean, ci95: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { n, mean, ci95: studentT(n - 1) * Math.sqrt(squares / (n - 1) / n) };
}

/** Of `these` less `those`, pair by pair; a pair with a value that does not count is left out. */
export function pairedDifference(
  these: readonly (number | null)[],
  those: readonly (number | null)[],
): Estimate {
  const gaps: number[] = [];
  for (const [i, value] of these.entries()) {
    const other = those[i];
    if (value !== null && other !== null && other !== undefined) gaps.push(value - other);
  }
  return estimate(gaps);
}
