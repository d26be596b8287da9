/**
 * Whole scenarios at random, each held to every promise of the engine. A few here; ORDER0_FUZZ_RUNS=1000 for more of
 * each policy, ORDER0_FUZZ_SEED for others.
 */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { AVAILABLE_POLICIES } from '../../src/engine/policy/table.ts';
import { keepsPromises, wrongFigure } from './promises.ts';
import { anyScenario } from './scenarios.ts';

const numRuns = Number(process.env['ORDER0_FUZZ_RUNS'] ?? 8);
const seed = Number(process.env['ORDER0_FUZZ_SEED'] ?? 20_261);

vi.setConfig({ testTimeout: 60_000 + numRuns * 60_000 });

describe('a scenario drawn at random', () => {
  it.each(AVAILABLE_POLICIES)('keeps every promise under %s', (policy) => {
    const seen = { runs: 0, operations: 0, evicted: 0, failed: 0 };
    fc.assert(
      fc.property(anyScenario(policy), (scenario) => {
        const { wrong, operations, result } = keepsPromises(scenario);
        seen.runs++;
        seen.operations += operations;
        seen.evicted += result.reclaim.pagesEvicted;
        seen.failed += result.requests.failed;
        expect(wrong).toBeNull();
      }),
      { numRuns, seed, endOnFailure: false },
    );
    // runs in which nothing ever became tight would have shown nothing
    expect(seen.evicted).toBeGreaterThan(100);
    expect(seen.failed).toBeGreaterThan(10);
    if (process.env['ORDER0_FUZZ_RUNS']) console.log(`${policy}: ${JSON.stringify(seen)}`);
  });
});

describe('what a figure may be', () => {
  it.each([
    [{ a: [1, Number.NaN] }, 'a[1] is NaN'],
    [{ a: { b: -1 } }, 'a.b is -1'],
    [{ a: undefined }, 'a is undefined'],
    [{ a: Number.POSITIVE_INFINITY }, 'a is Infinity'],
    [{ fragIndex: [-1000], largestFreeOrder: -1, a: null, b: 'x', c: 0 }, null],
  ])('%j: %s', (value, wrong) => {
    expect(wrongFigure(value)).toBe(wrong);
  });
});
