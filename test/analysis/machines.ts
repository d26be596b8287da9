/** Small machines for tests. */
import type { MachineConfig, PolicyConfig } from '../../src/engine/config.ts';
import { COST_TABLES } from '../../src/engine/cost.ts';
import { POLICY_DEFAULTS } from '../../src/scenario/policy-schema.ts';

const POLICY: PolicyConfig = {
  ...POLICY_DEFAULTS,
  name: 'order0-slab',
  reclaim: 'on-request',
  daemonPeriodMs: 0,
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
