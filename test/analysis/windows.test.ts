import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainInShort, explainOrder } from '../../src/analysis/why.ts';
import { windowsOf } from '../../src/analysis/windows.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { COLUMN_PAGES } from '../../src/render/layout.ts';
import { LISTED_PAGES } from '../../src/worker/detail.ts';
import { anyOperation, logOf } from '../history/operations.ts';
import { smallConfig } from './machines.ts';

const anyMachine = fc
  .tuple(
    fc.array(anyOperation, { maxLength: 150, size: 'max' }).map(logOf),
    fc.constantFrom('order0-slab', 'buddy-2.6'),
  )
  .map(([log, name]) => {
    const m = bootMachine(smallConfig(256, { name }));
    for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
    return m;
  });

describe('the windows of an order', () => {
  it('are made of free, reclaimable and blocking pages and of no others', () => {
    fc.assert(
      fc.property(anyMachine, fc.integer({ min: 0, max: 6 }), (m, order) => {
        for (const window of windowsOf(m, order)) {
          expect(window.free + window.reclaimable + window.blocking).toBe(1 << order);
          expect(window.blockers.reduce((sum, { pages }) => sum + pages, 0)).toBe(window.blocking);
          expect(window.drop + window.write + window.swap).toBe(window.reclaimable);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are counted as they would be listed', () => {
    fc.assert(
      fc.property(anyMachine, fc.integer({ min: 0, max: 6 }), (m, order) => {
        const { windows, ...told } = explainOrder(m, order, 3);
        const { windows: none, spread, ...counted } = explainInShort(m, order, 3);
        expect(counted).toEqual(told);
        expect(none).toEqual([]);
        const blocking = windows.map((window) => window.blocking);
        expect(spread).toEqual(
          Array.from({ length: (1 << order) + 1 }, (_, n) => blocking.filter((b) => b === n).length),
        );
        const emptiable = windows.filter(({ costNs }) => costNs !== null);
        expect(counted.emptiable).toBe(emptiable.length);
        expect(counted.cheapest?.costNs ?? null).toBe(
          emptiable.length === 0 ? null : Math.min(...emptiable.map(({ costNs }) => costNs!)),
        );
        for (const { kind, windows: n } of counted.blockedBy)
          expect(windows.filter(({ blockers }) => blockers[0]?.kind === kind)).toHaveLength(n);
      }),
      { numRuns: 40 },
    );
  });

  it('are listed for every machine that has a ledger beside its grid', () => {
    expect(LISTED_PAGES).toBe(COLUMN_PAGES);
  });
});
