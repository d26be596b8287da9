/**
 * What a workload or a person asks of the machine. Operations name logical things (process 7 region 2 page 5,
 * file 3 page 41, allocation 12), never page frames, so that every policy gets the same list. A tagged union at
 * the doors; inside, seven columns of 20 bytes a row (`OperationLog`).
 */
import { NONE } from '../base/units.ts';

/** Regions (VMAs) a process may have at once. */
export const REGIONS = 8;

/** Operation codes, the `kind` column. The order is part of the hash of nothing and may grow at its end. */
export const OP = {
  idle: 0,
  spawn: 1,
  exit: 2,
  fork: 3,
  mapAnon: 4,
  mapFile: 5,
  unmap: 6,
  lock: 7,
  unlock: 8,
  touch: 9,
  zap: 10,
  createFile: 11,
  deleteFile: 12,
  readFile: 13,
  writeFile: 14,
  truncate: 15,
  alloc: 16,
  free: 17,
  objectGet: 18,
  objectPut: 19,
  objectLookup: 20,
  objectFree: 21,
  pin: 22,
  unpin: 23,
  sync: 24,
  reclaimSlab: 25,
  reclaimLru: 26,
  dropCaches: 27,
  drainCpus: 28,
  failedAlloc: 29,
  poolCreate: 30,
  poolPretend: 31,
  poolAlloc: 32,
} as const;
export type OpCode = (typeof OP)[keyof typeof OP];

/** What a kernel allocation is for: its page kind, and whether it asks for contiguity of its own. */
export const ALLOC_TAG = { kmalloc: 0, network: 1, vmalloc: 2, hugePage: 3, slabPage: 4, other: 5 } as const;
export type AllocTag = keyof typeof ALLOC_TAG;

interface Common {
  /** Simulated microseconds since the operation before. Default 0 in a scenario's steps means "the workload's mean". */
  readonly dt?: number;
  readonly cpu?: number;
}

/** An operation at the doors (scenario steps, links, the page). `op` is a key of {@link OP}. */
export type Operation = Common &
  (
    | { readonly op: 'idle' }
    | { readonly op: 'spawn' | 'exit'; readonly process: number }
    | { readonly op: 'fork'; readonly process: number; readonly child: number }
    | { readonly op: 'mapAnon'; readonly process: number; readonly region: number; readonly pages: number }
    | {
        readonly op: 'mapFile';
        readonly process: number;
        readonly region: number;
        readonly file: number;
        readonly pages: number;
      }
    | { readonly op: 'unmap' | 'lock' | 'unlock'; readonly process: number; readonly region: number }
    | {
        readonly op: 'touch';
        readonly process: number;
        readonly region: number;
        readonly page: number;
        readonly write?: boolean;
      }
    | {
        readonly op: 'zap';
        readonly process: number;
        readonly region: number;
        readonly page: number;
        readonly pages: number;
      }
    | { readonly op: 'createFile'; readonly file: number; readonly pages: number }
    | { readonly op: 'deleteFile'; readonly file: number }
    | { readonly op: 'readFile' | 'writeFile'; readonly file: number; readonly page: number }
    | { readonly op: 'truncate'; readonly file: number; readonly page: number; readonly pages: number }
    | {
        readonly op: 'alloc';
        readonly id: number;
        readonly order: number;
        readonly gfp: number;
        readonly tag: AllocTag;
      }
    | { readonly op: 'failedAlloc'; readonly order: number; readonly gfp: number }
    | { readonly op: 'free'; readonly id: number }
    | {
        /**
         * A new object holds a reference on its parent, a directory's dentry, as long as it lives, and on its inode:
         * the object of the next number, in the cache that `inode` names.
         */
        readonly op: 'objectGet' | 'objectLookup';
        readonly cache: number;
        readonly object: number;
        readonly parent?: number;
        readonly inode?: number;
      }
    | { readonly op: 'objectPut' | 'objectFree'; readonly cache: number; readonly object: number }
    | {
        readonly op: 'pin' | 'unpin';
        readonly process: number;
        readonly region: number;
        readonly page: number;
      }
    | { readonly op: 'pin' | 'unpin'; readonly file: number; readonly page: number }
    /** A mempool of `minNr` elements of 2^order pages; `poolPretend`: a slab in its place. `free` gives an element back. */
    | {
        readonly op: 'poolCreate' | 'poolPretend';
        readonly pool: number;
        readonly minNr: number;
        readonly order: number;
      }
    | { readonly op: 'poolAlloc'; readonly pool: number; readonly id: number; readonly gfp: number }
    | { readonly op: 'sync'; readonly pages: number }
    | { readonly op: 'reclaimSlab'; readonly order: number; readonly slab?: number }
    | { readonly op: 'reclaimLru'; readonly pages: number }
    | { readonly op: 'dropCaches' | 'drainCpus' }
  );

/** Operations whose owner is a region of a process. */
export const REGION_OPERATIONS: ReadonlySet<number> = new Set([
  OP.mapAnon,
  OP.mapFile,
  OP.unmap,
  OP.lock,
  OP.unlock,
  OP.touch,
  OP.zap,
]);

/** Operations as columns; row i is the operation that leads from step i to step i+1. Append only, capacity doubles. */
export interface OperationLog {
  length: number;
  kind: Uint8Array;
  cpu: Uint8Array;
  gfp: Uint16Array;
  owner: Uint32Array;
  index: Uint32Array;
  arg: Uint32Array;
  dt: Uint32Array;
  /** Whether the rows are another log's too, and must be copied before one is changed; see {@link ownOperations}. */
  borrowed: boolean;
}

/** An empty log with room for `capacity` rows. */
export function createOperationLog(capacity = 1024): OperationLog {
  return {
    length: 0,
    kind: new Uint8Array(capacity),
    cpu: new Uint8Array(capacity),
    gfp: new Uint16Array(capacity),
    owner: new Uint32Array(capacity),
    index: new Uint32Array(capacity),
    arg: new Uint32Array(capacity),
    dt: new Uint32Array(capacity),
    borrowed: false,
  };
}

/** A copy of the first `length` rows, with the same room to grow. */
export function copyOperations(log: OperationLog, length = log.length): OperationLog {
  const copy = createOperationLog(Math.max(16, length));
  copy.kind.set(log.kind.subarray(0, length));
  copy.cpu.set(log.cpu.subarray(0, length));
  copy.gfp.set(log.gfp.subarray(0, length));
  copy.owner.set(log.owner.subarray(0, length));
  copy.index.set(log.index.subarray(0, length));
  copy.arg.set(log.arg.subarray(0, length));
  copy.dt.set(log.dt.subarray(0, length));
  copy.length = length;
  return copy;
}

/** A log of the same rows, which are not copied until it is about to change: 20 bytes an operation spared. */
export function borrowOperations(log: OperationLog): OperationLog {
  return { ...log, borrowed: true };
}

/** Makes the first `length` rows the log's own. To be called before a log that may be borrowed is changed. */
export function ownOperations(log: OperationLog, length: number): void {
  if (log.borrowed) Object.assign(log, copyOperations(log, length), { length: log.length, borrowed: false });
}

function grow(log: OperationLog): void {
  const bigger = createOperationLog(Math.max(16, log.kind.length * 2));
  for (const key of ['kind', 'cpu', 'gfp', 'owner', 'index', 'arg', 'dt'] as const) {
    bigger[key].set(log[key]);
  }
  Object.assign(log, bigger, { length: log.length });
}

/**
 * Appends one row. What `owner`, `index` and `arg` mean follows from `kind`: see `encodeOperation`.
 * @param dt simulated microseconds since the operation before
 */
export function pushOperation(
  log: OperationLog,
  kind: OpCode,
  owner = 0,
  index = 0,
  arg = 0,
  gfp = 0,
  dt = 0,
  cpu = 0,
): void {
  if (log.length === log.kind.length) grow(log);
  const i = log.length++;
  log.kind[i] = kind;
  log.cpu[i] = cpu;
  log.gfp[i] = gfp;
  log.owner[i] = owner;
  log.index[i] = index;
  log.arg[i] = arg;
  log.dt[i] = dt;
}

/** Row number of a process's region in the machine's VMA table. */
export function vmaOf(process: number, region: number): number {
  return process * REGIONS + region;
}

/** Appends the row of a tagged operation. */
export function encodeOperation(log: OperationLog, o: Operation): void {
  switch (o.op) {
    case 'idle':
    case 'dropCaches':
    case 'drainCpus':
      return put(log, o);
    case 'spawn':
    case 'exit':
      return put(log, o, o.process);
    case 'fork':
      return put(log, o, o.process, o.child);
    case 'mapAnon':
      return put(log, o, vmaOf(o.process, o.region), 0, o.pages);
    case 'mapFile':
      return put(log, o, vmaOf(o.process, o.region), o.file, o.pages);
    case 'unmap':
    case 'lock':
    case 'unlock':
      return put(log, o, vmaOf(o.process, o.region));
    case 'touch':
      return put(log, o, vmaOf(o.process, o.region), o.page, o.write ? 1 : 0);
    case 'zap':
      return put(log, o, vmaOf(o.process, o.region), o.page, o.pages);
    case 'createFile':
      return put(log, o, o.file, 0, o.pages);
    case 'deleteFile':
      return put(log, o, o.file);
    case 'readFile':
    case 'writeFile':
      return put(log, o, o.file, o.page);
    case 'truncate':
      return put(log, o, o.file, o.page, o.pages);
    case 'alloc':
      return put(log, o, o.id, ALLOC_TAG[o.tag], o.order, o.gfp);
    case 'failedAlloc':
      return put(log, o, 0, 0, o.order, o.gfp);
    case 'free':
      return put(log, o, o.id);
    case 'poolCreate':
    case 'poolPretend':
      return put(log, o, o.pool, o.minNr, o.order);
    case 'poolAlloc':
      return put(log, o, o.id, o.pool, 0, o.gfp);
    case 'objectGet':
    case 'objectLookup':
      return put(
        log,
        o,
        o.cache,
        o.object,
        o.parent === undefined ? 0 : o.parent + 1,
        o.inode === undefined ? 0 : o.inode + 1,
      );
    case 'objectPut':
    case 'objectFree':
      return put(log, o, o.cache, o.object);
    case 'pin':
    case 'unpin':
      return 'file' in o
        ? put(log, o, o.file, o.page, 1)
        : put(log, o, vmaOf(o.process, o.region), o.page, 0);
    case 'sync':
    case 'reclaimLru':
      return put(log, o, 0, 0, o.pages);
    case 'reclaimSlab':
      return put(log, o, o.slab ?? NONE, 0, o.order);
  }
}

function put(log: OperationLog, o: Operation, owner = 0, index = 0, arg = 0, gfp = 0): void {
  pushOperation(log, OP[o.op], owner, index, arg, gfp, o.dt ?? 0, o.cpu ?? 0);
}

const OP_NAMES = Object.keys(OP) as (keyof typeof OP)[];
const TAG_NAMES = Object.keys(ALLOC_TAG) as AllocTag[];

/** The tagged form of row `i`; `dt` and `cpu` are left out where they are 0. Inverse of {@link encodeOperation}. */
export function decodeOperation(log: OperationLog, i: number): Operation {
  const owner = log.owner[i]!;
  const index = log.index[i]!;
  const arg = log.arg[i]!;
  const op = OP_NAMES[log.kind[i]!]!;
  const common: { dt?: number; cpu?: number } = {};
  if (log.dt[i]) common.dt = log.dt[i]!;
  if (log.cpu[i]) common.cpu = log.cpu[i]!;
  const at = { process: Math.floor(owner / REGIONS), region: owner % REGIONS };
  switch (op) {
    case 'idle':
    case 'dropCaches':
    case 'drainCpus':
      return { op, ...common };
    case 'spawn':
    case 'exit':
      return { op, process: owner, ...common };
    case 'fork':
      return { op, process: owner, child: index, ...common };
    case 'mapAnon':
      return { op, ...at, pages: arg, ...common };
    case 'mapFile':
      return { op, ...at, file: index, pages: arg, ...common };
    case 'unmap':
    case 'lock':
    case 'unlock':
      return { op, ...at, ...common };
    case 'touch':
      return { op, ...at, page: index, ...(arg ? { write: true } : {}), ...common };
    case 'zap':
      return { op, ...at, page: index, pages: arg, ...common };
    case 'createFile':
      return { op, file: owner, pages: arg, ...common };
    case 'deleteFile':
      return { op, file: owner, ...common };
    case 'readFile':
    case 'writeFile':
      return { op, file: owner, page: index, ...common };
    case 'truncate':
      return { op, file: owner, page: index, pages: arg, ...common };
    case 'alloc':
      return { op, id: owner, order: arg, gfp: log.gfp[i]!, tag: TAG_NAMES[index]!, ...common };
    case 'failedAlloc':
      return { op, order: arg, gfp: log.gfp[i]!, ...common };
    case 'free':
      return { op, id: owner, ...common };
    case 'poolCreate':
    case 'poolPretend':
      return { op, pool: owner, minNr: index, order: arg, ...common };
    case 'poolAlloc':
      return { op, pool: index, id: owner, gfp: log.gfp[i]!, ...common };
    case 'objectGet':
    case 'objectLookup':
      return {
        op,
        cache: owner,
        object: index,
        ...(arg ? { parent: arg - 1 } : {}),
        ...(log.gfp[i] ? { inode: log.gfp[i] - 1 } : {}),
        ...common,
      };
    case 'objectPut':
    case 'objectFree':
      return { op, cache: owner, object: index, ...common };
    case 'pin':
    case 'unpin':
      return arg ? { op, file: owner, page: index, ...common } : { op, ...at, page: index, ...common };
    case 'sync':
    case 'reclaimLru':
      return { op, pages: arg, ...common };
    case 'reclaimSlab':
      return { op, order: arg, ...(owner === NONE ? {} : { slab: owner }), ...common };
  }
}
