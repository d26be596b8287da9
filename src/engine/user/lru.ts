/**
 * The active and inactive lists of each zone, Linux 2.6.9 include/linux/mm_inline.h. Head = most recently added;
 * reclaim takes the tail. (2.6.9 collects insertions in per-CPU batches of 16; here a page is on its list at once.)
 */
import { NONE, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { FLAG } from '../frames.ts';
import { hintEvictable } from '../hints.ts';
import { type Machine, Z, ZONE_FIELDS } from '../machine.ts';
import { zoneOf } from '../zone.ts';

/** Puts a page on a list of its zone. */
export function lruAdd(m: Machine, pfn: Pfn, active: boolean, atTail = false): void {
  const base = zoneOf(m.config, pfn) * ZONE_FIELDS;
  const head = base + (active ? Z.activeHead : Z.inactiveHead);
  const tail = base + (active ? Z.activeTail : Z.inactiveTail);
  const count = base + (active ? Z.nrActive : Z.nrInactive);
  if (atTail) {
    m.prev[pfn] = m.zone[tail]!;
    m.next[pfn] = NONE;
    if (m.zone[tail] === NONE) m.zone[head] = pfn;
    else m.next[m.zone[tail]!] = pfn;
    m.zone[tail] = pfn;
  } else {
    m.next[pfn] = m.zone[head]!;
    m.prev[pfn] = NONE;
    if (m.zone[head] === NONE) m.zone[tail] = pfn;
    else m.prev[m.zone[head]!] = pfn;
    m.zone[head] = pfn;
  }
  m.zone[count] = m.zone[count]! + 1;
  m.flags[pfn] = (m.flags[pfn]! & ~FLAG.active) | FLAG.lru | (active ? FLAG.active : 0);
  hintEvictable(m, pfn, m.lastTouch[pfn]!);
}

/** Takes a page off its list, if it is on one. */
export function lruDel(m: Machine, pfn: Pfn): void {
  const flags = m.flags[pfn]!;
  if (!(flags & FLAG.lru)) return;
  const active = (flags & FLAG.active) !== 0;
  const base = zoneOf(m.config, pfn) * ZONE_FIELDS;
  const next = m.next[pfn]!;
  const prev = m.prev[pfn]!;
  if (prev === NONE) m.zone[base + (active ? Z.activeHead : Z.inactiveHead)] = next;
  else m.next[prev] = next;
  if (next === NONE) m.zone[base + (active ? Z.activeTail : Z.inactiveTail)] = prev;
  else m.prev[next] = prev;
  const count = base + (active ? Z.nrActive : Z.nrInactive);
  m.zone[count] = m.zone[count]! - 1;
  m.next[pfn] = NONE;
  m.prev[pfn] = NONE;
  m.flags[pfn] = flags & ~(FLAG.lru | FLAG.active);
}

/** Up to `count` pages from the tail of a zone's active list on, left where they are. */
export function activeTail(m: Machine, zone: ZoneIndex, count: number): Pfn[] {
  const pages: Pfn[] = [];
  let pfn = m.zone[zone * ZONE_FIELDS + Z.activeTail]!;
  for (; pages.length < count && pfn !== NONE; pfn = m.prev[pfn]!) pages.push(pfn);
  return pages;
}

/**
 * Moves pages from a zone's active tail to its head, the last of all first: as if each were taken off and put back,
 * which turns the list as a whole.
 * @param pages what {@link activeTail} gave
 */
export function rotateActive(m: Machine, zone: ZoneIndex, pages: readonly Pfn[]): void {
  const front = pages[pages.length - 1];
  const back = pages[0];
  if (front === undefined || back === undefined) return;
  const head = zone * ZONE_FIELDS + Z.activeHead;
  const before = m.prev[front]!;
  if (before === NONE) return;
  const first = m.zone[head]!;
  m.next[before] = NONE;
  m.zone[zone * ZONE_FIELDS + Z.activeTail] = before;
  m.next[back] = first;
  m.prev[first] = back;
  m.prev[front] = NONE;
  m.zone[head] = front;
}

/** mark_page_accessed: the first touch sets the referenced bit, the second moves an inactive page to the active list. */
export function markAccessed(m: Machine, pfn: Pfn): boolean {
  const flags = m.flags[pfn]!;
  if (!(flags & FLAG.referenced)) {
    m.flags[pfn] = flags | FLAG.referenced;
    return false;
  }
  if (flags & FLAG.active || !(flags & FLAG.lru)) return false;
  lruDel(m, pfn);
  m.flags[pfn] = m.flags[pfn]! & ~FLAG.referenced;
  lruAdd(m, pfn, true);
  return true;
}
