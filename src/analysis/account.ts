/** What slab reclaim looked at, did and cost, read from the events of the operation that did it. */

import type { PolicyConfig } from '../engine/config.ts';
import { CACHE_NAMES } from '../engine/gfp.ts';
import type { Machine } from '../engine/machine.ts';
import type { TraceEvent } from '../engine/trace-event.ts';
import { openTry, priceOf, type ReclaimTry, type TryUnderWay, takeEvent } from './account-try.ts';
import { type PagePhase, phasesOf } from './phases.ts';
import type { ScanChoice } from './scan-choice.ts';

export type { ReclaimTry } from './account-try.ts';
export type { PagePhase } from './phases.ts';

/** The slab being reclaimed, or the last one tried in this step, with its account so far. */
export interface ReclaimAccount {
  readonly order: number;
  readonly scan: readonly {
    readonly pfn: number;
    readonly clean: number;
    readonly inUse: number;
    readonly state: 'candidate' | 'refused' | 'now' | 'discarded';
  }[];
  readonly maxDefragScan: number;
  /** What slabs are ranked by. */
  readonly rule: PolicyConfig['victim'];
  /** Aligned groups of neighbouring slabs that the scan looked at, for a request above the slab order; 0 without. */
  readonly groups: number;
  readonly regret: number;
  /** What its first scan had to choose from; null where nothing was scanned for. */
  readonly choice: ScanChoice | null;
  readonly slabPfn: number | null;
  readonly slabPages: number;
  readonly cache: string;
  readonly phases: readonly {
    readonly pfn: number;
    readonly kind: string;
    readonly phase: PagePhase;
    readonly reason: string;
  }[];
  readonly tries: readonly ReclaimTry[];
  readonly outcome: 'running' | 'discarded' | 'none';
  readonly returned: string;
}

type Scanned = { pfn: number; clean: number; inUse: number; state: ReclaimAccount['scan'][number]['state'] };

const SLAB_EVENTS: ReadonlySet<TraceEvent['type']> = new Set([
  'scanSlab',
  'chooseSlab',
  'noCandidate',
  'slabReclaimEnd',
]);

/**
 * The account of slab reclaim within one operation, up to its last event given.
 *
 * @param events the operation's events so far
 * @param m the machine after the last of them
 * @param choice what was there when the first slab was chosen
 * @returns null where no slab was looked at
 */
export function reclaimAccount(
  events: readonly TraceEvent[],
  m: Machine,
  choice: ScanChoice | null = null,
): ReclaimAccount | null {
  if (!events.some((event) => SLAB_EVENTS.has(event.type))) return null;
  const scan: Scanned[] = [];
  const tries: TryUnderWay[] = [];
  let order = m.config.slabOrder;
  let regret = 0;
  let groups = 0;
  let cache = '';
  let outcome: ReclaimAccount['outcome'] = 'running';
  let returned = '';
  let merges = 0;
  let block = 0;
  for (const event of events) {
    const now = tries[tries.length - 1];
    const mark = (state: Scanned['state']) => {
      const slab = scan.find((entry) => entry.pfn === now?.pfn);
      if (slab) slab.state = state;
    };
    switch (event.type) {
      case 'scanSlab':
        if (!scan.some((entry) => entry.pfn === event.pfn)) {
          scan.push({ pfn: event.pfn, clean: event.a, inUse: event.b, state: 'candidate' });
        }
        break;
      case 'scanGroup':
        groups++;
        break;
      case 'chooseSlab': {
        tries.push(openTry(event.pfn));
        if (tries.length === 1 && event.b >= 0) regret = event.b - event.a;
        merges = 0;
        block = 0;
        const slab = m.slabCache[event.pfn >> m.config.slabOrder]!;
        if (slab) cache = CACHE_NAMES[(slab - 1) % 3]!;
        const entry = scan.find((candidate) => candidate.pfn === event.pfn);
        if (entry) entry.state = 'now';
        break;
      }
      case 'slabRefused':
        if (now) takeEvent(now, event, m);
        mark('refused');
        break;
      case 'slabDiscarded':
        if (now) takeEvent(now, event, m);
        mark('discarded');
        outcome = 'discarded';
        returned = returnedWords(event.order, block, merges);
        break;
      case 'slabDestroy':
        if (event.pfn === now?.pfn) cache = CACHE_NAMES[event.a % 3]!;
        break;
      case 'merge':
        merges++;
        break;
      case 'listAdd':
        if (now && event.pfn <= now.pfn && event.pfn + 2 ** event.order > now.pfn) block = event.order;
        break;
      case 'slabReclaimEnd':
        order = event.order;
        if (event.b !== 1) outcome = 'none';
        break;
      case 'noCandidate':
        if (outcome === 'running') outcome = 'none';
        break;
      default:
        if (now && now.outcome === 'running') takeEvent(now, event, m);
    }
  }
  const last = tries[tries.length - 1];
  return {
    order,
    scan,
    maxDefragScan: m.config.policy.maxDefragScan,
    rule: m.config.policy.victim,
    groups,
    regret,
    choice,
    slabPfn: last?.pfn ?? null,
    slabPages: 2 ** m.config.slabOrder,
    cache,
    phases: last ? phasesOf(last.pfn, last.events, m) : [],
    tries: tries.map((tried) => priceOf(tried, m)),
    outcome,
    returned,
  };
}

/** How the pages of a discarded slab came back to buddy; it merges upwards where its buddy was free. */
function returnedWords(order: number, block: number, merges: number): string {
  const pages = 2 ** order;
  const singly = merges >= pages - 1;
  const back = singly ? `${pages} pages returned, ${merges} merges` : `one block of order ${order} returned`;
  return block > order ? `${back}, now part of order ${block}` : back;
}
