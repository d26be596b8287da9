/**
 * The state that every preset ends in, under every policy and three seeds. A change that only makes the engine
 * faster leaves them as they are. One that means to change them raises ENGINE_VERSION, which links carry, and writes
 * them anew: npx vitest run test/engine/golden-hashes.test.ts -u
 */
import { describe, expect, it } from 'vitest';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { stateHash } from '../../src/engine/machine.ts';
import { AVAILABLE_POLICIES } from '../../src/engine/policy/table.ts';
import { ENGINE_VERSION } from '../../src/engine/version.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { parseScenario } from '../../src/scenario/parse.ts';
import { resolveScenario } from '../../src/scenario/resolve.ts';
import { applySets } from '../../src/scenario/set.ts';

const SEEDS = [1, 2, 3];

/** State at the end of a preset. */
function endOf(text: string, policy: string, seed: number): string {
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message);
  const changed = applySets(parsed.scenario, [`policy.name=${policy}`, `seed=${seed}`]);
  if (!changed.ok) throw new Error(changed.problems[0]!.message);
  const { config, operations } = resolveScenario(changed.scenario);
  const m = bootMachine(config);
  for (let i = 0; i < operations.length; i++) applyOperation(m, operations, i);
  return stateHash(m);
}

describe('the golden hashes', { timeout: 300_000 }, () => {
  it('are what the presets end in', async () => {
    const ends = bundledPresets.flatMap(({ id, text }) =>
      AVAILABLE_POLICIES.map((policy) =>
        [id, policy, ...SEEDS.map((seed) => endOf(text, policy, seed))].join(' '),
      ),
    );
    const told = [`engine ${ENGINE_VERSION}, seeds ${SEEDS.join(' ')}`, ...ends.sort()].join('\n');
    await expect(`${told}\n`).toMatchFileSnapshot('golden-hashes.txt');
  });
});
