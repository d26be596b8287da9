/** Folios of the page cache: one aligned block each, an aligned run of one file, on the LRU by its first page alone. */
import { FLAG, PAGE } from '../frames.ts';
import type { Machine } from '../machine.ts';
import { folioOrder } from '../user/folio.ts';
import { expect } from './expect.ts';

/** Marks that all pages of a folio have alike, and those that only its first has. */
const SHARED = FLAG.dirty | FLAG.writeback;
const HEAD_ONLY = FLAG.lru | FLAG.active | FLAG.referenced | FLAG.reclaim;

export function checkFolios(m: Machine): void {
  for (let pfn = 0; pfn < m.config.pages; pfn++) {
    const order = folioOrder(m, pfn);
    if (order > 0) checkFolio(m, pfn, order);
  }
}

function checkFolio(m: Machine, head: number, order: number): void {
  const size = 1 << order;
  const most = m.config.pageCache?.order ?? 0;
  expect(order <= most, () => `folio ${head} is of order ${order}, the page cache has ${most} at most`);
  expect(
    head % size === 0 && m.index[head]! % size === 0,
    () => `folio ${head} of order ${order} holds page ${m.index[head]} on: one of them is not aligned`,
  );
  for (let pfn = head + 1; pfn < head + size; pfn++) {
    const same = m.kind[pfn] === PAGE.file && m.owner[pfn] === m.owner[head];
    expect(
      same && m.index[pfn] === m.index[head]! + pfn - head,
      () => `page ${pfn} of folio ${head} holds page ${m.index[pfn]} of owner ${m.owner[pfn]}`,
    );
    expect(
      (m.flags[pfn]! & SHARED) === (m.flags[head]! & SHARED) && (m.flags[pfn]! & HEAD_ONLY) === 0,
      () => `page ${pfn} of folio ${head} has flags ${m.flags[pfn]}, its first page ${m.flags[head]}`,
    );
  }
}
