/** How many free lists and per-CPU lists a zone keeps: the policies that group pages by mobility have one per type. */
import type { MachineConfig, PolicyId } from './config.ts';

/** Migratetypes with a free list of their own under the policies that group: three, and one set aside. */
export const MIGRATE_TYPES = 4;

/** Per-CPU lists of 6.12: three types at orders 0 to 3, and two of huge pages (struct per_cpu_pages). */
export const NR_PCP_LISTS = 14;

const GROUPING: ReadonlySet<PolicyId> = new Set<PolicyId>(['mobility-lumpy', 'mobility-compaction']);

/** Whether the policy keeps a migratetype for each pageblock. */
export function groupsByMobility(config: MachineConfig): boolean {
  return GROUPING.has(config.policy.name);
}

/** Free lists of a zone for one order. */
export function listTypes(config: MachineConfig): number {
  return groupsByMobility(config) ? MIGRATE_TYPES : 1;
}

/** Per-CPU lists of a zone and CPU: hot and cold, or one by type and order. */
export function pcpListsPerCpu(config: MachineConfig): number {
  return config.policy.name === 'mobility-compaction' ? NR_PCP_LISTS : 2;
}
