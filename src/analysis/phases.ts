/** How far each page of a slab under reclaim has come. */
import type { Pfn } from '../base/units.ts';
import { FLAG, PAGE } from '../engine/frames.ts';
import type { Machine } from '../engine/machine.ts';
import type { TraceEvent } from '../engine/trace-event.ts';

export type PagePhase = 'waiting' | 'unmapped' | 'writing' | 'swapping' | 'dropped' | 'refused';

export interface PhaseOfPage {
  readonly pfn: Pfn;
  /** "clean file", "dirty file", "anonymous", "kreclaim", "knoreclaim", "parked". */
  readonly kind: string;
  readonly phase: PagePhase;
  readonly reason: string;
}

/** The step of a page's way that an event tells of, and what the page was. */
const STEPS: Partial<Record<TraceEvent['type'], { phase: PagePhase; kind: string | null }>> = {
  unmap: { phase: 'unmapped', kind: null },
  drop: { phase: 'dropped', kind: null },
  writePage: { phase: 'writing', kind: 'dirty file' },
  swapPage: { phase: 'swapping', kind: 'anonymous' },
  clearObjects: { phase: 'dropped', kind: 'kreclaim' },
  /** Gone from this slab: it lies in another one. */
  movePage: { phase: 'dropped', kind: null },
  refuse: { phase: 'refused', kind: null },
};

/**
 * Pages of the slab in order of address, those in use when it was chosen.
 *
 * @param events page events of this slab's reclaim, in order
 * @param m the machine after the last of them
 */
export function phasesOf(slab: Pfn, events: readonly TraceEvent[], m: Machine): PhaseOfPage[] {
  const pages = new Map<Pfn, PhaseOfPage>();
  for (let pfn = slab; pfn < slab + 2 ** m.config.slabOrder; pfn++) {
    const kind = kindOf(m, pfn);
    if (kind) pages.set(pfn, { pfn, kind, phase: 'waiting', reason: '' });
  }
  for (const event of events) {
    const step = STEPS[event.type];
    if (!step) continue;
    const before = pages.get(event.pfn)?.kind;
    const kind = step.kind ?? (event.type === 'unmap' ? unmappedKind(event, m) : (before ?? 'clean file'));
    const reason = event.type === 'refuse' ? event.reason : '';
    pages.set(event.pfn, { pfn: event.pfn, kind, phase: step.phase, reason });
  }
  return [...pages.values()].sort((a, b) => a.pfn - b.pfn);
}

function unmappedKind(event: TraceEvent, m: Machine): string {
  if (event.b === PAGE.anon) return 'anonymous';
  return m.flags[event.pfn]! & FLAG.dirty ? 'dirty file' : 'clean file';
}

/** What a page in use is; null for one that holds nothing. */
function kindOf(m: Machine, pfn: Pfn): string | null {
  switch (m.kind[pfn]) {
    case PAGE.hole:
    case PAGE.free:
    case PAGE.slabIdle:
      return null;
    case PAGE.slabParked:
      return 'parked';
    case PAGE.file:
      return m.flags[pfn]! & FLAG.dirty ? 'dirty file' : 'clean file';
    case PAGE.anon:
      return 'anonymous';
    case PAGE.objSlab:
      return 'kreclaim';
    default:
      return 'knoreclaim';
  }
}
