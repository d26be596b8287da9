/** What page tables, files, swap slots and kernel allocations say of pages, and the pages of them. */
import { NONE } from '../../base/units.ts';
import { C } from '../counters.ts';
import { ALLOCATED, FLAG, PAGE, PAGE_NAMES } from '../frames.ts';
import type { Machine } from '../machine.ts';
import { P, POOL_FIELDS, POOL_MOST, POOL_OWNER, poolField } from '../mempool.ts';
import { findFilePage } from '../user/page-cache.ts';
import { isPresent, isSwapped, PTE_VALUE } from '../user/pte.ts';
import { expect } from './expect.ts';

/** Map counts from the page tables, resident sizes, swap users. */
export function checkEntries(m: Machine): void {
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

export function checkFiles(m: Machine): void {
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

export function checkSwap(m: Machine): void {
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

export function checkKernel(m: Machine): void {
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

/** A mempool's reserve: no more than min_nr elements, all of them the pool's; who sleeps does so because it is empty. */
function checkPool(m: Machine, pool: number, own: (pfn: number, pages: number) => void): void {
  const [minNr, order, currNr, waiting] = [P.minNr, P.order, P.currNr, P.waiting].map((field) =>
    poolField(m, pool, field),
  ) as [number, number, number, number];
  expect(currNr <= minNr, () => `mempool ${pool}: ${currNr} elements in reserve, min_nr ${minNr}`);
  expect(
    waiting === 0 || currNr === 0,
    () => `mempool ${pool}: ${waiting} sleep while ${currNr} are in reserve`,
  );
  for (let i = 0; i < POOL_MOST; i++) {
    const pfn = (m.poolElements[pool * POOL_MOST + i] ?? 0) - 1;
    const sleeper = m.poolWaiters[pool * POOL_MOST + i] ?? 0;
    expect(pfn >= 0 === i < currNr, () => `mempool ${pool}: place ${i} and ${currNr} elements disagree`);
    expect(
      (sleeper !== 0) === i < waiting,
      () => `mempool ${pool}: place ${i} and ${waiting} sleepers disagree`,
    );
    if (pfn < 0) continue;
    own(pfn, 1 << order);
    expect(m.owner[pfn] === POOL_OWNER, () => `element ${pfn} of mempool ${pool} belongs to ${m.owner[pfn]}`);
  }
}

/** A fork is kept while both live, and no process was forked from itself. */
export function checkForks(m: Machine): void {
  for (let process = 0; process < m.processAlive.length; process++) {
    const [parent, forked] = m.processFork.subarray(2 * process, 2 * process + 2);
    expect(
      parent === 0
        ? forked === 0
        : m.processAlive[process] === 1 && m.processAlive[parent! - 1] === 1 && parent! - 1 !== process,
      () => `process ${process} was forked from ${parent! - 1} at ${forked}, and one of them has gone`,
    );
  }
}

/** Every kernel page is some process's table or stack, an allocation's, or a descriptor page: none is forgotten. */
export function checkKernelPages(m: Machine): void {
  const owned = new Uint8Array(m.config.pages);
  const own = (pfn: number, pages: number): void => {
    for (let p = pfn; p < pfn + pages; p++) {
      expect(owned[p] === 0, () => `kernel page ${p} has two owners`);
      owned[p] = 1;
    }
  };
  for (let process = 0; process < m.processAlive.length; process++) {
    if (m.processTable[process] !== 0) own(m.processTable[process]! - 1, 1);
    if (m.processStack[process] !== 0) own(m.processStack[process]! - 1, 1 << m.config.stackOrder);
  }
  for (const pfn of m.pageTables) if (pfn !== 0) own(pfn - 1, 1);
  for (let id = 0; id < m.allocPfn.length; id++) {
    if (m.allocPfn[id] !== 0) own(m.allocPfn[id]! - 1, 1 << m.allocOrder[id]!);
  }
  for (let pool = 0; pool < m.pool.length / POOL_FIELDS; pool++) checkPool(m, pool, own);
  let descriptor = m.counters[C.descriptorHead] === 0 ? NONE : m.counters[C.descriptorHead]! - 1;
  for (; descriptor !== NONE; descriptor = m.next[descriptor]!) own(descriptor, 1);
  for (let p = 0; p < m.config.pages; p++) {
    const kind = m.kind[p]!;
    const kernel = kind >= PAGE.kmalloc && kind <= PAGE.highOrder;
    expect(
      kernel === (owned[p] === 1),
      () =>
        `page ${p} is ${PAGE_NAMES[kind]}, but ${owned[p] ? 'is owned as kernel memory' : 'nothing owns it'}`,
    );
  }
}
