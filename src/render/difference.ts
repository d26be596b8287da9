/** What differs between two pictures of machines of one size, page by page. */
import { DIFFERS, isUsed } from './tint.ts';

/** Pages of each sort of difference. */
export interface DifferenceCounts {
  readonly here: number;
  readonly there: number;
  readonly other: number;
}

export interface Difference extends DifferenceCounts {
  /** A byte of `DIFFERS` a page, 0 where both are free, or in use by the same kind. */
  readonly bytes: Uint8Array;
}

/** Kinds in the low nibble of all four bytes of a word. */
const KINDS = 0x0f0f0f0f;

const NO_WORDS = new Uint32Array(0);

/** The sort of difference by kind here and kind there. */
const SORT = Uint8Array.from({ length: 256 }, (_, pair) => {
  const here = pair >> 4;
  const there = pair & 15;
  if (here === there) return 0;
  if (isUsed(here) && isUsed(there)) return DIFFERS.other;
  if (isUsed(here)) return DIFFERS.here;
  return isUsed(there) ? DIFFERS.there : 0;
});

/**
 * Lays the picture `here` over `there`; both are `PageView.state`s of the same length. Words of four pages that agree
 * are passed over, so that a million pages take about a millisecond.
 */
export function difference(here: Uint8Array, there: Uint8Array): Difference {
  const bytes = new Uint8Array(here.length);
  const counts = [0, 0, 0, 0];
  const compare = (pfn: number) => {
    const sort = SORT[((here[pfn]! & 15) << 4) | (there[pfn]! & 15)]!;
    bytes[pfn] = sort;
    counts[sort]!++;
  };
  const aligned = here.byteOffset % 4 === 0 && there.byteOffset % 4 === 0;
  const words = aligned ? here.length >> 2 : 0;
  const a = words === 0 ? NO_WORDS : new Uint32Array(here.buffer, here.byteOffset, words);
  const b = words === 0 ? NO_WORDS : new Uint32Array(there.buffer, there.byteOffset, words);
  for (let word = 0; word < words; word++) {
    if (((a[word]! ^ b[word]!) & KINDS) === 0) continue;
    for (let pfn = word * 4; pfn < word * 4 + 4; pfn++) compare(pfn);
  }
  for (let pfn = words * 4; pfn < here.length; pfn++) compare(pfn);
  return { bytes, here: counts[DIFFERS.here]!, there: counts[DIFFERS.there]!, other: counts[DIFFERS.other]! };
}
