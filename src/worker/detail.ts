/** Everything the page shows beside the picture of one position. */
import { reclaimAccount } from '../analysis/account.ts';
import { failureOf, serviceOf } from '../analysis/failure.ts';
import { lruStrip } from '../analysis/lru-strip.ts';
import { figuresOf, summarise } from '../analysis/summary.ts';
import { type AskedRequest, explainInShort, explainOrder } from '../analysis/why.ts';
import { explainInFull } from '../analysis/why-in-full.ts';
import type { WhyInFull, WhyReport } from '../analysis/why-report.ts';
import { freeByOrder, freeListPfns } from '../engine/buddy.ts';
import { C } from '../engine/counters.ts';
import { gfpText } from '../engine/gfp.ts';
import { checkInvariants } from '../engine/invariants.ts';
import type { Machine } from '../engine/machine.ts';
import { decodeOperation, type Operation } from '../engine/operation.ts';
import { seek, stepRecorded, type Timeline } from '../history/timeline.ts';
import type { Moment } from './moment.ts';
import type { Checked, FrameDetail, FreeListZone } from './protocol.ts';
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

/**
 * The detail of the machine as it stands, narration apart.
 * @param hashed whether with the hash of the state
 */
export function describe(session: Session, moment: Moment, hashed: boolean): Omit<FrameDetail, 'narration'> {
  const { machine: m, operations } = session.timeline;
  const { step, operation, happened } = moment;
  const failed = failureOf(operation, happened.events);
  const { title, seed } = session.prepared;
  const next = step < operations.length ? decodeOperation(operations, step) : null;
  const inversions = m.counters[C.inversions]! - moment.inversions;
  return {
    summary: (hashed ? summarise : figuresOf)(m, { title, seed, length: operations.length }),
    freeLists: freeLists(m),
    operation,
    trace: happened.events,
    traceOmitted: happened.count - happened.events.length,
    changed: moment.changed,
    bill: moment.bill,
    why: whyOf(m, failed?.order ?? m.config.slabOrder, step, failed ?? undefined),
    failed: failed && {
      order: failed.order,
      gfp: gfpText(failed.gfp),
      directReclaimed: failed.reclaimed,
      windowsTouched: failed.windowsTouched,
    },
    served: serviceOf(operation, happened.events),
    reclaim: reclaimAccount(happened.events, m, moment.choice),
    lru: lruStrip(moment.lru, moment.evicted, inversions),
    next: next && BUTTONS.has(next.op) ? next : null,
  };
}

/** Pages of a machine whose windows are listed beside the grid; of a larger one nobody reads them all. */
export const LISTED_PAGES = 4096;

function whyOf(m: Machine, order: number, step: number, asked?: AskedRequest): WhyReport {
  const explain = m.config.pages <= LISTED_PAGES ? explainOrder : explainInShort;
  return explain(m, order, step, asked);
}

/** Why a request of `order` fails at `step`, or would: about the request just made where it was of that order. */
export function explainAt(t: Timeline, step: number, order: number): WhyInFull {
  seek(t, step - 1);
  const operation = step > 0 && t.step < t.operations.length ? decodeOperation(t.operations, t.step) : null;
  const failed = operation && step > t.step ? failureOf(operation, stepRecorded(t).events) : null;
  return explainInFull(t.machine, order, t.step, failed?.order === order ? failed : undefined);
}

/** The invariants of the state after `step` operations. */
export function checkAt(t: Timeline, step: number): Checked {
  seek(t, step);
  return { invariants: checkInvariants(t.machine) ?? 'ok' };
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
