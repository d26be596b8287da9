/**
 * Columns behind the first ones: links between objects, mempools, measures. New columns are appended here, since a
 * column's place among the others is part of how it is hashed.
 */
import type { MachineConfig } from './config.ts';
import { measuresLength } from './measures.ts';
import { createMobilityColumns } from './mobility/columns.ts';

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
  /** Pageblocks: migratetype, and the skip hint (mobility/types.ts). Empty where pages are not grouped, as the next two. */
  pageblockType: Uint8Array;
  /** MOBILITY_FIELDS a zone, see mobility/zone-state.ts. */
  mobility: Uint32Array;
  /** 6.12's per-CPU pages: how many, and two factors; three numbers a zone and CPU. */
  pcpState: Uint32Array;
  /** Objects: the inode whose reference each holds, + 1 (0 none), beside its parent's. */
  objInode: Uint32Array;
  /** Two numbers a process: the one it was forked from, + 1 (0 none), and the operation of the fork; see user/children.ts. */
  processFork: Uint32Array;
}

/** Columns that do not count in the hash: figures nobody in the machine reads. */
export const UNHASHED: ReadonlySet<string> = new Set<keyof MoreColumns>(['measures']);

/** The columns of a machine that has no links between objects, no pools and no past. */
export function createMoreColumns(config: MachineConfig): MoreColumns {
  return {
    objParent: new Uint32Array(64),
    objChildren: new Uint16Array(64),
    pool: new Uint32Array(8),
    poolElements: new Uint32Array(8),
    poolWaiters: new Uint32Array(8),
    poolWaitGfp: new Uint16Array(8),
    allocPool: new Uint8Array(64),
    measures: new Float64Array(measuresLength(config.zones.length * 3 * config.cpus)),
    ...createMobilityColumns(config),
    objInode: new Uint32Array(64),
    processFork: new Uint32Array(32),
  };
}
