/** Everything the page shows beside the picture of one position. */
import { reclaimAccount } from '../analysis/account.ts';
import { lruStrip } from '../analysis/lru-strip.ts';
import { summarise } from '../analysis/summary.ts';
import { explainOrder } from '../analysis/why.ts';
import { freeByOrder, freeListPfns } from '../engine/buddy.ts';
import { C } from '../engine/counters.ts';
import { gfpText } from '../engine/gfp.ts';
import type { Machine } from '../engine/machine.ts';
import { decodeOperation, type Operation } from '../engine/operation.ts';
import type { TraceEvent } from '../engine/trace-event.ts';
import type { Happened } from '../history/timeline.ts';
import type { FrameDetail, FreeListZone } from './protocol.ts';
import type { Session } from './session.ts';

/** Blocks listed of each free list; their count is whole. */
const LISTED_BLOCKS = 64;

/** Operations that a button of the page stands for. */
const BUTTONS: ReadonlySet<Operation['op']> = new Set([
  'reclaimSlab',
  'reclaimLru',
  'dropCaches',
  'drainCpus',
]);

/** A position, with what was noted before its last operation or event. */
export interface Moment {
  readonly step: number;
  /** The operation that led here, or that one is inside of. */
  readonly operation: Operation | null;
  /** Its events so far. */
  readonly happened: Happened;
  /** LRU order and inversions before it. */
  readonly lru: readonly number[];
  readonly inversions: number;
  readonly changed: FrameDetail['changed'];
}

/** The detail of the machine as it stands, narration apart. */
export function describe(session: Session, moment: Moment): Omit<FrameDetail, 'narration'> {
  const { machine: m, operations } = session.timeline;
  const { step, operation, happened } = moment;
  const failed = failureOf(operation, happened.events);
  const { title, seed } = session.prepared;
  const next = step < operations.length ? decodeOperation(operations, step) : null;
  const inversions = m.counters[C.inversions]! - moment.inversions;
  return {
    summary: summarise(m, { title, seed, length: operations.length }),
    freeLists: freeLists(m),
    operation,
    trace: happened.events,
    traceOmitted: happened.count - happened.events.length,
    changed: moment.changed,
    why: explainOrder(m, failed && failed.order > 0 ? failed.order : m.config.slabOrder, step),
    failed,
    served: serviceOf(operation, happened.events),
    reclaim: reclaimAccount(happened.events, m),
    lru: lruStrip(moment.lru, m.evicted.pfns, inversions),
    next: next && BUTTONS.has(next.op) ? next : null,
  };
}

/** The request that `operation` made and that failed, with what direct reclaim had done for it. */
function failureOf(operation: Operation | null, events: readonly TraceEvent[]): FrameDetail['failed'] {
  if (operation?.op !== 'alloc') return null;
  const failed = events.find((event) => event.type === 'allocFailed' && event.order === operation.order);
  if (!failed) return null;
  const ends = events.filter((event) => event.type === 'directReclaimEnd');
  return {
    order: failed.order,
    gfp: gfpText(operation.gfp),
    directReclaimed: ends.reduce((sum, event) => sum + event.a, 0),
    windowsTouched: ends.reduce((sum, event) => sum + event.b, 0),
  };
}

/** The block that `operation` asked for and got. */
function serviceOf(operation: Operation | null, events: readonly TraceEvent[]): FrameDetail['served'] {
  if (operation?.op !== 'alloc') return null;
  const served = events.find((event) => event.type === 'pageAlloc' && event.order === operation.order);
  return served ? { order: served.order, pfn: served.pfn } : null;
}

function freeLists(m: Machine): FreeListZone[] {
  return m.config.zones.map(({ name }, zone) => ({
    name,
    blocks: freeByOrder(m, zone).map((count, order) => ({
      count,
      pfns: freeListPfns(m, zone, order, LISTED_BLOCKS),
    })),
  }));
}
