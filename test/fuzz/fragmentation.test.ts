/**
 * A machine kept nearly full of touched, pinned and locked pages while blocks of many orders are asked for: what lumps,
 * compaction and moving have to live with. Random operations seldom get there.
 */
import { describe, expect, it, vi } from 'vitest';
import { nextBelow, seedPrng } from '../../src/base/prng.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import type { PolicyId } from '../../src/engine/config.ts';
import { GFP, GFP_MASKS } from '../../src/engine/gfp.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import {
  ALLOC_TAG,
  createOperationLog,
  OP,
  type OpCode,
  type OperationLog,
  pushOperation,
} from '../../src/engine/operation.ts';
import { AVAILABLE_POLICIES } from '../../src/engine/policy/table.ts';
import { counter, toyConfig } from '../engine/support.ts';
import { ShadowChecker } from './shadow.ts';

const PAGES = 1024;

/** `n` operations of a seed. */
function fragmenting(seed: number, n: number): OperationLog {
  const rng = new Uint32Array(4);
  seedPrng(rng, seed, 'fragmentation');
  const pick = (bound: number) => nextBelow(rng, bound);
  const log = createOperationLog(n);
  for (let file = 0; file < 6; file++) pushOperation(log, OP.createFile, file, 0, 120);
  for (let process = 0; process < 4; process++) {
    pushOperation(log, OP.spawn, process);
    pushOperation(log, OP.mapAnon, process * 8, 0, 150);
    pushOperation(log, OP.mapFile, process * 8 + 1, process, 120);
  }
  const huge = [GFP_MASKS.highuser, GFP_MASKS.highuser | GFP.movable];
  while (log.length < n) {
    const [dt, cpu] = [pick(5000), pick(2)];
    const put = (kind: OpCode, owner = 0, index = 0, arg = 0, gfp = 0) =>
      pushOperation(log, kind, owner, index, arg, gfp, dt, cpu);
    const roll = pick(100);
    if (roll < 30) put(OP.touch, pick(4) * 8 + pick(2), pick(150), pick(2));
    else if (roll < 55) put(pick(3) ? OP.readFile : OP.writeFile, pick(6), pick(120));
    else if (roll < 65)
      put(
        OP.alloc,
        pick(60),
        ALLOC_TAG.kmalloc,
        pick(3) ? 0 : 1 + pick(5),
        pick(4) ? GFP_MASKS.kernel : GFP_MASKS.atomic,
      );
    else if (roll < 72) put(OP.alloc, 100 + pick(20), ALLOC_TAG.hugePage, 3 + pick(3), huge[pick(2)]!);
    else if (roll < 84) put(OP.free, pick(2) ? pick(60) : 100 + pick(20));
    else if (roll < 90) put(OP.objectLookup, pick(2), pick(200));
    else if (roll < 93) put(pick(2) ? OP.pin : OP.unpin, pick(6), pick(120), 1);
    else if (roll < 95) put(pick(2) ? OP.pin : OP.unpin, pick(4) * 8, pick(150), 0);
    else if (roll < 97) put(OP.zap, pick(4) * 8, pick(150), 1 + pick(20));
    else if (roll < 98) put(pick(2) ? OP.lock : OP.unlock, pick(4) * 8);
    else if (roll < 99) put(OP.truncate, pick(6), pick(120), 10);
    else put(OP.drainCpus);
  }
  return log;
}

vi.setConfig({ testTimeout: 60_000 });

/** What a policy must have done by the end, or the run has shown nothing. */
const DONE: Partial<Record<PolicyId, 'lumpyTaken' | 'compactMigrated'>> = {
  'mobility-lumpy': 'lumpyTaken',
  'mobility-compaction': 'compactMigrated',
};

describe.each(AVAILABLE_POLICIES)('a fragmented machine under %s', (name) => {
  it.each([1, 2, 3, 4])('keeps its promises and moves no pinned page (seed %i)', (seed) => {
    const config = toyConfig({
      pages: PAGES,
      swapPages: seed % 2 === 0 ? 0 : 256,
      ...(seed % 2 === 0 ? { minFreeKbytes: 128 } : {}),
      policyChange: { name },
    });
    const m = bootMachine(config);
    const log = fragmenting(seed, 2000);
    const shadow = new ShadowChecker(PAGES, config.slabOrder);
    m.log.level = 1;
    for (let i = 0; i < log.length; i++) {
      applyOperation(m, log, i);
      const wrong = checkInvariants(m) ?? shadow.follow(m.log);
      expect(wrong === null ? null : `operation ${i}: ${wrong}`).toBeNull();
    }
    const done = DONE[name];
    if (done !== undefined) expect(counter(m, done)).toBeGreaterThan(0);
  });
});
