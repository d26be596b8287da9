import { describe, expect, it } from 'vitest';
import { call, json } from './call.ts';
import { violations } from './json-schema.ts';

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

  it('describe the scenario file too', async () => {
    expect(await schema('scenario')).toMatchObject({ type: 'object', title: 'order0 scenario' });
  });
});
