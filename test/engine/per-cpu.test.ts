import { describe, expect, it } from 'vitest';
import { NONE } from '../../src/base/units.ts';
import { buddyAlloc } from '../../src/engine/buddy.ts';
import { PAGE } from '../../src/engine/frames.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import { type Machine, Z } from '../../src/engine/machine.ts';
import { drainAllPcp, pcpAlloc, pcpFree, pcpPages } from '../../src/engine/per-cpu.ts';
import { zoneField } from '../../src/engine/zone.ts';
import { counter, plainMachine } from './support.ts';

/** 16,384 pages: batch 4, hot low 8 and high 24, cold high 8. */
function pcpMachine(cpus = 1): Machine {
  return plainMachine({ pages: 16_384, cpus, policyChange: { name: 'buddy-2.6' } });
}

/** Takes pages for somebody who holds them until they are given back. */
function take(m: Machine, n: number, cold = false): number[] {
  return Array.from({ length: n }, () => {
    const pfn = pcpAlloc(m, 0, cold);
    m.kind[pfn] = PAGE.unknown;
    return pfn;
  });
}

describe('per-CPU lists', () => {
  it('hand out a refill rising, four pages at the tail whenever eight or fewer are left', () => {
    const m = pcpMachine();
    expect(take(m, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    // three refills before the first hit: 4, 7 and 10 on the list, then one whenever it is down to eight
    expect(counter(m, 'pcpRefills')).toBe(5);
    expect(pcpPages(m, 0)).toBe(8);
  });

  it('give the page freed last first, before older and never used ones', () => {
    const m = pcpMachine();
    const pages = take(m, 3);
    for (const pfn of [pages[1]!, pages[2]!]) pcpFree(m, pfn, false);
    expect(take(m, 3)).toEqual([pages[2], pages[1], 3]);
  });

  it('give back a batch from the tail when they are full', () => {
    const m = pcpMachine();
    const pages = take(m, 40);
    drainAllPcp(m);
    for (const pfn of pages.slice(0, 24)) pcpFree(m, pfn, false);
    expect([pcpPages(m, 0), counter(m, 'pcpDrains')]).toEqual([24, 1]);
    const free = zoneField(m, 0, Z.freePages);
    pcpFree(m, pages[24]!, false);
    expect(pcpPages(m, 0)).toBe(21);
    expect(zoneField(m, 0, Z.freePages)).toBe(free + 4);
    // the oldest four went: pages 0 to 3, merged to a block of order 2
    expect([m.kind[0], m.kind[3], m.kind[4]]).toEqual([PAGE.free, PAGE.free, PAGE.pcp]);
    expect(m.order[0]).toBe(2);
  });

  it('keep cold pages apart: refilled only when empty, full at eight', () => {
    const m = pcpMachine();
    const pages = take(m, 9, true);
    expect(counter(m, 'pcpRefills')).toBe(3);
    drainAllPcp(m);
    for (const pfn of pages.slice(0, 8)) pcpFree(m, pfn, true);
    expect(pcpPages(m, 0)).toBe(8);
    pcpFree(m, pages[8]!, true);
    expect(pcpPages(m, 0)).toBe(5);
    expect(take(m, 1, true)).toEqual([pages[8]]);
    expect(take(m, 1, false)).not.toContain(pages[7]);
  });

  it('belong to one CPU each', () => {
    const m = pcpMachine(2);
    const [page] = take(m, 1);
    pcpFree(m, page!, false);
    m.cpu = 1;
    expect(take(m, 1)).not.toEqual([page]);
    m.cpu = 0;
    expect(take(m, 1)).toEqual([page]);
  });

  it('serve what they hold when buddy has no page, then none', () => {
    const m = pcpMachine();
    take(m, 1);
    const held = pcpPages(m, 0);
    while (buddyAlloc(m, 0, 0) !== NONE);
    expect(take(m, held)).not.toContain(NONE);
    expect(pcpAlloc(m, 0, false)).toBe(NONE);
  });

  it('are all emptied by a drain, which merges what they held', () => {
    const m = pcpMachine(2);
    for (const cpu of [0, 1]) {
      m.cpu = cpu;
      for (const pfn of take(m, 5, cpu === 1)) pcpFree(m, pfn, cpu === 1);
    }
    drainAllPcp(m);
    expect([pcpPages(m, 0), zoneField(m, 0, Z.freePages)]).toEqual([0, 16_384]);
    expect(m.freeCount[10]).toBe(16);
    expect(checkInvariants(m)).toBeNull();
  });
});
