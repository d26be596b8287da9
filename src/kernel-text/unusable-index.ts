/**
 * /sys/kernel/debug/extfrag/unusable_index: the share of free memory that no request of an order could use.
 * `unusable_show_print`, mm/vmstat.c, 2.6.35 to 6.12: "%d.%03d " an order.
 */
import {
  type IndexText,
  type IndexZone,
  parseIndexRows,
  printIndexRows,
  thousandthsInC,
} from './index-rows.ts';

/** The kernel's text. */
export function printUnusableIndex(zones: readonly IndexZone[]): string {
  return printIndexRows(zones, thousandthsInC);
}

/** Reads the rows of a text. */
export const parseUnusableIndex: (text: string) => IndexText = parseIndexRows;
