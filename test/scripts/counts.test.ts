import { describe, expect, it } from 'vitest';
import { judge, phrase, playwrightCounts, sum, vitestCounts } from '../../scripts/counts.ts';

const tests = (...statuses: string[]) => statuses.map((status) => ({ status }));

describe('counts', () => {
  it('reads a Vitest report: whatever neither passed nor failed was skipped', () => {
    const report = {
      testResults: [
        { status: 'passed', assertionResults: tests('passed', 'passed', 'pending') },
        { status: 'failed', assertionResults: tests('passed', 'failed', 'failed', 'todo') },
      ],
    };
    expect(vitestCounts(report)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it('counts a test file that did not load as one failed', () => {
    const report = { testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(vitestCounts(report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('reads a Playwright report, where a flaky test is a failed one', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 3 } };
    expect(playwrightCounts(report)).toEqual({ passed: 5, failed: 3, skipped: 3 });
  });

  it('refuses a report of another shape', () => {
    expect(() => vitestCounts({})).toThrow();
    expect(() => playwrightCounts({ stats: {} })).toThrow();
  });

  it.each([
    ['a runner that ran nothing', { passed: 0, failed: 0, skipped: 4 }, 0, 1],
    ['a bad exit without a failed test', { passed: 3, failed: 0, skipped: 0 }, 1, 1],
    ['a bad exit with failed tests, once', { passed: 3, failed: 2, skipped: 0 }, 1, 2],
    ['a clean run as clean', { passed: 3, failed: 0, skipped: 0 }, 0, 0],
  ])('judges %s', (_, counts, exitCode, failed) => {
    expect(judge(counts, exitCode)).toEqual({ ...counts, failed });
  });

  it('says the sum, and skipped tests only where there are some', () => {
    const one = { passed: 2, failed: 1, skipped: 0 };
    expect(phrase(sum([one, one]))).toBe('4 passed, 2 failed');
    expect(phrase(sum([one, { ...one, skipped: 3 }]))).toBe('4 passed, 2 failed, 3 skipped');
  });
});
