/** What an experiment varies, as people write it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armsOf, cellsOf } from '../../src/experiment/experiment.ts';
import {
  ChoiceError,
  checkedChoice,
  readPolicies,
  readSeeds,
  readSweep,
  writeSeeds,
  writeSweep,
} from '../../src/scenario/experiment-choice.ts';

describe('seeds', () => {
  it('are ranges, numbers or both, in the order written', () => {
    expect(readSeeds('1..4')).toEqual([1, 2, 3, 4]);
    expect(readSeeds('9, 3..5, 1')).toEqual([9, 3, 4, 5, 1]);
  });

  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(fc.nat(30), fc.maxSafeNat()), { minLength: 1 }), (seeds) => {
        expect(readSeeds(writeSeeds(seeds))).toEqual(seeds);
      }),
    );
    expect(writeSeeds([1, 2, 3, 7, 8, 4])).toBe('1..3,7,8,4');
  });

  it.each([
    ['', 'met ""'],
    ['1..', 'met "1.."'],
    ['-1', 'met "-1"'],
    ['5..2', 'a range that rises, met 5..2'],
    ['1,2,1', 'met 1 twice'],
    ['1..99999999999', 'at most 10000'],
    ['9999999999999999', '9007199254740991'],
  ])('%j is none', (text, said) => {
    expect(() => readSeeds(text)).toThrow(ChoiceError);
    expect(() => readSeeds(text)).toThrow(said);
  });
});

describe('a sweep', () => {
  it('is a field and its values', () => {
    expect(readSweep('machine.slabOrder=2..5,8')).toEqual({
      path: 'machine.slabOrder',
      values: ['2', '3', '4', '5', '8'],
    });
    expect(readSweep('policy.victim=first, random').values).toEqual(['first', 'random']);
    expect(readSweep('a.size=[0.1, 0.2],[0.3, 0.4]').values).toEqual(['[0.1, 0.2]', '[0.3, 0.4]']);
    expect(writeSweep(readSweep('machine.slabOrder=2,3,4,8'))).toBe('machine.slabOrder=2..4,8');
  });

  it.each([
    ['machine.pages', 'expected KEY=VALUE,VALUE'],
    ['=3', 'expected KEY=VALUE,VALUE'],
    ['seed=1,2', 'seed is varied by the seeds'],
    ['policy.name=buddy-2.6', 'policy.name is varied by the policies'],
    ['a=1,,2', 'a value between the commas'],
    ['a=1,1', 'met 1 twice'],
  ])('%j is none', (text, said) => {
    expect(() => readSweep(text)).toThrow(said);
  });
});

describe('a choice', () => {
  const choice = {
    policies: readPolicies('buddy-2.6,order0-slab'),
    seeds: [5, 6],
    sets: ['machine.cpus=2'],
    sweeps: [readSweep('policy.maxDefragScan=1,8'), readSweep('machine.slabOrder=4,5')],
  };

  it('gives every run once: policies, then values, then seeds', () => {
    const cells = cellsOf(choice);
    expect(cells.map(({ index }) => index)).toEqual(cells.map((_, i) => i));
    expect(cells).toHaveLength(16);
    expect(cells[0]).toMatchObject({ arm: { policy: 'buddy-2.6' }, seed: 5 });
    expect(cells.slice(0, 5).map(({ sets, seed }) => [...sets, seed])).toEqual([
      ['machine.cpus=2', 'policy.maxDefragScan=1', 'machine.slabOrder=4', 5],
      ['machine.cpus=2', 'policy.maxDefragScan=1', 'machine.slabOrder=4', 6],
      ['machine.cpus=2', 'policy.maxDefragScan=1', 'machine.slabOrder=5', 5],
      ['machine.cpus=2', 'policy.maxDefragScan=1', 'machine.slabOrder=5', 6],
      ['machine.cpus=2', 'policy.maxDefragScan=8', 'machine.slabOrder=4', 5],
    ]);
    expect(armsOf(choice).at(-1)!.policy).toBe('order0-slab');
  });

  it('is refused where it is too large or empty', () => {
    const seeds = readSeeds('1..10000');
    const sweeps = [readSweep('a=1..99')];
    expect(() => checkedChoice({ ...choice, seeds, sweeps })).toThrow('at most 100000 runs, met 1980000');
    expect(() => checkedChoice({ ...choice, policies: [] })).toThrow('at least one policy');
    expect(() => checkedChoice({ ...choice, sweeps: [readSweep('a=1'), readSweep('a=2')] })).toThrow(
      'a twice',
    );
  });

  it('knows the policies', () => {
    expect(() => readPolicies('order0-slab,best')).toThrow('met "best"');
    expect(() => readPolicies('buddy-2.6,buddy-2.6')).toThrow('buddy-2.6 twice');
  });
});
