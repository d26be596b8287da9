import { describe, expect, it } from 'vitest';
import type { CpusReport } from '../../../src/analysis/inspect/cpus.ts';
import { inspect } from '../../../src/analysis/inspect/inspect.ts';
import { applyOperation } from '../../../src/engine/apply.ts';
import { bootMachine } from '../../../src/engine/boot.ts';
import type { PolicyId } from '../../../src/engine/config.ts';
import type { Machine } from '../../../src/engine/machine.ts';
import { REASON } from '../../../src/engine/trace-event.ts';
import {
  apply,
  counter,
  only,
  plainMachine,
  randomOperations,
  reads,
  toyConfig,
} from '../../engine/support.ts';
import { runPreset } from '../../scenario/run-preset.ts';

function cpusOf(m: Machine): CpusReport {
  const report = inspect(m, { view: 'cpus' });
  if (report.view !== 'cpus') throw new Error(report.view);
  return report;
}

function arraysOf(m: Machine): Extract<CpusReport, { kind: 'arrays' }> {
  const report = cpusOf(m);
  if (report.kind !== 'arrays') throw new Error(report.kind);
  return report;
}

function busy(name: PolicyId, seed: number, cpus = 4): Machine {
  const m = bootMachine(toyConfig({ cpus, policyChange: { name } }));
  const log = randomOperations(seed, 4000, 1024);
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
  return m;
}

const SEEDS = [1, 2, 3];

describe('the figures of each CPU', () => {
  it.each(SEEDS)('add up to the counters, for arrays (seed %i)', (seed) => {
    const m = busy('order0-slab', seed);
    const did = arraysOf(m).caches.flatMap(({ cpus }) => cpus.map((one) => one.did));
    const sum = (figure: keyof (typeof did)[number]) => did.reduce((n, one) => n + one[figure], 0);
    expect(sum('hits')).toBe(counter(m, 'arrayHits'));
    expect(sum('refills')).toBe(counter(m, 'arrayRefills'));
    expect(sum('flushes')).toBe(counter(m, 'arrayFlushes'));
    expect(sum('sharedHits')).toBe(counter(m, 'sharedHits'));
    expect(sum('hits')).toBeGreaterThan(500);
    expect(sum('drains')).toBeGreaterThan(0);
    const busyCpus = new Set(
      arraysOf(m).caches.flatMap(({ cpus }) => cpus.flatMap((one, cpu) => (one.did.hits > 0 ? [cpu] : []))),
    );
    expect(busyCpus).toEqual(new Set([0, 1, 2, 3]));
  });

  it.each(SEEDS)('add up to the counters, for hot and cold lists (seed %i)', (seed) => {
    const m = busy('buddy-2.6', seed);
    const report = cpusOf(m);
    if (report.kind !== 'lists') throw new Error(report.kind);
    const did = report.zones.flatMap(({ cpus }) => cpus.map((one) => one.did));
    const sum = (figure: keyof (typeof did)[number]) => did.reduce((n, one) => n + one[figure], 0);
    expect(sum('hits')).toBe(counter(m, 'pcpHits'));
    expect(sum('refills')).toBe(counter(m, 'pcpRefills'));
    expect(sum('flushes')).toBe(counter(m, 'pcpDrains'));
    // what came and did not go back was handed out; what was handed out and freed came in by the other door
    expect(sum('pagesIn')).toBeGreaterThanOrEqual(sum('refills'));
  });
});

describe('what arrays hold back', () => {
  it('is a slab without a page in use that one parked page keeps', () => {
    const m = plainMachine();
    apply(m, { op: 'createFile', file: 0, pages: 64 }, ...reads(0, 0, 8));
    apply(m, { op: 'truncate', file: 0, page: 0, pages: 8 });
    const held = arraysOf(m).caches.flatMap((cache) => cache.held.slabs);
    expect(held.length).toBeGreaterThan(0);
    const [first] = held;
    const slab = first! >> m.config.slabOrder;
    expect(m.slabInUse[slab]).toBeGreaterThan(0);
    const events = apply(m, { op: 'drainCpus' });
    expect(only(events, 'arraysDrained')).not.toHaveLength(0);
    expect(m.slabInUse[slab]).toBe(0);
    expect(arraysOf(m).caches.every((cache) => cache.held.parked === 0 && cache.held.pages === 0)).toBe(true);
  });

  it.each(SEEDS)('is what a drain empties, and no other slab in use (seed %i)', (seed) => {
    const m = busy('order0-slab', seed, 2);
    const report = arraysOf(m);
    const held = new Set(report.caches.flatMap((cache) => cache.held.slabs.map((pfn) => pfn >> 5)));
    const parked = report.caches.reduce((n, cache) => n + cache.held.parked, 0);
    const entries = report.caches.reduce(
      (n, { cpus, shared }) =>
        n + cpus.reduce((sum, one) => sum + one.entries.length, 0) + (shared?.entries.length ?? 0),
      0,
    );
    expect(parked).toBe(entries);
    const before = m.slabInUse.slice();
    const were = m.slabCache.slice();
    apply(m, { op: 'drainCpus' });
    for (let slab = 0; slab < were.length; slab++) {
      if (were[slab] === 0 || before[slab] === 0) continue;
      const empty = m.slabCache[slab] === 0 || m.slabInUse[slab] === 0;
      expect([slab, empty]).toEqual([slab, held.has(slab)]);
    }
  });

  it('is what refuses slabs in the preset of four CPUs, and nothing once arrays are drained first', () => {
    const refusals = (sets: string) => {
      let parked = 0;
      runPreset('four-cpus', sets, (m) => {
        m.log.level = 1;
        parked += m.log.reason.subarray(0, m.log.count).filter((reason) => reason === REASON.parked).length;
      });
      return parked;
    };
    expect(refusals('')).toBeGreaterThan(0);
    expect(refusals('policy.drainFirst=true')).toBe(0);
  });

  it('also names slabs whose pages could all go but for a parked one', () => {
    const m = plainMachine({ arrays: { limit: 6, batchcount: 3, shared: 0 } });
    // batches of three: the fourth page leaves two parked beside it, in the same slab
    apply(m, { op: 'createFile', file: 0, pages: 64 }, ...reads(0, 0, 4));
    const [blocked] = arraysOf(m).caches.flatMap((cache) => cache.held.blocked);
    expect(blocked).toBeDefined();
    apply(m, { op: 'pin', file: 0, page: 0 });
    expect(arraysOf(m).caches.flatMap((cache) => cache.held.blocked)).not.toContain(blocked);
  });
});
