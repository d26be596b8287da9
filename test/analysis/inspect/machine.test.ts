import { describe, expect, it } from 'vitest';
import { inspect } from '../../../src/analysis/inspect/inspect.ts';
import { C } from '../../../src/engine/counters.ts';
import { PAGE } from '../../../src/engine/frames.ts';
import { K } from '../../../src/engine/machine.ts';
import { cacheField } from '../../../src/engine/order0/slab-list.ts';
import { BUDDY, build, look, TWO_PROCESSES } from './build.ts';

describe('the machine', () => {
  it('shows per-CPU arrays, oldest first, and the shared one', () => {
    const m = build([
      ...TWO_PROCESSES,
      ...Array.from({ length: 9 }, (_, page) => ({ op: 'readFile', file: 0, page, cpu: 1 }) as const),
      { op: 'deleteFile', file: 0, cpu: 1 },
    ]);
    const report = look(m, { view: 'cpus' });
    if (report.kind !== 'arrays') throw new Error('expected arrays');
    const user = report.caches[0]!;
    expect(user).toMatchObject({ name: 'order0-user', zone: 'Normal' });
    expect(user.cpus.map((array) => array.entries.length)).toEqual([m.arrayCount[0], m.arrayCount[1]]);
    expect(user.shared!.entries.length).toBe(cacheField(m, 0, K.sharedCount));
    const all = [...user.cpus, user.shared!].flatMap((array) => array.entries);
    expect(all.length).toBeGreaterThan(6);
    expect(all.every((pfn) => m.kind[pfn] === PAGE.slabParked)).toBe(true);
    for (const pfn of all) {
      const page = look(m, { view: 'page', pfn });
      if (page.kind !== 'slabParked') throw new Error('expected a parked page');
      const { cpu, place, of } = page.array!;
      const entries = cpu === null ? user.shared!.entries : user.cpus[cpu]!.entries;
      expect(entries[of - place]).toBe(pfn);
    }
    expect(report.hits).toBe(m.counters[C.arrayHits]);
  });

  it("shows 2.6.9's hot and cold lists", () => {
    const m = build([...TWO_PROCESSES, { op: 'deleteFile', file: 0 }], BUDDY);
    const report = look(m, { view: 'cpus' });
    if (report.kind !== 'lists') throw new Error('expected lists');
    const { hot } = report.zones[0]!.cpus[0]!;
    expect(hot).toMatchObject({ low: 2, high: 6, batch: 1 });
    expect(hot.pfns[0]).toBe(m.pcpHead[0]);
    expect(look(m, { view: 'page', pfn: hot.pfns[0]! })).toMatchObject({
      kind: 'pcp',
      list: { cpu: 0, cold: false, place: 1, of: hot.pfns.length },
    });
    expect(inspect(m, { view: 'caches' })).toMatchObject({ reason: 'buddy-2.6 has no slabs' });
  });

  it('shows the three caches, whose pages are all accounted for', () => {
    const m = build([...TWO_PROCESSES, { op: 'objectGet', cache: 0, object: 1 }]);
    const { caches, objectCaches } = look(m, { view: 'caches' });
    expect(caches.map((cache) => cache.name)).toEqual([
      'order0-user',
      'order0-kreclaim',
      'order0-knoreclaim',
    ]);
    for (const cache of caches) {
      const slabs = cache.full.slabs + cache.partial.slabs + cache.free.slabs;
      expect(slabs).toBe(1);
      expect(cache.inUse + cache.idle + cache.parked).toBe(16);
      expect(cache.growths).toBe(1);
    }
    expect(caches[2]!.inUse).toBe(4);
    expect(objectCaches).toMatchObject([{ name: 'dentry', slabs: 1, objects: 1, unused: 0 }]);
  });

  it('shows zones, and the LRU from its coldest page', () => {
    const m = build(TWO_PROCESSES);
    const { zones } = look(m, { view: 'zones' });
    const free = m.kind.filter((kind) => kind === PAGE.free).length;
    expect(zones).toMatchObject([
      {
        name: 'Normal',
        present: 256,
        managed: 252,
        free,
        active: 3,
        inactive: 3,
        reaches: 'high',
        scanCursor: 0,
      },
    ]);
    const { lists } = look(m, { view: 'lru' });
    expect(lists.map(({ list, pages }) => [list, pages])).toEqual([
      ['inactive', 3],
      ['active', 3],
    ]);
    expect(lists[0]!.sample.map((one) => [one.fromCold, one.what, one.lastTouch])).toEqual([
      [1, 'file 0 page 1', 8],
      [2, 'file 0 page 2', 9],
      [3, 'file 0 page 6', 10],
    ]);
    const thin = look(m, { view: 'lru', limit: 2 }).lists[1]!.sample;
    expect(thin.map((one) => one.fromCold)).toEqual([1, 3]);
  });
});
