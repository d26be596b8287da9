import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeriesRun, SAMPLES, type SeriesRun } from '../../src/analysis/series.ts';
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
});
