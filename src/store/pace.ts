/** How long a moment stays while playing at 1x, in milliseconds. Other speeds divide it. */
import type { FrameDetail, Position } from '../worker/protocol.ts';
import { type LabState, SPEEDS, type Speed } from './state.ts';

/** Milliseconds a step stays: about three a second. */
export const STEP_MS = 333;
/** Above this speed a reclaim is one step like any other, unless it was asked for. */
export const FASTEST_INSIDE = 4;
/** Moments that a reclaim which was asked for has at most at higher speeds: about a second of them. */
const MOST_MOMENTS = 60;

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

/**
 * Whether the player looks inside an operation, event by event.
 * @param watched whether the person asked for it and watches it: then at any speed
 */
export function looksInside(
  detail: FrameDetail | null,
  event: number,
  speed: Speed,
  watched: boolean,
): boolean {
  if (factorOf(speed) > FASTEST_INSIDE && !watched) return false;
  return event > 0 || detail?.next?.op === 'reclaimSlab';
}

/** Events from one moment inside an operation to the next. */
export function eventStride(events: number, speed: Speed): number {
  return factorOf(speed) > FASTEST_INSIDE ? Math.max(1, Math.ceil(events / MOST_MOMENTS)) : 1;
}

/**
 * Where the way to `next` passes a reclaim that is to be looked into: the moment before it, which has to be described
 * first. Null where there is none, or where it was described and is no operation of its own.
 */
export function reclaimOnTheWay(
  { opened, position, frame, speed }: Pick<LabState, 'opened' | 'position' | 'frame' | 'speed'>,
  next: Position,
): Position | null {
  if (factorOf(speed) > FASTEST_INSIDE || position.event > 0 || next.event > 0) return null;
  const isDescribed = frame?.full != null;
  // A marker stands after its operation.
  const marker = opened?.series.markers.find(
    ({ step, kind }) =>
      (kind === 'reclaim' || kind === 'discard') &&
      step <= next.step &&
      (isDescribed ? step - 1 > position.step : step > position.step),
  );
  return marker === undefined ? null : { step: marker.step - 1, event: 0 };
}

/** How long the moment just shown stays, at 1x. */
export function momentMs(detail: FrameDetail | null, event: number): number {
  if (event === 0) return STEP_MS;
  const last = detail?.trace.at(-1);
  return (last && EVENT_MS[last.type]) ?? 0;
}

/** Descriptions a second while whole operations pass; more would be read by nobody and cost the engine dear. */
const DESCRIBE_EVERY_MS = 166;
/** Share of the time that may go into descriptions where each takes long. */
const DESCRIBING_SHARE = 1 / 4;

/** Milliseconds between two whole descriptions while playing, the last of which took `tookMs`. */
export const describeEvery = (tookMs: number) => Math.max(DESCRIBE_EVERY_MS, tookMs / DESCRIBING_SHARE);

/** Operations that are due `lateMs` after the last one was, at a speed with a factor. */
const dueAt = (factor: number, lateMs: number) => 1 + Math.floor((lateMs * factor) / STEP_MS);
const FASTEST = Math.max(...SPEEDS.filter((speed) => speed !== 'max'));

/**
 * Operations from the moment shown to the next, at least one.
 * @param lateMs since this moment was due
 * @param stride operations a frame at `max`; where answers are slow whatever is asked, it is still the fastest speed
 */
export function stepsAt(speed: Speed, lateMs: number, stride: number): number {
  return speed === 'max' ? Math.max(stride, dueAt(FASTEST, lateMs)) : dueAt(speed, lateMs);
}

/** A frame of the display, with some room: an answer within it was not waited for. */
const BEAT_MS = 25;
const FIRST_STRIDE = 16;
/** Twice as many until an answer is late the first time; from then on a few more, or fewer at once. */
const MORE = 1.1;
const FEWER = 0.7;

/**
 * How many operations a frame takes at `max`: more as long as the engine answers within a beat, else fewer, so that
 * most frames of the display show another moment.
 */
export function createStride(): { steps(): number; took(ms: number): void } {
  let steps = FIRST_STRIDE;
  let wasLate = false;
  return {
    steps: () => steps,
    took: (ms) => {
      const isLate = ms > BEAT_MS;
      wasLate ||= isLate;
      if (isLate) steps = Math.max(1, Math.floor(steps * FEWER));
      else steps = Math.ceil(steps * (wasLate ? MORE : 2));
    },
  };
}
