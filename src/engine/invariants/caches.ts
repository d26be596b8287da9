/** The order-0 caches: slabs, chains, arrays. */
import { NONE } from '../../base/units.ts';
import { FLAG, PAGE } from '../frames.ts';
import { CACHE_FIELDS, K, type Machine } from '../machine.ts';
import { cacheField, LIST } from '../order0/slab-list.ts';
import { expect, mark } from './expect.ts';

export function checkCaches(m: Machine, seen: Uint8Array): void {
  const parked = new Uint8Array(m.config.pages);
  collectParked(m, parked);
  const order = m.config.slabOrder;
  for (let c = 0; c < m.cache.length / CACHE_FIELDS; c++) {
    let free = 0;
    for (const [list, head, count] of [
      [LIST.partial, K.partialHead, K.partialSlabs],
      [LIST.full, K.fullHead, K.fullSlabs],
      [LIST.free, K.freeHead, K.freeSlabs],
    ] as const) {
      let n = 0;
      for (let slab = cacheField(m, c, head); slab !== NONE; slab = m.slabNext[slab]!) {
        expect(
          m.slabCache[slab] === c + 1 && m.slabList[slab] === list,
          () => `slab ${slab} is on list ${list} of cache ${c} but says otherwise`,
        );
        free += checkSlab(m, slab, parked, seen);
        const inUse = m.slabInUse[slab]!;
        const right =
          list === LIST.free
            ? inUse === 0
            : list === LIST.full
              ? inUse === 1 << order
              : inUse > 0 && inUse < 1 << order;
        expect(right, () => `slab ${slab} with ${inUse} pages in use is on list ${list}`);
        n++;
      }
      expect(
        n === cacheField(m, c, count),
        () => `cache ${c} list ${list}: ${n} slabs, ${cacheField(m, c, count)} counted`,
      );
    }
    expect(
      free === cacheField(m, c, K.freeObjects),
      () => `cache ${c}: ${free} free objects, ${cacheField(m, c, K.freeObjects)} counted`,
    );
  }
  for (let p = 0; p < m.config.pages; p++) {
    const isParked = m.kind[p] === PAGE.slabParked;
    expect(isParked === (parked[p] === 1), () => `page ${p}: parked mark and arrays disagree`);
    const inSlab = m.slabCache[p >>> order] !== 0;
    expect(
      ((m.flags[p]! & FLAG.inSlab) !== 0) === inSlab,
      () => `page ${p}: inSlab flag and slab table disagree`,
    );
  }
}

function collectParked(m: Machine, parked: Uint8Array): void {
  const { limit, shared } = m.config.arrays;
  const add = (pfn: number): void => {
    expect(parked[pfn] === 0, () => `page ${pfn} is parked twice`);
    parked[pfn] = 1;
  };
  for (let a = 0; a < m.arrayCount.length; a++) {
    for (let i = 0; i < limit; i++) {
      const pfn = m.arrayEntries[a * limit + i]!;
      if (i < m.arrayCount[a]!) add(pfn);
      else expect(pfn === 0, () => `array ${a}: entry ${i} beyond its count is not cleared`);
    }
  }
  for (let c = 0; c < m.cache.length / CACHE_FIELDS; c++) {
    for (let i = 0; i < cacheField(m, c, K.sharedCount); i++)
      add(m.sharedEntries[c * Math.max(1, shared) + i]!);
  }
}

/** Free objects of one slab, its chain compared with its pages. */
function checkSlab(m: Machine, slab: number, parked: Uint8Array, seen: Uint8Array): number {
  const first = slab << m.config.slabOrder;
  const pages = 1 << m.config.slabOrder;
  let chain = 0;
  for (let pfn = m.slabFree[slab]!; pfn !== NONE; pfn = m.next[pfn]!) {
    mark(m, seen, pfn, `the chain of slab ${slab}`);
    expect(
      pfn >= first && pfn < first + pages && m.kind[pfn] === PAGE.slabIdle && !parked[pfn],
      () => `page ${pfn} does not belong on the chain of slab ${slab}`,
    );
    chain++;
  }
  let idle = 0;
  for (let p = first; p < first + pages; p++) if (m.kind[p] === PAGE.slabIdle) idle++;
  expect(
    chain === idle && chain + m.slabInUse[slab]! === pages,
    () => `slab ${slab}: ${chain} on its chain, ${idle} idle, ${m.slabInUse[slab]} in use`,
  );
  return chain;
}
