/** One pass over a zonelist at one mark: the part of __alloc_pages that every version shares. */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../base/units.ts';
import { type Machine, Z } from './machine.ts';
import type { Policy } from './policy/policy.ts';
import { EV, emit, REASON } from './trace-event.ts';
import { discountedMin, watermarkOk, zoneField } from './zone.ts';

/** One request on its way through the allocator. */
export interface Attempt {
  readonly policy: Policy;
  /** Zones it may be served from, best first. */
  readonly zones: readonly ZoneIndex[];
  readonly order: Order;
  readonly gfp: number;
}

export type Mark = 'min' | 'low' | 'high';

/** The mark a request is tested against in a zone; only min has discounts. */
export function markOf(m: Machine, zone: ZoneIndex, which: Mark, gfp: number): number {
  if (which === 'min') return discountedMin(zoneField(m, zone, Z.min), gfp);
  return zoneField(m, zone, which === 'low' ? Z.low : Z.high);
}

/** Whether a zone passes the watermark test of the policy's version. */
export function passesMark(
  m: Machine,
  { policy, zones, order, gfp }: Attempt,
  zone: ZoneIndex,
  mark: number,
): boolean {
  if (policy.passes === undefined) return watermarkOk(policy.freePages(m, zone, order, gfp), order, mark, 0);
  return policy.passes(m, zone, order, gfp, mark, zones[0]!);
}

/** Tries each zone at one mark. Emits why each zone was passed over. */
export function pass(m: Machine, attempt: Attempt, which: Mark): Pfn {
  const { policy, zones, order, gfp } = attempt;
  for (const zone of zones) {
    const mark = markOf(m, zone, which, gfp);
    if (!passesMark(m, attempt, zone, mark)) {
      emit(m, EV.watermarkLow, order, NONE, zone, mark, REASON.watermark);
      continue;
    }
    const pfn = policy.take(m, zone, order, gfp, mark);
    if (pfn !== NONE) return pfn;
    emit(m, EV.watermarkLow, order, NONE, zone, mark, REASON.noContiguity);
  }
  return NONE;
}
