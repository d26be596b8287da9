/** Small machines for tests. */
import type { MachineConfig, PolicyConfig } from '../../src/engine/config.ts';
import { COST_TABLES } from '../../src/engine/cost.ts';

const POLICY: PolicyConfig = {
  name: 'order0-slab',
  maxDefragScan: 8,
  victim: 'most-clean',
  action: 'evict',
  drainFirst: true,
  growth: 'single-pages',
  returnPages: 'block',
  reclaim: 'on-request',
  daemonBudget: 1,
  daemonThresholds: {},
  daemonPeriodMs: 0,
  aligned: false,
  variant: 'daemon-2003',
  fallback: 'kernel',
  noFragment: 'kernel',
  watermarkBoost: 15_000,
  pcpHighFraction: 0,
  proactiveness: 20,
  fastSearch: true,
  kswapdOrder: 'asked',
};

/** A machine of one zone with 16-page slabs, two CPUs and a dentry cache. */
export function smallConfig(pages = 256, policy: Partial<PolicyConfig> = {}): MachineConfig {
  return {
    pages,
    zones: [{ name: 'Normal', start: 0, end: pages }],
    boot: [{ start: 0, pages: 4, kind: 'reserved' }],
    cpus: 2,
    maxOrder: 6,
    pageblockOrder: 4,
    slabOrder: 4,
    stackOrder: 0,
    ptesPerTable: 16,
    arrays: { limit: 6, batchcount: 3, shared: 6 },
    swapPages: 64,
    swappiness: 60,
    objectCaches: [{ name: 'dentry', objectsPerSlab: 4, shrinker: true, seeks: 2 }],
    cost: COST_TABLES.ssd,
    policy: { ...POLICY, ...policy },
    seed: 1,
  };
}
