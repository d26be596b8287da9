import { describe, expect, it } from 'vitest';
import { inspect } from '../../../src/analysis/inspect/inspect.ts';
import { whereIs } from '../../../src/analysis/inspect/where.ts';
import { C } from '../../../src/engine/counters.ts';
import { PAGE } from '../../../src/engine/frames.ts';
import { GFP_MASKS } from '../../../src/engine/gfp.ts';
import type { Machine } from '../../../src/engine/machine.ts';
import { oomScore } from '../../../src/engine/user/oom-score.ts';
import { smallConfig } from '../machines.ts';
import { apply, BUDDY, build, look, TWO_PROCESSES } from './build.ts';

function filePfn(m: Machine, page: number, file = 0): number {
  return whereIs(m, { kind: 'file', file, page }).pfn!;
}

function regionPfn(m: Machine, process: number, region: number, page: number): number {
  return whereIs(m, { kind: 'region', process, region, page }).pfn!;
}

describe('a page', () => {
  it('of a file: owner, mappings by process, flags, price', () => {
    const m = build([...TWO_PROCESSES, { op: 'lock', process: 1, region: 1 }]);
    const pfn = filePfn(m, 2);
    const report = look(m, { view: 'page', pfn });
    expect(report).toMatchObject({
      kind: 'file',
      owner: { kind: 'file', file: 0, page: 2 },
      ownerText: 'file 0 page 2',
      zone: 'Normal',
      letter: 'D',
      flags: ['PG_dirty', 'PG_lru'],
      mapcount: 2,
      pins: 0,
      lastTouch: 9,
      allocStep: 9,
      mappings: [
        { process: 0, region: 1, page: 2, young: true, locked: false },
        { process: 1, region: 1, page: 2, young: true, locked: true },
      ],
      lru: { list: 'inactive', fromCold: 2, of: 3 },
      slab: { name: 'order0-user', pfn: pfn - (pfn % 16), order: 4 },
      reclaim: { costNs: null, verdict: 'It cannot go: it is mlocked by process 1 region 1' },
    });
    expect(report.reclaim.obstacles.map(({ reason, fn }) => [reason, fn])).toEqual([
      ['mlocked', 'try_to_unmap'],
    ]);
    apply(m, { op: 'unlock', process: 1, region: 1 });
    const { cost } = m.config;
    expect(look(m, { view: 'page', pfn }).reclaim).toMatchObject({
      obstacles: [],
      costNs: cost.dropPage + cost.writePage + 2 * (cost.unmapPte + cost.tlbFlush),
      verdict: 'It can go: 2 mappings to remove, one write, 92 µs',
    });
  });

  it('of a process, pinned: every obstacle with its function', () => {
    const m = build([
      ...TWO_PROCESSES,
      { op: 'pin', process: 0, region: 0, page: 1 },
      { op: 'lock', process: 0, region: 0 },
    ]);
    const report = look(m, { view: 'page', pfn: regionPfn(m, 0, 0, 1) });
    expect(report).toMatchObject({
      kind: 'anon',
      ownerText: 'process 0 region 0 page 1',
      pins: 1,
      mapcount: 2,
    });
    expect(report).toMatchObject({ lru: { list: 'active', fromCold: 2, of: 3 }, swapSlot: null });
    expect(report.reclaim.obstacles).toEqual([
      { reason: 'pinned', text: 'it has 1 extra reference', fn: 'shrink_list' },
      { reason: 'mlocked', text: 'it is mlocked by process 0 region 0', fn: 'try_to_unmap' },
    ]);
    const noSwap = build(TWO_PROCESSES, { ...smallConfig(), swapPages: 0 });
    const pfn = regionPfn(noSwap, 0, 0, 0);
    expect(look(noSwap, { view: 'page', pfn }).reclaim.obstacles).toMatchObject([{ reason: 'noSwap' }]);
  });

  it('that nobody uses: free, idle in a slab, parked by a CPU, boot', () => {
    const m = build(TWO_PROCESSES);
    const first = (kind: number) => look(m, { view: 'page', pfn: m.kind.indexOf(kind) });
    expect(first(PAGE.boot)).toMatchObject({ kind: 'boot', flags: ['PG_reserved'], allocStep: null });
    expect(first(PAGE.free)).toMatchObject({
      kind: 'free',
      owner: null,
      lastTouch: null,
      reclaim: { costNs: 0 },
    });
    expect(first(PAGE.slabIdle)).toMatchObject({ kind: 'slabIdle', chain: { place: 1 } });
    const parked = first(PAGE.slabParked);
    expect(parked).toMatchObject({ kind: 'slabParked', array: { cpu: 0 } });
    expect(parked.reclaim.delays).toMatchObject([{ reason: 'parked', fn: 'drain_cpu_caches' }]);
  });

  it('of the kernel: a block, a stack, a page table, slab descriptors, an object slab', () => {
    const m = build([
      ...TWO_PROCESSES,
      { op: 'alloc', id: 12, order: 2, gfp: GFP_MASKS.kernel, tag: 'network' },
      { op: 'objectGet', cache: 0, object: 5 },
      { op: 'objectLookup', cache: 0, object: 6 },
    ]);
    const block = m.allocPfn[12]! - 1;
    expect(look(m, { view: 'page', pfn: block + 3 })).toMatchObject({
      kind: 'highOrder',
      owner: { kind: 'allocation', id: 12, page: 3 },
      block: { pfn: block, order: 2 },
      reclaim: { obstacles: [{ reason: 'kernel' }] },
    });
    const words = (pfn: number) => look(m, { view: 'page', pfn }).ownerText;
    expect(words(m.processStack[1]! - 1)).toBe('kernel stack of process 1');
    expect(words(m.processTable[0]! - 1)).toBe('page table of process 0');
    expect(words(m.counters[C.descriptorHead]! - 1)).toBe('slab descriptors');
    expect(look(m, { view: 'page', pfn: m.kind.indexOf(PAGE.objSlab) })).toMatchObject({
      kind: 'objSlab',
      name: 'dentry',
      objects: 2,
      live: 1,
      places: 4,
      reclaim: { obstacles: [{ reason: 'liveObject', text: '1 object on it is in use' }] },
    });
  });
});

describe('a block', () => {
  it('that is free: its place on the list, and what keeps its buddy from joining it', () => {
    const m = build([
      { op: 'alloc', id: 0, order: 3, gfp: GFP_MASKS.kernel, tag: 'network' },
      { op: 'alloc', id: 1, order: 3, gfp: GFP_MASKS.kernel, tag: 'network' },
      { op: 'alloc', id: 3, order: 3, gfp: GFP_MASKS.kernel, tag: 'network' },
      { op: 'alloc', id: 2, order: 2, gfp: GFP_MASKS.kernel, tag: 'network' },
      { op: 'free', id: 3 },
    ]);
    const held = m.allocPfn[1]! - 1;
    const free = held ^ 8;
    expect(look(m, { view: 'block', pfn: free + 5 })).toMatchObject({
      state: 'free',
      pfn: free,
      order: 3,
      pages: 8,
      list: { place: 1, of: m.freeCount[3], before: null },
      buddy: {
        pfn: held,
        free: 0,
        holds: [{ pfn: held, pages: 8, what: 'allocation 1' }],
        why: `Not merged: its buddy 0x${held.toString(16).padStart(3, '0')} holds allocation 1`,
      },
    });
    const small = m.allocPfn[2]! - 1;
    expect(look(m, { view: 'block', pfn: small })).toMatchObject({
      state: 'allocated',
      order: 2,
      what: 'allocation 2',
      list: null,
      buddy: { pfn: small ^ 4, free: 0, holds: [{ pfn: small ^ 4, pages: 4, what: 'boot memory' }] },
    });
    expect(inspect(m, { view: 'block', pfn: 0 })).toMatchObject({ view: 'nothing' });
  });

  it('at the largest order, and at the edge of a zone', () => {
    const m = build([], { ...smallConfig(192), maxOrder: 7 });
    expect(look(m, { view: 'block', pfn: 64 })).toMatchObject({ order: 6, buddy: { pfn: 0, free: 60 } });
    expect(look(m, { view: 'block', pfn: 128 }).buddy).toMatchObject({
      pfn: 192,
      why: 'Its buddy 0x0c0 lies outside ZONE_NORMAL',
    });
    const whole = build([]);
    expect(look(whole, { view: 'block', pfn: 255 }).buddy).toMatchObject({
      pfn: null,
      why: 'Order 6 is the largest there is: it merges with nothing',
    });
  });
});

describe('a slab', () => {
  it('by page, by list and by price', () => {
    const m = build([...TWO_PROCESSES, { op: 'pin', file: 0, page: 6 }]);
    const pfn = filePfn(m, 1);
    const slab = look(m, { view: 'slab', pfn });
    expect(slab).toMatchObject({
      pfn: pfn - (pfn % 16),
      pages: 16,
      list: 'partial',
      place: 1,
      name: 'order0-user',
    });
    // three anonymous pages, two clean ones and one dirty; an array of 6 filled by batches of 3
    expect(slab.counts).toEqual({
      inUse: 6,
      idle: 10,
      parked: 0,
      clean: 2,
      dirty: 1,
      anon: 3,
      objects: 0,
      kernel: 0,
      pinned: 1,
    });
    expect(
      slab.content
        .filter((page) => page.letter !== '')
        .map((page) => page.letter)
        .sort()
        .join(''),
    ).toBe('AAADFF');
    expect(slab.content.find((page) => page.pfn === pfn)).toMatchObject({ letter: 'F', mapcount: 2 });
    expect(slab.coldest).toEqual({ pfn: regionPfn(m, 0, 0, 0), step: 5 });
    expect(slab.hottest).toEqual({ pfn: filePfn(m, 6), step: 10 });
    expect(slab.costNs).toBeNull();
    expect(slab.blockers).toMatchObject([{ kind: 'pinned', pages: 1, pfn: filePfn(m, 6) }]);
    expect(slab.descriptor).toMatchObject({
      bytes: 64,
      perPage: 64,
      pages: [m.counters[C.descriptorHead]! - 1],
    });
    apply(m, { op: 'unpin', file: 0, page: 6 });
    const { cost } = m.config;
    expect(look(m, { view: 'slab', pfn }).costNs).toBe(
      6 * cost.dropPage + cost.writePage + 3 * cost.swapOut + 10 * (cost.unmapPte + cost.tlbFlush),
    );
  });

  it('is not there in a policy without slabs, nor outside them', () => {
    expect(inspect(build([], BUDDY), { view: 'slab', pfn: 20 })).toEqual({
      view: 'nothing',
      reason: 'buddy-2.6 has no slabs',
    });
    expect(inspect(build([]), { view: 'slab', pfn: 20 })).toMatchObject({
      reason: 'page 0x014 is in no slab',
    });
  });
});

describe('a process', () => {
  it('with regions, swap, tables and its score', () => {
    const m = build([
      ...TWO_PROCESSES,
      { op: 'mapAnon', process: 0, region: 3, pages: 40 },
      { op: 'touch', process: 0, region: 3, page: 39 },
      { op: 'lock', process: 0, region: 1 },
    ]);
    const report = look(m, { view: 'process', process: 0 });
    expect(report).toMatchObject({ pages: 52, resident: 6, swapped: 0, locked: 2, badness: oomScore(m, 0) });
    expect(report.wouldBeKilled).toBe(true);
    expect(report.stack).toEqual({ pfn: m.processStack[0]! - 1, order: 0 });
    expect(
      report.regions.map(({ region, kind, file, resident, sharedWith }) => [
        region,
        kind,
        file,
        resident,
        sharedWith,
      ]),
    ).toEqual([
      [0, 'anonymous', null, 3, [1]],
      [1, 'file', 0, 2, [1]],
      [3, 'anonymous', null, 1, []],
    ]);
    expect(report.regions[1]!.runs).toEqual([
      { page: 0, pages: 1, state: 'absent' },
      { page: 1, pages: 2, state: 'resident' },
      { page: 3, pages: 1, state: 'absent' },
    ]);
    expect(report.regions[0]!.frames.map((frame) => frame.pfn)).toEqual(
      [0, 1, 2].map((page) => regionPfn(m, 0, 0, page)),
    );
    expect(report.tables).toEqual([m.processTable[0]! - 1, ...report.regions[2]!.tables]);
    expect(report.regions[2]!.tables.map((pfn) => m.kind[pfn])).toEqual([PAGE.pageTable]);
    expect(inspect(m, { view: 'process', process: 900 })).toEqual({
      view: 'nothing',
      reason: 'process 900 is not running',
    });
  });
});

describe('a file', () => {
  it('as runs of pages by what became of them', () => {
    const m = build(TWO_PROCESSES);
    expect(look(m, { view: 'file', file: 0 })).toMatchObject({
      pages: 10,
      resident: 3,
      dirty: 1,
      shadows: 0,
      mapped: 2,
      runs: [
        { page: 0, pages: 1, state: 'absent' },
        { page: 1, pages: 1, state: 'clean' },
        { page: 2, pages: 1, state: 'dirty' },
        { page: 3, pages: 3, state: 'absent' },
        { page: 6, pages: 1, state: 'clean' },
        { page: 7, pages: 3, state: 'absent' },
      ],
      mappings: [
        { process: 0, region: 1, pages: 4, locked: false },
        { process: 1, region: 1, pages: 4, locked: false },
      ],
    });
    apply(m, { op: 'reclaimSlab', order: 4, slab: filePfn(m, 1) });
    expect(look(m, { view: 'file', file: 0 })).toMatchObject({ resident: 0, shadows: 3 });
    expect(inspect(m, { view: 'file', file: 77 })).toMatchObject({ reason: 'file 77 does not exist' });
  });
});

describe('an object slab', () => {
  it('place by place, with who is pruned next', () => {
    const m = build([
      { op: 'objectGet', cache: 0, object: 5 },
      { op: 'objectGet', cache: 0, object: 5 },
      { op: 'objectLookup', cache: 0, object: 6 },
      { op: 'objectLookup', cache: 0, object: 7 },
      { op: 'objectLookup', cache: 0, object: 7 },
    ]);
    const pfn = m.kind.indexOf(PAGE.objSlab);
    expect(look(m, { view: 'object-slab', pfn })).toMatchObject({
      name: 'dentry',
      places: [
        { place: 0, object: 5, refs: 2, unusedPlace: null },
        { place: 1, object: 6, refs: 0, referenced: false, unusedPlace: 1 },
        { place: 2, object: 7, refs: 0, referenced: true, unusedPlace: 2 },
        { place: 3, object: null },
      ],
      live: 1,
      unused: 2,
      free: 1,
      unusedList: 2,
      slab: { name: 'order0-kreclaim' },
    });
    expect(inspect(m, { view: 'object-slab', pfn: 0 })).toMatchObject({ view: 'nothing' });
  });
});
