/** `order0 compare` and `order0 merge`: the same bytes however the work is shared out, and the figures of `order0 run`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { order0 } from '../../src/cli/dispatch.ts';
import type { CompareDocument } from '../../src/experiment/document.ts';
import type { ShardDocument } from '../../src/experiment/shards.ts';
import { estimate } from '../../src/experiment/statistics.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { encodeLink } from '../../src/scenario/links/codec.ts';
import { findPreset } from '../../src/scenario/presets.ts';
import { call, json } from './call.ts';
import { violations } from './json-schema.ts';

const ASKED = ['preset:scan-too-short', '--policies', 'order0-slab,buddy-2.6', '--seeds', '3..5'];
const SWEEP = ['--set', 'machine.pages=1024', '--sweep', 'policy.maxDefragScan=1,32'];
const ALL = ['compare', ...ASKED, ...SWEEP, '--jobs', '1'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'order0-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const schemaOf = async (name: string) =>
  JSON.parse((await call('schema', name)).out) as Record<string, unknown>;

describe('order0 compare', () => {
  it('names each parameter that an arm ignores, once', async () => {
    const { code, err } = await call(
      'compare',
      ...ASKED,
      '--seeds',
      '3,4',
      '--policies',
      'buddy-2.6',
      '--json',
    );
    expect(code).toBe(0);
    expect(err).toContain(
      'warning: policy.maxDefragScan is a parameter of another policy and is ignored by buddy-2.6',
    );
    expect(err.join()).not.toContain('[object');
    expect(new Set(err).size).toBe(err.length);
  });

  it('gives the figures of order0 run, run by run', async () => {
    const { policies, seeds } = (await json(...ALL)) as unknown as CompareDocument;
    expect(policies.map(({ policy, parameters }) => [policy, parameters])).toEqual([
      ['order0-slab', { 'policy.maxDefragScan': 1 }],
      ['order0-slab', { 'policy.maxDefragScan': 32 }],
      ['buddy-2.6', { 'policy.maxDefragScan': 1 }],
      ['buddy-2.6', { 'policy.maxDefragScan': 32 }],
    ]);
    for (const { policy, parameters, metrics, stateHashes } of policies.slice(0, 3)) {
      for (const [i, seed] of seeds.entries()) {
        const scan = parameters['policy.maxDefragScan'];
        const sets = ['--set', 'machine.pages=1024', '--set', `policy.maxDefragScan=${scan}`];
        const run = await json('run', ASKED[0]!, '--policy', policy, '--seed', String(seed), ...sets);
        const figure = (name: string) => metrics[name]?.values[i];
        expect(stateHashes[i]).toBe(run['stateHash']);
        for (const group of ['pages', 'highOrder', 'reclaim', 'perCpu', 'faults']) {
          for (const [name, value] of Object.entries(run[group] as Record<string, number>)) {
            expect(figure(name), name).toBe(value);
          }
        }
        expect(figure('costNs')).toBe(run['costNs']);
        expect(figure('largestFreeOrder')).toBe(run['largestFreeOrder']);
        for (const list of ['freeByOrder', 'unusableIndex', 'fragIndex']) {
          const values = run[list] as number[];
          expect(values.map((_, order) => figure(`${list}[${order}]`))).toEqual(values);
        }
        const daemon = run['daemon'] as Record<string, number>;
        expect(figure('daemonWakes')).toBe(daemon['wakes']);
      }
    }
  });

  it('estimates from the values it gives, and follows its schema', async () => {
    const document = (await json(...ALL)) as unknown as CompareDocument;
    expect(violations(await schemaOf('compare'), document)).toEqual([]);
    for (const { metrics } of document.policies) {
      const { values, ...given } = metrics['pagesWritten']!;
      expect(given).toEqual(estimate(values as number[]));
      const { values: indices, n } = metrics['fragIndex[0]']!;
      expect(n).toBe(indices.filter((value) => value !== -1000).length);
    }
    const heads = document.differences.map(({ of, against }) => [
      of.policy,
      ...Object.values(of.parameters),
      against.policy,
      ...Object.values(against.parameters),
    ]);
    expect(heads).toEqual([
      ['order0-slab', 32, 'order0-slab', 1],
      ['buddy-2.6', 1, 'order0-slab', 1],
      ['buddy-2.6', 32, 'order0-slab', 32],
      ['buddy-2.6', 32, 'buddy-2.6', 1],
    ]);
    const [first] = document.differences;
    const [one, many] = document.policies.map(({ metrics }) => metrics['refaults']!.values as number[]);
    expect(first!.metrics['refaults']).toEqual(estimate(many!.map((value, i) => value - one![i]!)));
  });

  it('prints the same bytes on one thread and on several', async () => {
    const one = await call(...ALL, '--json');
    const four = await call('compare', ...ASKED, ...SWEEP, '--jobs', '4', '--json');
    expect(four.code).toBe(0);
    expect(four.out).toBe(one.out);
  });

  it('prints a table for people', async () => {
    const { out, code } = await call(...ALL);
    expect(code).toBe(0);
    expect(out).toMatch(/^A scan too short: 3 seeds, machine\.pages=1024\n/);
    expect(out).toMatch(/^pagesWritten +\d+(?:\.\d+)? ± \d+/m);
    expect(out).toContain('buddy-2.6 maxDefragScan=1 less order0-slab maxDefragScan=1');
    expect((await call(...ALL, '--all')).out).toMatch(/^freeByOrder\[3\] /m);
  });

  it('takes a link of an experiment, and gives it again the same', async () => {
    const link = encodeLink(
      {
        preset: 'scan-too-short',
        experiment: {
          policies: ['order0-slab', 'buddy-2.6'],
          seeds: [3, 4, 5],
          sets: ['machine.pages=1024'],
          sweeps: [{ path: 'policy.maxDefragScan', values: ['1', '32'] }],
        },
      },
      'https://example.org/',
    ).url;
    expect((await call('compare', link, '--jobs', '1', '--json')).out).toBe(
      (await call(...ALL, '--json')).out,
    );
  });

  it('takes a file, and its own policy and seed where none are named', async () => {
    const path = file('own.yaml', findPreset(bundledPresets, 'one-slab')!.text);
    const { policies, seeds, preset } = (await json(
      'compare',
      path,
      '--jobs',
      '1',
    )) as unknown as CompareDocument;
    expect([policies.map(({ policy }) => policy), seeds, preset]).toEqual([['order0-slab'], [2003], null]);
    const run = await json('run', path);
    expect(policies[0]!.stateHashes).toEqual([run['stateHash']]);
    expect(policies[0]!.metrics['costNs']).toEqual({
      n: 1,
      mean: run['costNs'],
      ci95: null,
      values: [run['costNs']],
    });
  });

  it('tells how far it is where it is asked', async () => {
    const { err } = await call(...ALL, '--progress');
    expect(err.filter((line) => line.endsWith('runs done'))).toHaveLength(12);
    expect(err.at(-1)).toBe('12 of 12 runs done');
  });

  it.each(['1', '2'])('ends at once on Ctrl-C, with %s jobs', async (jobs) => {
    const out: string[] = [];
    const err: string[] = [];
    let cancel = () => {};
    const code = await order0(['compare', ...ASKED, ...SWEEP, '--jobs', jobs, '--progress', '--json'], {
      out: (text) => out.push(text),
      err: (line) => {
        err.push(line);
        if (line.startsWith('2 of')) cancel();
      },
      onCancel: (listener) => {
        cancel = listener;
        return () => {};
      },
    });
    expect(code).toBe(130);
    expect(out).toEqual([]);
    expect(err.at(-1)).toMatch(/^order0 compare: cancelled after [23] of 12 runs$/);
  });
});

describe('what compare refuses', () => {
  it.each([
    [['--policies', 'best'], 2, 'policies: expected some of order0-slab'],
    [['--seeds', 'x'], 2, 'seeds: expected whole numbers'],
    [['--sweep', 'machine.pages'], 2, 'sweep: expected KEY=VALUE,VALUE'],
    [['--jobs', '0'], 2, '--jobs: expected a whole number from 1 to 1024'],
    [['--shard', '0/3'], 2, '--shard: expected I/N with I from 1 to N, met "0/3"'],
    [['--shard', '4/3'], 2, '--shard: expected I/N'],
    [['--seeds', '1..10000', '--sweep', 'machine.pages=64..160'], 2, 'at most 100000 runs, met 970000'],
    [['--sweep', 'machine.page=1,2'], 1, 'order0-slab, machine.page=1: set machine.page: unknown'],
    [
      ['--sweep', 'machine.slabOrder=5,11'],
      1,
      'order0-slab, machine.slabOrder=11: machine.slabOrder: expected',
    ],
  ])('%j', async (args, code, said) => {
    const refused = await call('compare', 'preset:one-slab', '--jobs', '1', ...(args as string[]));
    expect(refused.code).toBe(code);
    expect(refused.out).toBe('');
    expect(refused.err[0]).toContain(said);
  });

  it('a scenario that is none, and one of a recording', async () => {
    expect(await call('compare', 'preset:nothing')).toMatchObject({ code: 1, out: '' });
    expect((await call('compare', 'experiment:nothing')).err[0]).toContain('expected one of scan-length');
    const text = 'order0: 1\ntitle: x\nmachine:\n  pages: 1024\nworkload:\n  recording: G-smp\n';
    const refused = await call('compare', file('recording.yaml', text));
    expect([refused.code, refused.err[0]]).toEqual([1, expect.stringContaining('a recording, expected')]);
  });
});

describe('shards', () => {
  async function shards(of: number, ...more: string[]): Promise<string[]> {
    const names: string[] = [];
    for (let index = 1; index <= of; index++) {
      const { out } = await call(...ALL, '--shard', `${index}/${of}`, ...more);
      names.push(file(`${of}-${index}-${more.join('')}.json`, out));
    }
    return names;
  }

  it.each([1, 3, 5])('of %i merge in any order to the bytes of the whole', async (of) => {
    const names = await shards(of, '--json');
    const whole = await call(...ALL, '--json');
    expect(await call('merge', ...names)).toEqual({ ...whole, err: [] });
    expect((await call('merge', ...names.toReversed())).out).toBe(whole.out);
  });

  it('follow their schema, and merge to the table where no JSON was asked for', async () => {
    const names = await shards(2);
    const { out } = await call(...ALL, '--shard', '1/2');
    expect(violations(await schemaOf('shard'), JSON.parse(out))).toEqual([]);
    expect((await call('merge', ...names)).out).toBe((await call(...ALL)).out);
    expect((await call('merge', '--json', ...names)).out).toBe((await call(...ALL, '--json')).out);
  });

  it('may be more than there are runs', async () => {
    const asked = ['compare', 'preset:one-slab', '--seeds', '1', '--jobs', '1', '--json'];
    const names = await Promise.all(
      [1, 2].map(async (index) => file(`few-${index}`, (await call(...asked, '--shard', `${index}/2`)).out)),
    );
    expect((await call('merge', ...names)).out).toBe((await call(...asked)).out);
  });

  it('are refused where they make no whole', async () => {
    const [one, two, three] = (await shards(3, '--json')) as [string, string, string];
    const refusal = async (...names: string[]) => {
      const { code, out, err } = await call('merge', ...names);
      expect([code, out, err.length]).toEqual([1, '', 1]);
      return err[0];
    };
    expect(await refusal(one, three)).toBe('shard 2 of 3 is missing');
    expect(await refusal(one, two, three, one)).toBe(`${one}: shard 1 of 3 is there already, in ${one}`);
    const other = await call(...ALL.map((arg) => (arg === '3..5' ? '3..6' : arg)), '--shard', '3/3');
    const foreign = file('foreign.json', other.out);
    expect(await refusal(one, two, foreign)).toBe(
      `${foreign}: not of the same experiment as ${one}: seeds differs`,
    );
    const [half] = (await shards(2, '--json')) as [string];
    expect(await refusal(one, half)).toContain('of 2 shards, expected of 3');
    const shard = JSON.parse((await call(...ALL, '--shard', '3/3')).out) as ShardDocument;
    const cut = file('cut.json', JSON.stringify({ ...shard, cells: shard.cells.slice(1) }));
    expect(await refusal(one, two, cut)).toBe(
      `${cut}: run ${shard.cells[0]!.cell} is missing: was the shard cut off?`,
    );
    const stray = file('stray.json', JSON.stringify({ ...shard, cells: [{ ...shard.cells[0], cell: 0 }] }));
    expect(await refusal(one, two, stray)).toContain("run 0 is none of this shard's");
    expect(await refusal(one, file('no.json', '{"cells": '))).toContain('met no JSON');
    expect(await refusal(one, file('whole.json', '{"policies": []}'))).toContain(
      'shard is not as it should be',
    );
    expect((await call('merge')).code).toBe(2);
  });
});

describe('the experiments that come with the program', () => {
  it('are listed', async () => {
    const { out } = await call('experiments', '--json');
    expect((JSON.parse(out) as { id: string }[]).map(({ id }) => id)).toContain('victim-rule');
    expect((await call('experiments')).out).toContain('preset:scan-too-short');
  });

  it.each(['scan-length', 'victim-rule', 'slab-order', 'growth-rule', 'lru-damage'])(
    '%s runs',
    async (id) => {
      const document = (await json(
        'compare',
        `experiment:${id}`,
        '--seeds',
        '1',
      )) as unknown as CompareDocument;
      const { figure } = (
        JSON.parse((await call('experiments', '--json')).out) as { id: string; figure: string }[]
      ).find((one) => one.id === id)!;
      const means = document.policies.map(({ metrics }) => metrics[figure]!.mean);
      expect(means.some((mean) => mean !== null && mean > 0)).toBe(true);
      expect(new Set(means).size).toBeGreaterThan(1);
    },
  );
});
