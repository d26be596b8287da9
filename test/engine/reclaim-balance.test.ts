import { describe, expect, it } from 'vitest';
import { buddyAlloc } from '../../src/engine/buddy.ts';
import { PAGE } from '../../src/engine/frames.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { Z } from '../../src/engine/machine.ts';
import { oomGateOpens } from '../../src/engine/oom-gate.ts';
import { oomScore } from '../../src/engine/user/oom-score.ts';
import { setZoneField, zoneField } from '../../src/engine/zone.ts';
import { apply, counter, drawnMachine, giveBlock, pfnsOfKind, toyMachine } from './support.ts';

const SECOND = 1_000_000_000;

describe('a zone given up as unreclaimable', () => {
  it('is looked at again once any page of it is freed to buddy', () => {
    const m = drawnMachine('UUUUUUUU');
    setZoneField(m, 0, Z.allUnreclaimable, 1);
    setZoneField(m, 0, Z.pagesScanned, 99);
    giveBlock(m, 3, 0);
    expect([zoneField(m, 0, Z.allUnreclaimable), zoneField(m, 0, Z.pagesScanned)]).toEqual([0, 0]);
  });

  it('stays given up while pages are only taken', () => {
    const m = drawnMachine('........');
    setZoneField(m, 0, Z.allUnreclaimable, 1);
    buddyAlloc(m, 0, 0);
    expect(zoneField(m, 0, Z.allUnreclaimable)).toBe(1);
  });
});

describe('the gate of the OOM killer', () => {
  /** Opens at which of the calls made at these seconds. */
  const opens = (...seconds: readonly number[]): boolean[] => {
    const m = toyMachine();
    return seconds.map((s) => oomGateOpens(m, s * SECOND));
  };
  const calls = (from: number, n: number, step: number) =>
    Array.from({ length: n }, (_, i) => from + i * step);

  it('opens at the tenth call after the first second', () => {
    // the first call starts the count; calls within its second do not count
    const result = opens(100, 100.5, ...calls(101, 10, 0.2));
    expect(result.indexOf(true)).toBe(11);
  });

  it('starts over after five seconds without a call', () => {
    expect(opens(100, ...calls(101, 9, 0.2), 108, ...calls(108.1, 5, 0.1)).includes(true)).toBe(false);
  });

  it('does not open again within five seconds of a kill', () => {
    const result = opens(100, ...calls(101, 10, 0.1), ...calls(103, 19, 0.1));
    expect(result.filter(Boolean)).toHaveLength(1);
    expect(opens(100, ...calls(101, 10, 0.1), ...calls(103, 60, 0.1)).filter(Boolean)).toHaveLength(2);
  });
});

describe('badness', () => {
  const aged = (pages: number, seconds: number, bornAt = 0): number => {
    const m = toyMachine();
    const wait = (total: number) => {
      for (let left = total; left > 0; left -= 4000) apply(m, { op: 'idle', dt: Math.min(left, 4000) * 1e6 });
    };
    wait(bornAt);
    apply(m, { op: 'spawn', process: 0 }, { op: 'mapAnon', process: 0, region: 0, pages });
    wait(seconds);
    return oomScore(m, 0);
  };

  it('is the virtual size of a young process', () => {
    expect(aged(300, 10)).toBe(300);
  });

  it('falls with the fourth root of the run time in units of 1,024 seconds', () => {
    expect(aged(300, 1024 * 16)).toBe(150);
    expect(aged(300, 1024 * 81)).toBe(100);
  });

  it('counts from the start of the process, however long the machine has been up', () => {
    expect(aged(300, 10, 100_000)).toBe(300);
  });
});

describe('the OOM killer', () => {
  it('takes the process with most virtual memory when nothing can be reclaimed, and the request is served', () => {
    const m = toyMachine({ pages: 256, swapPages: 0, policyChange: { name: 'buddy-2.6' } });
    apply(m, { op: 'spawn', process: 0 }, { op: 'spawn', process: 1 });
    apply(
      m,
      { op: 'mapAnon', process: 0, region: 0, pages: 40 },
      { op: 'mapAnon', process: 1, region: 0, pages: 200 },
    );
    for (let page = 0; page < 200 && counter(m, 'oomKills') === 0; page++)
      apply(m, { op: 'touch', process: 1, region: 0, page, write: true });
    expect(counter(m, 'oomKills')).toBe(1);
    expect([m.processAlive[0], m.processAlive[1]]).toEqual([1, 0]);
    expect(pfnsOfKind(m, PAGE.anon)).toEqual([]);
  });

  it('leaves no page table behind when it takes the process that was asking for one', () => {
    const change = {
      pages: 256,
      swapPages: 0,
      ptesPerTable: 64,
      policyChange: { name: 'buddy-2.6' },
    } as const;
    const m = toyMachine(change);
    apply(m, { op: 'spawn', process: 0 }, { op: 'mapAnon', process: 0, region: 0, pages: 128 });
    for (let page = 0; page < 64; page++) apply(m, { op: 'touch', process: 0, region: 0, page });
    // callers that cannot wait take the rest without waking the killer
    for (let id = 0; counter(m, 'requestsFailed') === 0; id++)
      apply(m, { op: 'alloc', id, order: 0, gfp: GFP_MASKS.atomic, tag: 'kmalloc' });
    apply(m, { op: 'touch', process: 0, region: 0, page: 64 });
    expect(m.processAlive[0]).toBe(0);
    expect(pfnsOfKind(m, PAGE.pageTable)).toEqual([]);
  });
});
