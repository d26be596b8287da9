/** What `why` foretells of a request is what a pass over the zones at the min mark then does. */
import { describe, expect, it } from 'vitest';
import { explainInShort } from '../../src/analysis/why.ts';
import { NONE } from '../../src/base/units.ts';
import { POLICY_IDS } from '../../src/engine/config.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { type Machine, restoreSnapshot, takeSnapshot } from '../../src/engine/machine.ts';
import { pass } from '../../src/engine/pass.ts';
import { policyOf } from '../../src/engine/policy/table.ts';
import { zonelist } from '../../src/engine/zone.ts';
import { runPreset } from '../scenario/run-preset.ts';

const ASKED = [GFP_MASKS.kernel, GFP_MASKS.highuser, GFP_MASKS.atomic];

function isServed(m: Machine, order: number, gfp: number): boolean {
  const before = takeSnapshot(m);
  const attempt = { policy: policyOf(m), zones: zonelist(m.config, gfp), order, gfp };
  const pfn = pass(m, attempt, 'min');
  restoreSnapshot(m, before);
  return pfn !== NONE;
}

/** Questions asked all along a run, those answered yes among them, and where the answer was wrong. */
function ask(preset: string, sets: string) {
  const wrong: string[] = [];
  const told = { yes: 0, no: 0 };
  runPreset(preset, sets, (m, step) => {
    if (step % 97 > 0) return;
    for (const gfp of ASKED) {
      for (let order = 0; order <= 6; order++) {
        const report = explainInShort(m, order, step, { gfp, reclaimed: 0, windowsTouched: 0 });
        told[report.wouldSucceed ? 'yes' : 'no']++;
        if (report.wouldSucceed !== isServed(m, order, gfp)) wrong.push(`${step}: ${report.reason}`);
      }
    }
  });
  return { wrong, told };
}

const GROWTHS = ['single-pages', 'reclaim-first', 'fail'] as const;
const RUNS = [
  ...POLICY_IDS.map((policy) => `policy.name=${policy}`),
  ...GROWTHS.map((growth) => `policy.growth=${growth},seed=7`),
];

describe.each(['one-slab', 'parallel-make', 'dirty-storm'])('along %s', (preset) => {
  it.each(RUNS)('with %s a request that is said to be served is, and no other', (sets) => {
    const { wrong, told } = ask(preset, sets);
    expect(wrong).toEqual([]);
    expect(told.yes).toBeGreaterThan(0);
    expect(told.no).toBeGreaterThan(0);
  });
});
