/** One slab's reclaim: counted from its events, priced by the machine's cost table. */
import type { Pfn } from '../base/units.ts';
import type { Machine } from '../engine/machine.ts';
import type { TraceEvent } from '../engine/trace-event.ts';

/** What one slab's reclaim did and cost. */
export interface ReclaimTry {
  readonly pfn: number;
  readonly outcome: 'running' | 'discarded' | 'refused';
  readonly reason: string;
  readonly reasonPfn: number | null;
  readonly pteUnmaps: number;
  /** Pages whose content needed no writing; written and swapped ones come on top. */
  readonly dropped: number;
  readonly written: number;
  readonly swapped: number;
  readonly cleared: number;
  /** Pages copied into other slabs. */
  readonly moved: number;
  /** Pages of the slab that reclaim laid hands on, the refused one included. */
  readonly lookedAt: number;
  readonly tlbFlushes: number;
  readonly costNs: number;
}

/** Events of a page within a try. */
const PAGE_EVENTS: ReadonlySet<TraceEvent['type']> = new Set([
  'unmap',
  'drop',
  'writePage',
  'swapPage',
  'clearObjects',
  'movePage',
  'refuse',
]);

export interface TryUnderWay {
  readonly pfn: Pfn;
  outcome: ReclaimTry['outcome'];
  /** Events of pages, in order. */
  readonly events: TraceEvent[];
}

/** A try of the slab at `pfn` that has done nothing yet. */
export function openTry(pfn: Pfn): TryUnderWay {
  return { pfn, outcome: 'running', events: [] };
}

/** Books an event that happened while the slab was being tried; events of other pages and other work are not its own. */
export function takeEvent(tried: TryUnderWay, event: TraceEvent, m: Machine): void {
  if (event.type === 'slabRefused') tried.outcome = 'refused';
  else if (event.type === 'slabDiscarded') tried.outcome = 'discarded';
  else if (PAGE_EVENTS.has(event.type) && inSlab(tried.pfn, event.pfn, m)) tried.events.push(event);
}

function inSlab(slab: Pfn, pfn: Pfn, m: Machine): boolean {
  return slab >> m.config.slabOrder === pfn >> m.config.slabOrder;
}

/** The try as figures; time is counts times the declared costs. */
export function priceOf(tried: TryUnderWay, m: Machine): ReclaimTry {
  const { cost } = m.config;
  const of = (type: TraceEvent['type']) => tried.events.filter((event) => event.type === type);
  const unmaps = of('unmap').filter((event) => event.a > 0);
  const pteUnmaps = unmaps.reduce((sum, event) => sum + event.a, 0);
  const cleared = of('clearObjects').reduce((sum, event) => sum + event.a, 0);
  const written = of('writePage').length;
  const swapped = of('swapPage').length;
  const freed = of('drop').length;
  const moves = of('movePage');
  const pteUpdates = moves.reduce((sum, event) => sum + event.b, 0);
  const lookedAt = new Set(tried.events.map((event) => event.pfn)).size;
  const refusal = of('refuse')[0];
  return {
    pfn: tried.pfn,
    outcome: tried.outcome,
    reason: refusal?.reason ?? '',
    reasonPfn: refusal?.pfn ?? null,
    pteUnmaps,
    dropped: Math.max(0, freed - written - swapped),
    written,
    swapped,
    cleared,
    moved: moves.length,
    lookedAt,
    tlbFlushes: unmaps.length + pteUpdates,
    costNs:
      pteUnmaps * cost.unmapPte +
      unmaps.length * cost.tlbFlush +
      freed * cost.dropPage +
      written * cost.writePage +
      swapped * cost.swapOut +
      cleared * cost.clearObject +
      moves.length * cost.copyPage +
      pteUpdates * (cost.updatePte + cost.tlbFlush) +
      lookedAt * cost.scanPage,
  };
}
