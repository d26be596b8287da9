/**
 * What a request does in Linux 6.12 once the low and min marks have failed it, mm/page_alloc.c
 * __alloc_pages_slowpath: compaction before reclaim for costly and for unmovable orders, then reclaim and compaction
 * in turns (__alloc_pages_direct_reclaim, __alloc_pages_direct_compact, should_reclaim_retry, should_compact_retry),
 * and the OOM killer for small orders.
 */
import { NONE, type Pfn } from '../../base/units.ts';
import { freeByOrder } from '../buddy.ts';
import { C } from '../counters.ts';
import { GFP } from '../gfp.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { MEASURE, measure } from '../measures.ts';
import { MAX_TRIES, markOf, pass } from '../pass.ts';
import type { Attempt } from '../policy/policy.ts';
import { EV, emit } from '../trace-event.ts';
import { oomKill } from '../user/exit.ts';
import { zoneField } from '../zone.ts';
import { MODE, type Mode, RESULT, type Result } from './compact-control.ts';
import { COSTLY_ORDER, defer, hasTargets, isDeferred, resetDefer } from './compact-defer.ts';
import { compactZone } from './compact-zone.ts';
import { unreserveHighAtomic } from './high-atomic.ts';
import { watermarkOk612 } from './marks-6.12.ts';
import { directReclaim612 } from './reclaim-6.12.ts';
import { migrateTypes, migratetypeOf } from './types.ts';
import { M, setMobilityField } from './zone-state.ts';

/** MAX_RECLAIM_RETRIES and MAX_COMPACT_RETRIES. */
const MAX_RETRIES = 16;

/** try_to_compact_pages: the zones in turn, until one succeeds. */
function compactZones(m: Machine, { zones, order, gfp }: Attempt, mode: Mode): Result {
  let best: Result = RESULT.skipped;
  emit(m, EV.compactTry, order, NONE, gfp, mode);
  for (const zone of zones) {
    if (mode !== MODE.sync && isDeferred(m, zone, order)) {
      best = Math.max(best, RESULT.deferred) as Result;
      continue;
    }
    const type = migratetypeOf(m.config, gfp);
    const full = mode === MODE.sync;
    const result = compactZone(
      m,
      { zone, order, mode, gfp, type, direct: true, wholeZone: full, ignoreHints: full },
      markOf(m, zone, 'min', gfp),
      zones[0]!,
    );
    best = Math.max(best, result) as Result;
    if (result === RESULT.success) {
      resetDefer(m, zone, order, false);
      break;
    }
    if (mode !== MODE.async && (result === RESULT.complete || result === RESULT.partialSkipped))
      defer(m, zone, order);
  }
  return best;
}

interface Compacted {
  readonly pfn: Pfn;
  readonly result: Result;
}

/** __alloc_pages_direct_compact: compacts, then asks again at the min mark. */
function directCompact(m: Machine, attempt: Attempt, mode: Mode): Compacted {
  // moving a page may need I/O (gfp_compaction_allowed)
  if (attempt.order === 0 || !(attempt.gfp & GFP.io)) return { pfn: NONE, result: RESULT.skipped };
  const movedBefore = m.counters[C.pagesMoved]!;
  const result = compactZones(m, attempt, mode);
  if (result === RESULT.skipped || result === RESULT.deferred) return { pfn: NONE, result };
  bump(m, C.compactStall);
  const pfn = pass(m, attempt, 'min');
  if (pfn === NONE) {
    bump(m, C.compactFail);
    bump(m, C.movedForNothing, m.counters[C.pagesMoved]! - movedBefore);
    return { pfn, result };
  }
  const zone = attempt.zones.find((z) => pfn < m.config.zones[z]!.end && pfn >= m.config.zones[z]!.start)!;
  setMobilityField(m, zone, M.skipFlush, 0);
  resetDefer(m, zone, attempt.order, true);
  bump(m, C.compactSuccess);
  return { pfn, result };
}

/** __alloc_pages_direct_reclaim: reclaims, asks again, and once more with a HIGHATOMIC block and all per-CPU pages given back. */
function directReclaim(m: Machine, attempt: Attempt): { progress: number; pfn: Pfn } {
  const progress = directReclaim612(m, attempt);
  if (progress === 0) return { progress, pfn: NONE };
  let pfn = pass(m, attempt, 'min');
  if (pfn === NONE) {
    unreserveHighAtomic(m, attempt.zones, migratetypeOf(m.config, attempt.gfp), false);
    attempt.policy.drainCpus(m);
    pfn = pass(m, attempt, 'min');
  }
  if (pfn !== NONE && attempt.order > 0) measure(m, MEASURE.lruBlocks);
  return { progress, pfn };
}

/** Whether some zone would pass the min mark were all its LRU pages free. */
function couldReclaim(m: Machine, { zones, order, gfp }: Attempt): boolean {
  return zones.some((zone) => {
    const lru = zoneField(m, zone, Z.nrActive) + zoneField(m, zone, Z.nrInactive);
    const free = zoneField(m, zone, Z.freePages) + lru;
    return watermarkOk612(m, zone, order, markOf(m, zone, 'min', gfp), zones[0]!, free);
  });
}

/** compaction_zonelist_suitable: whether reclaim could make enough targets for compaction somewhere. */
function couldCompact(m: Machine, { zones, order }: Attempt): boolean {
  return zones.some((zone) => {
    const lru = zoneField(m, zone, Z.nrActive) + zoneField(m, zone, Z.nrInactive);
    const free = freeByOrder(m, zone).reduce((sum, n, k) => sum + n * (1 << k), 0);
    return hasTargets(m, zone, order, zones[0]!, free + Math.trunc(lru / order));
  });
}

interface Retries {
  priority: Mode;
  compactions: number;
  noProgress: number;
}

/** should_reclaim_retry: before anybody is killed for memory the last HIGHATOMIC block is given back. */
function retriesReclaim(m: Machine, attempt: Attempt, r: Retries): boolean {
  if (r.noProgress <= MAX_RETRIES && couldReclaim(m, attempt)) return true;
  if (r.noProgress <= MAX_RETRIES) return false;
  return unreserveHighAtomic(m, attempt.zones, migratetypeOf(m.config, attempt.gfp), true);
}

/** should_compact_retry. */
function retriesCompaction(m: Machine, attempt: Attempt, result: Result, r: Retries): boolean {
  const { order } = attempt;
  if (order === 0) return false;
  if (result === RESULT.skipped) return couldCompact(m, attempt);
  const most = order > COSTLY_ORDER ? MAX_RETRIES / 4 : MAX_RETRIES;
  if (result === RESULT.success && ++r.compactions <= most) return true;
  const highest = order > COSTLY_ORDER ? MODE.syncLight : MODE.sync;
  if (r.priority >= highest) return false;
  r.priority = (r.priority + 1) as Mode;
  r.compactions = 0;
  return true;
}

/** The whole slow path; NONE when the request fails. */
export function slowPath612(m: Machine, attempt: Attempt): Pfn {
  const { order, gfp } = attempt;
  if (attempt.zones.length === 0) return NONE;
  const costly = order > COSTLY_ORDER;
  const r: Retries = { priority: MODE.syncLight, compactions: 0, noProgress: 0 };
  const isMovable = migratetypeOf(m.config, gfp) === migrateTypes(m.config).movable;
  if (costly || (order > 0 && !isMovable)) {
    const { pfn, result } = directCompact(m, attempt, MODE.async);
    if (pfn !== NONE) return pfn;
    if (costly && gfp & GFP.noRetry) {
      if (result === RESULT.skipped || result === RESULT.deferred) return NONE;
      r.priority = MODE.async;
    }
  }
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const again = tries > 0 ? pass(m, attempt, 'min') : NONE;
    if (again !== NONE) return again;
    const { progress, pfn: reclaimed } = directReclaim(m, attempt);
    if (reclaimed !== NONE) return reclaimed;
    const { pfn, result } = directCompact(m, attempt, r.priority);
    if (pfn !== NONE) return pfn;
    if (gfp & GFP.noRetry || (costly && !(gfp & (GFP.repeat | GFP.noFail)))) return NONE;
    r.noProgress = progress > 0 && !costly ? 0 : r.noProgress + 1;
    if (retriesReclaim(m, attempt, r)) continue;
    if (progress > 0 && retriesCompaction(m, attempt, result, r)) continue;
    const last = pass(m, attempt, 'high');
    if (last !== NONE) return last;
    if (costly || gfp & GFP.repeat || !(gfp & GFP.fs) || !oomKill(m)) return NONE;
    r.noProgress = 0;
  }
  return NONE;
}
