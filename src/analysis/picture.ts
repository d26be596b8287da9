/**
 * The machine as the page draws it: one byte of kind and modifiers a page, one byte of block order and map count.
 * The numbers are the drawing's contract (src/render/page-view.ts holds the same; a test compares them).
 */
import { ALLOCATED, FLAG, NO_HEAD, PAGE } from '../engine/frames.ts';
import type { Machine } from '../engine/machine.ts';
import { liveObjects } from '../engine/objects/object-slab.ts';
import { isMlocked } from '../engine/user/rmap.ts';

/** Display kinds, low nibble of a state byte. */
export const SHOWN = {
  free: 0,
  idle: 1,
  cleanFile: 2,
  dirtyFile: 3,
  anon: 4,
  kreclaim: 5,
  knoreclaim: 6,
  boot: 7,
  hole: 8,
  parked: 9,
  pcp: 10,
  unknown: 11,
} as const;
export type ShownKind = keyof typeof SHOWN;

/** Modifiers, high nibble. */
export const SHOWN_MOD = { pinned: 0x10, inSlab: 0x20, referenced: 0x40, stranded: 0x80 } as const;

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

/** Display kind by kind of page. */
const SHOWN_BY_KIND = Uint8Array.from({ length: 16 }, (_, kind) => BY_KIND[kind] ?? SHOWN.unknown);

/** Modifiers that a page's flags alone tell, by flags; all bits that matter are the low eight. */
const MOD_BY_FLAGS = Uint8Array.from({ length: 256 }, (_, flags) => {
  let mod = 0;
  if (flags & FLAG.inSlab) mod |= SHOWN_MOD.inSlab;
  if (flags & (FLAG.referenced | FLAG.active)) mod |= SHOWN_MOD.referenced;
  if (flags & FLAG.stranded) mod |= SHOWN_MOD.stranded;
  return mod;
});

/** @param anyLocked whether some region is mlocked; only then rmap is walked */
function stateByte(m: Machine, pfn: number, anyLocked: boolean): number {
  const kind = m.kind[pfn]!;
  const flags = m.flags[pfn]!;
  let byte = SHOWN_BY_KIND[kind]! | MOD_BY_FLAGS[flags & 0xff]!;
  if (kind === PAGE.file && flags & (FLAG.dirty | FLAG.writeback)) byte += SHOWN.dirtyFile - SHOWN.cleanFile;
  if (m.pins[pfn] !== 0) return byte | SHOWN_MOD.pinned;
  const mayBeHeld = kind === PAGE.objSlab || (anyLocked && m.mapcount[pfn] !== 0);
  return mayBeHeld && isPinned(m, pfn) ? byte | SHOWN_MOD.pinned : byte;
}

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
  let tailUntil = 0;
  let changes = 0;
  for (let pfn = first; pfn < end; pfn++) {
    const shown = stateByte(m, pfn, anyLocked);
    const mark = m.order[pfn]!;
    const low = mark & NO_HEAD;
    const isHead = low !== NO_HEAD && ((mark & ALLOCATED) !== 0 || m.kind[pfn] === PAGE.free);
    if (isHead) tailUntil = pfn + (1 << low);
    const more = (Math.min(15, m.mapcount[pfn]!) << 4) | (isHead ? low : pfn < tailUntil ? NO_HEAD : 0);
    changes |= (state[pfn]! ^ shown) | (detail[pfn]! ^ more);
    state[pfn] = shown;
    detail[pfn] = more;
  }
  return changes !== 0;
}
