import { describe, expect, it } from 'vitest';
import { actsFor } from '../../../src/analysis/inspect/acts.ts';
import { findPages } from '../../../src/analysis/inspect/find.ts';
import { runsOf } from '../../../src/analysis/inspect/look.ts';
import { whereIs } from '../../../src/analysis/inspect/where.ts';
import { C } from '../../../src/engine/counters.ts';
import { PAGE } from '../../../src/engine/frames.ts';
import { GFP_MASKS } from '../../../src/engine/gfp.ts';
import type { Machine } from '../../../src/engine/machine.ts';
import { smallConfig } from '../machines.ts';
import { apply, BUDDY, build, TWO_PROCESSES } from './build.ts';

const m = build([
  ...TWO_PROCESSES,
  { op: 'alloc', id: 12, order: 3, gfp: GFP_MASKS.kernel, tag: 'network' },
  { op: 'objectGet', cache: 0, object: 12 },
  { op: 'lock', process: 1, region: 1 },
  { op: 'pin', file: 0, page: 6 },
]);
const filePage = (page: number, of = m) => whereIs(of, { kind: 'file', file: 0, page }).pfn!;
const anonPage = (page: number) => whereIs(m, { kind: 'region', process: 0, region: 0, page }).pfn!;
const block = m.allocPfn[12]! - 1;
const slab = filePage(1) - (filePage(1) % 16);
const sorted = (...pfns: number[]) => runsOf(pfns.sort((a, b) => a - b));
const all = (kind: number, of: Machine = m) =>
  runsOf(Array.from(of.kind.keys()).filter((pfn) => of.kind[pfn] === kind));

describe('finding pages', () => {
  it.each<[string, { pfn: number; pages: number }[]]>([
    ['0x2c', [{ pfn: 44, pages: 1 }]],
    ['44', [{ pfn: 44, pages: 1 }]],
    ['  Page 0X2C ', [{ pfn: 44, pages: 1 }]],
    ['file 0', sorted(filePage(1), filePage(2), filePage(6))],
    ['file 0 page 2', sorted(filePage(2))],
    ['process 0 region 0', sorted(anonPage(0), anonPage(1), anonPage(2))],
    ['process 1 region 0  page 1', sorted(anonPage(1))],
    ['allocation 12', [{ pfn: block, pages: 8 }]],
    ['order 3 allocated', [{ pfn: block, pages: 8 }]],
    ['dentry 12', all(PAGE.objSlab)],
    ['dentry', all(PAGE.objSlab)],
    [`slab ${slab + 3}`, [{ pfn: slab, pages: 16 }]],
    ['order0-user', [{ pfn: slab, pages: 16 }]],
    ['mlocked', sorted(filePage(1), filePage(2))],
    ['dirty', sorted(filePage(2), anonPage(0), anonPage(1), anonPage(2))],
    ['pinned', sorted(filePage(6))],
    ['idle', all(PAGE.slabIdle)],
    ['boot', all(PAGE.boot)],
    ['page tables', all(PAGE.pageTable)],
    ['page table', all(PAGE.pageTable)],
    ['a page table', all(PAGE.pageTable)],
    ['kernel stack', all(PAGE.stack)],
    ['stack', all(PAGE.stack)],
    ['file page', all(PAGE.file)],
    ['object slab', all(PAGE.objSlab)],
    ['swapcache', []],
    ['under writeback', []],
    ['free', all(PAGE.free)],
  ])('%s', (query, runs) => {
    const found = findPages(m, query);
    expect(found.runs).toEqual(runs);
    expect(found.pages).toBe(runs.reduce((n, run) => n + run.pages, 0));
    expect(found).toMatchObject({ understood: true, runsOmitted: 0, query });
  });

  it('a whole process: its memory, its tables and its stack', () => {
    const pfns = new Set([m.processStack[0]! - 1, m.processTable[0]! - 1, filePage(1), filePage(2)]);
    for (let page = 0; page < 3; page++) pfns.add(anonPage(page));
    expect(findPages(m, 'process 0').runs).toEqual(sorted(...pfns));
  });

  it('free blocks by order: every order together is all that is free', () => {
    const counts = Array.from({ length: 7 }, (_, order) => findPages(m, `order ${order} free`).pages);
    expect(counts).toEqual(Array.from(m.freeCount, (n, order) => n << order));
  });

  it.each([
    ['0x100', 'Page 0x100 is outside the machine: expected 0x000 to 0x0ff'],
    ['1,024', 'Page 0x400 is outside the machine: expected 0x000 to 0x0ff'],
    ['process 9', 'Process 9 is not running'],
    ['process 0 region 5', 'Process 0 has no region 5'],
    ['file 0 page 3', 'File 0 page 3: not resident here: never read, or let go without a trace'],
    ['file 0 page 44', 'File 0 page 44: file 0 has 10 pages, numbered from 0'],
    ['file 4', 'File 4 does not exist'],
    ['allocation 3', 'Allocation 3 is not held: freed, failed or not yet asked for'],
    ['dentry 13', 'Dentry 13 does not exist'],
    ['slab 200', 'Page 0x0c8 is in no slab'],
    ['stranded', 'No page is stranded'],
    ['order 9 free', 'No page is free of order 9'],
    ['process 0 region 8 page 0', 'Process 0 region 8 page 0: process 0 has no region 8'],
  ])('says why there is nothing: %s', (query, message) => {
    expect(findPages(m, query)).toMatchObject({ runs: [], pages: 0, understood: true, message });
  });

  it.each([
    '',
    'hello',
    'process',
    'process x',
    '0x',
    '-3',
    '99999999999999999999',
    'file 0 page',
    '__proto__',
    'constructor',
  ])('says what it understands: %j', (query) => {
    const found = findPages(m, query);
    expect(found).toMatchObject({ runs: [], understood: false });
    expect(found.message).toMatch(/ is not understood: try 0x2c0, 704, process 7/);
  });

  it('tells no more runs than asked for, and counts the rest', () => {
    const found = findPages(m, 'dirty', 1);
    expect(found.runs).toHaveLength(1);
    expect(found.runsOmitted).toBe(findPages(m, 'dirty').runs.length - 1);
    expect(found.pages).toBe(4);
  });
});

describe('where a page is', () => {
  const shared = [
    { op: 'spawn', process: 0 },
    { op: 'mapAnon', process: 0, region: 0, pages: 4 },
    { op: 'touch', process: 0, region: 0, page: 2 },
    { op: 'createFile', file: 0, pages: 4 },
    { op: 'readFile', file: 0, page: 1 },
  ] as const;
  const anon = { kind: 'region', process: 0, region: 0, page: 2 } as const;
  const file = { kind: 'file', file: 0, page: 1 } as const;

  it('is followed through eviction and swap, and back', () => {
    const moving = build(shared);
    const pfn = whereIs(moving, anon).pfn!;
    expect(whereIs(moving, file).pfn).toBe(pfn - 1);
    apply(moving, { op: 'reclaimSlab', order: 4, slab: pfn });
    expect(whereIs(moving, file)).toMatchObject({
      pfn: null,
      reason: 'not resident here: evicted by step 6',
      evictedAt: 6,
    });
    expect(whereIs(moving, anon)).toMatchObject({
      pfn: null,
      reason: 'not resident here: swapped out to slot 0',
      ownerText: 'process 0 region 0 page 2',
    });
    expect(whereIs(moving, { ...anon, page: 0 }).reason).toBe('not resident here: never touched, or let go');
    apply(moving, { op: 'touch', process: 0, region: 0, page: 2 }, { op: 'readFile', file: 0, page: 1 });
    expect(moving.kind[whereIs(moving, anon).pfn!]).toBe(PAGE.anon);
    expect(moving.counters[C.refaults]).toBe(2);
    apply(moving, { op: 'exit', process: 0 }, { op: 'deleteFile', file: 0 });
    expect(whereIs(moving, anon).reason).toBe('process 0 is not running');
    expect(whereIs(moving, file).reason).toBe('file 0 does not exist');
  });

  it('is the same thing under another policy, at another frame', () => {
    const config = smallConfig();
    const [slabs, buddy] = [build(shared, config), build(shared, BUDDY)];
    for (const owner of [anon, file]) {
      const there = whereIs(slabs, owner).pfn!;
      const here = whereIs(buddy, owner).pfn!;
      expect(here).not.toBe(there);
      expect(buddy.owner[here]).toBe(slabs.owner[there]);
    }
  });

  it('tells a file page that this process does not map', () => {
    const owner = { kind: 'region', process: 0, region: 1, page: 1 } as const;
    const mapped = build([...shared, { op: 'mapFile', process: 0, region: 1, file: 0, pages: 4 }]);
    expect(whereIs(mapped, owner)).toMatchObject({
      pfn: filePage(1, mapped),
      reason: 'in the page cache, not mapped by this process',
    });
  });
});

describe('what may be done', () => {
  it('is not offered where it cannot be, with the reason', () => {
    const act = (of: Machine, pfn: number, id: string) => actsFor(of, pfn).find((one) => one.id === id);
    expect(act(m, filePage(6), 'unpin')).toMatchObject({
      disabled: null,
      operation: { op: 'unpin', file: 0, page: 6 },
    });
    expect(act(m, filePage(1), 'unpin')).toMatchObject({
      operation: null,
      disabled: 'it has no extra reference',
    });
    expect(act(m, filePage(1), 'sync')).toMatchObject({ disabled: 'it is clean' });
    expect(act(m, anonPage(0), 'evict')!.disabled).toMatch(/no call evicts one page/);
    expect(act(m, anonPage(0), 'write')!.foresees).toMatch(/a copy of its own/);
    expect(act(m, filePage(1), 'reclaimSlab')!.foresees).toBe('it will be refused: 2 mlocked');
    expect(act(m, m.processStack[0]! - 1, 'reclaimSlab')!.disabled).toMatch(
      /order0-knoreclaim is never reclaimed/,
    );
    const other = build(TWO_PROCESSES, BUDDY);
    expect(act(other, filePage(1, other), 'reclaimSlab')!.disabled).toBe('buddy-2.6 has no slabs');
  });
});
