/** Machines and random operations for engine tests. */
import { nextBelow, seedPrng } from '../../src/base/prng.ts';
import type { MachineConfig, PolicyConfig } from '../../src/engine/config.ts';
import { COST_TABLES } from '../../src/engine/cost.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import {
  ALLOC_TAG,
  createOperationLog,
  OP,
  type OperationLog,
  pushOperation,
} from '../../src/engine/operation.ts';

/** The policy parameters of the proposal with the defaults of a scenario. */
export const POLICY: PolicyConfig = {
  name: 'order0-slab',
  maxDefragScan: 8,
  victim: 'most-clean',
  drainFirst: true,
  growth: 'single-pages',
  returnPages: 'block',
  reclaim: 'on-failure',
  daemonBudget: 4,
};

/** A small machine: DMA 256 pages, Normal the rest, 5 % boot memory at PFN 0. */
export function toyConfig(
  change: Partial<MachineConfig> & { policyChange?: Partial<PolicyConfig> } = {},
): MachineConfig {
  const { policyChange, ...rest } = change;
  const pages = rest.pages ?? 1024;
  return {
    pages,
    zones: [
      { name: 'DMA', start: 0, end: pages / 4 },
      { name: 'Normal', start: pages / 4, end: pages },
    ],
    boot: [{ start: 0, pages: 52, kind: 'reserved' }],
    cpus: 2,
    maxOrder: 10,
    slabOrder: 5,
    stackOrder: 0,
    ptesPerTable: 32,
    arrays: { limit: 6, batchcount: 3, shared: 6 },
    swapPages: 256,
    swappiness: 60,
    objectCaches: [
      { name: 'dentry', objectsPerSlab: 8, shrinker: true, seeks: 2 },
      { name: 'inode', objectsPerSlab: 4, shrinker: true, seeks: 2 },
    ],
    cost: COST_TABLES.ssd,
    policy: { ...POLICY, ...policyChange },
    seed: 1,
    ...rest,
  };
}

/**
 * `n` operations drawn at random over small ranges of ids, many of them on absent things: what a machine must
 * survive. The same seed gives the same list.
 */
export function randomOperations(seed: number, n: number, pages: number): OperationLog {
  const rng = new Uint32Array(4);
  seedPrng(rng, seed, 'test');
  const pick = (bound: number) => nextBelow(rng, bound);
  const log = createOperationLog(n);
  const filePages = Math.max(4, pages >> 4);
  for (let file = 0; file < 8; file++) pushOperation(log, OP.createFile, file, 0, filePages);
  const gfps = [GFP_MASKS.kernel, GFP_MASKS.atomic, GFP_MASKS.nofs, GFP_MASKS.noio, GFP_MASKS.dma];
  while (log.length < n) {
    const vma = pick(6) * 8 + pick(3);
    const dt = pick(2000);
    const cpu = pick(2);
    const put = (kind: (typeof OP)[keyof typeof OP], owner = 0, index = 0, arg = 0, gfp = 0) =>
      pushOperation(log, kind, owner, index, arg, gfp, dt, cpu);
    const roll = pick(100);
    if (roll < 2) put(OP.spawn, pick(6));
    else if (roll < 3) put(pick(4) ? OP.idle : OP.exit, pick(6));
    else if (roll < 4) put(OP.fork, pick(6), pick(6));
    else if (roll < 9) put(OP.mapAnon, vma, 0, filePages + pick(filePages * 2));
    else if (roll < 11) put(OP.mapFile, vma, pick(8), 1 + pick(filePages));
    else if (roll < 12) put(pick(4) ? OP.idle : OP.unmap, vma);
    else if (roll < 13) put(pick(3) ? OP.unlock : OP.lock, vma);
    else if (roll < 45) put(OP.touch, vma, pick(filePages * 2), pick(2));
    else if (roll < 47) put(OP.zap, vma, pick(filePages), 1 + pick(4));
    else if (roll < 60) put(pick(3) ? OP.readFile : OP.writeFile, pick(8), pick(filePages));
    else if (roll < 61) put(OP.truncate, pick(8), pick(filePages), pick(4));
    else if (roll < 75)
      put(OP.alloc, pick(pages >> 3), ALLOC_TAG.kmalloc, pick(4) ? 0 : pick(6), gfps[pick(gfps.length)]!);
    else if (roll < 85) put(OP.free, pick(pages >> 3));
    else if (roll < 92) put(OP.objectLookup, pick(2), pick(pages));
    else if (roll < 94) put(OP.objectGet, pick(2), pick(pages));
    else if (roll < 96) put(OP.objectPut, 0, pick(pages));
    else if (roll < 97) put(OP.pin, pick(8), pick(filePages), 1);
    else if (roll < 98) put(OP.unpin, pick(8), pick(filePages), 1);
    else if (roll < 99) put([OP.sync, OP.reclaimSlab, OP.drainCpus][pick(3)]!, 0xffffffff, 0, 5);
    else
      put(
        [OP.dropCaches, OP.deleteFile, OP.createFile, OP.objectFree, OP.reclaimLru][pick(5)]!,
        pick(8),
        pick(8),
        filePages,
      );
  }
  return log;
}
