/** Published figures belong to arms that are really run, and to figures that runs really have. */
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/experiment/document.ts';
import { armsOf, cellsOf } from '../../src/experiment/experiment.ts';
import { belongsTo, originalsOf } from '../../src/experiment/originals.ts';
import { PUBLISHED } from '../../src/experiment/published.ts';
import { DIFFERS } from '../../src/experiment/published-differs.ts';
import { findShipped, SHIPPED } from '../../src/experiment/shipped.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { checkArms, openSubject, runCell } from '../../src/worker/experiment-run.ts';
import { call } from '../cli/call.ts';

const subjectOf = (preset: string) => openSubject({ kind: 'preset', id: preset }, bundledPresets).subject;

describe.each(Object.entries(PUBLISHED))('what was published for %s', (id, values) => {
  const shipped = findShipped(id)!;

  it('belongs to an arm of the experiment, and says why ours differ', () => {
    const arms = armsOf(shipped.choice);
    for (const one of values) expect(arms.filter((arm) => belongsTo(one, arm))).not.toEqual([]);
    expect(values.map(({ figure }) => figure)).toContain(shipped.figure);
    expect(DIFFERS[id]).toMatch(/\.$/);
  });

  it('is found again by what is asked, and by nothing else', () => {
    const { preset, choice } = shipped;
    expect(originalsOf({ preset, ...choice })?.values).toBe(values);
    expect(originalsOf({ preset, ...choice, sets: [...choice.sets, 'machine.cpus=2'] })).toBeNull();
  });
});

describe('the experiments that come with the program', () => {
  it('can be run, every arm', () => {
    for (const { preset, choice } of SHIPPED) {
      expect(() => checkArms({ subject: subjectOf(preset), choice })).not.toThrow();
    }
  });

  it('have a summary of two sentences and a name of their own', () => {
    expect(new Set(SHIPPED.map(({ id }) => id)).size).toBe(SHIPPED.length);
    for (const { summary } of SHIPPED) expect(summary.match(/[.!?]”?(\s|$)/g)).toHaveLength(2);
  });
});

describe('a document', () => {
  const { preset, choice } = findShipped('five-policies')!;
  const one = { ...choice, policies: ['buddy-2.6'] as const, seeds: [1] };
  const experiment = { subject: subjectOf(preset), choice: one };
  const results = cellsOf(one).map(({ index }) => runCell(experiment, index));

  it('has the published figures, which the runs have too', () => {
    const { published, policies } = documentOf(experiment, results);
    expect(published).toHaveLength(PUBLISHED['five-policies']!.length);
    const figures = Object.keys(policies[0]!.metrics);
    for (const values of Object.values(PUBLISHED)) {
      for (const { figure } of values) expect(figures).toContain(figure);
    }
  });

  it('has none where nobody measured it', () => {
    const own = { ...experiment, choice: { ...one, sets: [...one.sets, 'machine.cpus=1'] } };
    expect(documentOf(own, results)).not.toHaveProperty('published');
  });
});

it('the command line prints the original beside ours', async () => {
  const args = ['experiment:full-scan', '--seeds', '1', '--jobs', '1'];
  const { out, code } = await call('compare', ...args);
  expect(code).toBe(0);
  expect(out).toMatch(/^figure +run of +original +here +the original is$/m);
  expect(out).toMatch(/^writtenPerServed +maxDefragScan=64 +173 +[\d.]+ +all slabs looked at \[1\]$/m);
  expect(out).toMatch(/^\[1\] an earlier throw-away model/m);
  expect(out).toContain('Why they differ: ');
}, 60_000);
