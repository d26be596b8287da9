/**
 * The machine as the page draws it: one byte of kind and modifiers a page, one byte of block order and map count.
 * What the numbers stand for is in shown.ts.
 */
import { ALLOCATED, FLAG, NO_HEAD, PAGE } from '../engine/frames.ts';
import type { Machine } from '../engine/machine.ts';
import { liveObjects } from '../engine/objects/object-slab.ts';
import { isMlocked } from '../engine/user/rmap.ts';
import { SHOWN, SHOWN_MOD } from './shown.ts';

const BY_KIND: Record<number, number> = {
  [PAGE.hole]: SHOWN.hole,
  [PAGE.boot]: SHOWN.boot,
  [PAGE.free]: SHOWN.free,
  [PAGE.pcp]: SHOWN.pcp,
  [PAGE.slabIdle]: SHOWN.idle,
  [PAGE.slabParked]: SHOWN.parked,
  [PAGE.anon]: SHOWN.anon,
  [PAGE.file]: SHOWN.cleanFile,
  [PAGE.objSlab]: SHOWN.kreclaim,
  [PAGE.kmalloc]: SHOWN.knoreclaim,
  [PAGE.pageTable]: SHOWN.knoreclaim,
  [PAGE.stack]: SHOWN.knoreclaim,
  [PAGE.vmalloc]: SHOWN.knoreclaim,
  [PAGE.highOrder]: SHOWN.knoreclaim,
  [PAGE.unknown]: SHOWN.unknown,
};

/** Display kind of one page. */
export function shownKind(m: Machine, pfn: number): number {
  const kind = m.kind[pfn]!;
  if (kind === PAGE.file && m.flags[pfn]! & (FLAG.dirty | FLAG.writeback)) return SHOWN.dirtyFile;
  return BY_KIND[kind]!;
}

/** Whether something holds the page where it is: an I/O reference, an mlocked mapping, a live object. */
export function isPinned(m: Machine, pfn: number): boolean {
  if (m.pins[pfn] !== 0) return true;
  const kind = m.kind[pfn]!;
  if (kind === PAGE.anon || kind === PAGE.file) return isMlocked(m, pfn);
  return kind === PAGE.objSlab && liveObjects(m, pfn) > 0;
}

/** State byte, all but what holds the page, by kind and the low eight flags, which are all that matter. */
const STATE_OF = Uint8Array.from({ length: 16 << 8 }, (_, i) => {
  const [kind, flags] = [i >> 8, i & 0xff];
  const isDirty = kind === PAGE.file && (flags & (FLAG.dirty | FLAG.writeback)) !== 0;
  let byte: number = isDirty ? SHOWN.dirtyFile : (BY_KIND[kind] ?? SHOWN.unknown);
  if (flags & FLAG.inSlab) byte |= SHOWN_MOD.inSlab;
  if (flags & (FLAG.referenced | FLAG.active)) byte |= SHOWN_MOD.referenced;
  if (flags & FLAG.stranded) byte |= SHOWN_MOD.stranded;
  return byte;
});

/** By whether the page is free, and its `order`: the order of the block it heads, or {@link NO_HEAD}. */
const HEAD_OF = Uint8Array.from({ length: 2 << 8 }, (_, i) =>
  (i & ALLOCATED) !== 0 || i >> 8 === 1 ? i & NO_HEAD : NO_HEAD,
);
/** Pages of the block by that order; none where there is no head. */
const SIZE_OF = Uint16Array.from({ length: 16 }, (_, order) => (order === NO_HEAD ? 0 : 1 << order));
const IS_SLAB = Uint8Array.from({ length: 16 }, (_, kind) => (kind === PAGE.objSlab ? 1 : 0));
const IS_FREE = Uint16Array.from({ length: 16 }, (_, kind) => (kind === PAGE.free ? 1 << 8 : 0));

/** Paints all pages into `state` and `detail`, one byte a page each. */
export function paintView(m: Machine, state: Uint8Array, detail: Uint8Array): void {
  paintPages(m, m.vmaLocked.includes(1), 0, m.config.pages, state, detail);
}

/**
 * Paints the pages `first` to `end`, which may not cut a block in two.
 * @param anyLocked whether some region of the machine is mlocked
 * @returns whether a byte changed
 */
export function paintPages(
  m: Machine,
  anyLocked: boolean,
  first: number,
  end: number,
  state: Uint8Array,
  detail: Uint8Array,
): boolean {
  const { kind, flags, order, mapcount, pins } = m;
  const lockable = anyLocked ? 0xffff : 0;
  let tailUntil = 0;
  let changes = 0;
  // Pages differ at random, and a branch foretold wrongly costs more than all of this: tables and masks instead.
  for (let pfn = first; pfn < end; pfn++) {
    const is = kind[pfn]!;
    const maps = mapcount[pfn]!;
    let shown = STATE_OF[(is << 8) | (flags[pfn]! & 0xff)]!;
    if ((pins[pfn]! | IS_SLAB[is]! | (maps & lockable)) !== 0 && isPinned(m, pfn)) shown |= SHOWN_MOD.pinned;
    const head = HEAD_OF[IS_FREE[is]! | order[pfn]!]!;
    tailUntil = Math.max(tailUntil, pfn + SIZE_OF[head]!);
    const more = (Math.min(15, maps) << 4) | (head & ((pfn - tailUntil) >> 31));
    changes |= (state[pfn]! ^ shown) | (detail[pfn]! ^ more);
    state[pfn] = shown;
    detail[pfn] = more;
  }
  return changes !== 0;
}
