/**
 * Every aligned window of 2^order pages and what emptying it would take: what is free, what could go at which price,
 * what blocks it and whose it is. free + reclaimable + blocking = 2^order in each.
 */
import { hex, plural } from '../base/text.ts';
import { C } from '../engine/counters.ts';
import { FLAG, PAGE } from '../engine/frames.ts';
import { CACHE_NAMES } from '../engine/gfp.ts';
import type { Machine } from '../engine/machine.ts';
import { POOL_OWNER } from '../engine/mempool.ts';
import { liveObjects } from '../engine/objects/object-slab.ts';
import { DESCRIPTOR_OWNER } from '../engine/order0/descriptor.ts';
import { folioHead, folioMlocked, folioPinned } from '../engine/user/folio.ts';
import { isMovable } from './obtainable.ts';
import { pointerTo } from './pointer-words.ts';
import type { Blocker, WhyWindow } from './why-report.ts';

/** How much of a window is what, while it is being added up. */
interface Tally {
  free: number;
  drop: number;
  write: number;
  swap: number;
  clear: number;
  /** Objects the extended shrinker would clear on those pages. */
  objects: number;
  maps: number;
  /** Pages that could move, with their entries; pages that could neither move nor be cleared. */
  movable: number;
  moveEntries: number;
  fixed: number;
  blockers: Map<string, Blocker>;
}

/** All aligned windows of the machine's zones, lowest first. Windows that a zone's bounds cut are left out. */
export function windowsOf(m: Machine, order: number): WhyWindow[] {
  const size = 1 << order;
  const windows: WhyWindow[] = [];
  for (const zone of m.config.zones) {
    for (let pfn = Math.ceil(zone.start / size) * size; pfn + size <= zone.end; pfn += size) {
      windows.push(windowAt(m, pfn, order, zone.name));
    }
  }
  return windows;
}

/** One window. */
export function windowAt(m: Machine, pfn: number, order: number, zone: string): WhyWindow {
  const size = 1 << order;
  const t: Tally = {
    free: 0,
    drop: 0,
    write: 0,
    swap: 0,
    clear: 0,
    objects: 0,
    maps: 0,
    movable: 0,
    moveEntries: 0,
    fixed: 0,
    blockers: new Map(),
  };
  let swapLeft = m.config.swapPages - m.counters[C.swapUsed]!;
  for (let p = pfn; p < pfn + size; p++) {
    swapLeft -= addPage(m, p, t, swapLeft);
    addMove(m, p, t);
  }
  const blocking = [...t.blockers.values()].reduce((sum, b) => sum + b.pages, 0);
  const reclaimable = t.drop + t.write + t.swap + t.clear;
  const cost = m.config.cost;
  const evict =
    (reclaimable - t.clear) * cost.dropPage +
    t.write * cost.writePage +
    t.swap * cost.swapOut +
    t.objects * cost.clearObject +
    t.maps * (cost.unmapPte + cost.tlbFlush);
  const move =
    t.movable * cost.copyPage +
    t.moveEntries * (cost.updatePte + cost.tlbFlush) +
    t.objects * cost.clearObject;
  const blockers = [...t.blockers.values()].sort((a, b) => b.pages - a.pages || a.pfn - b.pfn);
  return {
    pfn,
    order,
    zone,
    free: t.free,
    reclaimable,
    blocking,
    drop: t.drop + t.clear,
    write: t.write,
    swap: t.swap,
    costNs: blocking === 0 ? evict : null,
    movable: t.movable,
    moveCostNs: t.fixed === 0 ? move : null,
    blockers,
    owner: ownerOf(m, pfn, order),
    reason: reasonOf(blockers),
  };
}

/** Adds one page to the tally; returns swap slots it would need. */
function addPage(m: Machine, p: number, t: Tally, swapLeft: number): number {
  const kind = m.kind[p]!;
  switch (kind) {
    case PAGE.free:
    case PAGE.slabIdle:
    case PAGE.slabParked:
    case PAGE.pcp:
      t.free++;
      return 0;
    case PAGE.anon:
    case PAGE.file:
      return addUserPage(m, p, t, swapLeft);
    case PAGE.objSlab:
      if (!m.config.objectCaches[m.owner[p]!]!.shrinker)
        block(t, p, 'object without shrinker', objectOwner(m, p), pointerTo(m, p));
      else if (liveObjects(m, p) > 0) block(t, p, 'live object', objectOwner(m, p), pointerTo(m, p));
      else {
        t.clear++;
        t.objects += m.objSlabInUse[m.index[p]!]!;
      }
      return 0;
    case PAGE.boot:
    case PAGE.hole:
      block(t, p, kind === PAGE.boot ? 'boot' : 'hole', 'boot', pointerTo(m, p));
      return 0;
    default: {
      const inSlab = (m.flags[p]! & FLAG.inSlab) !== 0;
      block(t, p, inSlab ? 'knoreclaim' : 'kernel, no slab', kernelOwner(m, p), pointerTo(m, p));
      return 0;
    }
  }
}

function addUserPage(m: Machine, p: number, t: Tally, swapLeft: number): number {
  const flags = m.flags[p]!;
  const anon = m.kind[p] === PAGE.anon;
  const owner = anon ? `anonymous memory ${m.owner[p]}` : `file ${m.owner[p]}`;
  const head = folioHead(m, p);
  if (folioPinned(m, head)) block(t, p, 'pinned', owner);
  else if (flags & FLAG.writeback) block(t, p, 'under writeback', owner);
  else if (folioMlocked(m, head)) block(t, p, 'mlocked', owner);
  else if (anon && !(flags & FLAG.swapCache) && swapLeft <= 0) block(t, p, 'no swap', owner);
  else {
    t.maps += m.mapcount[p]!;
    if (!anon && !(flags & FLAG.dirty)) t.drop++;
    else if (!anon) t.write++;
    else t.swap++;
    return anon && !(flags & FLAG.swapCache) ? 1 : 0;
  }
  return 0;
}

function block(t: Tally, pfn: number, kind: string, owner: string, pointer: string | null = null): void {
  const had = t.blockers.get(kind);
  t.blockers.set(kind, had ? { ...had, pages: had.pages + 1 } : { kind, pages: 1, owner, pfn, pointer });
}

/**
 * What moving instead of evicting would make of the page. Neither mlock nor missing swap is in its way; a pin or a
 * write under way is. Object slabs are never moved: where a policy has slabs, their unused objects are cleared.
 */
function addMove(m: Machine, p: number, t: Tally): void {
  const kind = m.kind[p]!;
  if (isEmpty(kind)) return;
  const clears = m.config.policy.name === 'order0-slab' && kind === PAGE.objSlab;
  if (clears && m.config.objectCaches[m.owner[p]!]!.shrinker && liveObjects(m, p) === 0) return;
  if (!isMovable(m, p)) {
    t.fixed++;
    return;
  }
  t.movable++;
  t.moveEntries += kind === PAGE.vmalloc ? 1 : m.mapcount[p]!;
}

const isEmpty = (kind: number): boolean =>
  kind === PAGE.free || kind === PAGE.pcp || kind === PAGE.slabIdle || kind === PAGE.slabParked;

function objectOwner(m: Machine, p: number): string {
  return m.config.objectCaches[m.owner[p]!]!.name;
}

function kernelOwner(m: Machine, p: number): string {
  const owner = m.owner[p]!;
  switch (m.kind[p]) {
    case PAGE.pageTable:
      return `page table of process ${owner}`;
    case PAGE.stack:
      return `stack of process ${owner}`;
    case PAGE.highOrder:
      return owner === POOL_OWNER ? 'mempool reserve' : `allocation ${owner}`;
    default:
      if (owner === DESCRIPTOR_OWNER) return 'slab descriptors';
      return owner === POOL_OWNER ? 'mempool reserve' : `kmalloc ${owner}`;
  }
}

/** The cache whose slab fills the window, "boot", or "loose" where no slab does. */
function ownerOf(m: Machine, pfn: number, order: number): string {
  const k = m.config.slabOrder;
  const cache = m.slabCache[pfn >>> k]!;
  if (order <= k && cache !== 0) return CACHE_NAMES[(cache - 1) % 3]!;
  if (m.kind[pfn] === PAGE.boot) return 'boot';
  return 'loose';
}

/** "9 kernel, no slab", "1 mlocked", "4 live objects": the ledger's last column. */
function reasonOf(blockers: readonly Blocker[]): string {
  const worst = blockers[0];
  if (!worst) return '';
  if (worst.kind === 'boot' || worst.kind === 'hole') return worst.kind;
  if (worst.kind === 'live object') return plural(worst.pages, 'live object page');
  return `${worst.pages} ${worst.kind}`;
}

/** The window's name in sentences: the slab at 0x2c0, the window at 0x0a0. */
export function windowName(window: WhyWindow): string {
  return `${window.owner.startsWith('order0') ? 'slab' : 'window'} at ${hex(window.pfn)}`;
}
