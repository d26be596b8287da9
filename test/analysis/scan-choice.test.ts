import { describe, expect, it } from 'vitest';
import { reclaimAccount } from '../../src/analysis/account.ts';
import { billed } from '../../src/analysis/bill.ts';
import type { Machine } from '../../src/engine/machine.ts';
import type { Operation } from '../../src/engine/operation.ts';
import { apply, plainMachine, reads, writes } from '../engine/support.ts';

/** Applies one operation and gives the account of its reclaim with what there was to choose from. */
function reclaimed(m: Machine, operation: Operation) {
  const { result: events, choice } = billed(m, () => apply(m, operation));
  return reclaimAccount(events, m, choice);
}

/** Slabs in order of address: the first with four dirty pages, the second all clean. */
function machineOf(maxDefragScan: number): Machine {
  const m = plainMachine({ policyChange: { maxDefragScan } });
  const pages = 1 << m.config.slabOrder;
  apply(m, { op: 'createFile', file: 0, pages: 100 }, ...writes(0, 0, 4), ...reads(0, 4, pages * 3));
  return m;
}

const anySlab = (m: Machine): Operation => ({ op: 'reclaimSlab', order: m.config.slabOrder });

describe('what the last scan could have taken', () => {
  it('names the slab chosen, the best looked at and the best of all', () => {
    const m = machineOf(1);
    const { choice, scan, regret } = reclaimed(m, anySlab(m))!;
    expect(scan).toHaveLength(1);
    expect(choice).toMatchObject({ scanned: 1, chosen: { pfn: scan[0]!.pfn, clean: scan[0]!.clean } });
    expect(choice!.inWindow).toEqual(choice!.chosen);
    expect(choice!.ofAll.clean - choice!.chosen.clean).toBe(regret);
    expect(regret).toBeGreaterThan(0);
    expect(choice!.ofAll.pfn).not.toBe(choice!.chosen.pfn);
    const { dropPage, writePage } = m.config.cost;
    expect(choice!.chosen.costNs).toBe(choice!.chosen.clean * dropPage + 4 * writePage);
    expect(choice!.ofAll.costNs).toBe(choice!.ofAll.clean * dropPage);
  });

  it('is the same slab three times where all are looked at', () => {
    const m = machineOf(64);
    const { choice } = reclaimed(m, anySlab(m))!;
    expect(choice!.chosen.clean).toBe(1 << m.config.slabOrder);
    expect(choice!.inWindow).toEqual(choice!.chosen);
    expect(choice!.ofAll).toEqual(choice!.chosen);
  });

  it('is nothing where the slab was named', () => {
    const m = machineOf(8);
    const slab = m.slabCache.findIndex((cache) => cache > 0);
    expect(
      reclaimed(m, { op: 'reclaimSlab', order: m.config.slabOrder, slab: slab << m.config.slabOrder })!
        .choice,
    ).toBeNull();
  });
});
