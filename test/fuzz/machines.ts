/** Machines of every kind, drawn from a seed. */
import { nextBelow, seedPrng } from '../../src/base/prng.ts';
import type { MachineConfig, PolicyId } from '../../src/engine/config.ts';
import { toyConfig } from '../engine/support.ts';

const VICTIMS = [
  'most-clean',
  'fewest-objects',
  'cheapest',
  'lru-oldest',
  'first',
  'random',
  'best-of-all',
] as const;
const ACTIONS = ['evict', 'move'] as const;
const GROWTHS = ['single-pages', 'reclaim-first', 'fail'] as const;
const RECLAIMS = ['on-request', 'on-failure', 'daemon'] as const;

/** The configuration of a seed; `maxPages` bounds its size from above, 256 is the smallest. */
export function drawConfig(seed: number, name: PolicyId, maxPages: number): MachineConfig {
  const rng = new Uint32Array(4);
  seedPrng(rng, seed, 'config');
  const pick = (bound: number) => nextBelow(rng, bound);
  const one = <T>(list: readonly T[]): T => list[pick(list.length)]!;
  const pages = 256 + 4 * pick((maxPages - 256) / 4 + 1);
  const dma = 4 * pick(pages / 8);
  const limit = 1 + pick(12);
  // the kernel's own floor, or next to none, so that memory runs dry
  const marks = seed % 3 === 0 ? { min: seed % 5 } : {};
  return toyConfig({
    pages,
    zones: [
      { name: 'DMA', start: 0, end: dma, ...marks },
      { name: 'Normal', start: dma, end: pages, ...marks },
    ],
    boot: [
      { start: 0, pages: pick(pages / 8), kind: 'reserved' },
      { start: pages - 8, pages: pick(8), kind: 'hole' },
    ],
    cpus: 1 + pick(4),
    pageblockOrder: 3 + (seed % 5),
    slabOrder: 2 + pick(6),
    stackOrder: pick(2),
    ptesPerTable: one([8, 32, 1024]),
    arrays: { limit, batchcount: (limit + 1) >> 1, shared: pick(12) },
    swapPages: one([0, 16, 256]),
    seed,
    // every third machine reads its files in folios
    ...(seed % 3 === 1
      ? { pageCache: { order: 1 + pick(4), fallback: one(['smaller', 'single-pages', 'fail'] as const) } }
      : {}),
    policyChange: {
      name,
      victim: VICTIMS[seed % VICTIMS.length]!,
      growth: GROWTHS[Math.floor(seed / VICTIMS.length) % GROWTHS.length]!,
      reclaim: one(RECLAIMS),
      returnPages: one(['block', 'single']),
      drainFirst: pick(4) !== 0,
      maxDefragScan: one([1, 8, 64]),
      daemonBudget: 1 + pick(4),
      action: one(ACTIONS),
      aligned: pick(2) === 0,
      daemonThresholds: pick(2) ? { [1 + pick(8)]: 1 + pick(4), 5: 1 } : {},
      daemonPeriodMs: one([0, 10, 1000]),
      variant: one(['daemon-2003', 'on-failure-2004']),
    },
  });
}

/** A machine's settings in a few words, for a test's name. */
export function describeConfig({ pages, cpus, slabOrder, swapPages, policy }: MachineConfig): string {
  const { name, victim, action, growth, returnPages, reclaim } = policy;
  const slab =
    name === 'order0-slab'
      ? ` ${victim} ${action} ${growth} ${returnPages} ${reclaim}, order ${slabOrder}`
      : '';
  return `${name}${slab}, ${pages} pages, ${cpus} CPUs, ${swapPages} swap`;
}
