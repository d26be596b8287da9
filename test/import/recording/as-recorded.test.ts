import { describe, expect, it } from 'vitest';
import { KPF, parseKpageflags } from '../../../src/import/kpageflags.ts';
import {
  type AsRecordedOptions,
  createAsRecorded,
  type RecordingConflicts,
} from '../../../src/import/recording/as-recorded.ts';
import { countWrongPages } from '../../../src/import/recording/page-state.ts';
import { EventType } from '../../../src/kernel-text/event-table.ts';
import { type Spec, tableOf } from '../../kernel-text/random-table.ts';

const alloc = (pfn: number, order = 0): Spec => ({ type: EventType.alloc, pfn, order });
const free = (pfn: number, order = 0): Spec => ({ type: EventType.free, pfn, order });
const refill = (pfn: number, order = 0): Spec => ({ type: EventType.zoneLocked, pfn, order, extra: 1 });
const taken = (pfn: number, order = 0): Spec => ({ type: EventType.zoneLocked, pfn, order });
const drain = (pfn: number, order = 0): Spec => ({ type: EventType.pcpuDrain, pfn, order });

/** Page flags drawn as text: `b` on a buddy list, `u` in use, `x` reserved, `-` no page. */
function flags(drawing: string) {
  const view = new DataView(new ArrayBuffer(drawing.length * 16));
  [...drawing].forEach((c, pfn) => {
    view.setUint32(pfn * 16, pfn, true);
    view.setUint32(pfn * 16 + 4, 1, true);
    view.setUint32(pfn * 16 + 8, c === 'b' ? 1 << KPF.buddy : c === '-' ? 1 << KPF.noPage : 0, true);
    view.setUint32(pfn * 16 + 12, c === 'x' ? 1 : 0, true);
  });
  return parseKpageflags(new Uint8Array(view.buffer));
}

/** All events applied; the first pages drawn as text: `?` unknown, `x` hole, `b` buddy, `p` per-CPU, `L` live. */
function replay(specs: readonly Spec[], options: AsRecordedOptions = {}, pages = 16) {
  const machine = createAsRecorded(tableOf(specs), { pages, ...options });
  machine.advance();
  const drawing = [...machine.state].map((s) => '?xbpL'[s]).join('');
  const conflicts = Object.fromEntries(Object.entries(machine.conflicts).filter(([, n]) => n > 0));
  return { machine, drawing, conflicts, lists: machine.freeByOrder().map((z) => z.freeByOrder.slice(0, 5)) };
}

const before = (drawing: string, at = 0): AsRecordedOptions => ({ before: { flags: flags(drawing), at } });
const none: Partial<RecordingConflicts> = {};

describe('allocations and frees alone', () => {
  it('every free page counts as on the buddy lists, merged as far as it goes', () => {
    const { drawing, lists, conflicts } = replay(
      [alloc(0, 2), free(0, 2), alloc(9), free(9)],
      before('bbbbuuuubbbbbbbb'),
    );
    expect(drawing).toBe('bbbb????bbbbbbbb');
    expect(lists).toEqual([[0, 0, 1, 1, 0]]);
    expect(conflicts).toEqual(none);
  });

  it('a page that was allocated first was free at the start, one that was freed first was not', () => {
    const machine = createAsRecorded(tableOf([alloc(4, 1), free(8)]), { pages: 16 });
    expect(machine.freeByOrder()[0]!.freeByOrder.slice(0, 3)).toEqual([0, 1, 0]);
    machine.advance();
    expect([...machine.state.subarray(4, 9)]).toEqual([4, 4, 0, 0, 2]);
    expect(machine.conflicts).toMatchObject({ freesOfUnknown: 1, freesFromBefore: 1, freesOfFreePages: 0 });
  });

  it('a split block comes back page by page', () => {
    const { drawing, conflicts, lists } = replay(
      [alloc(0, 2), free(1), free(0), free(3), free(2)],
      before('bbbb'),
      4,
    );
    expect(drawing).toBe('bbbb');
    expect(lists).toEqual([[0, 0, 1, 0, 0]]);
    expect(conflicts).toEqual(none);
  });

  it('an allocation over a live block frees the rest of the old block and is counted once', () => {
    const { drawing, conflicts } = replay([alloc(0, 2), alloc(2, 1)], before('bbbbbbbb'), 8);
    expect(drawing).toBe('bbLLbbbb');
    expect(conflicts).toEqual({ overlappingAllocs: 1 });
  });

  it('an overlap frees what is left of the old block and no younger one in it', () => {
    const { drawing } = replay([alloc(0, 2), free(3), alloc(3), alloc(0)], before('bbbb'), 4);
    expect(drawing).toBe('LbbL');
  });

  it('a free of a page that is free is a hidden allocation: used, and counted', () => {
    const { machine, conflicts } = replay([free(1)], before('bbbb'), 4);
    expect(conflicts).toEqual({ freesOfUnknown: 1, freesOfFreePages: 1 });
    expect(machine.used).toBe(1);
  });

  it('a failed request takes no page, not even frame 0', () => {
    const { drawing, conflicts, machine } = replay(
      [{ type: EventType.allocFailed, order: 3 }],
      before('bbbb'),
      4,
    );
    expect(drawing).toBe('bbbb');
    expect(conflicts).toEqual({ failedAllocs: 1 });
    expect(machine.used).toBe(1);
  });
});

describe('with refill and drain events', () => {
  it('a refill takes a block off the buddy lists, a drain puts it back', () => {
    const events = [refill(0), refill(1), alloc(0), free(0), drain(0)];
    const { drawing, lists, conflicts } = replay(events, before('bbbb'), 4);
    expect(drawing).toBe('bpbb');
    expect(lists).toEqual([[1, 1, 0, 0, 0]]);
    expect(conflicts).toEqual(none);
  });

  it('orders 4 to 8 and 10 are freed to the buddy lists directly', () => {
    const { drawing } = replay(
      [taken(0, 4), alloc(0, 4), free(0, 4), refill(16, 3), alloc(16, 3), free(16, 3)],
      {
        ...before('b'.repeat(24)),
        pages: 24,
      },
    );
    expect(drawing).toBe('b'.repeat(16) + 'p'.repeat(8));
  });

  it('kernels that never drain or refill a larger order keep order 0 alone on per-CPU lists', () => {
    const { drawing } = replay(
      [refill(0), alloc(0), free(0), taken(2, 1), alloc(2, 1), free(2, 1)],
      before('bbbb'),
      4,
    );
    expect(drawing).toBe('pbbb');
  });

  it('an allocation takes its range off the buddy lists with no refill before it', () => {
    const { drawing, conflicts } = replay([refill(0), alloc(2, 1)], before('bbbb'), 4);
    expect(drawing).toBe('pbLL');
    expect(conflicts).toEqual(none);
  });

  it('counts refills and drains that do not fit', () => {
    const { drawing, conflicts } = replay([refill(0), alloc(0), drain(0), refill(3)], before('bbbu'), 4);
    expect(drawing).toBe('bbbp');
    expect(conflicts).toEqual({ drainsOfLive: 1, refillsOffLists: 1 });
  });

  it('freeIsBuddy sets the lists aside, but what moves between them is known to be free', () => {
    const events = [refill(0), drain(3), alloc(1), free(1)];
    expect(replay(events, { ...before('bbuu'), freeIsBuddy: true }, 4).drawing).toBe('bb?b');
  });
});

describe('rows that move nothing', () => {
  it('are left aside for a reason', () => {
    const { machine } = replay([
      { type: EventType.freeBatched, pfn: 1 },
      { type: EventType.extfrag, pfn: 1 },
      { type: EventType.marker, text: 'phase start' },
      { type: EventType.other, name: 'mm_shrink_slab_start' },
      alloc(4096, 1),
    ]);
    expect(machine.used).toBe(0);
    expect(machine.skipped).toEqual({
      'repeats an earlier free': 1,
      'tells of a fallback, moves no page': 1,
      marker: 1,
      'other event': 1,
      'page frame beyond the machine': 1,
    });
  });
});

describe('a snapshot in mid-recording', () => {
  it('is rebuilt backwards to the first event, and holds where it was taken', () => {
    const events = [refill(0), alloc(0), free(5), drain(7), refill(2)];
    const machine = createAsRecorded(tableOf(events), { pages: 8, ...before('uububuxb', 4) });
    const draw = () => [...machine.state].map((s) => '?xbpL'[s]).join('');
    expect(draw()).toBe('b?b?b?xp');
    machine.advance(4);
    expect(draw()).toBe('L?b?bpxb');
    machine.advance();
    expect(draw()).toBe('L?p?bpxb');
  });

  it('corrects what the events before it got wrong', () => {
    const events = [alloc(0), free(1), alloc(2), alloc(6)];
    const machine = createAsRecorded(tableOf(events), { pages: 8, ...before('buuubbbb', 3) });
    machine.advance(3);
    expect([...machine.state.subarray(0, 3)]).toEqual([4, 2, 4]);
    machine.advance();
    expect([...machine.state.subarray(0, 3)]).toEqual([2, 0, 4]);
  });
});

describe('zones', () => {
  const zones = [
    { node: 0, zone: 'DMA', start: 1, end: 6 },
    { node: 0, zone: 'DMA32', start: 6, end: 16 },
  ];

  it('no block crosses a zone’s border', () => {
    const { lists } = replay([], { ...before('bbbbbbbbbbbbbbbb'), zones });
    expect(lists).toEqual([
      [1, 2, 0, 0, 0],
      [0, 1, 0, 1, 0],
    ]);
  });

  it('machine size follows snapshot, zones and events, rounded up to 1,024', () => {
    expect(createAsRecorded(tableOf([alloc(1023, 0)])).pages).toBe(1024);
    expect(createAsRecorded(tableOf([alloc(1024, 9)])).pages).toBe(2048);
    expect(createAsRecorded(tableOf([]), { zones }).pages).toBe(1024);
  });

  it('a frame beyond the limit is damage and does not make the machine huge', () => {
    const machine = createAsRecorded(tableOf([alloc(5), alloc(0xfffffff0)]), { maxPages: 4096 });
    machine.advance();
    expect(machine.pages).toBe(1024);
    expect(machine.skipped).toEqual({ 'page frame beyond the machine': 1 });
    expect(() => createAsRecorded(tableOf([]), { pages: 8192, maxPages: 4096 })).toThrow(/8192 pages/);
  });
});

it('counts wrong pages both ways', () => {
  const { machine } = replay([alloc(0)], before('bbbb'), 4);
  expect(countWrongPages(machine.state, flags('bbbu'))).toBe(2);
});
