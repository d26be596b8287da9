/**
 * /sys/kernel/debug/extfrag/extfrag_index: −1.000 where a request would succeed, else 0 (lack of memory) to 1
 * (fragmentation). `extfrag_show_print`, mm/vmstat.c, 2.6.35 to 6.12: "%2d.%03d " an order.
 */
import {
  type IndexText,
  type IndexZone,
  parseIndexRows,
  printIndexRows,
  thousandthsInC,
} from './index-rows.ts';

/** The kernel's text; the whole part is two characters wide. */
export function printExtfragIndex(zones: readonly IndexZone[]): string {
  return printIndexRows(zones, (index) => thousandthsInC(index).replace(/^\d\./, ' $&'));
}

/** Reads the rows of a text. */
export const parseExtfragIndex: (text: string) => IndexText = parseIndexRows;

/**
 * Whether rows of indices are this file's and not unusable_index: only here −1 and negative fractions stand, a
 * number below 1 has a space before it, and an index can fall from one order to the next.
 */
export function isExtfragIndex(text: string): boolean {
  const { zones } = parseIndexRows(text);
  if (zones.some(({ index }) => index.some((value, k) => value < 0 || value < (index[k - 1] ?? 0))))
    return true;
  return zones.length > 0 && /zone\s+[^\s,]+ (?: \d\.\d{3} )+ ?$/m.test(text);
}
