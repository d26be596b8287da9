/**
 * Moving a user page to another frame through rmap: copied, every page table entry that maps it changed and flushed,
 * its place in the page cache, the swap cache and its LRU list taken over. The author's second thought of 29 June
 * 2003, and the only act of the page-moving schemes; Linux got it as migrate_pages (2.6.16).
 */

import { NONE, type Pfn } from '../../base/units.ts';
import { charge } from '../charge.ts';
import { C } from '../counters.ts';
import { FLAG, PAGE } from '../frames.ts';
import { hintClean, hintEvictable, hintUnseen } from '../hints.ts';
import { bump, type Machine, Z, ZONE_FIELDS } from '../machine.ts';
import { zoneOf } from '../zone.ts';
import { addFilePage } from './page-cache.ts';
import { PTE_VALUE } from './pte.ts';
import { forEachMapping, swapSlotOf } from './rmap.ts';

/** Bits of `flags` that say where a frame lies, not what it holds. */
const OF_FRAME = FLAG.inSlab | FLAG.stranded;

/**
 * Moves what `from` holds to the frame `to`; `from` is left as it was, for the caller to wipe.
 *
 * @param from a user page: not pinned, not under writeback
 * @param to a frame of the same zone that holds nothing and is on no list
 * @returns page table entries changed
 */
export function movePage(m: Machine, from: Pfn, to: Pfn): number {
  const anon = m.kind[from] === PAGE.anon;
  const slot = anon ? swapSlotOf(m, from) : NONE;
  let entries = 0;
  forEachMapping(m, from, (at) => {
    m.pte[at] = ((m.pte[at]! & ~PTE_VALUE) | to) >>> 0;
    entries++;
    return true;
  });
  if (!anon) addFilePage(m, m.owner[from]!, m.index[from]!, to);
  if (slot !== NONE) m.swapPage[slot] = to + 1;
  m.kind[to] = m.kind[from]!;
  m.flags[to] = (m.flags[from]! & ~OF_FRAME) | (m.flags[to]! & OF_FRAME);
  m.owner[to] = m.owner[from]!;
  m.index[to] = m.index[from]!;
  m.mapcount[to] = m.mapcount[from]!;
  m.pins[to] = 0;
  m.lastTouch[to] = m.lastTouch[from]!;
  m.allocOp[to] = m.allocOp[from]!;
  takePlace(m, from, to);
  hintEvictable(m, to, m.lastTouch[to]!);
  if (!anon) hintClean(m, to);
  hintUnseen(m, from);
  hintUnseen(m, to);
  bump(m, C.pagesMoved);
  bump(m, C.pagesCopied);
  bump(m, C.pteUpdates, entries);
  bump(m, C.tlbFlushes, entries);
  charge(m, 'copyPage');
  charge(m, 'updatePte', entries);
  charge(m, 'tlbFlush', entries);
  return entries;
}

/** Puts `to` where `from` was on its LRU list. */
function takePlace(m: Machine, from: Pfn, to: Pfn): void {
  const flags = m.flags[from]!;
  if (!(flags & FLAG.lru)) return;
  const active = (flags & FLAG.active) !== 0;
  const base = zoneOf(m.config, from) * ZONE_FIELDS;
  const next = m.next[from]!;
  const prev = m.prev[from]!;
  m.next[to] = next;
  m.prev[to] = prev;
  if (prev === NONE) m.zone[base + (active ? Z.activeHead : Z.inactiveHead)] = to;
  else m.next[prev] = to;
  if (next === NONE) m.zone[base + (active ? Z.activeTail : Z.inactiveTail)] = to;
  else m.prev[next] = to;
  m.next[from] = NONE;
  m.prev[from] = NONE;
  m.flags[from] = flags & ~(FLAG.lru | FLAG.active);
}
