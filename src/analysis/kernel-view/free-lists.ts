/** A machine's free lists as the records of buddyinfo and the two indices. */
import { freeByOrder } from '../../engine/buddy.ts';
import type { Machine } from '../../engine/machine.ts';
import type { BuddyinfoZone } from '../../kernel-text/buddyinfo.ts';
import type { IndexZone } from '../../kernel-text/index-rows.ts';
import { fragmentationIndex, unusableIndex } from '../indices.ts';

/** Rows of buddyinfo; the machine has one node. */
export function buddyinfoOf(m: Machine): BuddyinfoZone[] {
  return m.config.zones.map(({ name }, zone) => ({ node: 0, zone: name, freeByOrder: freeByOrder(m, zone) }));
}

/** Rows of extfrag_index. */
export function extfragIndexOf(m: Machine): IndexZone[] {
  return indexRows(m, fragmentationIndex);
}

/** Rows of unusable_index. */
export function unusableIndexOf(m: Machine): IndexZone[] {
  return indexRows(m, unusableIndex);
}

function indexRows(m: Machine, index: (freeByOrder: readonly number[]) => number[]): IndexZone[] {
  return buddyinfoOf(m).map((row) => ({ node: row.node, zone: row.zone, index: index(row.freeByOrder) }));
}
