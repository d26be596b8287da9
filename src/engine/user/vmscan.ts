/**
 * LRU-order reclaim, Linux 2.6.9 mm/vmscan.c: shrink_list, shrink_cache, refill_inactive_zone, shrink_zone,
 * try_to_free_pages, balance_pgdat.
 */
import { idiv } from '../../base/bits.ts';
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { charge } from '../charge.ts';
import { C } from '../counters.ts';
import { FLAG, PAGE } from '../frames.ts';
import { GFP } from '../gfp.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { MEASURE, measure } from '../measures.ts';
import { shrinkSlab } from '../objects/shrinker.ts';
import { policyOf } from '../policy/table.ts';
import { releasePages } from '../release.ts';
import { EV, emit, REASON, type Reason } from '../trace-event.ts';
import { bumpZone, setZoneField, zoneField } from '../zone.ts';
import { evictionMark, noteEvicted, settleInversions } from './evicted.ts';
import { folioMaps, folioOrder, folioPages, folioPinned } from './folio.ts';
import { isCongested, startWriteback, waitForCongestion, waitForWriteback } from './io.ts';
import { activeTail, lruAdd, lruDel, rotateActive } from './lru.ts';
import { COSTLY_ORDER, isolateLumpy } from './lumpy.ts';
import { removeFilePage } from './page-cache.ts';
import { clearYoung, swapSlotOf, tryToUnmap, UNMAP } from './rmap.ts';
import { addToSwap, removeFromSwapCache } from './swap.ts';

/** Pages reclaim works on at a time, and asks for. */
export const SWAP_CLUSTER_MAX = 32;
/** Priority a pass begins at; the share of the lists looked at doubles with every step down. */
export const DEF_PRIORITY = 12;

/** Below it a pass that scanned something waits for the device before the next (DEF_PRIORITY - 2). */
export const WAIT_PRIORITY = DEF_PRIORITY - 2;

export interface Scan {
  readonly gfp: number;
  readonly kswapd: boolean;
  /** Above 0: lumpy reclaim for that order. */
  readonly order: Order;
  /** Pages looked at, with mapped ones counted twice. */
  scanned: number;
  reclaimed: number;
  /** Waits for writes instead of keeping the page: the second look at a lump (PAGEOUT_IO_SYNC). */
  sync: boolean;
  /** Neither writes nor swaps: reclaim for a watermark boost (6.12). */
  gentle: boolean;
  /** Pages after which a zone is left. */
  target: number;
}

export function newScan(m: Machine, gfp: number, kswapd: boolean, order: Order): Scan {
  return {
    gfp,
    kswapd,
    order: policyOf(m).lumpy ? order : 0,
    scanned: 0,
    reclaimed: 0,
    sync: false,
    gentle: false,
    target: SWAP_CLUSTER_MAX,
  };
}

/**
 * Takes one isolated page, or the folio it is the first page of, through shrink_list. Frees it, or puts it back on a
 * list.
 * @returns pages freed
 */
function shrinkPage(m: Machine, pfn: Pfn, scan: Scan): number {
  const pages = folioPages(m, pfn);
  const outcome = tryToFree(m, pfn, pages, scan);
  if (outcome === 'freed') return pages;
  const { to, reason } = outcome;
  lruAdd(m, pfn, to === 'active');
  emit(m, to === 'active' ? EV.activate : EV.keep, 0, pfn, 0, 0, reason);
  return 0;
}

type Kept = { readonly to: 'active' | 'inactive'; readonly reason: Reason };
const keep = (reason: Reason): Kept => ({ to: 'inactive', reason });
const activate = (reason: Reason): Kept => ({ to: 'active', reason });

function tryToFree(m: Machine, pfn: Pfn, pages: number, scan: Scan): 'freed' | Kept {
  if (m.flags[pfn]! & FLAG.writeback) {
    const mayWait = scan.gfp & (m.kind[pfn] === PAGE.anon ? GFP.io : GFP.fs);
    if (!scan.sync || !mayWait) return keep(REASON.writeback);
    waitForWriteback(m, pfn);
  }
  const anon = m.kind[pfn] === PAGE.anon;
  const mapped = folioMaps(m, pfn) > 0;
  scan.scanned += mapped || m.flags[pfn]! & FLAG.swapCache ? 2 : 1;
  bump(m, C.pagesScanned);
  charge(m, 'scanPage');
  const referenced = clearFolioYoung(m, pfn, pages) > 0 || (m.flags[pfn]! & FLAG.referenced) !== 0;
  m.flags[pfn] = m.flags[pfn]! & ~FLAG.referenced;
  const inUse =
    mapped || (m.flags[pfn]! & FLAG.swapCache) !== 0 || (!anon && m.fileHead[m.owner[pfn]!] !== NONE);
  const spares = referenced && scan.order <= COSTLY_ORDER;
  if (spares && inUse) return activate(REASON.referenced);
  if (scan.gentle && (anon || m.flags[pfn]! & FLAG.dirty)) return keep(REASON.dirty);
  let slot = anon ? swapSlotOf(m, pfn) : NONE;
  if (anon && slot === NONE) {
    slot = addToSwap(m, pfn);
    if (slot === NONE) return activate(REASON.noSwap);
  }
  if (mapped && !unmapFolio(m, pfn, pages, slot)) return activate(REASON.mlocked);
  if (m.flags[pfn]! & FLAG.dirty) {
    const kept = writeOut(m, pfn, anon, spares, scan);
    if (!scan.sync || kept.reason !== REASON.dirty) return kept;
    waitForWriteback(m, pfn);
  }
  if (folioPinned(m, pfn)) return keep(REASON.pinned);
  if (anon) removeFromSwapCache(m, pfn, slot);
  for (let p = pfn; p < pfn + pages; p++) {
    noteEvicted(m, p);
    if (!anon) removeFilePage(m, m.owner[p]!, m.index[p]!, true);
    bump(m, C.pagesDropped);
    charge(m, 'dropPage');
    emit(m, EV.drop, 0, p, m.owner[p], m.index[p]);
  }
  releasePages(m, pfn, folioOrder(m, pfn), true);
  return 'freed';
}

function clearFolioYoung(m: Machine, head: Pfn, pages: number): number {
  let young = 0;
  for (let pfn = head; pfn < head + pages; pfn++) young += clearYoung(m, pfn);
  return young;
}

function unmapFolio(m: Machine, head: Pfn, pages: number, slot: number): boolean {
  for (let pfn = head; pfn < head + pages; pfn++)
    if (tryToUnmap(m, pfn, slot, false) !== UNMAP.success) return false;
  return true;
}

/** A dirty page is never freed in the pass that meets it: its write is started where the caller may, and it is kept. */
function writeOut(m: Machine, pfn: Pfn, anon: boolean, referenced: boolean, scan: Scan): Kept {
  if (referenced) return keep(REASON.referenced);
  if (!(scan.gfp & (anon ? GFP.io : GFP.fs))) return keep(anon ? REASON.needsIo : REASON.needsFs);
  if (folioPinned(m, pfn)) return keep(REASON.pinned);
  if (isCongested(m) && !scan.kswapd) return keep(REASON.queued);
  startWriteback(m, pfn, true);
  return keep(REASON.dirty);
}

/** Up to `count` pages off the tail of the inactive list. */
function isolateTail(m: Machine, zone: ZoneIndex, count: number): Pfn[] {
  const batch: Pfn[] = [];
  for (let i = 0; i < count; i++) {
    const pfn = zoneField(m, zone, Z.inactiveTail);
    if (pfn === NONE) break;
    lruDel(m, pfn);
    batch.push(pfn);
  }
  return batch;
}

/** shrink_cache (shrink_inactive_list): a batch from the tail of inactive, for an order with its neighbours. */
function shrinkInactive(m: Machine, zone: ZoneIndex, count: number, scan: Scan): void {
  const batch =
    scan.order > 0 ? isolateLumpy(m, zone, count, scan.order, false) : isolateTail(m, zone, count);
  bumpZone(m, zone, Z.pagesScanned, batch.length);
  const kept: Pfn[] = [];
  let freed = 0;
  for (const pfn of batch) {
    const pages = shrinkPage(m, pfn, scan);
    freed += pages;
    if (pages === 0) kept.push(pfn);
  }
  if (kept.length > 0 && !scan.kswapd && scan.order > COSTLY_ORDER) freed += shrinkAgain(m, kept, scan);
  scan.reclaimed += freed;
  measure(m, MEASURE.lruPagesLooked, batch.length);
  measure(m, MEASURE.lruPagesFreed, freed);
  if (freed > 0) setZoneField(m, zone, Z.pagesScanned, 0);
  policyOf(m).afterBatch(m);
}

/** The second look of direct reclaim at a lump that was not freed whole: waits for the device and for each write. */
function shrinkAgain(m: Machine, kept: readonly Pfn[], scan: Scan): number {
  waitForCongestion(m);
  scan.sync = true;
  let freed = 0;
  for (const pfn of kept) lruDel(m, pfn);
  for (const pfn of kept) freed += shrinkPage(m, pfn, scan);
  scan.sync = false;
  return freed;
}

/** Whether memory is troubled enough to deactivate mapped pages: the swap tendency of refill_inactive_zone. */
function takesMapped(m: Machine, zone: ZoneIndex): boolean {
  const distress = idiv(100, 1 << Math.min(12, zoneField(m, zone, Z.prevPriority)));
  const total = m.config.zones.reduce(
    (sum, _, z) => sum + Math.max(0, zoneField(m, z, Z.present) - zoneField(m, z, Z.high)),
    0,
  );
  const mappedRatio = idiv(m.counters[C.memoryMapped]! * 100, Math.max(1, total));
  const tendency = idiv(mappedRatio, 2) + distress + m.config.swappiness;
  if (!policyOf(m).lumpy) return tendency >= 100;
  // 2.6.24: an active list much longer than the inactive one, or a zone scanned three times over, troubles it too
  const active = zoneField(m, zone, Z.nrActive);
  const inactive = zoneField(m, zone, Z.nrInactive);
  if (zoneField(m, zone, Z.pagesScanned) >= 3 * (active + inactive)) return true;
  const share = idiv(idiv(active, inactive + 1) * (m.config.swappiness + 1), 100);
  return tendency + idiv(share * mappedRatio, 100) >= 100;
}

/** refill_inactive_zone (shrink_active_list): pages from the tail of active, mapped ones only once memory is troubled enough. */
function refillInactive(m: Machine, zone: ZoneIndex, count: number, scan: Scan): void {
  const reclaimMapped = takesMapped(m, zone);
  const batch = scan.order > 0 ? isolateLumpy(m, zone, count, scan.order, true) : activeTail(m, zone, count);
  if (policyOf(m).lumpy) bumpZone(m, zone, Z.pagesScanned, batch.length);
  measure(m, MEASURE.lruPagesLooked, batch.length);
  const stays = batch.map((pfn) => folioMaps(m, pfn) > 0 && (!reclaimMapped || isHeld(m, pfn)));
  const moved = stays.reduce((sum, stay) => sum + (stay ? 0 : 1), 0);
  if (scan.order === 0 && moved === 0) {
    rotateActive(m, zone, batch);
  } else {
    for (const pfn of batch) lruDel(m, pfn);
    batch.forEach((pfn, i) => {
      lruAdd(m, pfn, stays[i]!);
    });
  }
  if (batch.length > 0) emit(m, EV.deactivate, batch.length, NONE, moved, zone);
}

/** Whether a mapped page stays active: anonymous with no swap configured, or referenced (which clears the marks). */
function isHeld(m: Machine, pfn: Pfn): boolean {
  if (m.kind[pfn] === PAGE.anon && m.config.swapPages === 0) return true;
  const referenced = (m.flags[pfn]! & FLAG.referenced) !== 0;
  m.flags[pfn] = m.flags[pfn]! & ~FLAG.referenced;
  return clearFolioYoung(m, pfn, folioPages(m, pfn)) > 0 || referenced;
}

/** How many pages of a list to scan now: shares accumulate until they make a batch. */
function scanShare(m: Machine, zone: ZoneIndex, field: number, size: number, priority: number): number {
  const due = zoneField(m, zone, field) + Math.floor(size / (1 << priority)) + 1;
  setZoneField(m, zone, field, due >= SWAP_CLUSTER_MAX ? 0 : due);
  return due >= SWAP_CLUSTER_MAX ? due : 0;
}

/** shrink_zone: one zone at one priority; stops once a batch was reclaimed. */
export function shrinkZone(m: Machine, zone: ZoneIndex, priority: number, scan: Scan): void {
  let active = scanShare(m, zone, Z.nrScanActive, zoneField(m, zone, Z.nrActive), priority);
  let inactive = scanShare(m, zone, Z.nrScanInactive, zoneField(m, zone, Z.nrInactive), priority);
  const target = scan.reclaimed + scan.target;
  while (active > 0 || inactive > 0) {
    if (active > 0) {
      const n = Math.min(active, SWAP_CLUSTER_MAX);
      active -= n;
      refillInactive(m, zone, n, scan);
    }
    if (inactive > 0) {
      const n = Math.min(inactive, SWAP_CLUSTER_MAX);
      inactive -= n;
      shrinkInactive(m, zone, n, scan);
      // from 2.6.24 on a zone's whole share is scanned
      if (scan.reclaimed >= target && !policyOf(m).lumpy) break;
    }
  }
}

export function lruPages(m: Machine, zones: readonly ZoneIndex[]): number {
  return zones.reduce((sum, z) => sum + zoneField(m, z, Z.nrActive) + zoneField(m, z, Z.nrInactive), 0);
}

/**
 * try_to_free_pages of 2.6.9: direct reclaim over a zonelist, priority 12 down to 0.
 * @returns pages reclaimed at the priority that reached a batch, 0 when none did
 */
export function tryToFreePages(m: Machine, order: Order, gfp: number, zones: readonly ZoneIndex[]): number {
  return asDirectReclaim(m, order, gfp, zones, () => reclaimByPriority(m, order, gfp, zones));
}

/** Books what `reclaim` does as one direct reclaim, and sets the zones' priorities before and after. */
export function asDirectReclaim(
  m: Machine,
  order: Order,
  gfp: number,
  zones: readonly ZoneIndex[],
  reclaim: () => number,
): number {
  const from = evictionMark(m);
  bump(m, C.directReclaims);
  emit(m, EV.directReclaimBegin, order, NONE, gfp);
  for (const zone of zones) setZoneField(m, zone, Z.tempPriority, DEF_PRIORITY);
  const progress = reclaim();
  for (const zone of zones) setZoneField(m, zone, Z.prevPriority, zoneField(m, zone, Z.tempPriority));
  settleInversions(m, from);
  const freed = m.evicted.pfns.slice(from);
  const windows = new Set(freed.map((pfn) => pfn >>> order)).size;
  emit(m, EV.directReclaimEnd, order, NONE, freed.length, windows);
  return progress;
}

/** note_zone_scanning_priority. */
export function notePriority(m: Machine, zone: ZoneIndex, priority: number): void {
  setZoneField(m, zone, Z.tempPriority, priority);
  if (zoneField(m, zone, Z.prevPriority) > priority) setZoneField(m, zone, Z.prevPriority, priority);
}

function reclaimByPriority(m: Machine, order: Order, gfp: number, zones: readonly ZoneIndex[]): number {
  const lru = lruPages(m, zones);
  let progress = 0;
  for (let priority = DEF_PRIORITY; priority >= 0 && progress === 0; priority--) {
    const scan = newScan(m, gfp, false, order);
    for (const zone of zones) {
      notePriority(m, zone, priority);
      if (zoneField(m, zone, Z.allUnreclaimable) && priority !== DEF_PRIORITY) continue;
      shrinkZone(m, zone, priority, scan);
    }
    scan.reclaimed += shrinkSlab(m, scan.scanned, gfp, lru);
    if (scan.reclaimed >= SWAP_CLUSTER_MAX) progress = scan.reclaimed;
    else if (scan.scanned > 0 && priority < WAIT_PRIORITY) waitForCongestion(m);
  }
  return progress;
}
