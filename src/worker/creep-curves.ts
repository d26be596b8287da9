/** The creep of kernel memory as the page gets it. */
import type { PolicyId } from '../engine/config.ts';

/** Windows of the slab order that kernel pages hold, by step. */
export interface CreepCurve {
  readonly policy: PolicyId;
  readonly steps: readonly number[];
  /** In slabs of order0-knoreclaim; all 0 under a policy without slabs. */
  readonly slabsHeld: readonly number[];
  /** Outside of them. */
  readonly blocksPoisoned: readonly number[];
  readonly pages: readonly number[];
}

export interface Creep {
  readonly windowPages: number;
  readonly windows: number;
  readonly curves: readonly CreepCurve[];
  /** Why there are no curves; empty where there are. */
  readonly reason: string;
}
