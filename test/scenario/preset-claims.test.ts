/** What each preset says it shows, on the numbers of the engine. */
import { describe, expect, it } from 'vitest';
import { C } from '../../src/engine/counters.ts';
import { FLAG, PAGE } from '../../src/engine/frames.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { liveObjects, objectPfn } from '../../src/engine/objects/object-slab.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { showsThreeGrowthRules } from './growth-claim.ts';
import { pagesOfKind, presetText, runPreset, runText } from './run-preset.ts';

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

  'claim-inodes': () => {
    let refsOfInodes = 0;
    let refsOfOthers = 0;
    let elsewhere = 0;
    const tied = runPreset('claim-inodes', '', (machine, step) => {
      const { objRefs, objChildren, objInode } = machine;
      for (let object = 0; object < objRefs.length; object++) {
        refsOfInodes += objChildren[object]!;
        refsOfOthers += objRefs[object]! - objChildren[object]!;
      }
      if (step !== 11134) return;
      const slabOf = (object: number) => objectPfn(machine, object) >> machine.config.slabOrder;
      objInode.forEach((inode, dentry) => {
        if (inode > 0 && slabOf(inode - 1) !== slabOf(dentry)) elsewhere++;
      });
      // of the page that the story and the mail point at, all inodes are held from the slab at 0x340
      const holders = [...objInode.keys()].filter(
        (dentry) => objInode[dentry]! > 0 && objectPfn(machine, objInode[dentry]! - 1) === 0x540,
      );
      expect(holders.map((dentry) => slabOf(dentry) << 5)).toEqual(Array(8).fill(0x340));
    });
    expect(elsewhere).toBeGreaterThan(0);
    // nobody has a file open: inodes are in use by their dentries alone
    expect(refsOfInodes).toBeGreaterThan(0);
    expect(refsOfOthers).toBe(0);
    const text = presetText('claim-inodes');
    const alone = text.replace(/\n +inodes: .*/, '');
    expect(alone).not.toBe(text);
    const without = runText('dentries alone', alone);
    expect([tied.highOrder.failed > 3, without.highOrder.failed]).toEqual([true, 0]);
    expect(tied.reclaim.slabsRefused).toBeGreaterThan(2 * without.reclaim.slabsRefused);
    // also with as many pages of dentries as there were of both
    const more = runText('as many dentries', alone.replace('population: 0.08', 'population: 0.35'));
    expect(more.highOrder.failed).toBe(0);
  },

  'limit-high-memory': () => {
    const { zones, caches } = runPreset('limit-high-memory');
    const high = zones.find(({ name }) => name === 'HighMem')!;
    // more pages of order0-user are in use there than anywhere else
    expect(high.managed - high.free).toBeGreaterThan(caches[0]!.inUse / 2);
  },

  'limit-list-field': () => {
    let both = 0;
    const { caches } = runPreset('limit-list-field', '', ({ kind, flags }) => {
      both = kind.reduce(
        (sum, one, pfn) =>
          sum +
          ((one === PAGE.file || one === PAGE.anon) && flags[pfn]! & FLAG.lru && flags[pfn]! & FLAG.inSlab
            ? 1
            : 0),
        0,
      );
    });
    expect(both).toBeGreaterThan(1000);
    expect(both).toBe(caches[0]!.inUse);
  },

  'limit-head-count': () => {
    let notHead = 0;
    runPreset('limit-head-count', '', ({ mapcount, flags }) => {
      notHead = mapcount.reduce(
        (sum, maps, pfn) => sum + (maps > 1 && pfn % 32 > 0 && flags[pfn]! & FLAG.inSlab ? 1 : 0),
        0,
      );
    });
    expect(notHead).toBeGreaterThan(100);
  },

  'limit-vehicle': () => {
    const { pages, caches, kernelWindows } = runPreset('limit-vehicle');
    const slabs = caches[2]!.slabs;
    expect(pages.knoreclaim - caches[2]!.inUse).toBeGreaterThan(200);
    // they spoil windows beside those of order0-knoreclaim
    expect(kernelWindows).toBeGreaterThan(2 * (slabs.full + slabs.partial));
  },

  'claim-kernel-pointers': () => {
    const moving = runPreset('claim-kernel-pointers', 'policy.name=page-moving');
    const buddy = runPreset('claim-kernel-pointers', BUDDY);
    expect(moving.moves.pages).toBeGreaterThan(100);
    expect(moving.reclaim.pteUpdates).toBeGreaterThan(buddy.reclaim.pteUpdates);
    expect(moving.highOrder.failed).toBeLessThan(buddy.highOrder.failed);
  },

  'claim-large-objects': () => {
    const { byOrder, result } = failures('claim-large-objects', BUDDY);
    expect(byOrder.get(5)).toBeGreaterThan(10);
    expect(result.highOrder.requested).toBeGreaterThan(400);
    expect(failures('claim-large-objects').byOrder.size).toBe(0);
  },

  'claim-shrinker': () => {
    const failedMasks: number[] = [];
    let before = 0;
    const result = runPreset('claim-shrinker', '', (machine, _step, operation) => {
      const failed = machine.counters[C.highOrderFailed]! - before;
      before += failed;
      if (failed > 0 && operation.op === 'alloc') failedMasks.push(operation.gfp);
    });
    expect(result.reclaim.pagesSwapped).toBe(0);
    expect(result.reclaim.slabsDiscarded).toBeGreaterThan(5);
    expect(result.reclaim.slabsRefused).toBeGreaterThan(50);
    // nobody fails who may shrink
    expect(failedMasks).toEqual([GFP_MASKS.nofs, GFP_MASKS.nofs, GFP_MASKS.nofs]);
  },

  'claim-pool-sleep': () => {
    const { pools } = runPreset('claim-pool-sleep');
    expect(pools.slept).toBeGreaterThan(50);
    expect(pools.woken).toBe(pools.slept);
    expect(pools.failed).toBeGreaterThan(0);
  },

  'pinned-pair': () => {
    const { groups, highOrder } = runPreset('pinned-pair');
    expect(groups.refused).toBeGreaterThan(10);
    expect(runPreset('limit-above-slab').groups.refused).toBe(0);
    expect(highOrder.failed).toBeGreaterThan(0);
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

  'claim-growth': showsThreeGrowthRules,

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

  'claim-page-moving': () => {
    const [moved, buddy] = [runPreset('claim-page-moving'), runPreset('claim-page-moving', BUDDY)];
    expect(buddy.highOrder.failed).toBeGreaterThan(15);
    expect(moved.highOrder.failed).toBeLessThan(3);
    expect(moved.moves.pages).toBeGreaterThan(200);
    expect(moved.reclaim.pteUpdates).toBeGreaterThan(moved.moves.pages / 2);
    expect(moved.moves.obstacles).toBeGreaterThan(moved.moves.windowsFreed);
    // the scheme looks at all of memory for a block, the proposal at a few slabs
    const slabs = runPreset('claim-page-moving', 'policy.name=order0-slab').search.slab;
    expect(moved.search.moving.perBlock!).toBeGreaterThan(2 * slabs.perBlock!);
    const later = runPreset('claim-page-moving', 'policy.variant=on-failure-2004');
    expect([later.moves.pages, later.daemon.wakes]).toEqual([0, 0]);
    expect(later.highOrder.failed).toBeGreaterThan(15);
  },

  'claim-moving-2004': () => {
    const [moved, buddy] = [runPreset('claim-moving-2004'), runPreset('claim-moving-2004', BUDDY)];
    expect(buddy.highOrder.failed).toBeGreaterThan(10);
    expect(moved.highOrder.failed).toBe(0);
    expect(moved.moves.windowsFreed).toBeGreaterThan(3);
    expect(moved.moves.pages).toBeGreaterThan(100);
    // inside the requests, without a daemon
    expect(moved.daemon.wakes).toBe(0);
    expect(moved.moves.obstacles).toBeGreaterThan(100);
  },

  'claim-folios': () => {
    for (const policy of ['order0-slab', 'buddy-2.6', 'page-moving']) {
      const name = `policy.name=${policy}`;
      const { folios, reclaim } = runPreset('claim-folios', name);
      expect(folios.served + folios.fellBack + folios.failed).toBe(folios.requested);
      expect(folios.fellBack).toBeGreaterThan(0);
      const single = runPreset('claim-folios', `${name},machine.pageCacheOrder=0`);
      expect(single.folios.requested).toBe(0);
      expect(reclaim.evictedForNothing).toBeGreaterThan(2 * single.reclaim.evictedForNothing);
    }
    const rigid = runPreset('claim-folios', 'machine.pageCacheFallback=fail').folios;
    expect(rigid.fellBack).toBe(0);
    expect(rigid.failed).toBeGreaterThan(0);
  },

  'full-machine': () => {
    const slabs = runPreset('full-machine');
    const buddy = runPreset('full-machine', BUDDY);
    expect(slabs.highOrder.requested).toBe(64);
    expect(slabs.highOrder.served).toBeGreaterThan(2 * buddy.highOrder.served);
    // the way of reclaim decides the price: compaction copies what slab reclaim evicts
    const compaction = runPreset('full-machine', 'policy.name=mobility-compaction');
    expect(slabs.reclaim.pagesCopied).toBe(0);
    expect(compaction.reclaim.pagesCopied).toBeGreaterThan(0);
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
