import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeriesRun, SAMPLES, type SeriesRun } from '../../src/analysis/series.ts';
import { COUNTED, HELD, heldEvery } from '../../src/analysis/series-sample.ts';
import { summarise } from '../../src/analysis/summary.ts';
import { C } from '../../src/engine/counters.ts';
import { copyOperations, type OperationLog } from '../../src/engine/operation.ts';
import { createTimeline, fork, seek, type Timeline, undo } from '../../src/history/timeline.ts';
import { smallConfig } from '../analysis/machines.ts';
import { anyOperation, logOf } from './operations.ts';

function runOf(log: OperationLog): { t: Timeline; run: SeriesRun } {
  const t = createTimeline(smallConfig(128, { reclaim: 'on-failure' }), copyOperations(log));
  const run = createSeriesRun({
    machine: t.machine,
    length: () => t.operations.length,
    seek: (step) => seek(t, step),
  });
  return { t, run };
}

/** The series of a log run through in one go. */
function whole(log: OperationLog) {
  const { run } = runOf(log);
  run.run(Number.MAX_SAFE_INTEGER);
  return run.series();
}

const anyLog = fc.array(anyOperation, { minLength: 1, maxLength: 100, size: 'max' }).map(logOf);

describe('a series', { timeout: 60_000 }, () => {
  it('is the same in slices of any size, wherever the machine is in between', () => {
    fc.assert(
      fc.property(anyLog, fc.integer({ min: 9, max: 60 }), fc.nat(200), (log, budget, elsewhere) => {
        const { t, run } = runOf(log);
        while (!run.run(budget)) seek(t, elsewhere);
        expect(run.series()).toEqual(whole(log));
      }),
      { numRuns: 20 },
    );
  });

  it('follows an edit and its undoing', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(200), anyOperation, (log, at, edit) => {
        const { t, run } = runOf(log);
        run.run(Number.MAX_SAFE_INTEGER);
        const before = run.series();
        fc.pre(fork(t, Math.min(at, log.length), edit).forked);
        run.rewind(t.step - 1);
        run.run(Number.MAX_SAFE_INTEGER);
        expect(run.series()).toEqual(whole(t.operations));
        run.rewind(undo(t)!);
        run.run(Number.MAX_SAFE_INTEGER);
        expect(run.series()).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps to its number of samples, from the first step to the last', () => {
    const log = logOf(Array.from({ length: 5000 }, () => ({ op: 'idle' as const })));
    const { steps, freeLarge } = whole(log);
    expect(steps.length).toBeLessThanOrEqual(SAMPLES + 1);
    expect(steps.length).toBeGreaterThan(SAMPLES / 2);
    expect([steps.at(0), steps.at(-1)]).toEqual([0, log.length]);
    expect(freeLarge.every((pages) => pages > 0)).toBe(true);
  });

  it('says of every step what the figures of that step say', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const { t, run } = runOf(log);
        run.run(Number.MAX_SAFE_INTEGER);
        const series = run.series();
        for (const [i, step] of series.steps.entries()) {
          seek(t, step);
          const figures = summarise(t.machine, { title: '', seed: 1, length: log.length });
          const { pages } = figures;
          expect(series.freeByOrder.map((column) => column[i])).toEqual(
            figures.freeByOrder.map((blocks, order) => blocks * 2 ** order),
          );
          expect(series.unusableByOrder.map((column) => column[i])).toEqual(figures.unusableIndex);
          expect(series.fragByOrder.map((column) => column[i])).toEqual(figures.fragIndex);
          const held = Object.fromEntries(HELD.map((name) => [name, series.held[name][i]!]));
          expect(held).toMatchObject({
            reserved: pages.reserved,
            free: pages.free,
            idle: pages.slabIdle,
            perCpu: pages.perCpu,
            kreclaim: pages.kreclaim,
            knoreclaim: pages.knoreclaim,
          });
          expect(held['anon']! + held['cleanFile']! + held['dirtyFile']!).toBe(pages.user);
          for (const name of COUNTED) expect(series.counted[name][i]).toBe(t.machine.counters[C[name]]);
        }
        expect(series.heldSteps).toEqual(series.steps);
      }),
      { numRuns: 10 },
    );
  });

  it('books the cost of operations that ask for memory, and the dearest between two samples', () => {
    const touch = (page: number) => ({ op: 'touch', process: 0, region: 0, page, write: true }) as const;
    const log = logOf([
      { op: 'spawn', process: 0 },
      { op: 'mapAnon', process: 0, region: 0, pages: 8 },
      ...Array.from({ length: 8 }, (_, page) => touch(page)),
      { op: 'idle' },
    ]);
    const { t, run } = runOf(log);
    run.run(Number.MAX_SAFE_INTEGER);
    const { askedNs, dearestNs, counted } = run.series();
    const costs = askedNs.slice(1).map((total, i) => total - askedNs[i]!);
    expect(dearestNs.slice(1)).toEqual(costs);
    expect(costs.at(-1)).toBe(0);
    expect(askedNs.at(-1)).toBeGreaterThan(0);
    expect(askedNs.at(-1)).toBeLessThanOrEqual(t.machine.counters[C.costNs]!);
    expect(counted.requests.at(-1)).toBeGreaterThanOrEqual(8);
  });

  it('counts what holds the pages of a large machine less often', () => {
    expect([1024, 65_536, 1 << 20, 1 << 22].map((pages) => heldEvery(pages, SAMPLES))).toEqual([
      1, 1, 11, 44,
    ]);
  });
});
