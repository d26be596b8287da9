/** How long a moment stays while playing at 1x, in milliseconds. Other speeds divide it. */
import type { FrameDetail } from '../worker/protocol.ts';
import type { Speed } from './state.ts';

/** Milliseconds a step stays: about three a second. */
export const STEP_MS = 333;
/** Above this speed a reclaim is one step like any other. */
const FASTEST_INSIDE = 4;

const SCAN_MS = 60;
const PAGE_MS = 175;
const VERDICT_MS = 600;

/**
 * Events a person can see on the grid, and how long each is shown. A page of a slab passes two of them (unmapped,
 * then dropped or sent to a device): 350 ms a page. All others pass within one frame.
 */
const EVENT_MS: Readonly<Partial<Record<FrameDetail['trace'][number]['type'], number>>> = {
  scanSlab: SCAN_MS,
  chooseSlab: VERDICT_MS,
  unmap: PAGE_MS,
  drop: PAGE_MS,
  writePage: PAGE_MS,
  swapPage: PAGE_MS,
  clearObjects: PAGE_MS,
  refuse: VERDICT_MS,
  slabRefused: VERDICT_MS,
  slabDiscarded: VERDICT_MS,
  merge: SCAN_MS,
};

/** The factor of a speed; `max` has none. */
export const factorOf = (speed: Speed) => (speed === 'max' ? Number.POSITIVE_INFINITY : speed);

/** Whether the player looks inside an operation, event by event. */
export function looksInside(detail: FrameDetail | null, event: number, speed: Speed): boolean {
  if (factorOf(speed) > FASTEST_INSIDE) return false;
  return event > 0 || detail?.next?.op === 'reclaimSlab';
}

/** How long the moment just shown stays, at 1x. */
export function momentMs(detail: FrameDetail | null, event: number): number {
  if (event === 0) return STEP_MS;
  const last = detail?.trace.at(-1);
  return (last && EVENT_MS[last.type]) ?? 0;
}
