/** One pass over a zonelist at one mark: the part of __alloc_pages that every version shares. */
import { NONE, type Pfn, type ZoneIndex } from '../base/units.ts';
import { largestFreeOrder } from './buddy.ts';
import { type Machine, Z } from './machine.ts';
import type { Attempt, Mark } from './policy/policy.ts';
import { EV, emit, REASON } from './trace-event.ts';
import { discountedMin, watermarkOk, zoneField } from './zone.ts';

/** Orders up to which the kernel retries on its own (the literal 3 in __alloc_pages). */
export const RETRY_ORDER = 3;
/** Rounds of direct reclaim after which a request that the kernel would retry for ever is counted as failed. */
export const MAX_TRIES = 48;

/** The mark a request is tested against in a zone; only min has discounts. */
export function markOf(m: Machine, zone: ZoneIndex, which: Mark, gfp: number): number {
  if (which === 'min') return discountedMin(zoneField(m, zone, Z.min), gfp);
  return zoneField(m, zone, which === 'low' ? Z.low : Z.high);
}

/** Whether a zone passes the watermark test of the policy's version. */
export function passesMark(m: Machine, attempt: Attempt, zone: ZoneIndex, which: Mark): boolean {
  if (attempt.policy.passes !== undefined) return attempt.policy.passes(m, attempt, zone, which);
  return hasRoom(m, attempt, zone, which);
}

/** Whether a zone has enough pages in all, whatever blocks they lie in: the test of 2.6.9. */
export function hasRoom(m: Machine, { policy, order, gfp }: Attempt, zone: ZoneIndex, which: Mark): boolean {
  return watermarkOk(policy.freePages(m, zone, order, gfp), order, markOf(m, zone, which, gfp), 0);
}

/** Whether a zone has what `pass` would hand out at one mark: the answer alone, nothing is taken. */
export function wouldPass(m: Machine, attempt: Attempt, zone: ZoneIndex, which: Mark): boolean {
  const { policy, order, gfp } = attempt;
  if (!passesMark(m, attempt, zone, which)) return false;
  if (order > 0 || policy.hasPage === undefined) return largestFreeOrder(m, zone) >= order;
  return policy.hasPage(m, zone, gfp, markOf(m, zone, which, gfp));
}

/** Tries each zone at one mark. Emits why each zone was passed over. */
export function pass(m: Machine, attempt: Attempt, which: Mark): Pfn {
  const { policy, zones, order, gfp } = attempt;
  if (policy.pass !== undefined) return policy.pass(m, attempt, which);
  for (const zone of zones) {
    const mark = markOf(m, zone, which, gfp);
    if (!passesMark(m, attempt, zone, which)) {
      emit(m, EV.watermarkLow, order, NONE, zone, mark, REASON.watermark);
      continue;
    }
    const pfn = policy.take(m, zone, order, gfp, mark);
    if (pfn !== NONE) return pfn;
    emit(m, EV.watermarkLow, order, NONE, zone, mark, REASON.noContiguity);
  }
  return NONE;
}
