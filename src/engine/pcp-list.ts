/** Links of the per-CPU lists, whichever policy keeps them. */
import { NONE, type Pfn } from '../base/units.ts';
import type { Machine } from './machine.ts';

/** Puts a page behind `after` on a list, NONE for its head. */
export function pcpListAdd(m: Machine, list: number, pfn: Pfn, after: Pfn): void {
  const next = after === NONE ? m.pcpHead[list]! : m.next[after]!;
  m.next[pfn] = next;
  m.prev[pfn] = after;
  if (after === NONE) m.pcpHead[list] = pfn;
  else m.next[after] = pfn;
  if (next === NONE) m.pcpTail[list] = pfn;
  else m.prev[next] = pfn;
  m.pcpCount[list] = m.pcpCount[list]! + 1;
}

/** Takes a page off a list. */
export function pcpListDel(m: Machine, list: number, pfn: Pfn): void {
  const next = m.next[pfn]!;
  const prev = m.prev[pfn]!;
  if (prev === NONE) m.pcpHead[list] = next;
  else m.next[prev] = next;
  if (next === NONE) m.pcpTail[list] = prev;
  else m.prev[next] = prev;
  m.next[pfn] = NONE;
  m.prev[pfn] = NONE;
  m.pcpCount[list] = m.pcpCount[list]! - 1;
}
