/**
 * Columns behind the first ones: links between objects, mempools, measures. New columns are appended here, since a
 * column's place among the others is part of how it is hashed.
 */
import type { MachineConfig } from './config.ts';
import { measuresLength } from './measures.ts';

export interface MoreColumns {
  /** Objects: the parent whose reference each holds, + 1 (0 none); and how many children hold one of it. */
  objParent: Uint32Array;
  objChildren: Uint16Array;
  /** Mempools: POOL_FIELDS each, see mempool.ts; elements in reserve (pfn + 1) and waiting requests (id + 1, GFP mask). */
  pool: Uint32Array;
  poolElements: Uint32Array;
  poolWaiters: Uint32Array;
  poolWaitGfp: Uint16Array;
  /** Kernel allocations by logical id: mempool they go back to, + 1 (0 none). */
  allocPool: Uint8Array;
  /** See measures.ts; not hashed. */
  measures: Float64Array;
}

/** The columns of a machine that has no parents, no pools and no past. */
export function createMoreColumns({ zones, cpus }: Pick<MachineConfig, 'zones' | 'cpus'>): MoreColumns {
  return {
    objParent: new Uint32Array(64),
    objChildren: new Uint16Array(64),
    pool: new Uint32Array(8),
    poolElements: new Uint32Array(8),
    poolWaiters: new Uint32Array(8),
    poolWaitGfp: new Uint16Array(8),
    allocPool: new Uint8Array(64),
    measures: new Float64Array(measuresLength(zones.length * 3 * cpus)),
  };
}
