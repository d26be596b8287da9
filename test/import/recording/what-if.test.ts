import { describe, expect, it } from 'vitest';
import { GFP, GFP_MASKS } from '../../../src/engine/gfp.ts';
import { decodeOperation, type Operation } from '../../../src/engine/operation.ts';
import { createWhatIf, type WhatIf, type WhatIfOptions } from '../../../src/import/recording/what-if.ts';
import { EventType } from '../../../src/kernel-text/event-table.ts';
import { type Spec, tableOf } from '../../kernel-text/random-table.ts';

const ANON = 'GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO';
const CLEAN = 'GFP_HIGHUSER_MOVABLE|__GFP_COMP';
const DIRTY = 'GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_WRITE';
const OBJECT = 'GFP_NOFS|__GFP_RECLAIMABLE';

const alloc = (pfn: number, text = 'GFP_KERNEL', order = 0): Spec => ({
  type: EventType.alloc,
  pfn,
  order,
  text,
});
const free = (pfn: number, order = 0): Spec => ({ type: EventType.free, pfn, order, migratetype: 255 });

function whatIf(specs: readonly Spec[], options: WhatIfOptions = {}): WhatIf {
  return createWhatIf(tableOf(specs), options);
}

/** Operations without time and CPU. */
function plain(w: WhatIf, from = 0): Operation[] {
  return Array.from({ length: w.operations.length - from }, (_, i) => {
    const { dt: _dt, cpu: _cpu, ...rest } = decodeOperation(w.operations, from + i);
    return rest as Operation;
  });
}

const recorded = (w: WhatIf) => plain(w, w.prelude);

describe('what each allocation becomes', () => {
  it('a zeroed user page is an anonymous page, zapped at its free', () => {
    expect(plain(whatIf([alloc(8, ANON), free(8)]))).toEqual([
      { op: 'spawn', process: 0 },
      { op: 'mapAnon', process: 0, region: 0, pages: 1 },
      { op: 'touch', process: 0, region: 0, page: 0, write: true },
      { op: 'zap', process: 0, region: 0, page: 0, pages: 1 },
    ]);
  });

  it('other user pages are pages of a clean or a dirty file, truncated at their free', () => {
    expect(plain(whatIf([alloc(8, CLEAN), alloc(9, DIRTY), free(8), free(9)]))).toEqual([
      { op: 'createFile', file: 0, pages: 1 },
      { op: 'createFile', file: 1, pages: 1 },
      { op: 'readFile', file: 0, page: 0 },
      { op: 'writeFile', file: 1, page: 0 },
      { op: 'truncate', file: 0, page: 0, pages: 1 },
      { op: 'truncate', file: 1, page: 0, pages: 1 },
    ]);
  });

  it('a reclaimable page is an object, referenced only where that is asked for', () => {
    const specs = [alloc(8, OBJECT), free(8)];
    expect(recorded(whatIf(specs))).toEqual([
      { op: 'objectLookup', cache: 0, object: 0 },
      { op: 'objectFree', cache: 0, object: 0 },
    ]);
    expect(recorded(whatIf(specs, { reclaimablePages: 'pinned' }))).toEqual([
      { op: 'objectGet', cache: 0, object: 0 },
      { op: 'objectPut', cache: 0, object: 0 },
      { op: 'objectFree', cache: 0, object: 0 },
    ]);
  });

  it('the rest are kernel allocations with their order and flags', () => {
    const huge = 'GFP_HIGHUSER_MOVABLE|__GFP_COMP';
    const specs = [alloc(8), alloc(16, 'GFP_ATOMIC|__GFP_COMP', 2), alloc(512, huge, 9), free(16, 2)];
    expect(recorded(whatIf(specs))).toEqual([
      { op: 'alloc', id: 0, order: 0, gfp: GFP_MASKS.kernel, tag: 'kmalloc' },
      { op: 'alloc', id: 1, order: 2, gfp: GFP_MASKS.atomic, tag: 'network' },
      { op: 'alloc', id: 2, order: 9, gfp: GFP_MASKS.highuser | GFP.movable, tag: 'hugePage' },
      { op: 'free', id: 1 },
    ]);
  });

  it('the user knob overrides the flags', () => {
    const specs = [alloc(8, ANON), alloc(9, DIRTY)];
    const kinds = (userPages: 'anonymous' | 'file') =>
      recorded(whatIf(specs, { userPages })).map((o) => o.op);
    expect(kinds('anonymous')).toEqual(['touch', 'touch']);
    expect(kinds('file')).toEqual(['readFile', 'writeFile']);
  });

  it('numbers are used again, so that region and files are as large as the peak', () => {
    const w = whatIf([alloc(8, ANON), alloc(9, ANON), free(8), alloc(7, ANON), free(9), alloc(5, ANON)]);
    expect(plain(w)[1]).toMatchObject({ op: 'mapAnon', pages: 2 });
    expect(recorded(w).map((o) => ('page' in o ? o.page : -1))).toEqual([0, 1, 0, 0, 1, 1]);
  });

  it('time is in microseconds since the operation before, the CPU as recorded', () => {
    const w = whatIf([
      { ...alloc(8), time: 5_000_000_000, cpu: 3 },
      { type: EventType.marker, text: 'phase', time: 5_000_700_000 },
      { ...alloc(9), time: 5_001_500_999 },
      { ...free(8), time: 5_001_400_000 },
      { ...free(9), time: 9_999_000_000_000_000 },
    ]);
    expect([...w.operations.dt.subarray(0, 4)]).toEqual([0, 1500, 0, 0xffffffff]);
    expect(w.operations.cpu[0]).toBe(3);
    expect(w.config.cpus).toBe(4);
  });
});

describe('how frees find their allocations', () => {
  it('a failed request is asked and given back at once', () => {
    const w = whatIf([{ type: EventType.allocFailed, order: 9, text: 'GFP_KERNEL' }, alloc(8)]);
    expect(recorded(w)).toEqual([
      { op: 'alloc', id: 0, order: 9, gfp: GFP_MASKS.kernel, tag: 'kmalloc' },
      { op: 'free', id: 0 },
      { op: 'alloc', id: 0, order: 0, gfp: GFP_MASKS.kernel, tag: 'kmalloc' },
    ]);
    expect(w.conflicts.failedAllocs).toBe(1);
    expect(w.used).toBe(2);
  });

  it('a huge page that comes back page by page is freed with its last page', () => {
    const parts = Array.from({ length: 512 }, (_, i) => free(512 + i));
    const w = whatIf([alloc(512, CLEAN, 9), ...parts]);
    expect(recorded(w).map((o) => o.op)).toEqual(['alloc', 'free']);
    expect(w.stepOfRow[512]).toBe(1);
    expect(w.conflicts).toMatchObject({ partialFrees: 512, splitFrees: 1, freesOfUnknown: 0 });
    expect(w.heldPages).toBe(0);
  });

  it('a block of which parts never come back is held', () => {
    const w = whatIf([alloc(512, CLEAN, 9), free(512, 8)]);
    expect(recorded(w).map((o) => o.op)).toEqual(['alloc']);
    expect(w.conflicts).toMatchObject({ partialFrees: 1, splitFrees: 0 });
    expect(w.heldPages).toBe(256);
  });

  it('one free may give several blocks back', () => {
    const w = whatIf([alloc(8), alloc(9, ANON), free(8, 1)]);
    expect(recorded(w).map((o) => o.op)).toEqual(['alloc', 'touch', 'free', 'zap']);
    expect(w.conflicts).toMatchObject({ partialFrees: 0, freesOfUnknown: 0 });
  });

  it('an allocation over held pages frees the old block first', () => {
    const w = whatIf([alloc(8, 'GFP_KERNEL', 2), alloc(10), free(8)]);
    expect(recorded(w).map((o) => o.op)).toEqual(['alloc', 'free', 'alloc']);
    expect(w.conflicts).toMatchObject({ overlappingAllocs: 1, freesOfUnknown: 1, freesOfFreePages: 1 });
    expect(w.heldPages).toBe(1);
  });

  it('a second free of a page is counted and frees nothing', () => {
    const w = whatIf([alloc(8), free(8), free(8)]);
    expect(recorded(w)).toHaveLength(2);
    expect(w.conflicts).toMatchObject({ freesOfUnknown: 1, freesOfFreePages: 1, freesFromBefore: 0 });
    expect(w.used).toBe(3);
  });

  it('rows that move no page of a block are left aside with a reason', () => {
    const w = whatIf([
      alloc(8),
      { type: EventType.zoneLocked, pfn: 9 },
      { type: EventType.pcpuDrain, pfn: 9 },
      { type: EventType.freeBatched, pfn: 8 },
      { type: EventType.extfrag, pfn: 8 },
      { type: EventType.marker, text: 'm' },
      { type: EventType.other, name: 'kfree', text: '' },
      { type: EventType.allocFailed, order: 200, text: '' },
      free(8),
    ]);
    expect(w.used).toBe(2);
    expect(w.skipped).toEqual({
      'moves a page between lists: the policy does that itself': 2,
      'repeats an earlier free': 1,
      'tells of a fallback, moves no page': 1,
      marker: 1,
      'other event': 1,
      'order too large': 1,
    });
  });
});

describe('pages from before the recording', () => {
  const specs = [alloc(8, ANON), free(100), free(104, 2), free(8), free(101)];

  it('are allocated before the first event, and their frees free them', () => {
    const w = whatIf(specs);
    expect(w.initial).toMatchObject({ freedLater: 6, resident: 0, guessed: 2 });
    expect(w.conflicts).toMatchObject({ freesOfUnknown: 3, freesFromBefore: 3, freesOfFreePages: 0 });
    const before = plain(w).slice(0, w.prelude);
    expect(before.filter((o) => o.op === 'touch')).toHaveLength(2);
    expect(before).toContainEqual({ op: 'alloc', id: 0, order: 2, gfp: GFP_MASKS.kernel, tag: 'kmalloc' });
    expect(recorded(w).map((o) => o.op)).toEqual(['touch', 'zap', 'free', 'zap', 'zap']);
    expect(w.heldPages).toBe(0);
  });

  it('come in an order that the seed alone decides', () => {
    const many = Array.from({ length: 40 }, (_, i) => free(64 + 2 * i));
    const order = (seed: number) => whatIf(many, { seed }).initial.blocks.map(({ pfn }) => pfn);
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
    expect(order(2).toSorted((a, b) => a - b)).toEqual(many.map(({ pfn }) => pfn));
  });

  it('are kernel pages where the recording allocates nothing to go by', () => {
    expect(whatIf([free(100)]).initial.blocks).toEqual([{ pfn: 100, order: 0, use: 4 }]);
  });
});

it('says its assumptions, a line each', () => {
  const { assumptions } = whatIf([alloc(8, ANON), free(9)]);
  expect(assumptions).toContain('swap of 256 pages, a quarter of memory; device SSD');
  expect(assumptions.filter((line) => /__GFP_ZERO anonymous/.test(line))).toHaveLength(1);
  expect(assumptions.filter((line) => /adds up to 2 kernel pages/.test(line))).toHaveLength(1);
  for (const line of assumptions) expect(line).not.toContain('\n');
});
