/** The kinds of step and of pause a person chooses from. */
import type { MarkerKind } from '../worker/protocol.ts';

/** Kinds of event that can stop the player, in the order they are offered. */
export const PAUSING = [
  'failed',
  'reclaim',
  'discard',
  'oom',
  'note',
] as const satisfies readonly MarkerKind[];
export type Pausing = (typeof PAUSING)[number];

/** What one step is. */
export const STEPS_BY = ['operation', 'event', 'failure', 'reclaim', 'note'] as const;
export type StepBy = (typeof STEPS_BY)[number];

/** The kinds of event that a step leads to; none for steps that are counted. A slab discarded is a reclaim too. */
export const KINDS_OF_STEP: Readonly<Record<StepBy, readonly MarkerKind[]>> = {
  operation: [],
  event: [],
  failure: ['failed'],
  reclaim: ['reclaim', 'discard'],
  note: ['note'],
};
