/**
 * One pass over the zones in Linux 6.12 mm/page_alloc.c: get_page_from_freelist, zone_watermark_fast, rmqueue,
 * rmqueue_buddy; what a request may do beside its mark: gfp_to_alloc_flags, alloc_flags_nofragment.
 */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { GFP } from '../gfp.ts';
import { type Machine, Z } from '../machine.ts';
import type { Attempt, Mark } from '../policy/policy.ts';
import { EV, emit, REASON } from '../trace-event.ts';
import { zoneField } from '../zone.ts';
import { reserveHighAtomic } from './high-atomic.ts';
import { ALLOC, watermarkOk612 } from './marks-6.12.ts';
import { pcpAlloc612, pcpAllowed } from './pcp-6.12.ts';
import { rmqueue612 } from './rmqueue-6.12.ts';
import { smallest } from './typed-buddy.ts';
import { migratetypeOf, SET_ASIDE } from './types.ts';
import { M, mobilityField, setMobilityField } from './zone-state.ts';

/** Where a zone keeps each mark. */
const MARKS = { min: Z.min, low: Z.low, high: Z.high } as const;

/** Flags of a request's pass: at the low mark it is its first, which alone may be kept from mixing pageblocks. */
function allocFlags(m: Machine, { zones, order, gfp }: Attempt, which: Mark): number {
  if (which === 'high') return 0;
  if (which === 'low') return avoidsMixing(m, zones[0]!) ? ALLOC.noFragment : 0;
  let flags = gfp & GFP.high ? ALLOC.minReserve : 0;
  if (!(gfp & GFP.wait)) flags |= order > 0 ? ALLOC.nonBlock | ALLOC.highAtomic : ALLOC.nonBlock;
  return flags;
}

/** alloc_flags_nofragment: the best zone is Normal and lies above a DMA32 that may be tried instead. */
function avoidsMixing(m: Machine, zone: ZoneIndex): boolean {
  const { noFragment } = m.config.policy;
  if (noFragment !== 'kernel') return noFragment === 'always';
  const { zones } = m.config;
  return (
    zones[zone]!.name === 'Normal' && zones.some(({ name, start, end }) => name === 'DMA32' && end > start)
  );
}

/** zone_watermark_fast: a single page for a request with __GFP_HIGH may be taken from below the boost. */
function isAbove(
  m: Machine,
  { zones, order }: Attempt,
  zone: ZoneIndex,
  which: Mark,
  flags: number,
): boolean {
  const mark = zoneField(m, zone, MARKS[which]);
  const cls = zones[0]!;
  if (watermarkOk612(m, zone, order, mark, cls, undefined, flags)) return true;
  const boost = mobilityField(m, zone, M.boost);
  if (boost === 0 || order > 0 || which !== 'min' || !(flags & ALLOC.minReserve)) return false;
  return watermarkOk612(m, zone, 0, mark - boost, cls, undefined, flags);
}

/** Whether a zone passes a mark for a request. */
export function passes612(m: Machine, attempt: Attempt, zone: ZoneIndex, which: Mark): boolean {
  return isAbove(m, attempt, zone, which, allocFlags(m, attempt, which));
}

/** get_page_from_freelist. Emits why each zone was passed over. */
export function getPage612(m: Machine, attempt: Attempt, which: Mark): Pfn {
  if (attempt.zones.length === 0) return NONE;
  const flags = allocFlags(m, attempt, which);
  const pfn = tryZones(m, attempt, which, flags);
  if (pfn !== NONE || !(flags & ALLOC.noFragment)) return pfn;
  return tryZones(m, attempt, which, flags & ~ALLOC.noFragment);
}

function tryZones(m: Machine, attempt: Attempt, which: Mark, flags: number): Pfn {
  const { zones, order, gfp } = attempt;
  const type = migratetypeOf(m.config, gfp);
  for (const zone of zones) {
    if (!mobilityField(m, zone, M.belowHigh) && !isAbove(m, attempt, zone, 'high', flags))
      setMobilityField(m, zone, M.belowHigh, 1);
    const mark = zoneField(m, zone, MARKS[which]);
    if (mobilityField(m, zone, M.belowHigh) && !isAbove(m, attempt, zone, which, flags)) {
      emit(m, EV.watermarkLow, order, NONE, zone, mark, REASON.watermark);
      continue;
    }
    const pfn = takePage(m, zone, order, type, flags);
    if (pfn !== NONE) return pfn;
    emit(m, EV.watermarkLow, order, NONE, zone, mark, REASON.noContiguity);
  }
  return NONE;
}

/** rmqueue: small orders through the per-CPU lists; a HIGHATOMIC request from the blocks kept for it first. */
function takePage(m: Machine, zone: ZoneIndex, order: Order, type: number, flags: number): Pfn {
  let pfn = pcpAllowed(m, order) ? pcpAlloc612(m, zone, order, type, flags) : NONE;
  if (pfn === NONE && flags & ALLOC.highAtomic) pfn = smallest(m, zone, order, SET_ASIDE);
  if (pfn === NONE) pfn = rmqueue612(m, zone, order, type, flags);
  // failing now is worse than failing a higher order later
  if (pfn === NONE && flags & ALLOC.nonBlock) pfn = smallest(m, zone, order, SET_ASIDE);
  if (pfn !== NONE && flags & ALLOC.highAtomic) reserveHighAtomic(m, zone, pfn, order);
  return pfn;
}
