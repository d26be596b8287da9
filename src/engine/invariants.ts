/**
 * Everything the machine promises about itself, rebuilt from scratch and compared: an independent look at the same
 * columns. Called after every operation in tests and at the end of a run.
 */
import { NONE } from '../base/units.ts';
import { freeListPfns } from './buddy.ts';
import { C } from './counters.ts';
import { ALLOCATED, FLAG, NO_HEAD, PAGE, PAGE_NAMES } from './frames.ts';
import { CACHE_FIELDS, K, type Machine, O, Z } from './machine.ts';
import { objectField, rowStride } from './objects/object-slab.ts';
import { cacheField, LIST } from './order0/slab-list.ts';
import { findFilePage } from './user/page-cache.ts';
import { isPresent, isSwapped, PTE_VALUE } from './user/pte.ts';
import { zoneField, zoneOf } from './zone.ts';

class Broken extends Error {}

function expect(condition: boolean, detail: () => string): void {
  if (!condition) throw new Broken(detail());
}

/** Null when every invariant holds, else one line that names the first that does not. */
export function checkInvariants(m: Machine): string | null {
  try {
    const seen = new Uint8Array(m.config.pages);
    checkFreeLists(m, seen);
    checkPcpLists(m, seen);
    checkLru(m, seen);
    if (m.config.policy.name === 'order0-slab') checkCaches(m, seen);
    checkEntries(m);
    checkFiles(m);
    checkSwap(m);
    checkKernel(m);
    checkObjects(m);
    checkTotals(m, seen);
    return null;
  } catch (error) {
    if (error instanceof Broken) return error.message;
    throw error;
  }
}

function mark(m: Machine, seen: Uint8Array, pfn: number, list: string): void {
  expect(pfn < m.config.pages, () => `${list}: page ${pfn} is outside the machine`);
  expect(seen[pfn] === 0, () => `page ${pfn} is on two lists, the second is ${list}`);
  seen[pfn] = 1;
}

function checkFreeLists(m: Machine, seen: Uint8Array): void {
  for (let z = 0; z < m.config.zones.length; z++) {
    const { start, end } = m.config.zones[z]!;
    let pages = 0;
    for (let order = 0; order <= m.config.maxOrder; order++) {
      const list = z * (m.config.maxOrder + 1) + order;
      const pfns = freeListPfns(m, z, order, m.config.pages + 1);
      expect(
        pfns.length === m.freeCount[list],
        () => `zone ${z} order ${order}: ${pfns.length} blocks listed, ${m.freeCount[list]} counted`,
      );
      expect(
        (pfns.at(-1) ?? NONE) === m.freeTail[list],
        () => `zone ${z} order ${order}: tail does not end the list`,
      );
      for (const pfn of pfns) {
        const size = 1 << order;
        expect(pfn % size === 0, () => `free block ${pfn} of order ${order} is not aligned`);
        expect(
          pfn >= start && pfn + size <= end,
          () => `free block ${pfn} of order ${order} leaves zone ${z}`,
        );
        const buddy = pfn ^ size;
        const buddyFree =
          order < m.config.maxOrder &&
          buddy >= start &&
          buddy + size <= end &&
          m.order[buddy] === order &&
          m.kind[buddy] === PAGE.free;
        expect(!buddyFree, () => `free blocks ${pfn} and ${buddy} of order ${order} are unmerged buddies`);
        for (let p = pfn; p < pfn + size; p++) {
          mark(m, seen, p, 'a free list');
          expect(
            m.kind[p] === PAGE.free,
            () => `page ${p} of free block ${pfn} is ${PAGE_NAMES[m.kind[p]!]}`,
          );
          if (p > pfn)
            expect(m.order[p] === NO_HEAD, () => `page ${p} inside free block ${pfn} has a head mark`);
        }
        pages += size;
      }
    }
    expect(
      pages === zoneField(m, z, Z.freePages),
      () => `zone ${z}: ${pages} pages on free lists, ${zoneField(m, z, Z.freePages)} counted`,
    );
  }
}

function checkPcpLists(m: Machine, seen: Uint8Array): void {
  for (let list = 0; list < m.pcpHead.length; list++) {
    let n = 0;
    let prev = NONE;
    for (let pfn = m.pcpHead[list]!; pfn !== NONE; pfn = m.next[pfn]!) {
      mark(m, seen, pfn, 'a per-CPU list');
      expect(m.kind[pfn] === PAGE.pcp, () => `page ${pfn} on a per-CPU list is ${PAGE_NAMES[m.kind[pfn]!]}`);
      expect(m.prev[pfn] === prev, () => `page ${pfn} on a per-CPU list has a wrong back link`);
      prev = pfn;
      n++;
    }
    expect(
      m.pcpTail[list] === prev && n === m.pcpCount[list],
      () => `per-CPU list ${list}: ${n} pages, ${m.pcpCount[list]} counted`,
    );
  }
}

function checkLru(m: Machine, seen: Uint8Array): void {
  for (let z = 0; z < m.config.zones.length; z++) {
    for (const active of [true, false]) {
      let n = 0;
      let prev = NONE;
      for (
        let pfn = zoneField(m, z, active ? Z.activeHead : Z.inactiveHead);
        pfn !== NONE;
        pfn = m.next[pfn]!
      ) {
        mark(m, seen, pfn, active ? 'the active list' : 'the inactive list');
        const flags = m.flags[pfn]!;
        expect(
          (flags & FLAG.lru) !== 0 && ((flags & FLAG.active) !== 0) === active,
          () => `page ${pfn}: flags disagree with its LRU list`,
        );
        expect(
          m.kind[pfn] === PAGE.anon || m.kind[pfn] === PAGE.file,
          () => `page ${pfn} on the LRU is ${PAGE_NAMES[m.kind[pfn]!]}`,
        );
        expect(
          zoneOf(m.config, pfn) === z && m.prev[pfn] === prev,
          () => `page ${pfn}: wrong zone or back link on the LRU`,
        );
        prev = pfn;
        n++;
      }
      const counted = zoneField(m, z, active ? Z.nrActive : Z.nrInactive);
      expect(
        n === counted && prev === zoneField(m, z, active ? Z.activeTail : Z.inactiveTail),
        () => `zone ${z}: ${n} pages on the ${active ? 'active' : 'inactive'} list, ${counted} counted`,
      );
    }
  }
}

function checkCaches(m: Machine, seen: Uint8Array): void {
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

/** Map counts from the page tables, resident sizes, swap users. */
function checkEntries(m: Machine): void {
  const maps = new Uint16Array(m.config.pages);
  const swapUsers = new Uint16Array(m.config.swapPages);
  const rss = new Uint32Array(m.processAlive.length);
  let mapped = 0;
  for (let vma = 0; vma < m.vmaKind.length; vma++) {
    if (m.vmaKind[vma] === 0) continue;
    for (let i = 0; i < m.vmaPages[vma]!; i++) {
      const pte = m.pte[m.vmaPte[vma]! + i]!;
      if (isSwapped(pte)) swapUsers[pte & PTE_VALUE]!++;
      if (!isPresent(pte)) continue;
      const pfn = pte & PTE_VALUE;
      if (maps[pfn]!++ === 0) mapped++;
      rss[Math.floor(vma / 8)]!++;
      const ours = m.index[pfn] === i && m.owner[pfn] === m.vmaObject[vma];
      expect(
        ours,
        () => `region ${vma} page ${i} maps page ${pfn}, which belongs to ${m.owner[pfn]}:${m.index[pfn]}`,
      );
    }
  }
  for (let p = 0; p < m.config.pages; p++)
    expect(
      maps[p] === m.mapcount[p],
      () => `page ${p}: ${maps[p]} entries map it, mapcount ${m.mapcount[p]}`,
    );
  for (let s = 0; s < m.config.swapPages; s++) {
    const users = swapUsers[s]! + (m.swapPage[s] !== 0 ? 1 : 0);
    expect(users === m.swapCount[s], () => `swap slot ${s}: ${users} users, ${m.swapCount[s]} counted`);
  }
  expect(
    mapped === m.counters[C.memoryMapped],
    () => `${mapped} pages mapped, ${m.counters[C.memoryMapped]} counted`,
  );
  for (let p = 0; p < rss.length; p++)
    expect(
      rss[p] === m.processRss[p],
      () => `process ${p}: ${rss[p]} pages resident, ${m.processRss[p]} counted`,
    );
}

function checkFiles(m: Machine): void {
  let resident = 0;
  for (let file = 0; file < m.fileAlive.length; file++) {
    if (!m.fileAlive[file]) continue;
    for (let i = 0; i < m.filePages[file]!; i++) {
      const pfn = findFilePage(m, file, i);
      if (pfn < 0) continue;
      resident++;
      expect(
        m.kind[pfn] === PAGE.file && m.owner[pfn] === file && m.index[pfn] === i,
        () => `file ${file} page ${i} says page ${pfn}, which disagrees`,
      );
    }
  }
  let pages = 0;
  for (let p = 0; p < m.config.pages; p++) if (m.kind[p] === PAGE.file) pages++;
  expect(pages === resident, () => `${pages} file pages, ${resident} in the page cache`);
}

function checkSwap(m: Machine): void {
  let used = 0;
  for (let s = 0; s < m.config.swapPages; s++) {
    if (m.swapCount[s]! > 0) used++;
    const page = m.swapPage[s]!;
    if (page !== 0)
      expect(
        (m.flags[page - 1]! & FLAG.swapCache) !== 0,
        () => `swap slot ${s} names page ${page - 1}, which is not in the swap cache`,
      );
  }
  expect(used === m.counters[C.swapUsed], () => `${used} swap slots used, ${m.counters[C.swapUsed]} counted`);
  const cached = m.swapPage.reduce((n, page) => n + (page !== 0 ? 1 : 0), 0);
  let inCache = 0;
  for (let p = 0; p < m.config.pages; p++) {
    if (m.flags[p]! & FLAG.swapCache) inCache++;
    if (m.kind[p] !== PAGE.anon) continue;
    const reachable = m.mapcount[p]! > 0 || (m.flags[p]! & FLAG.swapCache) !== 0;
    expect(reachable, () => `anonymous page ${p} is neither mapped nor in the swap cache`);
  }
  expect(cached === inCache, () => `${cached} swap cache slots, ${inCache} pages marked`);
}

function checkKernel(m: Machine): void {
  for (let id = 0; id < m.allocPfn.length; id++) {
    const pfn = m.allocPfn[id]! - 1;
    if (pfn < 0) continue;
    for (let i = 0; i < 1 << m.allocOrder[id]!; i++) {
      expect(
        m.owner[pfn + i] === id && m.index[pfn + i] === i,
        () => `allocation ${id} page ${pfn + i} belongs to ${m.owner[pfn + i]}`,
      );
    }
    if (m.allocOrder[id]! > 0)
      expect(
        m.order[pfn] === (ALLOCATED | m.allocOrder[id]!),
        () => `allocation ${id}: head mark of page ${pfn} is wrong`,
      );
  }
}

function checkObjects(m: Machine): void {
  const stride = rowStride(m);
  for (let cache = 0; cache < m.config.objectCaches.length; cache++) {
    let slabs = 0;
    let objects = 0;
    let unused = 0;
    for (let row = 0; row < m.objSlabPfn.length; row++) {
      const pfn = m.objSlabPfn[row]! - 1;
      if (pfn < 0 || m.owner[pfn] !== cache) continue;
      slabs++;
      let inUse = 0;
      for (let i = 0; i < stride; i++) {
        const object = m.objSlabObject[row * stride + i]! - 1;
        if (object < 0) continue;
        inUse++;
        if (m.objRefs[object] === 0) unused++;
        expect(m.objPlace[object] === row * stride + i + 1, () => `object ${object} and its place disagree`);
      }
      expect(
        inUse > 0 && inUse === m.objSlabInUse[row],
        () => `object slab ${row}: ${inUse} objects, ${m.objSlabInUse[row]} counted`,
      );
      expect(
        m.kind[pfn] === PAGE.objSlab && m.index[pfn] === row,
        () => `object slab ${row} says page ${pfn}, which is ${PAGE_NAMES[m.kind[pfn]!]}`,
      );
      objects += inUse;
    }
    let listed = 0;
    for (let o = objectField(m, cache, O.lruHead); o !== NONE; o = m.objNext[o]!) listed++;
    expect(
      slabs === objectField(m, cache, O.slabs) && objects === objectField(m, cache, O.inUse),
      () => `object cache ${cache}: ${slabs} slabs and ${objects} objects found`,
    );
    expect(
      unused === listed && unused === objectField(m, cache, O.unused),
      () => `object cache ${cache}: ${unused} unused, ${listed} listed`,
    );
  }
}

/** Every managed page is free, idle, parked, on a per-CPU list or in use, and zones' sums agree. */
function checkTotals(m: Machine, seen: Uint8Array): void {
  const counts = new Array<number>(16).fill(0);
  for (let p = 0; p < m.config.pages; p++) {
    const kind = m.kind[p]!;
    counts[kind]!++;
    const listed = kind === PAGE.free || kind === PAGE.pcp || kind === PAGE.slabIdle;
    if (listed) expect(seen[p] === 1, () => `page ${p} is ${PAGE_NAMES[kind]} but on no list`);
    if (kind === PAGE.anon || kind === PAGE.file)
      expect((m.flags[p]! & FLAG.lru) !== 0, () => `page ${p} is ${PAGE_NAMES[kind]} but not on the LRU`);
  }
  let managed = 0;
  for (let z = 0; z < m.config.zones.length; z++) managed += zoneField(m, z, Z.managed);
  const all = counts.reduce((sum, n) => sum + n, 0) - counts[PAGE.hole]! - counts[PAGE.boot]!;
  expect(all === managed, () => `${all} pages of known kinds, ${managed} managed`);
}
