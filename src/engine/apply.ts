/**
 * Applies one operation to the machine, wholly: time passes, writes that are due end, the operation is done, and
 * whatever is due at its end (kswapd, the daemon, cache reaping) runs. An operation that names something absent is
 * counted and does nothing.
 */
import { NONE } from '../base/units.ts';
import { C } from './counters.ts';
import { PAGE } from './frames.ts';
import { GFP_MASKS } from './gfp.ts';
import { allocKernel, freeKernel, isAllocated } from './kernel-memory.ts';
import { balanceZones } from './kswapd.ts';
import { bump, type Machine, O, Z } from './machine.ts';
import {
  allocFromPool,
  createPool,
  giveUpWaiting,
  P,
  POOL_MOST,
  POOLS,
  poolExists,
  poolField,
} from './mempool.ts';
import { getObject, lookupObject, putObject } from './objects/object-cache.ts';
import { objectExists, objectField } from './objects/object-slab.ts';
import { freeObject, pruneObjects } from './objects/prune.ts';
import { OP, type OpCode, type OperationLog, REGIONS } from './operation.ts';
import { policyOf } from './policy/table.ts';
import { clearEvents, EV, emit } from './trace-event.ts';
import { zapPte } from './user/anon.ts';
import { settleForNothing } from './user/evicted.ts';
import { exitProcess, unmapRegion } from './user/exit.ts';
import { accessFile, pinPage, touchRegion } from './user/fault.ts';
import {
  createFile,
  deleteFile,
  dropPageCache,
  fileExists,
  residentPage,
  syncFiles,
  truncateFile,
} from './user/files.ts';
import { completeWrites } from './user/io.ts';
import { findFilePage } from './user/page-cache.ts';
import {
  forkProcess,
  hasRegion,
  isAlive,
  mapAnonymous,
  mapFile,
  setLocked,
  spawnProcess,
} from './user/process.ts';
import { tryToFreePages } from './user/vmscan.ts';
import { zoneField, zonelist } from './zone.ts';

/** The row of an operation, read out of its columns. */
interface Row {
  readonly owner: number;
  readonly index: number;
  readonly arg: number;
  readonly gfp: number;
}

/** What an operation leaves for the end: the order of a request that failed, 0 for none. */
type Done = number;

/**
 * Applies row `i` of `log`.
 * @throws StopAtEvent when the event log's `stopAt` is reached; the machine is then half-way, for viewing only
 */
export function applyOperation(m: Machine, log: OperationLog, i: number): void {
  const stopAt = m.log.stopAt;
  clearEvents(m.log);
  m.log.stopAt = stopAt;
  if (m.evicted.pfns.length > 0) {
    m.evicted.pfns.length = 0;
    m.evicted.touches.length = 0;
  }
  m.cpu = log.cpu[i]! % m.config.cpus;
  bump(m, C.operations);
  bump(m, C.clockNs, log.dt[i]! * 1000);
  completeWrites(m, m.counters[C.clockNs]!);
  const row: Row = { owner: log.owner[i]!, index: log.index[i]!, arg: log.arg[i]!, gfp: log.gfp[i]! };
  const failedOrder = HANDLERS[log.kind[i] as OpCode](m, row);
  if (kswapdIsDue(m)) balanceZones(m);
  policyOf(m).afterOperation(m, failedOrder);
  m.log.stopAt = Number.POSITIVE_INFINITY;
}

function kswapdIsDue(m: Machine): boolean {
  for (let z = 0; z < m.config.zones.length; z++) if (zoneField(m, z, Z.kswapdWoken) !== 0) return true;
  return false;
}

function absent(m: Machine, row: Row): Done {
  bump(m, C.absentOperations);
  emit(m, EV.absent, 0, NONE, row.owner, row.index);
  return 0;
}

/** Wraps a handler that works on a mapped region. */
function onRegion(act: (m: Machine, row: Row) => void): (m: Machine, row: Row) => Done {
  return (m, row) => {
    if (!hasRegion(m, row.owner)) return absent(m, row);
    act(m, row);
    return 0;
  };
}

/** Wraps a handler that works on an existing file. */
function onFile(act: (m: Machine, row: Row) => void): (m: Machine, row: Row) => Done {
  return (m, row) => {
    if (!fileExists(m, row.owner) || row.index >= m.filePages[row.owner]!) return absent(m, row);
    act(m, row);
    return 0;
  };
}

/** Wraps a handler that works on an object cache. */
function onCache(act: (m: Machine, row: Row) => void): (m: Machine, row: Row) => Done {
  return (m, row) => {
    if (row.owner >= m.config.objectCaches.length) return absent(m, row);
    act(m, row);
    return 0;
  };
}

function doAlloc(m: Machine, row: Row): Done {
  if (isAllocated(m, row.owner)) return absent(m, row);
  const pfn = allocKernel(m, row.owner, row.arg, row.gfp, row.index);
  if (row.arg > 0) settleForNothing(m, 0, pfn, row.arg);
  return pfn === NONE ? row.arg : 0;
}

function doCreatePool(slab: boolean): (m: Machine, row: Row) => Done {
  return (m, { owner: pool, index: minNr, arg: order, ...row }) => {
    const wrong = pool >= POOLS || poolExists(m, pool) || minNr < 1 || minNr > POOL_MOST;
    if (wrong || order > m.config.maxOrder)
      return absent(m, { owner: pool, index: minNr, arg: order, ...row });
    return createPool(m, pool, minNr, order, slab) ? 0 : order;
  };
}

function doPoolAlloc(m: Machine, row: Row): Done {
  if (row.index >= POOLS || !poolExists(m, row.index) || isAllocated(m, row.owner)) return absent(m, row);
  const order = poolField(m, row.index, P.order);
  const outcome = allocFromPool(m, row.index, row.owner, row.gfp);
  if (order > 0) settleForNothing(m, 0, outcome === 'served' ? m.allocPfn[row.owner]! - 1 : NONE, order);
  return outcome === 'failed' ? order : 0;
}

function doMapFile(m: Machine, row: Row): Done {
  const process = Math.floor(row.owner / REGIONS);
  if (!isAlive(m, process) || hasRegion(m, row.owner) || !fileExists(m, row.index)) return absent(m, row);
  mapFile(m, row.owner, row.index, Math.min(row.arg, m.filePages[row.index]!));
  emit(m, EV.mmap, 0, NONE, process, row.arg);
  return 0;
}

function doMapAnon(m: Machine, row: Row): Done {
  const process = Math.floor(row.owner / REGIONS);
  if (!isAlive(m, process) || hasRegion(m, row.owner) || row.arg === 0) return absent(m, row);
  mapAnonymous(m, row.owner, row.arg);
  emit(m, EV.mmap, 0, NONE, process, row.arg);
  return 0;
}

function doZap(m: Machine, row: Row): void {
  const end = Math.min(m.vmaPages[row.owner]!, row.index + row.arg);
  for (let page = row.index; page < end; page++) zapPte(m, m.vmaPte[row.owner]! + page, row.owner);
  emit(m, EV.zap, 0, NONE, row.owner, end - row.index);
}

function doPin(by: 1 | -1): (m: Machine, row: Row) => Done {
  return (m, row) => {
    const pfn = row.arg ? pinnedFilePage(m, row) : pinnedRegionPage(m, row);
    if (pfn < 0) return absent(m, row);
    pinPage(m, pfn, by);
    return 0;
  };
}

function pinnedFilePage(m: Machine, row: Row): number {
  return fileExists(m, row.owner) && row.index < m.filePages[row.owner]!
    ? findFilePage(m, row.owner, row.index)
    : -1;
}

function pinnedRegionPage(m: Machine, row: Row): number {
  return hasRegion(m, row.owner) && row.index < m.vmaPages[row.owner]!
    ? residentPage(m, row.owner, row.index)
    : -1;
}

/** The parent an object operation names, NONE for a root. */
function parentOf(row: Row): number {
  return row.arg === 0 ? NONE : row.arg - 1;
}

/** The cache of the inode an object operation names, NONE for none. */
function inodeCacheOf(m: Machine, row: Row): number {
  return row.gfp === 0 || row.gfp > m.config.objectCaches.length ? NONE : row.gfp - 1;
}

function doReclaimSlab(m: Machine, row: Row): Done {
  if (row.owner !== NONE && row.owner >= m.config.pages) return absent(m, row);
  policyOf(m).reclaimSlab(m, row.arg, row.owner);
  // what lies in the block that was freed was evicted for something; the rest for nothing
  const freed = m.evicted.pfns.filter((pfn) => m.kind[pfn] === PAGE.free);
  bump(m, C.evictedForNothing, m.evicted.pfns.length - freed.length);
  return 0;
}

const HANDLERS: Record<OpCode, (m: Machine, row: Row) => Done> = {
  [OP.idle]: () => 0,
  [OP.spawn]: (m, row) => {
    if (row.owner < m.processAlive.length && isAlive(m, row.owner)) return absent(m, row);
    spawnProcess(m, row.owner);
    return 0;
  },
  [OP.exit]: (m, row) => {
    if (row.owner >= m.processAlive.length || !isAlive(m, row.owner)) return absent(m, row);
    exitProcess(m, row.owner);
    emit(m, EV.exit, 0, NONE, row.owner);
    return 0;
  },
  [OP.fork]: (m, row) => {
    const childAlive = row.index < m.processAlive.length && isAlive(m, row.index);
    if (row.owner >= m.processAlive.length || !isAlive(m, row.owner) || childAlive) return absent(m, row);
    forkProcess(m, row.owner, row.index);
    return 0;
  },
  [OP.mapAnon]: doMapAnon,
  [OP.mapFile]: doMapFile,
  [OP.unmap]: onRegion((m, row) => {
    const pages = m.vmaPages[row.owner]!;
    unmapRegion(m, row.owner);
    emit(m, EV.munmap, 0, NONE, row.owner, pages);
  }),
  [OP.lock]: onRegion((m, row) => {
    setLocked(m, row.owner, 1);
    emit(m, EV.lock, 0, NONE, row.owner);
  }),
  [OP.unlock]: onRegion((m, row) => {
    setLocked(m, row.owner, 0);
    emit(m, EV.unlock, 0, NONE, row.owner);
  }),
  [OP.touch]: (m, row) => {
    if (!hasRegion(m, row.owner) || row.index >= m.vmaPages[row.owner]!) return absent(m, row);
    touchRegion(m, row.owner, row.index, row.arg === 1);
    return 0;
  },
  [OP.zap]: onRegion(doZap),
  [OP.createFile]: (m, row) => {
    if (fileExists(m, row.owner) || row.arg === 0) return absent(m, row);
    createFile(m, row.owner, row.arg);
    return 0;
  },
  [OP.deleteFile]: onFile((m, row) => deleteFile(m, row.owner)),
  [OP.readFile]: onFile((m, row) => {
    accessFile(m, row.owner, row.index, false);
  }),
  [OP.writeFile]: onFile((m, row) => {
    accessFile(m, row.owner, row.index, true);
  }),
  [OP.truncate]: onFile((m, row) => truncateFile(m, row.owner, row.index, row.arg)),
  [OP.alloc]: doAlloc,
  [OP.free]: (m, row) => {
    if (!isAllocated(m, row.owner)) return giveUpWaiting(m, row.owner) ? 0 : absent(m, row);
    freeKernel(m, row.owner);
    return 0;
  },
  [OP.objectGet]: onCache((m, row) => {
    getObject(m, row.owner, row.index, parentOf(row), inodeCacheOf(m, row));
  }),
  [OP.objectPut]: (m, row) => (putObject(m, row.index) ? 0 : absent(m, row)),
  [OP.objectLookup]: onCache((m, row) => {
    lookupObject(m, row.owner, row.index, parentOf(row), inodeCacheOf(m, row));
  }),
  [OP.objectFree]: (m, row) => {
    if (!objectExists(m, row.index) || m.objRefs[row.index] !== 0) return absent(m, row);
    freeObject(m, row.index, false);
    return 0;
  },
  [OP.pin]: doPin(1),
  [OP.unpin]: doPin(-1),
  [OP.sync]: (m, row) => {
    syncFiles(m, row.arg);
    return 0;
  },
  [OP.reclaimSlab]: doReclaimSlab,
  [OP.reclaimLru]: (m, row) => {
    let freed = 0;
    while (freed < row.arg) {
      const got = tryToFreePages(m, 0, GFP_MASKS.kernel, zonelist(m.config, GFP_MASKS.highuser));
      if (got === 0) break;
      freed += got;
    }
    return 0;
  },
  [OP.dropCaches]: (m) => {
    dropPageCache(m);
    for (let cache = 0; cache < m.config.objectCaches.length; cache++) {
      // drop_slab asks shrinkers alone; twice, since the first walk only takes the second chance away
      if (!m.config.objectCaches[cache]!.shrinker) continue;
      pruneObjects(m, cache, 2 * objectField(m, cache, O.unused));
    }
    return 0;
  },
  [OP.drainCpus]: (m) => {
    policyOf(m).drainCpus(m);
    return 0;
  },
  [OP.poolCreate]: doCreatePool(false),
  [OP.poolPretend]: doCreatePool(true),
  [OP.poolAlloc]: doPoolAlloc,
  [OP.failedAlloc]: (m, row) => {
    emit(m, EV.recordedFailure, row.arg, NONE, row.gfp);
    return 0;
  },
};
