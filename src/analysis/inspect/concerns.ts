/** Which events are about a page frame. */
import { NONE, type Pfn } from '../../base/units.ts';
import type { Machine } from '../../engine/machine.ts';
import { EV } from '../../engine/trace-event.ts';

/** Events about a block of 2^order pages that begins at their pfn. */
const OF_BLOCKS: ReadonlySet<number> = new Set([
  EV.pageAlloc,
  EV.pageFree,
  EV.merge,
  EV.listAdd,
  EV.cacheGrow,
  EV.slabDestroy,
  EV.scanSlab,
  EV.chooseSlab,
  EV.slabRefused,
  EV.slabDiscarded,
]);

/** Events that name no page or a page as an example only: batches between lists. */
const TRANSFERS: ReadonlySet<number> = new Set([
  EV.pcpRefill,
  EV.pcpDrain,
  EV.arrayRefill,
  EV.arrayFlush,
  EV.arraysDrained,
  EV.cacheReap,
]);

/** Events that tell of a whole operation or a zone; a page they may name is told by others. */
const OF_NO_PAGE: ReadonlySet<number> = new Set([EV.slabReclaimEnd, EV.notHere, ...TRANSFERS]);

/** Whether an event moves a batch of pages from list to list without naming each. */
export function isTransfer(type: number): boolean {
  return TRANSFERS.has(type);
}

/**
 * Whether an event names the frame. A transfer never does: it concerns the frames that change kind by it.
 * @param at,order,a the event's fields of those names, `at` its pfn
 */
export function concerns(m: Machine, type: number, at: Pfn, order: number, a: number, pfn: Pfn): boolean {
  if (at === NONE || OF_NO_PAGE.has(type)) return false;
  // the halves of a split: the event's pfn is the upper one, `a` the lower
  if (type === EV.split) return pfn >= a && pfn < a + 2 * (1 << order);
  if (OF_BLOCKS.has(type)) return pfn >= at && pfn < at + (1 << order);
  if (type === EV.spawn || type === EV.fork) return pfn >= at && pfn < at + (1 << m.config.stackOrder);
  return pfn === at;
}
