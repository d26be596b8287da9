/**
 * The whole simulated machine as plain typed columns: it is copied, hashed, stored and restored column by column,
 * and holds no closure, Map or class instance. Engine functions take it as their first argument and change it in
 * place. Columns that grow are replaced by longer ones; their unused end is zero (or the column's stated filler).
 */
import { addWords, emptyHash, hashText } from '../base/hash64.ts';
import { PRNG_WORDS, seedPrng } from '../base/prng.ts';
import { type Cpu, NONE } from '../base/units.ts';
import type { MachineConfig } from './config.ts';
import { COUNTER_NAMES } from './counters.ts';
import type { Evicted } from './evictions.ts';
import { createFrames, type Frames } from './frames.ts';
import { createHints, forgetHints, type Hints } from './hints.ts';
import { listTypes, pcpListsPerCpu } from './list-types.ts';
import { createMoreColumns, type MoreColumns, UNHASHED } from './more-columns.ts';
import { REGIONS } from './operation.ts';
import { createEventLog, type EventLog } from './trace-event.ts';

/** Fields of one zone in `zone`, as struct zone names them. */
export const Z = {
  managed: 0,
  present: 1,
  min: 2,
  low: 3,
  high: 4,
  freePages: 5,
  nrActive: 6,
  nrInactive: 7,
  activeHead: 8,
  activeTail: 9,
  inactiveHead: 10,
  inactiveTail: 11,
  nrScanActive: 12,
  nrScanInactive: 13,
  pagesScanned: 14,
  allUnreclaimable: 15,
  prevPriority: 16,
  tempPriority: 17,
  kswapdWoken: 18,
  /** Slab number where the daemon's circular scan goes on. */
  scanCursor: 19,
  protection: 20,
} as const;
/** Columns of a zone row; protection takes one per class. */
export const ZONE_FIELDS = 26;

/** Fields of one order-0 cache (zone x class) in `cache`. */
export const K = {
  partialHead: 0,
  partialTail: 1,
  fullHead: 2,
  fullTail: 3,
  freeHead: 4,
  freeTail: 5,
  partialSlabs: 6,
  fullSlabs: 7,
  freeSlabs: 8,
  /** Free objects of partial and free slabs (free_objects). */
  freeObjects: 9,
  freeTouched: 10,
  sharedCount: 11,
  sharedTouched: 12,
  growths: 13,
  reapNext: 14,
} as const;
export const CACHE_FIELDS = 15;

/** Fields of one object cache in `objectCache`. */
export const O = {
  partialHead: 0,
  inUse: 1,
  slabs: 2,
  lruHead: 3,
  lruTail: 4,
  unused: 5,
  shrinkNr: 6,
} as const;
export const OBJECT_CACHE_FIELDS = 8;

/** Every mutable column, by name. All of it is state: copied, restored, and but for the measures hashed. */
export interface Columns extends Frames, MoreColumns {
  counters: Float64Array;
  rng: Uint32Array;
  /** ZONE_FIELDS a zone. */
  zone: Uint32Array;
  /** Heads of the buddy lists: [(zone * types + migratetype) * (maxOrder+1) + order]. */
  freeHead: Uint32Array;
  freeTail: Uint32Array;
  freeCount: Uint32Array;
  /** Per-CPU lists of the buddy policies: [(zone*cpus+cpu)*2 + cold] head, tail, count. */
  pcpHead: Uint32Array;
  pcpTail: Uint32Array;
  pcpCount: Uint32Array;
  /** CACHE_FIELDS a cache; cache index = zone * 3 + class. */
  cache: Uint32Array;
  /** Per-CPU object arrays: [(cache*cpus+cpu)*limit + i] PFNs, oldest first; and how many; and the touched flag. */
  arrayEntries: Uint32Array;
  arrayCount: Uint32Array;
  arrayTouched: Uint8Array;
  sharedEntries: Uint32Array;
  /** Slab table by pfn >> slabOrder: cache index + 1 (0 = no slab), list, objects in use, first free page, links. */
  slabCache: Uint8Array;
  slabList: Uint8Array;
  slabInUse: Uint16Array;
  slabFree: Uint32Array;
  slabNext: Uint32Array;
  slabPrev: Uint32Array;
  /** Kernel allocations by logical id: pfn + 1 (0 = none), order, tag. */
  allocPfn: Uint32Array;
  allocOrder: Uint8Array;
  allocTag: Uint8Array;
  /** Processes: alive, stack pfn+1, base page table pfn+1, resident pages, start in seconds since boot. */
  processAlive: Uint8Array;
  processStack: Uint32Array;
  processTable: Uint32Array;
  processRss: Uint32Array;
  processStart: Uint32Array;
  /** VMAs by process*REGIONS+region: kind (0 none, 1 anonymous, 2 file), locked, pages, first PTE, object, links. */
  vmaKind: Uint8Array;
  vmaLocked: Uint8Array;
  vmaPages: Uint32Array;
  vmaPte: Uint32Array;
  /** File number, or anonymous family. */
  vmaObject: Uint32Array;
  vmaNext: Uint32Array;
  vmaPrev: Uint32Array;
  /** First slot in `pageTables` of the page table pages above the process's base one; NONE when it needs none. */
  vmaTables: Uint32Array;
  /** PTEs: 0 absent, else PTE bits (see user/pte.ts). */
  pte: Uint32Array;
  /** Page table pages: pfn + 1. */
  pageTables: Uint32Array;
  /** Anonymous families (an anonymous region and its copies made by fork): first VMA, members. */
  familyHead: Uint32Array;
  familyCount: Uint32Array;
  /** Files: exists, size in pages, first slot, first VMA. */
  fileAlive: Uint8Array;
  filePages: Uint32Array;
  fileBase: Uint32Array;
  fileHead: Uint32Array;
  /** Page cache: 0 absent, pfn + 1, or SHADOW | operation of the eviction. */
  fileSlot: Uint32Array;
  /** Swap: users of a slot, and its page while in the swap cache (pfn + 1). */
  swapCount: Uint16Array;
  swapPage: Uint32Array;
  /** Ring of asynchronous writes: pfn, and when they end (ns). */
  ioPfn: Uint32Array;
  ioEnd: Float64Array;
  /** Object caches: OBJECT_CACHE_FIELDS each. */
  objectCache: Uint32Array;
  /** Object slabs (one page each) by row: pfn + 1, objects in use, links in the cache's partial list. */
  objSlabPfn: Uint32Array;
  objSlabInUse: Uint16Array;
  objSlabNext: Uint32Array;
  objSlabPrev: Uint32Array;
  /** Object in each place of an object slab: object number + 1; [row * MAX_OBJECTS + place]. */
  objSlabObject: Uint32Array;
  /** Objects by [cache * objectsCapacity...] see objects/: place + 1, references, referenced flag, LRU links. */
  objPlace: Uint32Array;
  objRefs: Uint16Array;
  objReferenced: Uint8Array;
  objNext: Uint32Array;
  objPrev: Uint32Array;
  /** Free ranges of `pte`, `pageTables`, `fileSlot` (see range-pool.ts), free rows of families and object slabs. */
  pteRanges: Uint32Array;
  tableRanges: Uint32Array;
  fileRanges: Uint32Array;
  familyPool: Uint32Array;
  objSlabPool: Uint32Array;
}

export type ColumnName = keyof Columns;

export interface Machine extends Columns {
  readonly config: MachineConfig;
  /** Events of the operation being applied; not state. */
  readonly log: EventLog;
  /** CPU of the operation being applied; not state between operations. */
  cpu: Cpu;
  /** Pages evicted during the operation being applied (PFN each, with its last touch); not state. See evicted.ts. */
  readonly evicted: Evicted;
  /** Bounds that spare looking at all pages; not state. */
  readonly hints: Hints;
}

/** A column filled with NONE. */
export function noneColumn(length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(length).fill(NONE);
}

/** A machine whose page frames are all holes; boot.ts gives it its zones, boot memory and free lists. */
export function createMachine(config: MachineConfig): Machine {
  const nz = config.zones.length;
  const slabs = Math.ceil(config.pages / (1 << config.slabOrder));
  const caches = nz * 3;
  const lists = nz * listTypes(config) * (config.maxOrder + 1);
  const pcpLists = nz * config.cpus * pcpListsPerCpu(config);
  const rng = new Uint32Array(PRNG_WORDS);
  seedPrng(rng, config.seed, 'policy');
  return {
    config,
    log: createEventLog(),
    cpu: 0,
    evicted: { pfns: [], touches: [], heard: null },
    hints: createHints(config),
    ...createFrames(config.pages),
    counters: new Float64Array(COUNTER_NAMES.length),
    rng,
    zone: new Uint32Array(nz * ZONE_FIELDS),
    freeHead: noneColumn(lists),
    freeTail: noneColumn(lists),
    freeCount: new Uint32Array(lists),
    pcpHead: noneColumn(pcpLists),
    pcpTail: noneColumn(pcpLists),
    pcpCount: new Uint32Array(pcpLists),
    cache: new Uint32Array(caches * CACHE_FIELDS),
    arrayEntries: new Uint32Array(caches * config.cpus * Math.max(1, config.arrays.limit)),
    arrayCount: new Uint32Array(caches * config.cpus),
    arrayTouched: new Uint8Array(caches * config.cpus),
    sharedEntries: new Uint32Array(caches * Math.max(1, config.arrays.shared)),
    slabCache: new Uint8Array(slabs),
    slabList: new Uint8Array(slabs),
    slabInUse: new Uint16Array(slabs),
    slabFree: noneColumn(slabs),
    slabNext: noneColumn(slabs),
    slabPrev: noneColumn(slabs),
    allocPfn: new Uint32Array(64),
    allocOrder: new Uint8Array(64),
    allocTag: new Uint8Array(64),
    processAlive: new Uint8Array(16),
    processStack: new Uint32Array(16),
    processTable: new Uint32Array(16),
    processRss: new Uint32Array(16),
    processStart: new Uint32Array(16),
    vmaKind: new Uint8Array(16 * REGIONS),
    vmaLocked: new Uint8Array(16 * REGIONS),
    vmaPages: new Uint32Array(16 * REGIONS),
    vmaPte: new Uint32Array(16 * REGIONS),
    vmaObject: noneColumn(16 * REGIONS),
    vmaNext: noneColumn(16 * REGIONS),
    vmaPrev: noneColumn(16 * REGIONS),
    vmaTables: noneColumn(16 * REGIONS),
    pte: new Uint32Array(1024),
    pageTables: new Uint32Array(64),
    familyHead: noneColumn(16),
    familyCount: new Uint32Array(16),
    fileAlive: new Uint8Array(16),
    filePages: new Uint32Array(16),
    fileBase: new Uint32Array(16),
    fileHead: noneColumn(16),
    fileSlot: new Uint32Array(1024),
    swapCount: new Uint16Array(config.swapPages),
    swapPage: new Uint32Array(config.swapPages),
    ioPfn: new Uint32Array(64),
    ioEnd: new Float64Array(64),
    objectCache: new Uint32Array(Math.max(1, config.objectCaches.length) * OBJECT_CACHE_FIELDS),
    objSlabPfn: new Uint32Array(16),
    objSlabInUse: new Uint16Array(16),
    objSlabNext: noneColumn(16),
    objSlabPrev: noneColumn(16),
    objSlabObject: new Uint32Array(16),
    objPlace: new Uint32Array(64),
    objRefs: new Uint16Array(64),
    objReferenced: new Uint8Array(64),
    objNext: noneColumn(64),
    objPrev: noneColumn(64),
    pteRanges: new Uint32Array(8),
    tableRanges: new Uint32Array(8),
    fileRanges: new Uint32Array(8),
    familyPool: new Uint32Array(8),
    objSlabPool: new Uint32Array(8),
    ...createMoreColumns(config),
  };
}

/** Names of all columns, in hash order. */
export function columnNames(m: Columns): ColumnName[] {
  return (Object.keys(m) as ColumnName[]).filter((key) => ArrayBuffer.isView(m[key]));
}

/** Columns whose filler is NONE: hashed as value XOR NONE, so that spare capacity counts as nothing. */
const NONE_FILLED: ReadonlySet<ColumnName> = new Set<ColumnName>([
  'next',
  'prev',
  'owner',
  'freeHead',
  'freeTail',
  'pcpHead',
  'pcpTail',
  'slabFree',
  'slabNext',
  'slabPrev',
  'vmaObject',
  'vmaNext',
  'vmaPrev',
  'vmaTables',
  'familyHead',
  'fileHead',
  'objSlabNext',
  'objSlabPrev',
  'objNext',
  'objPrev',
]);

/** What the unused end of a column holds. */
export function fillerOf(name: ColumnName): number {
  return NONE_FILLED.has(name) ? NONE : 0;
}

/**
 * 64-bit hash of the whole state as 16 hex digits: equal states, equal text, on every host. Events, CPU of the
 * current operation and spare capacity do not count.
 */
export function stateHash(m: Machine): string {
  const hash = emptyHash();
  let salt = 1;
  for (const name of columnNames(m)) {
    if (UNHASHED.has(name)) continue;
    const column = m[name];
    salt = (Math.imul(salt, 0x01000193) ^ name.length ^ (name.charCodeAt(0) << 8)) | 0;
    if (NONE_FILLED.has(name)) {
      addFromNone(hash, salt, column as Uint32Array);
    } else {
      const isFloat = column instanceof Float64Array;
      const words = isFloat ? new Uint32Array(column.buffer, column.byteOffset, column.length * 2) : column;
      addWords(hash, salt, words, 0, words.length);
    }
  }
  return hashText(hash);
}

/** Words hashed under one salt, where the filler is NONE. */
const RUN = 4096;

function addFromNone(hash: { hi: number; lo: number }, salt: number, column: Uint32Array): void {
  for (let start = 0; start < column.length; start += RUN) {
    const run = column.subarray(start, start + RUN);
    addWords(hash, (salt + start) | 0, run, 0, run.length, NONE);
  }
}

/** A stored copy of a machine's state, without its event log. */
export type Snapshot = Columns;

/**
 * Copies every column. Cost: the machine's size, 50 to 100 bytes a page.
 * @param into a snapshot that nobody needs any more, whose memory is used again
 */
export function takeSnapshot(m: Columns, into?: Snapshot): Snapshot {
  if (into) {
    copyColumns(m, into);
    return into;
  }
  const copy: Partial<Record<ColumnName, unknown>> = {};
  for (const name of columnNames(m)) copy[name] = m[name].slice();
  return copy as unknown as Snapshot;
}

/** Puts a snapshot's columns back into `m`; the snapshot stays usable. */
export function restoreSnapshot(m: Machine, snapshot: Snapshot): void {
  copyColumns(snapshot, m);
  forgetHints(m.hints, m.config);
}

function copyColumns(from: Columns, to: Columns): void {
  for (const name of columnNames(from)) {
    const column = from[name];
    if (to[name].length === column.length) (to[name] as Uint32Array).set(column as Uint32Array);
    else Object.assign(to, { [name]: column.slice() });
  }
}

/** Bytes a snapshot occupies. */
export function snapshotBytes(snapshot: Snapshot): number {
  return columnNames(snapshot).reduce((bytes, name) => bytes + snapshot[name].byteLength, 0);
}

/** Adds to a counter. */
export function bump(m: Machine, counter: number, by = 1): void {
  m.counters[counter] = m.counters[counter]! + by;
}

/** Cells above which a column grows by an eighth of itself instead of doubling: what lies idle is copied and compared too. */
const LARGE_COLUMN = 32_768;

/** Longer copy of a column, at least `length` long, with room to grow; the new end holds `filler`. */
export function grown<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  column: T,
  length: number,
  filler = 0,
): T {
  if (column.length >= length) return column;
  let capacity = Math.max(8, column.length);
  // whole runs of 8 cells, so that columns do not end inside a word
  while (capacity < length) capacity += capacity < LARGE_COLUMN ? capacity : ((capacity >>> 6) + 1) * 8;
  const longer = new (column.constructor as new (n: number) => T)(capacity);
  if (filler !== 0) longer.fill(filler, column.length);
  longer.set(column);
  return longer;
}
