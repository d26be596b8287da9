/**
 * The flags of every page, run-length coded: records of little-endian u32 first pfn, u32 pages, u64 flags, as the
 * recordings' snapshots store /proc/kpageflags. Bits: include/uapi/linux/kernel-page-flags.h and fs/proc/page.c (6.1).
 */

/** Bit numbers. Above 31 they are found in `flagsHigh`, minus 32. */
export const KPF = {
  dirty: 4,
  lru: 5,
  slab: 7,
  buddy: 10,
  anon: 12,
  swapBacked: 14,
  compoundHead: 15,
  compoundTail: 16,
  unevictable: 18,
  noPage: 20,
  reserved: 32,
} as const;

/** Runs in ascending order, without overlaps; gaps are pages the file says nothing about. */
export interface PageFlagRuns {
  length: number;
  firstPfn: Uint32Array;
  pages: Uint32Array;
  /** Flag bits 0 to 31. */
  flagsLow: Uint32Array;
  /** Flag bits 32 to 63. */
  flagsHigh: Uint32Array;
  warnings: string[];
}

const RECORD_BYTES = 16;

/** Reads the file's bytes. A cut record at the end, and every record that overlaps an earlier one, is left out and warned about. */
export function parseKpageflags(bytes: Uint8Array): PageFlagRuns {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records = Math.floor(bytes.length / RECORD_BYTES);
  const column = () => new Uint32Array(records);
  const runs = { length: 0, firstPfn: column(), pages: column(), flagsLow: column(), flagsHigh: column() };
  const warnings: string[] = [];
  if (bytes.length % RECORD_BYTES !== 0) {
    warnings.push(
      `kpageflags.rle: ${bytes.length} bytes are no whole number of ${RECORD_BYTES}-byte records; the rest is left out`,
    );
  }
  let next = 0;
  for (let i = 0; i < records; i++) {
    const at = i * RECORD_BYTES;
    const first = view.getUint32(at, true);
    const pages = view.getUint32(at + 4, true);
    if (first < next || first + pages > 2 ** 32) {
      warnings.push(
        `kpageflags.rle: record ${i} (pfn ${first}, ${pages} pages) does not follow pfn ${next}; left out`,
      );
      if (warnings.length > 20) break;
      continue;
    }
    next = first + pages;
    runs.firstPfn[runs.length] = first;
    runs.pages[runs.length] = pages;
    runs.flagsLow[runs.length] = view.getUint32(at + 8, true);
    runs.flagsHigh[runs.length] = view.getUint32(at + 12, true);
    runs.length++;
  }
  return { ...runs, warnings };
}

/** Whether bit `bit` is set in run `i`. */
export function runHas(runs: PageFlagRuns, i: number, bit: number): boolean {
  return bit < 32 ? ((runs.flagsLow[i]! >>> bit) & 1) === 1 : ((runs.flagsHigh[i]! >>> (bit - 32)) & 1) === 1;
}

/** One past the last page frame the runs speak of. */
export function runsEnd(runs: PageFlagRuns): number {
  return runs.length === 0 ? 0 : runs.firstPfn[runs.length - 1]! + runs.pages[runs.length - 1]!;
}
