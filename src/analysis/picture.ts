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

/** Kinds only an mlocked region can hold; rmap is walked for them only where some region is locked at all. */
function needsRmap(kind: number): boolean {
  return kind === PAGE.anon || kind === PAGE.file;
}

function stateByte(m: Machine, pfn: number, anyLocked: boolean): number {
  const flags = m.flags[pfn]!;
  let byte = shownKind(m, pfn);
  const pinned = needsRmap(m.kind[pfn]!) && !anyLocked ? m.pins[pfn] !== 0 : isPinned(m, pfn);
  if (pinned) byte |= SHOWN_MOD.pinned;
  if (flags & FLAG.inSlab) byte |= SHOWN_MOD.inSlab;
  if (flags & (FLAG.referenced | FLAG.active)) byte |= SHOWN_MOD.referenced;
  if (flags & FLAG.stranded) byte |= SHOWN_MOD.stranded;
  return byte;
}

/** Paints all pages into `state` and `detail`, one byte a page each. */
export function paintView(m: Machine, state: Uint8Array, detail: Uint8Array): void {
  const pages = m.config.pages;
  const anyLocked = m.vmaLocked.includes(1);
  let tailUntil = 0;
  for (let pfn = 0; pfn < pages; pfn++) {
    state[pfn] = stateByte(m, pfn, anyLocked);
    const mark = m.order[pfn]!;
    const low = mark & NO_HEAD;
    const isHead = low !== NO_HEAD && ((mark & ALLOCATED) !== 0 || m.kind[pfn] === PAGE.free);
    const maps = Math.min(15, m.mapcount[pfn]!) << 4;
    if (isHead) tailUntil = pfn + (1 << low);
    detail[pfn] = maps | (isHead ? low : pfn < tailUntil ? NO_HEAD : 0);
  }
}
