import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { columnNames, type Machine, type Snapshot, takeSnapshot } from '../../src/engine/machine.ts';
import { applyDeltas, catchUp, joinDeltas } from '../../src/history/delta.ts';
import {
  createKeyframes,
  dropAfter,
  type Keyframes,
  keepIfDue,
  nearestKeyframe,
  restoreKeyframe,
} from '../../src/history/keyframes.ts';
import { randomOperations, toyConfig } from '../engine/support.ts';

const OPERATIONS = 2000;
const SPACING = 8;

/** A run with keyframes every few operations, and a whole copy of the machine at each of them. */
function run(seed: number, limit: number, policy: 'order0-slab' | 'buddy-2.6') {
  // odd sizes, so that columns end inside a word
  const config = toyConfig({ swapPages: 201, cpus: 1, policyChange: { name: policy } });
  const log = randomOperations(seed, OPERATIONS, config.pages);
  const m = bootMachine(config);
  const frames = createKeyframes(config.pages, limit);
  frames.spacing = SPACING;
  const copies = new Map<number, Snapshot>();
  const upTo = (from: number, to: number) => {
    for (let step = from; step <= to; step++) {
      if (step > 0) applyOperation(m, log, step - 1);
      keepIfDue(frames, m, step);
      if (step % SPACING === 0) copies.set(step, takeSnapshot(m));
    }
  };
  upTo(0, OPERATIONS);
  return { m, frames, copies, upTo };
}

/** The first column of a machine that is not as in a copy. */
function difference(m: Machine, copy: Snapshot): string | undefined {
  return columnNames(copy).find(
    (name) =>
      m[name].length !== copy[name].length ||
      !(m[name] as Uint8Array).every((value, i) => value === copy[name][i]),
  );
}

function bytesOf({ list }: Keyframes): number {
  return list.reduce((sum, { delta }) => sum + delta.byteLength, 0);
}

const seed = fc.integer({ min: 1, max: 1000 });
const policy = fc.constantFrom('order0-slab' as const, 'buddy-2.6' as const);
const visits = fc.array(fc.nat(OPERATIONS), { minLength: 1, maxLength: 30 });

describe('keyframes', { timeout: 120_000 }, () => {
  it('restore what whole copies hold, in any order, however few the memory leaves', () => {
    fc.assert(
      fc.property(seed, policy, fc.integer({ min: 13, max: 24 }), visits, (seed, policy, bits, steps) => {
        const limit = 2 ** bits;
        const { m, frames, copies } = run(seed, limit, policy);
        expect(frames.bytes).toBe(bytesOf(frames));
        expect(frames.bytes).toBeLessThanOrEqual(limit);
        expect(frames.list.map(({ step }) => step)).toEqual(
          Array.from({ length: Math.floor(OPERATIONS / frames.spacing) + 1 }, (_, i) => i * frames.spacing),
        );
        for (const step of [...steps, 0, OPERATIONS]) {
          restoreKeyframe(frames, step, m);
          expect(difference(m, copies.get(nearestKeyframe(frames, step).step)!)).toBeUndefined();
        }
      }),
      { numRuns: 12 },
    );
  });

  it('go on from a past, where what came after was dropped', () => {
    fc.assert(
      fc.property(seed, policy, visits, (seed, policy, steps) => {
        const { m, frames, copies, upTo } = run(seed, 2 ** 24, policy);
        for (const step of steps) {
          dropAfter(frames, step);
          const { step: kept } = nearestKeyframe(frames, OPERATIONS);
          expect(kept).toBeLessThanOrEqual(step);
          restoreKeyframe(frames, step, m);
          upTo(kept + 1, Math.min(OPERATIONS, kept + 100));
          restoreKeyframe(frames, step, m);
          expect(difference(m, copies.get(nearestKeyframe(frames, step).step)!)).toBeUndefined();
        }
        expect(frames.bytes).toBe(bytesOf(frames));
      }),
      { numRuns: 8 },
    );
  });
});

describe('a delta', { timeout: 60_000 }, () => {
  it('leads there and back, and joined with the next past it', () => {
    const config = toyConfig();
    const log = randomOperations(5, 900, config.pages);
    const m = bootMachine(config);
    // columns that have grown to their size, as a copy's must have before a delta is applied
    for (let i = 0; i < 300; i++) applyOperation(m, log, i);
    const first = takeSnapshot(m);
    const kept = takeSnapshot(m);
    for (let i = 300; i < 310; i++) applyOperation(m, log, i);
    const there = catchUp(kept, m);
    for (let i = 310; i < 320; i++) applyOperation(m, log, i);
    const further = catchUp(kept, m);
    expect(difference(m, kept)).toBeUndefined();
    const joined = joinDeltas(there, further);
    expect(joined.length).toBeLessThan(there.length + further.length);
    applyDeltas(kept, [joined]);
    expect(difference({ ...m, ...kept }, first)).toBeUndefined();
  });
});
