/**
 * How a request is served, Linux 2.6.9 mm/page_alloc.c __alloc_pages: pass at the low mark, wake kswapd, pass at the
 * discounted min mark, direct reclaim, the retry rule, the OOM killer. Where a page comes from is the policy's part.
 *
 * Simplified: the kernel sleeps between retries and may retry small orders without end; here a retry is counted as
 * one second for the OOM gate, and after {@link MAX_TRIES} the request fails.
 */
import { NONE, type Order, type Pfn } from '../base/units.ts';
import { charge } from './charge.ts';
import { claimPages } from './claim.ts';
import type { PolicyId } from './config.ts';
import { C } from './counters.ts';
import { PAGE, type PageKind } from './frames.ts';
import { GFP } from './gfp.ts';
import { bump, type Machine, Z } from './machine.ts';
import { MEASURE, measure, noteLatency, openBill } from './measures.ts';
import { slowPath2624 } from './mobility/slow-path-2.6.24.ts';
import { slowPath612 } from './mobility/slow-path-6.12.ts';
import { oomGateOpens } from './oom-gate.ts';
import { MAX_TRIES, pass, passesMark, RETRY_ORDER } from './pass.ts';
import type { Attempt } from './policy/policy.ts';
import { policyOf } from './policy/table.ts';
import { EV, emit, REASON, type Reason } from './trace-event.ts';
import { oomKill } from './user/exit.ts';
import { tryToFreePages } from './user/vmscan.ts';
import { setZoneField, zoneField, zonelist } from './zone.ts';

/** What is asked for and what it is for. */
export interface PageRequest {
  readonly order: Order;
  readonly gfp: number;
  readonly kind: PageKind;
  readonly owner: number;
  readonly index: number;
}

/** wakeup_kswapd: marks a zone for balancing at the operation's end; no look at the order in 2.6.9. */
function wakeKswapd(m: Machine, { policy, zones, gfp }: Attempt): void {
  for (const zone of zones) {
    if (zoneField(m, zone, Z.kswapdWoken)) continue;
    if (policy.freePages(m, zone, 0, gfp) > zoneField(m, zone, Z.low)) continue;
    setZoneField(m, zone, Z.kswapdWoken, 1);
    bump(m, C.kswapdWakes);
    emit(m, EV.kswapdWake, 0, NONE, zone);
  }
}

/** Direct reclaim and retries; NONE when the request fails. */
function slowPath(m: Machine, attempt: Attempt): Pfn {
  const { policy, zones, order, gfp } = attempt;
  const retries = !(gfp & GFP.noRetry) && (order <= RETRY_ORDER || (gfp & (GFP.repeat | GFP.noFail)) !== 0);
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    if (policy.beforeReclaim(m, order, gfp, zones)) {
      const pfn = pass(m, attempt, 'min');
      if (pfn !== NONE) return pfn;
    }
    const progress = tryToFreePages(m, order, gfp, zones);
    let pfn = pass(m, attempt, 'min');
    if (pfn !== NONE && order > 0) measure(m, MEASURE.lruBlocks);
    if (pfn === NONE && policy.lastResort(m, order, gfp, zones)) pfn = pass(m, attempt, 'min');
    if (pfn !== NONE) return pfn;
    let killed = false;
    if (progress === 0 && gfp & GFP.fs && !(gfp & GFP.noRetry)) {
      killed = oomGateOpens(m, m.counters[C.clockNs]! + tries * 1_000_000_000) && oomKill(m);
    }
    if (!retries && !killed) return NONE;
  }
  return NONE;
}

/** What follows once the low and min marks have failed a request, where the policy's kernel is a later one. */
const SLOW_PATHS: Partial<Record<PolicyId, typeof slowPath>> = {
  'mobility-lumpy': slowPath2624,
  'mobility-compaction': slowPath612,
};

/**
 * Asks for 2^order pages and paints them.
 * @returns PFN of the block, or NONE; either way the request is counted and its events are emitted
 */
export function allocPages(m: Machine, request: PageRequest): Pfn {
  const { order, gfp } = request;
  const policy = policyOf(m);
  const asked = policy.grouping && isUserPage(request.kind) ? gfp | GFP.movable : gfp;
  const attempt: Attempt = { policy, zones: zonelist(m.config, gfp), order, gfp: asked };
  const costBefore = m.counters[C.costNs]!;
  bump(m, C.requests);
  openBill(m);
  charge(m, order === 0 ? 'arrayStep' : 'buddyStep');
  if (order > 0) emit(m, EV.request, order, NONE, gfp);
  let pfn = pass(m, attempt, 'low');
  let reason: Reason = REASON.none;
  if (pfn === NONE) {
    (policy.wakeKswapd ?? wakeKswapd)(m, attempt);
    pfn = pass(m, attempt, 'min');
  }
  if (pfn === NONE) {
    reason = gfp & GFP.wait ? failureReason(m, attempt) : REASON.noWait;
    if (gfp & GFP.wait) pfn = (SLOW_PATHS[policy.id] ?? slowPath)(m, attempt);
  }
  noteLatency(m, order, m.counters[C.costNs]! - costBefore);
  if (pfn === NONE) {
    bump(m, C.requestsFailed);
    emit(m, EV.allocFailed, order, NONE, asked, 0, reason);
    return NONE;
  }
  claimPages(m, pfn, order, request.kind, request.owner, request.index);
  emit(m, EV.pageAlloc, order, pfn, asked, request.kind);
  return pfn;
}

/** A page of a process or of the page cache is asked for as GFP_HIGHUSER_MOVABLE, where a kernel has it. */
function isUserPage(kind: PageKind): boolean {
  return kind === PAGE.anon || kind === PAGE.file;
}

/** Watermark or contiguity: what stood in the way before reclaim. */
function failureReason(m: Machine, attempt: Attempt): Reason {
  const enough = attempt.zones.some((zone) => passesMark(m, attempt, zone, 'min'));
  return enough ? REASON.noContiguity : REASON.watermark;
}
