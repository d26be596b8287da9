import { describe, expect, it, vi } from 'vitest';
import { NONE } from '../../src/base/units.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import { type Machine, restoreSnapshot, stateHash, takeSnapshot } from '../../src/engine/machine.ts';
import { decodeOperation, type OperationLog } from '../../src/engine/operation.ts';
import { AVAILABLE_POLICIES } from '../../src/engine/policy/table.ts';
import { EV, StopAtEvent } from '../../src/engine/trace-event.ts';
import { folioOrder } from '../../src/engine/user/folio.ts';
import { randomOperations } from '../engine/support.ts';
import { claimOperations } from './claims.ts';
import { describeConfig, drawConfig } from './machines.ts';
import { pressedConfig, pressedOperations } from './pressure.ts';
import { ShadowChecker } from './shadow.ts';

/** One line that names the operation after which something was wrong. */
function at(log: OperationLog, i: number, wrong: string): string {
  return `operation ${i} ${JSON.stringify(decodeOperation(log, i))}: ${wrong}`;
}

/** First event whose page frame lies outside the machine, or null. */
function strayEvent(m: Machine): string | null {
  for (let e = 0; e < m.log.count; e++) {
    const pfn = m.log.pfn[e]!;
    if (pfn !== NONE && pfn >= m.config.pages) return `event ${e} of type ${m.log.type[e]} names page ${pfn}`;
  }
  return null;
}

/** Runs a seed and checks after every operation what can be checked; returns the first thing wrong. */
function fuzz(m: Machine, log: OperationLog): string | null {
  const shadow = ShadowChecker.of(m);
  for (let i = 0; i < log.length; i++) {
    applyOperation(m, log, i);
    const wrong = checkInvariants(m) ?? shadow.follow(m.log) ?? strayEvent(m);
    if (wrong !== null) return at(log, i, wrong);
  }
  return null;
}

// a busy machine may take many times what an idle one does
vi.setConfig({ testTimeout: 60_000 });

/** The policies beside the proposal. */
const OTHERS = AVAILABLE_POLICIES.filter((policy) => policy !== 'order0-slab');

const SEEDS = Array.from({ length: 36 }, (_, i) => i + 1);

describe('random operations on machines of every kind', () => {
  for (const seed of SEEDS) {
    const config = drawConfig(seed, 'order0-slab', 1024);
    it(`seed ${seed}: ${describeConfig(config)}`, () => {
      expect(fuzz(bootMachine(config), claimOperations(seed, 500, config.pages))).toBeNull();
    });
  }
  for (const policy of OTHERS) {
    for (const seed of SEEDS.slice(0, 12)) {
      const config = drawConfig(seed, policy, 1024);
      it(`seed ${seed}: ${describeConfig(config)}`, () => {
        expect(fuzz(bootMachine(config), claimOperations(seed, 500, config.pages))).toBeNull();
      });
    }
  }
  for (const policy of AVAILABLE_POLICIES) {
    for (const seed of [301, 302, 305, 315]) {
      const config = pressedConfig(seed, policy);
      it(`seed ${seed}: ${describeConfig(config)}, memory too small`, () => {
        expect(fuzz(bootMachine(config), pressedOperations(seed, 600, config.pages))).toBeNull();
      });
    }
  }
  it.each(['page-moving', 'mobility-compaction'] as const)(
    'memory too small moves pages and folios under %s',
    (policy) => {
      let [pages, folios] = [0, 0];
      for (const seed of [301, 305, 315, 316]) {
        const m = bootMachine(pressedConfig(seed, policy));
        m.log.level = 1;
        const log = pressedOperations(seed, 600, m.config.pages);
        for (let i = 0; i < log.length; i++) {
          applyOperation(m, log, i);
          const targets = m.log.a.subarray(0, m.log.count).filter((_, e) => m.log.type[e] === EV.movePage);
          pages += targets.length;
          folios += targets.filter((pfn) => folioOrder(m, pfn) > 0).length;
        }
      }
      expect(pages).toBeGreaterThan(20);
      expect(folios).toBeGreaterThan(0);
    },
  );
  it('seed 1217: nobody sleeps at a mempool that has an element, though the one woken was served elsewhere', () => {
    const config = drawConfig(1217, 'order0-slab', 1024);
    expect(fuzz(bootMachine(config), claimOperations(1217, 700, config.pages))).toBeNull();
  });
  for (const [seed, policy] of [
    [101, 'order0-slab'],
    [102, 'order0-slab'],
    ...OTHERS.map((policy, i) => [103 + i, policy] as const),
  ] as const) {
    const config = drawConfig(seed, policy, 4096);
    it(`seed ${seed}: ${describeConfig(config)}, a longer run`, () => {
      expect(fuzz(bootMachine(config), randomOperations(seed, 1500, config.pages))).toBeNull();
    });
  }
});

describe('the same operations', () => {
  const hashes = (m: Machine, log: OperationLog, from = 0): string[] => {
    const seen: string[] = [];
    for (let i = from; i < log.length; i++) {
      applyOperation(m, log, i);
      if (i % 25 === 24) seen.push(stateHash(m));
    }
    return seen;
  };

  for (const policy of AVAILABLE_POLICIES) {
    for (const seed of policy === 'order0-slab' ? [201, 202, 203, 204] : [201, 202]) {
      const config = drawConfig(seed, policy, 1024);
      const log = claimOperations(seed, 800, config.pages);

      it(`give the same states whether events are recorded or not (${policy}, seed ${seed})`, () => {
        const quiet = bootMachine(config);
        const loud = bootMachine(config);
        loud.log.level = 1;
        expect(hashes(loud, log)).toEqual(hashes(quiet, log));
      });

      it(`give the same states after a snapshot restored into another machine (${policy}, seed ${seed})`, () => {
        const straight = bootMachine(config);
        const half = 400;
        const first = { ...log, length: half };
        hashes(straight, first);
        const snapshot = takeSnapshot(straight);
        const rest = hashes(straight, log, half);
        const other = bootMachine(config);
        // a machine with a past of its own: what it holds must not show
        hashes(other, randomOperations(seed + 1, 300, config.pages));
        restoreSnapshot(other, snapshot);
        expect(stateHash(other)).toBe(stateHash({ ...straight, ...snapshot }));
        expect(hashes(other, log, half)).toEqual(rest);
      });

      it(`give the same states when an operation is looked into and begun again (${policy}, seed ${seed})`, () => {
        const straight = bootMachine(config);
        const halting = bootMachine(config);
        halting.log.level = 1;
        for (let i = 0; i < 300; i++) {
          const snapshot = takeSnapshot(halting);
          halting.log.stopAt = 1 + (i % 7);
          try {
            applyOperation(halting, log, i);
          } catch (error) {
            if (!(error instanceof StopAtEvent)) throw error;
          }
          restoreSnapshot(halting, snapshot);
          halting.log.stopAt = Number.POSITIVE_INFINITY;
          applyOperation(halting, log, i);
          applyOperation(straight, log, i);
          expect(stateHash(halting)).toBe(stateHash(straight));
        }
      });
    }
  }
});
