/** Machines whose memory is too small for what is asked of it, so that every policy has to make blocks by its own means. */
import { NONE } from '../../src/base/units.ts';
import type { MachineConfig, PolicyId } from '../../src/engine/config.ts';
import {
  createOperationLog,
  OP,
  type OpCode,
  type OperationLog,
  pushOperation,
} from '../../src/engine/operation.ts';
import { claimOperations } from './claims.ts';
import { drawConfig } from './machines.ts';

/** A machine of a seed without marks, with thresholds for orders 1 to 4; every second one reads files in folios. */
export function pressedConfig(seed: number, policy: PolicyId): MachineConfig {
  const config = drawConfig(seed, policy, 320);
  return {
    ...config,
    zones: config.zones.map((zone) => ({ ...zone, min: 0 })),
    swapPages: 512,
    pageCache: { order: seed % 2 ? 2 : 1, fallback: 'smaller' },
    policy: {
      ...config.policy,
      daemonThresholds: { 1: 4, 2: 3, 3: 2, 4: 1 },
      daemonPeriodMs: 0,
      daemonBudget: 4,
    },
  };
}

/** Operations for three times the machine's memory, with a request for a block of order 1 to 4 after every fourth. */
export function pressedOperations(seed: number, n: number, pages: number): OperationLog {
  const plain = claimOperations(seed, n, 3 * pages);
  const log = createOperationLog(n);
  for (let i = 0; log.length < n; i++) {
    // a slab is named by a page of the machine
    const named = plain.kind[i] === OP.reclaimSlab && plain.owner[i] !== NONE;
    pushOperation(
      log,
      plain.kind[i] as OpCode,
      named ? plain.owner[i]! % pages : plain.owner[i],
      plain.index[i],
      plain.arg[i],
      plain.gfp[i],
      plain.dt[i],
      plain.cpu[i],
    );
    // held for a while: block number j is freed 12 requests later
    const j = i >> 2;
    if (i % 4 === 0) pushOperation(log, OP.alloc, 2000 + (j % 12), 0, 1 + (j % 4), 7, 100);
    if (i % 4 === 2) pushOperation(log, OP.free, 2000 + ((j + 1) % 12), 0, 0, 0, 100);
  }
  return log;
}
