/**
 * Compaction's searches of the free lists ahead of its scanners (Mel Gorman, 5.1), Linux 6.12 mm/compaction.c:
 * fast_find_migrateblock for a pageblock to empty that is partly free already, fast_isolate_freepages with
 * fast_isolate_around for free pages near the zone's end. What a search has passed over goes to the far end of its list,
 * so that the next one begins with what is new.
 */
import { NONE, type Order, type Pfn } from '../../base/units.ts';
import { C } from '../counters.ts';
import { bump, type Machine } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { CLUSTER, type CompactControl, countScanned, counts, MODE, setSkip } from './compact-control.ts';
import { COSTLY_ORDER } from './compact-defer.ts';
import { isolateFree, isTarget, takeTargets } from './compact-targets.ts';
import { rotateFirst, rotateLast } from './typed-buddy.ts';
import { listIndex, migrateTypes, SKIP_BIT } from './types.ts';
import { M, mobilityField, setMobilityField } from './zone-state.ts';

/** freelist_scan_limit: half as many free blocks are looked at after each search that found nothing. */
const scanLimit = (cc: CompactControl): number => (CLUSTER >> Math.min(31, cc.fastSearchFail)) + 1;

/** Blocks of a zone of one order on all lists. */
function blocksOf(m: Machine, cc: CompactControl, order: Order): number {
  let blocks = 0;
  for (let type = 0; type < 4; type++) blocks += m.freeCount[listIndex(m, cc.zone, type, order)]!;
  return blocks;
}

const blockStart = (m: Machine, pfn: Pfn): Pfn => pfn - (pfn % (1 << m.config.pageblockOrder));

/**
 * fast_find_migrateblock: where the migration scanner goes on. kcompactd and MOVABLE requests above order 3 look for a
 * partly free MOVABLE pageblock in the lower part of what lies between the scanners.
 */
export function fastFindSource(m: Machine, cc: CompactControl): Pfn {
  const pfn = cc.migratePfn;
  const { start } = m.config.zones[cc.zone]!;
  const { movable } = migrateTypes(m.config);
  if (!m.config.policy.fastSearch || cc.ignoreHints || cc.finishBlock) return pfn;
  if (pfn !== start && pfn !== blockStart(m, pfn)) return pfn;
  if (cc.order <= COSTLY_ORDER || (cc.direct && cc.type !== movable)) return pfn;
  const distance = (cc.freePfn - pfn) >> (pfn === start ? 1 : 3);
  const found = findSource(m, cc, blockStart(m, pfn + Math.max(0, distance)), movable);
  if (found !== NONE) {
    cc.fastSearchFail = 0;
    return Math.max(start, blockStart(m, found));
  }
  cc.fastSearchFail++;
  // reinit_migrate_pfn: from the lowest pageblock that a search had found on
  if (cc.fastStart !== 0 && cc.fastStart !== NONE) {
    cc.migratePfn = Math.max(start, cc.fastStart);
    cc.fastStart = NONE;
  }
  return cc.migratePfn;
}

function findSource(m: Machine, cc: CompactControl, below: Pfn, movable: number): Pfn {
  const limit = scanLimit(cc);
  let scanned = 0;
  let found: Pfn = NONE;
  for (let order = cc.order - 1; order >= COSTLY_ORDER && found === NONE && scanned < limit; order--) {
    const list = listIndex(m, cc.zone, movable, order);
    for (let pfn = m.freeHead[list]!; pfn !== NONE; pfn = m.next[pfn]!) {
      const over = scanned++ >= limit;
      const skipped = (m.pageblockType[pfn >>> m.config.pageblockOrder]! & SKIP_BIT) !== 0;
      if (!over && (pfn >= below || skipped)) continue;
      rotateLast(m, list, pfn);
      if (!over) found = pfn;
      break;
    }
  }
  countScanned(m, cc, true, scanned);
  if (found !== NONE && cc.fastStart !== NONE)
    cc.fastStart = cc.fastStart === 0 ? found : Math.min(cc.fastStart, found);
  return found;
}

/** next_search_order: orders in turn, −1 once around. */
function nextOrder(cc: CompactControl, order: Order): number {
  const next = order === 0 ? cc.order - 1 : order - 1;
  if (next !== cc.searchOrder) return next;
  cc.searchOrder = cc.searchOrder === 0 ? cc.order - 1 : cc.searchOrder - 1;
  return -1;
}

interface Search {
  limit: number;
  scanned: number;
  /** First page of the highest pageblock that a block met lies in; 0: none. */
  highest: Pfn;
  readonly low: Pfn;
  readonly min: Pfn;
}

/**
 * fast_isolate_freepages: a free block of the MOVABLE lists from the top quarter of what lies between the scanners, else
 * from its upper half, orders in turn.
 */
export function fastIsolateTargets(m: Machine, cc: CompactControl): void {
  if (!m.config.policy.fastSearch || cc.order <= 0) return;
  const atStart = cc.freePfn >= mobilityField(m, cc.zone, M.initFree);
  const distance = Math.max(0, cc.freePfn - cc.migratePfn);
  const search: Search = {
    limit: atStart ? 1 << (m.config.pageblockOrder - 1) : Math.max(1, scanLimit(cc) >> 1),
    scanned: 0,
    highest: 0,
    low: blockStart(m, cc.freePfn - (distance >> 2)),
    min: blockStart(m, cc.freePfn - (distance >> 1)),
  };
  cc.searchOrder = Math.min(cc.order - 1, cc.searchOrder);
  let page = searchOrders(m, cc, search);
  if (page === NONE) {
    cc.fastSearchFail++;
    if (atStart) page = startFrom(m, cc, search);
  }
  noteHighest(m, cc, search.highest);
  countScanned(m, cc, false, search.scanned);
  if (page !== NONE) isolateAround(m, cc, page);
}

function searchOrders(m: Machine, cc: CompactControl, search: Search): Pfn {
  let page: Pfn = NONE;
  for (let order = cc.searchOrder; page === NONE && order >= 0; order = nextOrder(cc, order)) {
    if (blocksOf(m, cc, order) === 0) continue;
    const { found, looked } = searchList(m, cc, order, search);
    page = found;
    if (found !== NONE) {
      if (!isolateFree(m, cc, found, order)) return NONE;
      search.scanned += (1 << order) - 1;
      bump(m, C.compactIsolated, 1 << order);
      emit(m, EV.compactIsolateFree, 0, found, found + (1 << order), counts(looked, 1 << order));
    }
    if (cc.targetPages >= cc.sources.length) break;
    if (looked >= search.limit) search.limit = Math.max(1, search.limit >> 1);
  }
  return page;
}

/** One MOVABLE list from its tail: the first block high enough, else the highest in the upper half. */
function searchList(
  m: Machine,
  cc: CompactControl,
  order: Order,
  search: Search,
): { found: Pfn; looked: number } {
  const list = listIndex(m, cc.zone, migrateTypes(m.config).movable, order);
  const { start } = m.config.zones[cc.zone]!;
  let looked = 0;
  let candidate = 0;
  let found: Pfn = NONE;
  let last: Pfn = NONE;
  for (let pfn = m.freeTail[list]!; pfn !== NONE; pfn = m.prev[pfn]!) {
    looked++;
    search.scanned++;
    if (pfn >= search.highest) search.highest = Math.max(start, blockStart(m, pfn));
    if (pfn >= search.low) {
      cc.fastSearchFail = 0;
      cc.searchOrder = order;
      found = pfn;
      last = pfn;
      break;
    }
    if (pfn >= search.min && pfn > candidate) {
      candidate = pfn;
      search.limit >>= 1;
    }
    if (looked >= search.limit) {
      last = pfn;
      break;
    }
  }
  if (found === NONE && candidate > 0) {
    found = candidate;
    last = candidate;
  }
  if (last !== NONE) rotateFirst(m, list, last);
  return { found, looked };
}

/** At the start of a run that found nothing high enough: the free scanner begins where it is worth it. */
function startFrom(m: Machine, cc: CompactControl, { highest, min }: Search): Pfn {
  const { start } = m.config.zones[cc.zone]!;
  if (highest >= min && highest > 0) {
    cc.freePfn = Math.max(start, highest);
    return cc.freePfn;
  }
  if (!cc.direct) return NONE;
  cc.freePfn = Math.max(start, min);
  return isTarget(m, cc, cc.freePfn) ? cc.freePfn : NONE;
}

function noteHighest(m: Machine, cc: CompactControl, highest: Pfn): void {
  if (highest === 0 || highest < mobilityField(m, cc.zone, M.freePfn)) return;
  const { start } = m.config.zones[cc.zone]!;
  setMobilityField(m, cc.zone, M.freePfn, Math.max(start, highest - (1 << m.config.pageblockOrder)));
}

/** fast_isolate_around: more from the same pageblock where the sources are more than that. */
function isolateAround(m: Machine, cc: CompactControl, pfn: Pfn): void {
  if (cc.targetPages >= cc.sources.length || (cc.direct && cc.mode === MODE.async)) return;
  const { start, end } = m.config.zones[cc.zone]!;
  const first = Math.max(start, blockStart(m, pfn));
  const last = Math.min(end, blockStart(m, pfn) + (1 << m.config.pageblockOrder));
  if (takeTargets(m, cc, first, last, 1).next === last) setSkip(m, first);
}
