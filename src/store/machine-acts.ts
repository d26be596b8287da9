/** Acts on the machine as a whole, each an operation, or the reason why the policy has none. */
import { GFP_MASKS } from '../engine/gfp.ts';
import type { Operation } from '../engine/operation.ts';
import type { Opened } from '../worker/protocol.ts';

export interface MachineAct {
  readonly label: string;
  readonly operation: Operation;
  /** Why it cannot be done; null where it can. */
  readonly disabled: string | null;
}

/** Pages one LRU reclaim is asked for: SWAP_CLUSTER_MAX of mm/vmscan.c (2.6.9). */
export const LRU_PAGES = 32;

/** All of them, the most used first; requests of every order last. */
export function machineActs(opened: Opened): readonly MachineAct[] {
  const { machine, policy, unusedAllocation } = opened;
  const can = (label: string, operation: Operation): MachineAct => ({ label, operation, disabled: null });
  const noSlabs = policy === 'order0-slab' ? null : `${policy} has no slabs`;
  return [
    {
      label: 'Reclaim one slab',
      operation: { op: 'reclaimSlab', order: machine.slabOrder },
      disabled: noSlabs,
    },
    can(`Reclaim ${LRU_PAGES} pages in LRU order`, { op: 'reclaimLru', pages: LRU_PAGES }),
    can('Drop clean caches', { op: 'dropCaches' }),
    can('Drain the per-CPU arrays and lists', { op: 'drainCpus' }),
    ...Array.from({ length: machine.maxOrder + 1 }, (_, order) =>
      can(`Request order ${order}`, {
        op: 'alloc',
        id: unusedAllocation,
        order,
        gfp: GFP_MASKS.kernel,
        tag: 'other',
      }),
    ),
  ];
}
