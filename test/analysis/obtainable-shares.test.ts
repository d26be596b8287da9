/** The share of blocks that could be had, against the same question asked block by block. */
import { expect, it } from 'vitest';
import { obtainable } from '../../src/analysis/obtainable.ts';
import { obtainableShares } from '../../src/analysis/obtainable-shares.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { AVAILABLE_POLICIES } from '../../src/engine/policy/table.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { resolveScenario } from '../../src/scenario/resolve.ts';
import { applySets } from '../../src/scenario/set.ts';

const machineOf = (id: string, policy: string, pages: number) => {
  const { text } = bundledPresets.find((preset) => preset.id === id)!;
  const read = applySets(text, [`policy.name=${policy}`, `machine.pages=${pages}`]);
  if (!read.ok) throw new Error(read.problems[0]!.message);
  const { config, operations } = resolveScenario(read.scenario);
  const m = bootMachine(config);
  for (let i = 0; i < operations.length; i++) applyOperation(m, operations, i);
  return m;
};

it.each(AVAILABLE_POLICIES)('is counted as the blocks are looked at, under %s', (policy) => {
  // 1,500 pages: blocks of the larger orders are cut by the end of memory.
  for (const pages of [1024, 1500]) {
    const m = machineOf('limit-high-memory', policy, pages);
    const shares = obtainableShares(m);
    expect(shares).toHaveLength(m.config.maxOrder + 1);
    for (const [order, share] of shares.entries()) {
      const blocks = obtainable(m, order);
      const could = blocks.filter((block) => block.obtainable).length;
      expect([order, share]).toEqual([order, blocks.length === 0 ? null : could / blocks.length]);
    }
    expect(shares.some((share) => share !== null && share > 0 && share < 1)).toBe(true);
  }
});
