/** What the preset `claim-growth` says of a cache that cannot grow, under each of the three rules. */
import { expect } from 'vitest';
import { largestFreeOrder } from '../../src/engine/buddy.ts';
import { C, type CounterName } from '../../src/engine/counters.ts';
import { FLAG, PAGE } from '../../src/engine/frames.ts';
import { pagesOfKind, runPreset } from './run-preset.ts';

/** The run under a rule: memory before operation 1,626, what that one did, and which requests failed. */
function under(growth: string) {
  const seen = { free: 0, largest: 0, evicted: 0, discarded: 0, stranded: 0, failedAt: [] as number[] };
  let failed = 0;
  const result = runPreset('claim-growth', `policy.growth=${growth}`, (m, step) => {
    const of = (name: CounterName) => m.counters[C[name]]!;
    if (of('requestsFailed') > failed) seen.failedAt.push(step);
    failed = of('requestsFailed');
    if (step === 1625) {
      seen.free = pagesOfKind(m, PAGE.free);
      seen.largest = largestFreeOrder(m, 0);
      seen.evicted = -of('pagesEvicted');
      seen.discarded = -of('slabsDiscarded');
    }
    if (step !== 1626) return;
    seen.evicted += of('pagesEvicted');
    seen.discarded += of('slabsDiscarded');
    seen.stranded = m.flags[0x280]! & FLAG.stranded;
  });
  return { ...seen, growth: result.growth, loose: result.caches.map(({ stranded }) => stranded) };
}

/** Checks every number of the preset's notes. */
export function showsThreeGrowthRules(): void {
  const [single, first, fail] = [under('single-pages'), under('reclaim-first'), under('fail')];
  const tight = { free: 52, largest: 4 };
  expect(single).toMatchObject({ ...tight, evicted: 0, discarded: 0, stranded: FLAG.stranded });
  expect(first).toMatchObject({ ...tight, discarded: 1, stranded: 0 });
  expect(fail).toMatchObject({ ...tight, evicted: 46, discarded: 0, stranded: 0 });
  expect([single.failedAt, first.failedAt, fail.failedAt]).toEqual([[], [3582], [3582]]);
  const none = [0, 0, 0];
  expect([single.loose, first.loose, fail.loose]).toEqual([[62, 0, 0], none, none]);
  expect(first.growth.grown).toBeGreaterThan(fail.growth.grown);
}
