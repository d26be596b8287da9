import { describe, expect, it } from 'vitest';
import { call, json } from './call.ts';
import { scratchFiles } from './files.ts';
import { violations } from './json-schema.ts';

const file = scratchFiles();

async function schema(name: string): Promise<Record<string, unknown>> {
  return JSON.parse((await call('schema', name)).out) as Record<string, unknown>;
}

describe('the published schemas', { timeout: 60_000 }, () => {
  it('hold for real results, under each policy that can be run and at any step', async () => {
    const result = await schema('result');
    for (const args of [[], ['--policy', 'buddy-2.6'], ['--until', '0'], ['--until', '700']]) {
      expect(violations(result, await json('run', 'preset:one-slab', ...args))).toEqual([]);
    }
  });

  it('hold for real answers to why, failed and not', async () => {
    const why = await schema('why');
    for (const [at, order] of [
      ['0', '0'],
      ['1000', '5'],
      ['1000', '10'],
    ] as const) {
      expect(violations(why, await json('why', 'preset:one-slab', '--at', at, '--order', order))).toEqual([]);
    }
  });

  it('refuse what is missing, unknown or of another kind', async () => {
    const result = await schema('result');
    const good = await json('run', 'preset:one-slab', '--until', '10');
    const { costNs, ...without } = good;
    expect(costNs).toBeTypeOf('number');
    expect(violations(result, without)).toEqual(['$: costNs is missing']);
    expect(violations(result, { ...good, more: 1 })).toEqual(['$: unknown more']);
    expect(violations(result, { ...good, steps: 1.5 })).toEqual(['$.steps: expected integer']);
    expect(violations(result, { ...good, freeByOrder: [1, 'x'] })[0]).toMatch(/^\$\.freeByOrder\[1\]: /);
  });

  it.each(['order0-slab', 'buddy-2.6', 'page-moving', 'mobility-lumpy', 'mobility-compaction'])(
    'hold for every preset that shows a claim or a limit, under %s',
    async (policy) => {
      const [result, why] = [await schema('result'), await schema('why')];
      const ids = ['claim-mempool', 'claim-inodes', 'limit-high-memory', 'pinned-pair', 'claim-folios'];
      for (const id of ids) {
        const run = await json('run', `preset:${id}`, '--policy', policy);
        expect(violations(result, run)).toEqual([]);
        const at = ['--at', String(run['steps']), '--order', '5'];
        expect(violations(why, await json('why', `preset:${id}`, '--policy', policy, ...at))).toEqual([]);
      }
    },
  );

  it('hold for a recording, as recorded and as a workload', async () => {
    const replay = await schema('replay');
    for (const args of [['--as-recorded'], [], ['--policy', 'mobility-compaction']]) {
      expect(violations(replay, await json('replay', 'test/fixtures/traces/ftrace.txt', ...args))).toEqual(
        [],
      );
    }
  });

  it('hold for texts of the kernel, whole and cut', async () => {
    const inspect = await schema('inspect');
    for (const name of ['buddyinfo', 'pagetypeinfo', 'slabinfo', 'zoneinfo', 'vmstat', 'extfrag_index']) {
      const { out } = await call(
        'proc',
        'preset:one-slab',
        '--policy',
        'mobility-lumpy',
        '--at',
        '500',
        name,
      );
      const [whole, cut] = [file(name, out), file(`${name}-cut`, out.slice(out.length / 3))];
      expect(violations(inspect, JSON.parse((await call('inspect', whole, cut, '--json')).out))).toEqual([]);
    }
  });

  it('hold for the lists of presets and experiments', async () => {
    for (const name of ['presets', 'experiments']) {
      const { out } = await call(name, '--json');
      expect(violations(await schema(name), JSON.parse(out))).toEqual([]);
    }
  });

  it('describe the scenario file too', async () => {
    expect(await schema('scenario')).toMatchObject({ type: 'object', title: 'order0 scenario' });
  });
});
