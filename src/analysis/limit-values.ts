/** The figures of limits.ts at the end of their presets; test/analysis/limits.test.ts runs each again and compares. */

/** By the limit's number. */
export const LIMIT_VALUES: readonly number[] = [
  15, 1782, 4274, 336, 246, 22, 92, 173, 3026, 1461, 1364, 2432, 283, 4, 539, 3, 114, 208, 324, 127,
];
