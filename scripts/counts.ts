import * as v from 'valibot';

/** How many tests a runner passed, failed and skipped. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const ONE_PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
export const ONE_FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

const VitestReport = v.object({
  testResults: v.array(
    v.object({
      status: v.string(),
      assertionResults: v.array(v.object({ status: v.string() })),
    }),
  ),
});

const PlaywrightReport = v.object({
  stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number(), skipped: v.number() }),
});

/**
 * Counts of Vitest's JSON report. A file that failed without a failed test of its own (it did not
 * load, or a hook threw) counts as one failed.
 */
export function vitestCounts(report: unknown): Counts {
  const files = v.parse(VitestReport, report).testResults;
  let [passed, failed, skipped] = [0, 0, 0];
  for (const file of files) {
    const statuses = file.assertionResults.map((test) => test.status);
    const failedHere = statuses.filter((status) => status === 'failed').length;
    const passedHere = statuses.filter((status) => status === 'passed').length;
    passed += passedHere;
    skipped += statuses.length - passedHere - failedHere;
    failed += file.status === 'failed' ? Math.max(1, failedHere) : failedHere;
  }
  return { passed, failed, skipped };
}

/** Counts of Playwright's JSON report; a flaky test is a failed one. */
export function playwrightCounts(report: unknown): Counts {
  const { expected, unexpected, flaky, skipped } = v.parse(PlaywrightReport, report).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** What a runner's report and exit code say together: ran nothing, or a non-zero exit without a failed test, is one failed. */
export function judge(counts: Counts, exitCode: number): Counts {
  const ranNothing = counts.passed + counts.failed === 0;
  const failedUnseen = exitCode !== 0 && counts.failed === 0;
  return ranNothing || failedUnseen ? { ...counts, failed: counts.failed + 1 } : counts;
}

/** The sum over all runners. */
export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** `N passed, N failed`, with `, N skipped` where some were. */
export function phrase({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
