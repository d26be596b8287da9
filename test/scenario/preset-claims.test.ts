/** What each preset says it shows, on the numbers of the engine. */
import { describe, expect, it } from 'vitest';
import { C } from '../../src/engine/counters.ts';
import { PAGE } from '../../src/engine/frames.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { liveObjects } from '../../src/engine/objects/object-slab.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { pagesOfKind, runPreset } from './run-preset.ts';

const BUDDY = 'policy.name=buddy-2.6';

/** Failed requests by order, and how many of them could not sleep. */
function failures(id: string, sets = '') {
  const byOrder = new Map<number, number>();
  let atomic = 0;
  let before = 0;
  const result = runPreset(id, sets, (machine, _step, operation) => {
    const failed = machine.counters[C.highOrderFailed]! - before;
    before += failed;
    if (failed === 0 || operation.op !== 'alloc') return;
    byOrder.set(operation.order, (byOrder.get(operation.order) ?? 0) + failed);
    if (operation.gfp === GFP_MASKS.atomic) atomic += failed;
  });
  return { result, byOrder, atomic };
}

const CLAIMS: Readonly<Record<string, () => void>> = {
  'one-slab': () => expect(runPreset('one-slab').reclaim.slabsDiscarded).toBeGreaterThan(0),

  'file-server': () => {
    // Slabs of clean page cache: what is discarded is dropped, hardly anything swapped.
    const { reclaim } = runPreset('file-server');
    expect(reclaim.pagesDropped).toBeGreaterThan(10 * reclaim.pagesSwapped);
  },

  'parallel-make': () => {
    const slabs = runPreset('parallel-make');
    expect(slabs.highOrder.served).toBeGreaterThan(runPreset('parallel-make', BUDDY).highOrder.served);
  },

  updatedb: () => {
    let most = 0;
    const { pages } = runPreset('updatedb', '', (machine, step) => {
      if (step % 512 === 0) most = Math.max(most, pagesOfKind(machine, PAGE.objSlab));
    });
    expect(most).toBeGreaterThan(pages.managed * 0.1);
  },

  'limit-above-slab': () => {
    const [aligned, alone] = [
      runPreset('limit-above-slab'),
      runPreset('limit-above-slab', 'policy.aligned=false'),
    ];
    expect(alone.groups.tried).toBe(0);
    expect(aligned.groups.freed).toBeGreaterThan(10);
    // one slab at a time does no better than no slabs at all
    expect(alone.highOrder.failed).toBeGreaterThan(20);
    expect(aligned.highOrder.failed * 5).toBeLessThan(alone.highOrder.failed);
  },

  'limit-directories': () => {
    const pinned = (sets: string) => {
      let pages = 0;
      runPreset('limit-directories', sets, (machine) => {
        pages = Array.from(machine.kind.keys()).filter(
          (pfn) => machine.kind[pfn] === PAGE.objSlab && liveObjects(machine, pfn) > 0,
        ).length;
      });
      return pages;
    };
    expect(pinned('workload.actors[2].directory=0')).toBe(0);
    expect(pinned('')).toBeGreaterThan(5);
  },

  'claim-move': () => {
    const [moved, evicted] = [runPreset('claim-move'), runPreset('claim-move', 'policy.action=evict')];
    expect([evicted.moves.pages, evicted.highOrder.failed, moved.highOrder.failed]).toEqual([0, 0, 0]);
    expect(moved.moves.pages).toBeGreaterThan(100);
    expect(moved.reclaim.pteUpdates).toBeGreaterThan(evicted.reclaim.pteUpdates);
    expect(moved.reclaim.pteUnmaps).toBeLessThan(evicted.reclaim.pteUnmaps);
  },

  'claim-daemon': () => {
    const [early, late] = [
      runPreset('claim-daemon'),
      runPreset('claim-daemon', 'policy.daemonThresholds={}'),
    ];
    expect(early.highOrder.failed).toBeLessThan(late.highOrder.failed);
    expect(early.daemon.freed).toBeGreaterThan(late.daemon.freed);
    expect(early.daemon.pagesLooked).toBeGreaterThan(4 * late.daemon.pagesLooked);
    expect(early.daemon.costNs).toBeGreaterThan(4 * late.daemon.costNs);
  },

  'claim-mempool': () => {
    const { pools } = runPreset('claim-mempool');
    expect(pools.failed).toBe(0);
    expect(pools.fromReserve).toBeGreaterThan(100);
    expect(pools.slabFailed).toBeGreaterThan(50);
    expect(pools.slabServed + pools.slabFailed).toBe(pools.served);
  },

  'mlocked-page': () => {
    const { reclaim } = runPreset('mlocked-page');
    expect(reclaim.slabsRefused).toBeGreaterThan(0);
    expect(reclaim.evictedForNothing).toBeGreaterThan(reclaim.slabsRefused);
  },

  'dirty-storm': () => {
    const { reclaim } = runPreset('dirty-storm');
    expect(reclaim.pagesWritten).toBeGreaterThan(reclaim.pagesSwapped);
  },

  'boot-and-desktop': () => {
    const windows = runPreset('boot-and-desktop').kernelWindows;
    expect(windows * 3).toBeLessThan(runPreset('boot-and-desktop', BUDDY).kernelWindows);
  },

  'page-table-creep': () => {
    const tables: number[] = [];
    const slabs = runPreset('page-table-creep', '', (machine, step) => {
      if (step % 2048 === 2047) tables.push(pagesOfKind(machine, PAGE.pageTable));
    });
    expect(tables.at(-1)).toBeGreaterThan(2 * tables[0]!);
    expect(slabs.kernelWindows * 2).toBeLessThan(runPreset('page-table-creep', BUDDY).kernelWindows);
  },

  'month-of-uptime': () => {
    const buddy = runPreset('month-of-uptime', BUDDY).kernelWindows;
    expect(buddy).toBeGreaterThan(32);
    expect(runPreset('month-of-uptime').kernelWindows * 3).toBeLessThan(buddy);
    // outside their cache kernel pages poison blocks; inside they share slabs
    const poisoned = runPreset('month-of-uptime', BUDDY).kernel;
    const { kernel } = runPreset('month-of-uptime');
    expect((kernel.slabsHeld + kernel.blocksPoisoned) * 3).toBeLessThan(poisoned.blocksPoisoned);
  },

  'fork-storm': () => {
    // More entries removed than the discarded slabs have pages: most were mapped more than once.
    const { reclaim } = runPreset('fork-storm');
    expect(reclaim.slabsDiscarded).toBeGreaterThan(0);
    expect(reclaim.pteUnmaps).toBeGreaterThan(32 * reclaim.slabsDiscarded);
  },

  'network-bursts': () => {
    const { result, atomic } = failures('network-bursts');
    expect(atomic).toBeGreaterThan(20);
    // Those that may sleep are served, but for a few.
    expect(atomic).toBeGreaterThan(result.highOrder.failed * 0.9);
  },

  'no-swap': () => {
    const without = runPreset('no-swap');
    expect(without.reclaim.slabsRefused).toBeGreaterThan(100);
    expect(without.reclaim.evictedForNothing).toBeGreaterThan(100);
    const swapped = runPreset('no-swap', 'machine.swapShare=1');
    expect(swapped.highOrder.failed).toBeLessThan(without.highOrder.failed);
    expect(swapped.reclaim.slabsRefused).toBe(0);
  },

  'huge-pages': () => {
    const { byOrder } = failures('huge-pages');
    // Nearly all that fail are of order 8; the requests of a slab's own order are served.
    expect(byOrder.get(8)).toBeGreaterThan(10 * (byOrder.get(5) ?? 0));
    const large = failures('huge-pages', 'machine.slabOrder=8');
    expect(large.byOrder.get(8) ?? 0).toBeLessThan(byOrder.get(8)!);
    expect(large.result.reclaim.pagesSwapped).toBeGreaterThan(
      4 * runPreset('huge-pages').reclaim.pagesSwapped,
    );
  },

  'scan-too-short': () => {
    const io = ['', 'policy.maxDefragScan=8', 'policy.maxDefragScan=64'].map((sets) => {
      const { reclaim } = runPreset('scan-too-short', sets);
      return reclaim.pagesWritten + reclaim.pagesSwapped;
    });
    expect(io[0]).toBeGreaterThan(io[1]!);
    expect(io[1]).toBeGreaterThan(io[2]!);
  },

  'fewest-objects': () => {
    const rule = runPreset('fewest-objects').reclaim;
    const mail = runPreset('fewest-objects', 'policy.victim=most-clean').reclaim;
    expect(rule.pagesSwapped).toBeGreaterThan(mail.pagesSwapped * 1.5);
  },

  'four-cpus': () => {
    expect(runPreset('four-cpus').reclaim.slabsRefused).toBeGreaterThan(0);
    expect(runPreset('four-cpus', 'policy.drainFirst=true').reclaim.slabsRefused).toBe(0);
    expect(runPreset('four-cpus', 'machine.cpus=1').reclaim.slabsRefused).toBe(0);
  },
};

describe('a preset shows what it says', () => {
  it('has a claim for every preset', () => {
    expect(Object.keys(CLAIMS).sort()).toEqual(bundledPresets.map(({ id }) => id).sort());
  });

  it.each(Object.entries(CLAIMS))('%s', (_id, claim) => claim());
});
