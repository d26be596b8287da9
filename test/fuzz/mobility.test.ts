import { describe, expect, it } from 'vitest';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import { claimOperations } from './claims.ts';
import { drawConfig } from './machines.ts';
import { ShadowChecker } from './shadow.ts';

/** Runs a seed under a policy; the first thing wrong, or null. */
function fuzz(seed: number, name: 'mobility-lumpy' | 'mobility-compaction', n: number): string | null {
  const config = drawConfig(seed, name, 1024);
  const log = claimOperations(seed, n, config.pages);
  const m = bootMachine(config);
  m.log.level = 1;
  const shadow = new ShadowChecker(config.pages, config.slabOrder);
  for (let i = 0; i < n; i++) {
    applyOperation(m, log, i);
    const wrong = checkInvariants(m) ?? shadow.follow(m.log);
    if (wrong !== null) return `operation ${i}: ${wrong}`;
  }
  return null;
}

describe('grouping policies over random operations', () => {
  for (let seed = 1; seed <= 12; seed++)
    it(`mobility-lumpy, seed ${seed}`, () => {
      expect(fuzz(seed, 'mobility-lumpy', 500)).toBeNull();
    });
});
