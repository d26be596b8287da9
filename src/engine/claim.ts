/** What a page frame says of itself when it is handed out and when it comes back. */
import { NONE, type Order, type Pfn } from '../base/units.ts';
import { C } from './counters.ts';
import { ALLOCATED, FLAG, NO_HEAD, PAGE, type PageKind } from './frames.ts';
import { hintClean, hintUnseen } from './hints.ts';
import type { Machine } from './machine.ts';

/** Paints 2^order pages as `kind`, owned by `owner`; page i of the block gets index `index + i`. */
export function claimPages(
  m: Machine,
  pfn: Pfn,
  order: Order,
  kind: PageKind,
  owner: number,
  index: number,
): void {
  const op = m.counters[C.operations]!;
  const end = pfn + (1 << order);
  for (let p = pfn; p < end; p++) {
    m.kind[p] = kind;
    m.flags[p] = m.flags[p]! & (FLAG.inSlab | FLAG.stranded);
    m.owner[p] = owner;
    m.index[p] = index + p - pfn;
    m.mapcount[p] = 0;
    m.pins[p] = 0;
    m.lastTouch[p] = op;
    m.allocOp[p] = op;
    if (kind === PAGE.file) hintClean(m, p);
  }
  if (order > 0) m.order[pfn] = ALLOCATED | order;
}

/** Wipes what 2^order pages held and paints them as `kind` (free, parked, idle); slab membership stays. */
export function wipePages(m: Machine, pfn: Pfn, order: Order, kind: PageKind): void {
  const end = pfn + (1 << order);
  for (let p = pfn; p < end; p++) {
    m.kind[p] = kind;
    m.flags[p] = m.flags[p]! & FLAG.inSlab;
    m.owner[p] = NONE;
    m.index[p] = 0;
    m.mapcount[p] = 0;
    if (m.pins[p] !== 0) hintUnseen(m, p);
    m.pins[p] = 0;
    m.lastTouch[p] = 0;
    m.allocOp[p] = 0;
  }
  if (order > 0) m.order[pfn] = NO_HEAD;
}
