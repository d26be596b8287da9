/** The kernels whose texts are printed: 2.6.9 (2004), 2.6.24 (2008) and 6.12 (2024). */
export const ERAS = ['2.6.9', '2.6.24', '6.12'] as const;
export type Era = (typeof ERAS)[number];

/** The files that can be printed, by the name under /proc or debugfs. */
export const KERNEL_FILES = [
  'buddyinfo',
  'pagetypeinfo',
  'slabinfo',
  'zoneinfo',
  'vmstat',
  'extfrag_index',
  'unusable_index',
] as const;
export type KernelFile = (typeof KERNEL_FILES)[number];

/**
 * The first kernel that had each file: zoneinfo came with 2.6.13, pagetypeinfo with 2.6.24, the two indices with
 * 2.6.35 (in 2.6.24 days they were a patch set).
 */
const SINCE: Readonly<Record<KernelFile, Era>> = {
  buddyinfo: '2.6.9',
  slabinfo: '2.6.9',
  vmstat: '2.6.9',
  zoneinfo: '2.6.24',
  pagetypeinfo: '2.6.24',
  extfrag_index: '6.12',
  unusable_index: '6.12',
};

/** Whether a kernel of that era had the file. */
export function hasFile(era: Era, file: KernelFile): boolean {
  return ERAS.indexOf(era) >= ERAS.indexOf(SINCE[file]);
}
