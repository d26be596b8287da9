/** Long work done in slices, so that messages are heard between them. */
import type { SeriesRun } from '../analysis/series.ts';
import { inputError } from './problems.ts';

/** Says that an `open` should stop; looked at between slices. */
export interface Cancellation {
  cancelled: boolean;
}

/** Milliseconds of work between two looks at the messages. */
const SLICE_MS = 50;
/** Operations between two looks at the clock. */
const CLOCK_EVERY = 64;

/**
 * Runs ahead to the end of the log.
 *
 * @param progress told after each slice
 * @param clock milliseconds; decides only when to pause, never what comes out
 * @throws InputError when it was cancelled
 */
export async function runAhead(
  run: SeriesRun,
  progress: (done: number) => void,
  cancellation: Cancellation,
  clock: () => number,
): Promise<void> {
  let started = clock();
  while (!run.run(CLOCK_EVERY)) {
    if (clock() - started < SLICE_MS) continue;
    progress(run.done);
    await macrotask();
    if (cancellation.cancelled) throw stopped();
    started = clock();
  }
}

/**
 * Runs a generator of progress to its end.
 *
 * @param progress told after each slice
 * @param clock milliseconds; decides only when to pause
 * @throws InputError when it was cancelled, and whatever the work throws
 */
export async function runSteps<P, R>(
  work: Generator<P, R>,
  progress: (at: P) => void,
  cancellation: Cancellation,
  clock: () => number,
): Promise<R> {
  let started = clock();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (clock() - started < SLICE_MS) continue;
    progress(step.value);
    await macrotask();
    if (cancellation.cancelled) throw stopped();
    started = clock();
  }
}

function stopped(): Error {
  return inputError('opening was stopped; what was open before is still open');
}

/** Resolves after the messages that wait have been handled. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
