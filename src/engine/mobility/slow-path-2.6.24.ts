/**
 * What a request does in Linux 2.6.24 once the low and min marks have failed it, mm/page_alloc.c __alloc_pages:
 * direct reclaim for its order, all per-CPU lists drained, the retry rule; the OOM killer for small orders alone.
 *
 * Simplified as in alloc-path.ts: a retry is counted as one second for the OOM gate and there are MAX_TRIES of them.
 */
import { NONE, type Pfn } from '../../base/units.ts';
import { C } from '../counters.ts';
import { GFP } from '../gfp.ts';
import type { Machine } from '../machine.ts';
import { MEASURE, measure } from '../measures.ts';
import { oomGateOpens } from '../oom-gate.ts';
import { MAX_TRIES, pass, RETRY_ORDER } from '../pass.ts';
import type { Attempt } from '../policy/policy.ts';
import { oomKill } from '../user/exit.ts';
import { directReclaim2624 } from './reclaim-2.6.24.ts';

/** Direct reclaim and retries; NONE when the request fails. */
export function slowPath2624(m: Machine, attempt: Attempt): Pfn {
  const { policy, zones, order, gfp } = attempt;
  const retries = !(gfp & GFP.noRetry) && (order <= RETRY_ORDER || (gfp & (GFP.repeat | GFP.noFail)) !== 0);
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    const progress = directReclaim2624(m, order, gfp, zones);
    if (order > 0) policy.drainCpus(m);
    if (progress > 0) {
      const pfn = pass(m, attempt, 'min');
      if (pfn !== NONE) {
        if (order > 0) measure(m, MEASURE.lruBlocks);
        return pfn;
      }
    } else if (gfp & GFP.fs && !(gfp & GFP.noRetry)) {
      const pfn = pass(m, attempt, 'high');
      if (pfn !== NONE) return pfn;
      // the OOM killer will not help higher order allocs
      if (order > RETRY_ORDER) return NONE;
      if (oomGateOpens(m, m.counters[C.clockNs]! + tries * 1_000_000_000)) oomKill(m);
      const again = pass(m, attempt, 'low');
      if (again !== NONE) return again;
    }
    if (!retries) return NONE;
  }
  return NONE;
}
