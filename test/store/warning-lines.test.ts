import { expect, test } from 'vitest';
import type { PolicyId } from '../../src/engine/config.ts';
import { warningLines } from '../../src/store/warning-lines.ts';

const ignored = (field: string, policy: PolicyId) => ({ field, policy });

test('fields that a policy ignores are one sentence, and policies that ignore the same are named together', () => {
  const lines = warningLines([
    ignored('policy.a', 'buddy-2.6'),
    ignored('policy.b', 'buddy-2.6'),
    'machine.cpus: 2 CPUs share an array',
    ignored('policy.a', 'page-moving'),
    ignored('policy.b', 'page-moving'),
    ignored('policy.c', 'mobility-lumpy'),
  ]);
  expect(lines).toEqual([
    'buddy-2.6 and page-moving ignore policy.a and policy.b: for another policy.',
    'mobility-lumpy ignores policy.c: for another policy.',
    'machine.cpus: 2 CPUs share an array',
  ]);
});

test('other warnings stay as they are', () => {
  expect(warningLines(['one', 'two'])).toEqual(['one', 'two']);
  expect(warningLines([])).toEqual([]);
});
