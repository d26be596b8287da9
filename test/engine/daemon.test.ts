import { describe, expect, it } from 'vitest';
import type { PolicyConfig } from '../../src/engine/config.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import type { Machine } from '../../src/engine/machine.ts';
import { MEASURE } from '../../src/engine/measures.ts';
import { freeBlocks } from '../../src/engine/order0/daemon.ts';
import { apply, counter, only, plainMachine, reads } from './support.ts';

const idle = (ms: number) => ({ op: 'idle', dt: ms * 1000 }) as const;

/** 512 pages with slabs of eight; file pages until no block of order 4 is left, and few of order 3. */
function fullMachine(policyChange: Partial<PolicyConfig>): Machine {
  const zones = [{ name: 'Normal', start: 0, end: 512, min: 1 }] as const;
  const m = plainMachine({
    zones,
    policyChange: { reclaim: 'on-request', growth: 'fail', ...policyChange },
  });
  apply(m, { op: 'createFile', file: 0, pages: 360 }, ...reads(0, 0, 360));
  let id = 1;
  while (freeBlocks(m, [0], 4) > 0) {
    apply(m, { op: 'alloc', id: id++, order: 4, gfp: GFP_MASKS.atomic, tag: 'network' });
  }
  expect(counter(m, 'daemonWakes')).toBe(0);
  return m;
}

/** The same machine from here on under `reclaim: daemon`. */
function withDaemon(policyChange: Partial<PolicyConfig>): Machine {
  const m = fullMachine(policyChange);
  const policy = { ...m.config.policy, reclaim: 'daemon' as const };
  return Object.assign(m, { config: { ...m.config, policy } });
}

describe('the defrag daemon', () => {
  it("wakes at an operation's end when fewer blocks of an order are free than there should be", () => {
    const m = withDaemon({ daemonThresholds: { 3: 9 }, daemonBudget: 100 });
    const before = freeBlocks(m, [0], 3);
    expect(before).toBeLessThan(9);
    const events = apply(m, idle(1));
    expect(only(events, 'daemonWake')).toMatchObject([{ order: 3, a: before, b: 9 }]);
    expect(freeBlocks(m, [0], 3)).toBe(9);
    expect(only(events, 'daemonSleep')).toMatchObject([{ order: 3 }]);
    expect(counter(m, 'daemonWakes')).toBe(1);
    // enough now: it sleeps on
    expect(only(apply(m, idle(1000)), 'daemonWake')).toEqual([]);
  });

  it('stays asleep without thresholds, and under another setting of reclaim', () => {
    expect(only(apply(withDaemon({}), idle(1)), 'daemonWake')).toEqual([]);
    expect(only(apply(fullMachine({ daemonThresholds: { 3: 9 } }), idle(1)), 'daemonWake')).toEqual([]);
  });

  it('empties no more than its budget in one wake-up, and sleeps for its period before the next', () => {
    const m = withDaemon({ daemonThresholds: { 3: 30 }, daemonBudget: 2, daemonPeriodMs: 50 });
    const wakes = (ms: number) => only(apply(m, idle(ms)), 'slabDiscarded').length;
    expect([wakes(1), wakes(20), wakes(29), wakes(1), wakes(50)]).toEqual([2, 0, 0, 2, 2]);
    expect(counter(m, 'daemonWakes')).toBe(3);
  });

  it('is woken by a failed request though its period is not over', () => {
    const m = withDaemon({ daemonThresholds: { 3: 30 }, daemonBudget: 1, daemonPeriodMs: 1000 });
    apply(m, idle(1));
    const asked = { op: 'alloc', id: 900, order: 6, gfp: GFP_MASKS.atomic, tag: 'kmalloc' } as const;
    expect(only(apply(m, asked), 'daemonWake').map((event) => event.order)).toEqual([6]);
    const small = { ...asked, order: 3, gfp: GFP_MASKS.atomic };
    for (let id = 901; counter(m, 'highOrderFailed') < 2 && id < 960; id++) apply(m, { ...small, id });
    expect(counter(m, 'daemonWakes')).toBe(3);
  });

  it('counts what it looked at, freed and cost', () => {
    const m = withDaemon({ daemonThresholds: { 3: 9 }, daemonBudget: 100 });
    const [slabs, cost] = [counter(m, 'slabsDiscarded'), counter(m, 'costNs')];
    apply(m, idle(1));
    const of = (name: keyof typeof MEASURE) => m.measures[MEASURE[name]]!;
    expect(of('daemonSlabsFreed')).toBe(counter(m, 'slabsDiscarded') - slabs);
    expect(of('daemonSlabsFreed')).toBeGreaterThan(0);
    expect(of('daemonPagesLooked')).toBe(8 * of('daemonSlabsLooked'));
    expect(of('daemonCostNs')).toBe(counter(m, 'costNs') - cost);
  });

  it('leaves orders above the slab order alone, unless groups are emptied', () => {
    const above = { daemonThresholds: { 5: 1 }, daemonBudget: 8 };
    expect(only(apply(withDaemon(above), idle(1)), 'daemonWake')).toEqual([]);
    const m = withDaemon({ ...above, aligned: true });
    expect(only(apply(m, idle(1)), 'daemonWake')).toMatchObject([{ order: 5 }]);
    expect(freeBlocks(m, [0], 5)).toBe(1);
    expect(counter(m, 'groupsFreed')).toBe(1);
  });
});
