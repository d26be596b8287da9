import { describe, expect, it } from 'vitest';
import type { MachineConfig } from '../../src/engine/config.ts';
import { FLAG, PAGE } from '../../src/engine/frames.ts';
import type { Machine } from '../../src/engine/machine.ts';
import { AVAILABLE_POLICIES } from '../../src/engine/policy/table.ts';
import { findFilePage } from '../../src/engine/user/page-cache.ts';
import { apply, counter, only, pfnsOfKind, plainMachine, reads, touches } from './support.ts';

type PageCache = NonNullable<MachineConfig['pageCache']>;

/** 128 pages in one zone without marks, folios of order 3; a file of 62 pages, so that its last run is cut short. */
function machine(
  change: Partial<PageCache> = {},
  name: (typeof AVAILABLE_POLICIES)[number] = 'buddy-2.6',
): Machine {
  const m = plainMachine({
    pages: 128,
    zones: [{ name: 'Normal', start: 0, end: 128, min: 0 }],
    objectCaches: [],
    pageCache: { order: 3, fallback: 'smaller', ...change },
    policyChange: { name },
  });
  apply(m, { op: 'createFile', file: 0, pages: 62 });
  return m;
}

const frames = (m: Machine, from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => findFilePage(m, 0, from + i));

/** Every other page of memory is the kernel's: no two free pages are buddies. */
function shatter(m: Machine): void {
  const ids = Array.from({ length: 128 }, (_, id) => id);
  apply(m, ...ids.map((id) => ({ op: 'alloc', id, order: 0, gfp: 7, tag: 'kmalloc' }) as const));
  for (let pfn = 0; pfn < 128; pfn += 2) apply(m, { op: 'free', id: m.owner[pfn]! });
  apply(m, { op: 'drainCpus' });
}

describe('a read of a file in folios', () => {
  it.each(AVAILABLE_POLICIES)('takes one aligned block for an aligned run of the file (%s)', (name) => {
    const m = machine({}, name);
    const [event] = only(apply(m, { op: 'readFile', file: 0, page: 13 }), 'readFolio');
    expect(event).toMatchObject({ order: 3, a: 0, b: 3 });
    expect(event!.pfn % 8).toBe(0);
    expect(frames(m, 8, 16)).toEqual(Array.from({ length: 8 }, (_, i) => event!.pfn + i));
    expect(frames(m, 7, 8)).toEqual([-1]);
    expect(counter(m, 'pagesRead')).toBe(8);
    expect(counter(m, 'majorFaults')).toBe(1);
    // the neighbours are there already
    expect(only(apply(m, { op: 'readFile', file: 0, page: 9 }), 'readFolio')).toEqual([]);
  });

  it('wants no more than the file and the page cache leave room for, which is no fallback', () => {
    const m = machine();
    const [last] = only(apply(m, { op: 'readFile', file: 0, page: 60 }), 'readFolio');
    expect(last).toMatchObject({ order: 1, b: 1 });
    apply(m, { op: 'readFile', file: 0, page: 56 });
    expect(counter(m, 'foliosFellBack')).toBe(0);
    expect(counter(m, 'foliosServed')).toBe(counter(m, 'foliosRequested'));
  });

  it('falls back to smaller ones, to single pages, or fails, as the setting says', () => {
    const orders = (fallback: PageCache['fallback']) => {
      const m = machine({ fallback });
      shatter(m);
      const events = apply(m, { op: 'readFile', file: 0, page: 0 });
      return {
        asked: only(events, 'request').map(({ order }) => order),
        got: findFilePage(m, 0, 0) >= 0,
        figures: [counter(m, 'foliosRequested'), counter(m, 'foliosServed'), counter(m, 'foliosFellBack')],
      };
    };
    expect(orders('smaller')).toEqual({ asked: [3, 2, 1], got: true, figures: [1, 0, 1] });
    expect(orders('single-pages')).toEqual({ asked: [3], got: true, figures: [1, 0, 1] });
    expect(orders('fail')).toEqual({ asked: [3], got: false, figures: [1, 0, 0] });
  });

  it('is written and evicted as one', () => {
    const m = machine();
    apply(m, { op: 'writeFile', file: 0, page: 3 });
    expect(frames(m, 0, 8).every((pfn) => (m.flags[pfn]! & FLAG.dirty) !== 0)).toBe(true);
    const written = only(apply(m, { op: 'sync', pages: 1 }), 'writebackStart');
    expect(written).toHaveLength(1);
    expect(counter(m, 'pagesWritten')).toBe(8);
    apply(m, { op: 'idle', dt: 1_000_000 });
    expect(frames(m, 0, 8).some((pfn) => (m.flags[pfn]! & (FLAG.dirty | FLAG.writeback)) !== 0)).toBe(false);
    const events = Array.from({ length: 60 }, () => apply(m, { op: 'reclaimLru', pages: 1 })).flat();
    expect(only(events, 'drop')).toHaveLength(8);
    expect(only(events, 'pageFree')).toEqual([expect.objectContaining({ order: 3 })]);
    expect(counter(m, 'pagesEvicted')).toBe(8);
  });

  it('is held as a whole by one pin, or one locked page', () => {
    for (const hold of ['pin', 'lock'] as const) {
      const m = machine();
      apply(
        m,
        { op: 'spawn', process: 0 },
        { op: 'mapFile', process: 0, region: 0, file: 0, pages: 62 },
        ...touches(0, 0, 5, 6),
        hold === 'pin' ? { op: 'pin', file: 0, page: 2 } : { op: 'lock', process: 0, region: 0 },
      );
      for (let i = 0; i < 60; i++) apply(m, { op: 'reclaimLru', pages: 1 }, { op: 'dropCaches' });
      expect(pfnsOfKind(m, PAGE.file), hold).toHaveLength(8);
      apply(m, hold === 'pin' ? { op: 'unpin', file: 0, page: 2 } : { op: 'unlock', process: 0, region: 0 });
      for (let i = 0; i < 60; i++) apply(m, { op: 'reclaimLru', pages: 1 });
      expect(pfnsOfKind(m, PAGE.file), hold).toEqual([]);
    }
  });

  it('is split where a file is cut inside it, and goes whole where it is cut before', () => {
    const m = machine();
    apply(m, ...reads(0, 0, 24));
    const events = apply(m, { op: 'truncate', file: 0, page: 12, pages: 0 });
    expect(only(events, 'splitFolio')).toEqual([expect.objectContaining({ order: 3, b: 8 })]);
    expect(only(events, 'pageFree').map(({ order }) => order)).toEqual([0, 0, 0, 0, 3]);
    expect(frames(m, 0, 12).every((pfn) => pfn >= 0)).toBe(true);
    expect(frames(m, 12, 24).every((pfn) => pfn < 0)).toBe(true);
  });

  it('moves as one where a block of its size is free, and page by page where none is', () => {
    // between folios of order 2 lie the kernel's pages of order 2: windows of order 4 can be had by moving
    const m = machine({ order: 2 }, 'page-moving');
    apply(
      m,
      ...reads(0, 0, 60),
      { op: 'truncate', file: 0, page: 4, pages: 4 },
      { op: 'truncate', file: 0, page: 20, pages: 4 },
    );
    apply(m, { op: 'alloc', id: 1, order: 6, gfp: 2, tag: 'kmalloc' });
    const moved = only(apply(m, { op: 'alloc', id: 2, order: 3, gfp: 2, tag: 'kmalloc' }), 'movePage');
    expect(moved.length % 4).toBe(0);
    expect(moved.length).toBeGreaterThan(0);
    expect(counter(m, 'foliosSplit')).toBe(0);
    for (let i = 0; i < moved.length; i += 4) expect(moved[i]!.a % 4).toBe(0);
  });
});
