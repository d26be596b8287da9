/** Which pages a step or an event changed, as runs of page frames. */
import { NONE } from '../base/units.ts';
import type { Machine } from '../engine/machine.ts';
import { eventAt, type TraceEvent } from '../engine/trace-event.ts';
import type { FrameDetail } from './protocol.ts';

/** Runs told; beyond them the last run reaches to the last page changed. */
export const RUNS_LIMIT = 2048;

/** Runs of pages whose byte differs between two pictures of one machine. */
export function changedRuns(
  before: { readonly state: Uint8Array },
  after: { readonly state: Uint8Array },
): FrameDetail['changed'] {
  const runs: { pfn: number; pages: number }[] = [];
  for (let pfn = 0; pfn < after.state.length; pfn++) {
    if (before.state[pfn] === after.state[pfn]) continue;
    const last = runs[runs.length - 1];
    if (last && (last.pfn + last.pages === pfn || runs.length === RUNS_LIMIT))
      last.pages = pfn + 1 - last.pfn;
    else runs.push({ pfn, pages: 1 });
  }
  return runs;
}

/** Events about a block of 2^order pages; all others are about one page. */
const OF_BLOCKS: ReadonlySet<TraceEvent['type']> = new Set([
  'pageAlloc',
  'pageFree',
  'split',
  'merge',
  'listAdd',
  'cacheGrow',
  'slabDestroy',
  'scanSlab',
  'chooseSlab',
  'slabRefused',
  'slabDiscarded',
]);

/** The block that the machine's last event speaks of; none for an event about no page. */
export function changedByEvent(m: Machine): FrameDetail['changed'] {
  if (m.log.count === 0) return [];
  const { type, pfn, order } = eventAt(m.log, m.log.count - 1);
  return pfn === NONE || pfn >= m.config.pages ? [] : [{ pfn, pages: OF_BLOCKS.has(type) ? 2 ** order : 1 }];
}
