import { describe, expect, it } from 'vitest';
import { FLAG, PAGE } from '../../src/engine/frames.ts';
import { GFP_MASKS, type GfpName } from '../../src/engine/gfp.ts';
import { type Machine, Z } from '../../src/engine/machine.ts';
import { pruneObjects } from '../../src/engine/objects/prune.ts';
import { shrinkDelta, shrinkerCount } from '../../src/engine/objects/shrinker.ts';
import { clearEvents, eventAt } from '../../src/engine/trace-event.ts';
import { CONGESTION } from '../../src/engine/user/io.ts';
import { lruAdd, lruDel } from '../../src/engine/user/lru.ts';
import { clearYoung } from '../../src/engine/user/rmap.ts';
import { tryToFreePages } from '../../src/engine/user/vmscan.ts';
import { zoneField } from '../../src/engine/zone.ts';
import { apply, counter, only, pfnsOfKind, plainMachine, reads, touches, writes } from './support.ts';

const FILLER = [{ op: 'createFile', file: 0, pages: 40 }, ...reads(0, 0, 40)] as const;

function vmMachine(change = {}): Machine {
  return plainMachine({ policyChange: { name: 'buddy-2.6' }, ...change });
}

/** One direct reclaim; what became of page `pfn` when it was first looked at. */
function fate(m: Machine, pfn: number, gfp: GfpName = 'kernel'): string {
  clearEvents(m.log);
  m.evicted.pfns.length = 0;
  tryToFreePages(m, 0, GFP_MASKS[gfp], [0]);
  const events = Array.from({ length: m.log.count }, (_, i) => eventAt(m.log, i));
  const own = events.find((event) => event.pfn === pfn && ['keep', 'activate', 'drop'].includes(event.type));
  if (!own) return 'not looked at';
  return own.reason === 'none' ? own.type : `${own.type} ${own.reason}`;
}

function filePfn(m: Machine, page: number, file = 0): number {
  return m.fileSlot[m.fileBase[file]! + page]! - 1;
}

/** An anonymous page, brought to the inactive list unreferenced. */
function coldAnon(m: Machine): number {
  apply(
    m,
    { op: 'spawn', process: 0 },
    { op: 'mapAnon', process: 0, region: 0, pages: 1 },
    ...touches(0, 0, 0, 1),
  );
  const pfn = pfnsOfKind(m, PAGE.anon)[0]!;
  clearYoung(m, pfn);
  lruDel(m, pfn);
  lruAdd(m, pfn, false, true);
  return pfn;
}

describe('a page in shrink_list', () => {
  it('that is a clean, unmapped file page goes, referenced or not', () => {
    const m = vmMachine();
    apply(m, ...FILLER);
    expect(m.flags[filePfn(m, 0)]! & FLAG.referenced).not.toBe(0);
    expect(fate(m, filePfn(m, 0))).toBe('drop');
  });

  it('under writeback stays', () => {
    const m = vmMachine();
    apply(m, ...FILLER, ...writes(0, 0, 1), { op: 'sync', pages: 1 });
    const pfn = filePfn(m, 0);
    lruDel(m, pfn);
    lruAdd(m, pfn, false, true);
    expect(fate(m, pfn)).toBe('keep writeback');
  });

  it('mapped and young goes to the active list', () => {
    const m = vmMachine();
    apply(m, { op: 'spawn', process: 0 }, ...FILLER);
    apply(m, { op: 'mapFile', process: 0, region: 0, file: 0, pages: 1 }, ...touches(0, 0, 0, 1));
    expect(fate(m, filePfn(m, 0))).toBe('activate referenced');
  });

  it('mapped and not young is unmapped and goes', () => {
    const m = vmMachine();
    apply(m, { op: 'spawn', process: 0 }, ...FILLER);
    apply(m, { op: 'mapFile', process: 0, region: 0, file: 0, pages: 1 }, ...touches(0, 0, 0, 1));
    const pfn = filePfn(m, 0);
    clearYoung(m, pfn);
    m.flags[pfn] = m.flags[pfn]! & ~FLAG.referenced;
    expect(fate(m, pfn)).toBe('drop');
    expect(counter(m, 'pteUnmaps')).toBe(1);
  });

  it('of an mlocked region goes to the active list', () => {
    const m = vmMachine();
    apply(m, { op: 'spawn', process: 0 }, ...FILLER);
    apply(m, { op: 'mapFile', process: 0, region: 0, file: 0, pages: 1 }, ...touches(0, 0, 0, 1));
    apply(m, { op: 'lock', process: 0, region: 0 });
    const pfn = filePfn(m, 0);
    clearYoung(m, pfn);
    m.flags[pfn] = m.flags[pfn]! & ~FLAG.referenced;
    expect(fate(m, pfn)).toBe('activate mlocked');
  });

  it('of a file somebody maps counts as in use even when this page is not mapped', () => {
    const m = vmMachine();
    apply(m, { op: 'spawn', process: 0 }, ...FILLER, {
      op: 'mapFile',
      process: 0,
      region: 0,
      file: 0,
      pages: 1,
    });
    expect(fate(m, filePfn(m, 7))).toBe('activate referenced');
  });

  it('anonymous without a swap slot to be had goes to the active list', () => {
    const m = vmMachine({ swapPages: 0 });
    const pfn = coldAnon(m);
    apply(m, ...FILLER);
    expect(fate(m, pfn)).toBe('activate noSwap');
  });

  it('anonymous is sent to swap in one pass and freed in the next', () => {
    const m = vmMachine();
    const pfn = coldAnon(m);
    apply(m, ...FILLER);
    expect(fate(m, pfn)).toBe('keep dirty');
    expect([counter(m, 'swapUsed'), counter(m, 'pagesSwapped'), m.mapcount[pfn]]).toEqual([1, 1, 0]);
    apply(m, { op: 'idle', dt: 1000 }, { op: 'createFile', file: 1, pages: 40 }, ...reads(1, 0, 40));
    expect(fate(m, pfn)).toBe('drop');
    expect(counter(m, 'swapUsed')).toBe(1);
  });

  it.each([
    ['keep referenced', 'kernel', {}],
    ['keep dirty', 'kernel', { cold: true }],
    ['keep needsFs', 'nofs', { cold: true }],
    ['keep pinned', 'kernel', { cold: true, pin: true }],
    ['keep queued', 'kernel', { cold: true, queue: true }],
  ] as const)(
    'that is a dirty file page: %s (GFP_%s, %j)',
    (expected, gfp, how: { cold?: true; pin?: true; queue?: true }) => {
      const m = vmMachine();
      apply(m, ...FILLER);
      if (how.queue) {
        apply(m, { op: 'createFile', file: 1, pages: 200 }, ...writes(1, 0, 150), { op: 'sync', pages: 500 });
        expect(counter(m, 'ioCount')).toBe(CONGESTION);
      }
      apply(m, ...writes(0, 0, 1));
      const pfn = filePfn(m, 0);
      if (how.pin) apply(m, { op: 'pin', file: 0, page: 0 });
      lruDel(m, pfn);
      lruAdd(m, pfn, false, true);
      m.flags[pfn] = (m.flags[pfn]! & ~FLAG.referenced) | (how.cold ? 0 : FLAG.referenced);
      expect(fate(m, pfn, gfp)).toBe(expected);
    },
  );

  it('pinned stays', () => {
    const m = vmMachine();
    apply(m, ...FILLER, { op: 'pin', file: 0, page: 0 });
    expect(fate(m, filePfn(m, 0))).toBe('keep pinned');
  });

  it('written by reclaim waits at the tail of inactive when its write ends', () => {
    const m = vmMachine();
    apply(m, ...FILLER, ...writes(0, 0, 1));
    const pfn = filePfn(m, 0);
    lruDel(m, pfn);
    lruAdd(m, pfn, false, true);
    m.flags[pfn] = m.flags[pfn]! & ~FLAG.referenced;
    expect(fate(m, pfn)).toBe('keep dirty');
    apply(m, { op: 'createFile', file: 1, pages: 8 }, ...reads(1, 0, 8));
    expect(zoneField(m, 0, Z.inactiveTail)).toBe(pfn);
    apply(m, { op: 'idle', dt: 1000 });
    expect(m.flags[pfn]! & (FLAG.writeback | FLAG.dirty | FLAG.reclaim)).toBe(0);
    expect(zoneField(m, 0, Z.inactiveTail)).toBe(pfn);
  });
});

describe('swap tendency', () => {
  it.each([
    [60, 40],
    [100, 8],
  ])('of swappiness %i leaves %i of 40 mapped pages active on an untroubled machine', (swappiness, left) => {
    const m = vmMachine({ swappiness });
    apply(
      m,
      { op: 'spawn', process: 0 },
      { op: 'mapAnon', process: 0, region: 0, pages: 40 },
      ...touches(0, 0, 0, 40),
    );
    for (const pfn of pfnsOfKind(m, PAGE.anon)) clearYoung(m, pfn);
    apply(m, { op: 'createFile', file: 0, pages: 160 }, ...reads(0, 0, 160));
    // twice: the first reclaim gathers 29 pages of the active list to look at, a batch is 32
    fate(m, 0);
    fate(m, 0);
    expect(zoneField(m, 0, Z.nrActive)).toBe(left);
  });
});

describe('the queue of writes', () => {
  it('ends writes in the order they were started, each a device time after the other', () => {
    const m = vmMachine();
    apply(m, { op: 'createFile', file: 0, pages: 8 }, ...writes(0, 0, 3), { op: 'sync', pages: 9 });
    const pfns = [0, 1, 2].map((page) => filePfn(m, page)).sort((a, b) => a - b);
    // 90 µs each on this device
    const ended = [89, 1, 90, 90].map((dt) =>
      only(apply(m, { op: 'idle', dt }), 'writebackEnd').map((e) => e.pfn),
    );
    expect(ended).toEqual([[], [pfns[0]], [pfns[1]], [pfns[2]]]);
  });

  it('takes no more than a congested device holds', () => {
    const m = vmMachine();
    apply(m, { op: 'createFile', file: 0, pages: 200 }, ...writes(0, 0, 150));
    expect(only(apply(m, { op: 'sync', pages: 500 }), 'writebackStart')).toHaveLength(CONGESTION);
  });
});

describe('second chance', () => {
  it('a second read of a page brings it to the active list', () => {
    const m = vmMachine();
    apply(m, { op: 'createFile', file: 0, pages: 2 }, ...reads(0, 0, 2));
    expect([zoneField(m, 0, Z.nrActive), zoneField(m, 0, Z.nrInactive)]).toEqual([0, 2]);
    apply(m, ...reads(0, 1, 2));
    expect([zoneField(m, 0, Z.nrActive), zoneField(m, 0, Z.activeHead)]).toEqual([1, filePfn(m, 1)]);
    expect(m.flags[filePfn(m, 1)]! & FLAG.referenced).toBe(0);
  });

  it('an object looked up again is passed over once by its shrinker', () => {
    const m = vmMachine();
    for (let object = 0; object < 20; object++) apply(m, { op: 'objectLookup', cache: 0, object });
    apply(m, { op: 'objectLookup', cache: 0, object: 0 });
    // two entries looked at: the first is put back at the head, the second freed
    expect(pruneObjects(m, 0, 2)).toBe(1);
    expect([m.objPlace[0] !== 0, m.objPlace[1] !== 0]).toEqual([true, false]);
    expect(m.objReferenced[0]).toBe(0);
    expect(pruneObjects(m, 0, 100)).toBe(19);
  });
});

describe('the arithmetic of shrink_slab', () => {
  it('carries what is less than a batch of 128: 639, 639 and 1278 more in three passes', () => {
    let debt = 0;
    const passes = [32, 0, 64].map((scanned) => {
      const delta = shrinkDelta(scanned || 32, 2, 10_000, 1000);
      const calls = Math.floor((debt + delta) / 128);
      debt = (debt + delta) % 128;
      return [delta, calls, debt];
    });
    expect(passes).toEqual([
      [639, 4, 127],
      [639, 5, 126],
      [1278, 10, 124],
    ]);
  });

  it('divides by seeks before it multiplies', () => {
    expect(shrinkDelta(1, 3, 1000, 0)).toBe(1000);
  });

  it('counts unused objects in hundreds', () => {
    expect([99, 100, 250].map(shrinkerCount)).toEqual([0, 100, 200]);
  });

  it('keeps the debt of a caller that may not enter the filesystem for the next one', () => {
    const m = vmMachine();
    for (let object = 0; object < 200; object++) apply(m, { op: 'objectLookup', cache: 0, object });
    m.objectCache[6] = 300;
    apply(m, ...FILLER);
    fate(m, 0, 'nofs');
    expect(counter(m, 'objectsFreed')).toBe(0);
    expect(m.objectCache[6]).toBeGreaterThanOrEqual(300);
    fate(m, 0);
    expect(counter(m, 'objectsFreed')).toBeGreaterThan(0);
    expect(m.objectCache[6]).toBeLessThan(128);
  });
});

describe('memory shared by fork', () => {
  const two = [
    { op: 'spawn', process: 0 },
    { op: 'mapAnon', process: 0, region: 0, pages: 4 },
    ...touches(0, 0, 0, 4),
    { op: 'fork', process: 0, child: 1 },
  ] as const;

  it('is one frame for both until one of them writes', () => {
    const m = vmMachine();
    apply(m, ...two);
    expect(pfnsOfKind(m, PAGE.anon).map((pfn) => m.mapcount[pfn])).toEqual([2, 2, 2, 2]);
    apply(m, { op: 'touch', process: 1, region: 0, page: 2, write: true });
    expect(counter(m, 'pagesCopied')).toBe(1);
    expect(
      pfnsOfKind(m, PAGE.anon)
        .map((pfn) => m.mapcount[pfn])
        .sort(),
    ).toEqual([1, 1, 2, 2, 2]);
    apply(m, { op: 'touch', process: 0, region: 0, page: 2, write: true });
    expect(counter(m, 'pagesCopied')).toBe(1);
  });

  it('lives on with the other when one exits', () => {
    const m = vmMachine();
    apply(m, ...two, { op: 'exit', process: 0 });
    expect(pfnsOfKind(m, PAGE.anon).map((pfn) => m.mapcount[pfn])).toEqual([1, 1, 1, 1]);
    apply(m, { op: 'exit', process: 1 });
    expect(pfnsOfKind(m, PAGE.anon)).toEqual([]);
  });

  it('comes back from swap once for both', () => {
    const m = plainMachine();
    apply(m, ...two);
    const slab = pfnsOfKind(m, PAGE.anon)[0]!;
    apply(m, { op: 'reclaimSlab', order: 3, slab });
    expect(counter(m, 'swapUsed')).toBe(4);
    apply(m, ...touches(0, 0, 0, 1));
    expect([counter(m, 'majorFaults'), counter(m, 'swapUsed')]).toEqual([1, 4]);
    apply(m, ...touches(1, 0, 0, 1));
    expect([counter(m, 'majorFaults'), counter(m, 'swapUsed')]).toEqual([1, 3]);
  });

  it('is copied for a writer while the other still has it in swap', () => {
    const m = plainMachine();
    apply(m, ...two);
    const slab = pfnsOfKind(m, PAGE.anon)[0]!;
    apply(m, { op: 'reclaimSlab', order: 3, slab });
    // process 0 has the page mapped, process 1's entry still names its swap slot: can_share_swap_page says no
    apply(m, { op: 'touch', process: 0, region: 0, page: 0, write: true });
    expect(counter(m, 'pagesCopied')).toBe(1);
  });
});

describe('files', () => {
  it('truncated lose their mapped pages too', () => {
    const m = vmMachine();
    apply(m, { op: 'spawn', process: 0 }, { op: 'createFile', file: 0, pages: 8 });
    apply(m, { op: 'mapFile', process: 0, region: 0, file: 0, pages: 8 }, ...touches(0, 0, 0, 8));
    apply(m, { op: 'truncate', file: 0, page: 2, pages: 3 });
    expect(pfnsOfKind(m, PAGE.file)).toHaveLength(5);
    expect(m.processRss[0]).toBe(5);
    apply(m, { op: 'deleteFile', file: 0 });
    expect([pfnsOfKind(m, PAGE.file).length, m.processRss[0], m.vmaKind[0]]).toEqual([0, 0, 0]);
  });

  it('dropped by dropCaches keep what is dirty, mapped or pinned; caches without a shrinker keep their objects', () => {
    const m = plainMachine({
      objectCaches: [
        { name: 'dentry', objectsPerSlab: 8, shrinker: true, seeks: 2 },
        { name: 'skb', objectsPerSlab: 8, shrinker: false, seeks: 2 },
      ],
    });
    apply(m, { op: 'createFile', file: 0, pages: 8 }, ...reads(0, 0, 6), ...writes(0, 6, 7));
    apply(m, { op: 'pin', file: 0, page: 1 }, { op: 'objectLookup', cache: 0, object: 1 });
    apply(m, { op: 'objectLookup', cache: 1, object: 2 }, { op: 'dropCaches' });
    expect(pfnsOfKind(m, PAGE.file).map((pfn) => m.index[pfn])).toEqual([1, 6]);
    expect([m.objPlace[1] !== 0, m.objPlace[2] !== 0]).toEqual([false, true]);
  });
});

describe('operations on what is not there', () => {
  it('are counted and change nothing else', () => {
    const m = vmMachine();
    const free = zoneField(m, 0, Z.freePages);
    apply(
      m,
      { op: 'free', id: 3 },
      { op: 'exit', process: 9 },
      { op: 'touch', process: 0, region: 0, page: 0 },
    );
    apply(
      m,
      ...reads(5, 0, 1),
      { op: 'objectPut', cache: 0, object: 4 },
      { op: 'unmap', process: 2, region: 1 },
    );
    apply(m, { op: 'fork', process: 0, child: 1 }, { op: 'objectGet', cache: 7, object: 1 });
    expect(counter(m, 'absentOperations')).toBe(8);
    expect(zoneField(m, 0, Z.freePages)).toBe(free);
  });
});
