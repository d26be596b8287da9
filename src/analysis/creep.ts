/** How kernel memory creeps over the whole run: the windows it holds, under the policies side by side. */
import { applyOperation } from '../engine/apply.ts';
import { bootMachine } from '../engine/boot.ts';
import type { MachineConfig, PolicyId } from '../engine/config.ts';
import type { OperationLog } from '../engine/operation.ts';
import { kernelWindows } from './kernel-windows.ts';

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

/** The policies whose creep is told. */
const BESIDE: readonly PolicyId[] = ['order0-slab', 'buddy-2.6'];
const SAMPLES = 200;
/** Work for both runs together: about a second. */
const MOST = { operations: 200_000, pages: 65_536 };

/** Runs operations anew from boot under each of the two policies. */
export function creepOf(config: MachineConfig, operations: OperationLog): Creep {
  const windowPages = 1 << config.slabOrder;
  const windows = Math.ceil(config.pages / windowPages);
  const large = operations.length > MOST.operations || config.pages > MOST.pages;
  return {
    windowPages,
    windows,
    curves: large ? [] : BESIDE.map((policy) => curveOf(config, operations, policy)),
    reason: large ? 'the run is too long, or the machine too large, to be run twice beside the page' : '',
  };
}

function curveOf(config: MachineConfig, log: OperationLog, policy: PolicyId): CreepCurve {
  const m = bootMachine({ ...config, policy: { ...config.policy, name: policy } });
  const every = Math.max(1, Math.ceil(log.length / SAMPLES));
  const steps: number[] = [];
  const slabsHeld: number[] = [];
  const blocksPoisoned: number[] = [];
  const pages: number[] = [];
  for (let step = 0; step <= log.length; step++) {
    if (step > 0) applyOperation(m, log, step - 1);
    if (step % every !== 0 && step !== log.length) continue;
    const now = kernelWindows(m);
    steps.push(step);
    slabsHeld.push(now.slabsHeld);
    blocksPoisoned.push(now.blocksPoisoned);
    pages.push(now.pagesInside + now.pagesOutside);
  }
  return { policy, steps, slabsHeld, blocksPoisoned, pages };
}
