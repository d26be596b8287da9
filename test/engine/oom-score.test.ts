import { describe, expect, it } from 'vitest';
import { billed } from '../../src/analysis/bill.ts';
import { C } from '../../src/engine/counters.ts';
import { type Machine, restoreSnapshot, takeSnapshot } from '../../src/engine/machine.ts';
import { oomKill } from '../../src/engine/user/exit.ts';
import { heldPages, oomScore, oomVictim, worstProcess } from '../../src/engine/user/oom-score.ts';
import { apply, touches, toyMachine } from '../engine/support.ts';

type Name = 'buddy-2.6' | 'mobility-lumpy' | 'mobility-compaction';

/** Process 0 has mapped most, process 1 touched most, processes 2 and 3 are alike. */
function crowd(name: Name): Machine {
  const m = toyMachine({ pages: 512, swapPages: 64, policyChange: { name } });
  for (const process of [0, 1, 2, 3]) apply(m, { op: 'spawn', process });
  apply(
    m,
    { op: 'mapAnon', process: 0, region: 0, pages: 60 },
    { op: 'mapAnon', process: 1, region: 0, pages: 40 },
    { op: 'mapAnon', process: 2, region: 0, pages: 5 },
    { op: 'mapAnon', process: 3, region: 0, pages: 5 },
    ...touches(0, 0, 0, 3),
    ...touches(1, 0, 0, 40),
  );
  return m;
}

describe('the score for the OOM killer', () => {
  it.each(['buddy-2.6', 'mobility-lumpy'] as const)('is what is mapped under %s', (name) => {
    const m = crowd(name);
    expect([0, 1, 2].map((process) => oomScore(m, process))).toEqual([60, 40, 5]);
    expect(worstProcess(m)).toEqual({ process: 0, score: 60 });
  });

  it.each([
    [15 * 1024, 60],
    [16 * 1024, 30],
    [81 * 1024, 20],
  ])('is divided by the fourth root of the run time: %i s', (seconds, score) => {
    const m = crowd('buddy-2.6');
    for (let left = seconds; left > 0; left -= 1024) apply(m, { op: 'idle', dt: 1024 * 1_000_000 });
    expect(oomScore(m, 0)).toBe(score);
    // a process that has just begun is not older for that
    apply(m, { op: 'spawn', process: 4 }, { op: 'mapAnon', process: 4, region: 0, pages: 29 });
    expect(oomScore(m, 4)).toBe(29);
    expect(worstProcess(m)!.process).toBe(score > 29 ? 0 : 4);
  });

  it('is what is held under mobility-compaction: resident, swapped, page tables', () => {
    const m = crowd('mobility-compaction');
    const held = heldPages(m, 1);
    expect(held).toMatchObject({ resident: 40, swapped: 0 });
    expect(held.tables).toBe(1 + Math.ceil(40 / m.config.ptesPerTable) - 1);
    expect(oomScore(m, 1)).toBe(40 + held.tables);
    expect(worstProcess(m)!.process).toBe(1);
    expect(oomScore(m, 2)).toBe(1);
  });

  it('does not fall when pages go to swap', () => {
    const m = crowd('mobility-compaction');
    const before = oomScore(m, 1);
    apply(m, { op: 'reclaimLru', pages: 30 });
    apply(m, { op: 'idle', dt: 4_000_000_000 });
    apply(m, { op: 'reclaimLru', pages: 30 });
    expect(m.counters[C.swapUsed]).toBeGreaterThan(0);
    expect(heldPages(m, 1).swapped + heldPages(m, 0).swapped).toBeGreaterThan(0);
    expect(oomScore(m, 1)).toBe(before);
  });

  it('of equals takes the first under 2.6 and the last under 6.12', () => {
    const take = (name: Name) => {
      const m = toyMachine({ policyChange: { name } });
      for (const process of [0, 1]) apply(m, { op: 'spawn', process });
      for (const process of [0, 1]) apply(m, { op: 'mapAnon', process, region: 0, pages: 5 });
      return worstProcess(m)!.process;
    };
    expect(take('buddy-2.6')).toBe(0);
    expect(take('mobility-compaction')).toBe(1);
  });
});

/** Process 0 has children 3 and 2, in this order, and 3 a child of its own; process 1 is alone and large. */
function family(name: Name): Machine {
  const m = toyMachine({ pages: 1024, policyChange: { name } });
  for (const process of [0, 1]) apply(m, { op: 'spawn', process });
  apply(
    m,
    { op: 'mapAnon', process: 0, region: 0, pages: 40 },
    { op: 'mapAnon', process: 1, region: 0, pages: 70 },
    { op: 'fork', process: 0, child: 3 },
    { op: 'fork', process: 0, child: 2 },
    { op: 'mapAnon', process: 2, region: 1, pages: 7 },
    { op: 'fork', process: 3, child: 5 },
    ...touches(2, 1, 0, 7),
  );
  return m;
}

describe('children, in the score of 2.6.24', () => {
  it.each([
    // 40 and, of children of 40 and 47 pages, 21 and 24
    ['mobility-lumpy', [85, 70, 47, 61, 40]],
    ['buddy-2.6', [40, 70, 47, 40, 40]],
  ] as const)('are half of their pages and one each, and there alone: %s', (name, scores) => {
    const m = family(name);
    expect([0, 1, 2, 3, 5].map((process) => oomScore(m, process))).toEqual(scores);
  });

  it('die for their parent, the oldest first, and a grandchild is not asked for', () => {
    const m = family('mobility-lumpy');
    const killed = () => {
      const { process, score } = oomVictim(m)!;
      oomKill(m);
      return [process, score];
    };
    expect(worstProcess(m)).toEqual({ process: 0, score: 85 });
    // process 3 goes for 0, with the score of its own that its child is part of
    expect(killed()).toEqual([3, 61]);
    // 0 has 64 left: 1 is worse, and has no child
    expect(oomScore(m, 0)).toBe(64);
    expect(killed()).toEqual([1, 70]);
    expect(killed()).toEqual([2, 47]);
    // 5 is an orphan by now: nobody's score counts it, and the first of equals goes
    expect([killed(), killed(), oomVictim(m)]).toEqual([[0, 40], [5, 40], null]);
  });

  it('are forgotten when their number is used again', () => {
    const m = family('mobility-lumpy');
    apply(m, { op: 'exit', process: 3 }, { op: 'spawn', process: 3 });
    expect(oomScore(m, 0)).toBe(64);
    apply(m, { op: 'exit', process: 0 }, { op: 'spawn', process: 0 });
    expect(oomScore(m, 0)).toBe(0);
  });

  it('are the same after a snapshot, which the hash does not tell', () => {
    const m = family('mobility-lumpy');
    const other = toyMachine({ pages: 1024, policyChange: { name: 'mobility-lumpy' } });
    restoreSnapshot(other, takeSnapshot(m));
    expect([oomVictim(other), oomScore(other, 3)]).toEqual([oomVictim(m), 61]);
  });

  it('are told beside a kill', () => {
    const m = family('mobility-lumpy');
    m.log.level = 1;
    const { bill } = billed(m, () => oomKill(m));
    expect(bill.killed).toMatchObject([{ process: 3, score: 61, formula: 'family' }]);
    expect(bill.killed[0]!.others[0]).toEqual({ process: 1, score: 70 });
  });
});

describe('a kill', () => {
  it('is told with everybody who could have died, the next in line first', () => {
    const m = crowd('mobility-compaction');
    const scores = [0, 1, 2, 3].map((process) => ({ process, score: oomScore(m, process) }));
    m.log.level = 1;
    const { bill } = billed(m, () => oomKill(m));
    expect(bill.killed).toEqual([
      {
        ...scores[1],
        formula: 'held',
        others: [scores[0], scores[2], scores[3]],
        omitted: 0,
      },
    ]);
  });
});
