import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { stateHash } from '../../src/engine/machine.ts';
import {
  borrowOperations,
  copyOperations,
  decodeOperation,
  type Operation,
  type OperationLog,
} from '../../src/engine/operation.ts';
import {
  advance,
  createTimeline,
  eventsOf,
  fork,
  peek,
  redo,
  seek,
  stepRecorded,
  type Timeline,
  undo,
} from '../../src/history/timeline.ts';
import { smallConfig } from '../analysis/machines.ts';
import { anyOperation, logOf } from './operations.ts';

const config = smallConfig();
const POLICIES = ['order0-slab', 'buddy-2.6'] as const;
const longLog = fc.array(anyOperation, { minLength: 5, maxLength: 160, size: 'max' }).map(logOf);

/** The hash at every step of a plain run from boot. */
function hashesOf(log: OperationLog, config = smallConfig()): string[] {
  const m = bootMachine(config);
  const hashes = [stateHash(m)];
  for (let i = 0; i < log.length; i++) {
    applyOperation(m, log, i);
    hashes.push(stateHash(m));
  }
  return hashes;
}

/** Moves of every kind a person can make; numbers are taken modulo the length. */
const anyMove = fc.record({
  kind: fc.constantFrom('seek', 'advance', 'peek', 'look', 'record', 'forkBack'),
  to: fc.nat(1000),
  event: fc.integer({ min: 0, max: 30 }),
});

type Move = typeof anyMove extends fc.Arbitrary<infer T> ? T : never;

/** Makes a move on a timeline of `length` operations. `forked` is what is done before a fork is taken back. */
function makeMove(
  t: Timeline,
  { kind, to, event }: Move,
  length: number,
  edit: Operation,
  forked: () => void = () => {},
): void {
  const step = to % (length + 1);
  if (kind === 'seek') seek(t, step);
  else if (kind === 'advance') advance(t, to % 40);
  else if (kind === 'peek') peek(t, step, event);
  else if (kind === 'look') eventsOf(t, step);
  else if (kind === 'record' && t.step < length) stepRecorded(t);
  else if (kind === 'forkBack' && fork(t, step, edit).forked) {
    forked();
    undo(t);
  }
}

describe('a timeline', { timeout: 60_000 }, () => {
  it('changes none of the operations it has borrowed', () => {
    fc.assert(
      fc.property(longLog, anyOperation, fc.nat(1000), fc.boolean(), (log, operation, at, keep) => {
        const before = copyOperations(log);
        const [mine, other] = [borrowOperations(log), borrowOperations(log)].map((operations) =>
          createTimeline(config, operations),
        );
        for (const t of [mine!, other!]) fork(t, at % (log.length + 1), operation, keep);
        undo(other!);
        redo(other!);
        undo(other!);
        expect(copyOperations(log)).toEqual(before);
        if (other!.done.length === 0) expect(copyOperations(other!.operations)).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  it.each(POLICIES)('is in the same state at step n however it got there, under %s', (name) => {
    const config = smallConfig(256, { name });
    fc.assert(
      fc.property(longLog, fc.array(anyMove, { maxLength: 25 }), anyOperation, (log, moves, edit) => {
        const expected = hashesOf(log, config);
        const t = createTimeline(config, copyOperations(log));
        for (const move of moves) {
          makeMove(t, move, log.length, edit);
          if (t.event === 0) expect(stateHash(t.machine)).toBe(expected[t.step]);
        }
        seek(t, log.length);
        expect(stateHash(t.machine)).toBe(expected[log.length]);
        seek(t, 1);
        expect(stateHash(t.machine)).toBe(expected[1]);
      }),
      { numRuns: 40 },
    );
  });

  it.each(POLICIES)(
    'is so too where keyframes are dense and few, and its second machine serves both ends, under %s',
    (name) => {
      const config = smallConfig(256, { name });
      const spacings = fc.constantFrom(4, 16, 64);
      const limits = fc.constantFrom(2 ** 11, 2 ** 13, 2 ** 24);
      fc.assert(
        fc.property(
          longLog,
          fc.array(anyMove, { maxLength: 30 }),
          anyOperation,
          spacings,
          limits,
          (log, moves, edit, spacing, limit) => {
            const expected = hashesOf(log, config);
            const t = createTimeline(config, copyOperations(log), limit);
            t.keyframes.spacing = spacing;
            seek(t, log.length);
            for (const move of moves) {
              makeMove(t, move, log.length, edit, () => eventsOf(t, t.step - 1));
              if (t.event === 0) expect(stateHash(t.machine)).toBe(expected[t.step]);
            }
            for (const step of [log.length, 1, log.length >> 1, 0]) {
              seek(t, step);
              expect(stateHash(t.machine)).toBe(expected[step]);
            }
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it.each(POLICIES)('leaves the same state whether events are recorded or not, under %s', (name) => {
    const config = smallConfig(128, { name, reclaim: 'on-failure' });
    fc.assert(
      fc.property(longLog, (log) => {
        const t = createTimeline(config, log);
        const expected = hashesOf(log, config);
        while (t.step < log.length) {
          stepRecorded(t);
          expect(stateHash(t.machine)).toBe(expected[t.step]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('forks to the state of a log that was written that way, and redoes it', () => {
    fc.assert(
      fc.property(longLog, fc.nat(1000), anyOperation, (log, at, edit) => {
        const step = at % (log.length + 1);
        const t = createTimeline(config, copyOperations(log));
        seek(t, log.length);
        const { forked, dropped } = fork(t, step, edit);
        fc.pre(forked);
        const written = hashesOf(t.operations);
        expect(dropped).toBe(log.length - step);
        expect(t.operations.length).toBe(step + 1);
        expect(stateHash(t.machine)).toBe(written[step + 1]);
        expect(undo(t)).toBe(step);
        expect(t.operations.length).toBe(log.length);
        expect(redo(t)).toBe(step + 1);
        expect(stateHash(t.machine)).toBe(written[step + 1]);
      }),
      { numRuns: 30 },
    );
  });

  it('advances where the operation is the next one anyway, whatever its arrival time', () => {
    const log = logOf([{ op: 'alloc', id: 1, order: 2, gfp: 7, tag: 'kmalloc', dt: 50 }]);
    const t = createTimeline(config, log);
    const next = { ...decodeOperation(log, log.length - 1), dt: 0 };
    expect(fork(t, log.length - 1, next)).toEqual({ forked: false, dropped: 0 });
    expect(t.step).toBe(log.length);
    expect(undo(t)).toBeNull();
  });

  it('stays exact when the keyframes must be thinned to one', () => {
    const log = logOf(
      Array.from({ length: 700 }, (_, i) =>
        i % 2
          ? { op: 'free' as const, id: i >> 2 }
          : { op: 'alloc' as const, id: i >> 1, order: i % 3, gfp: 7, tag: 'kmalloc' as const },
      ),
    );
    const expected = hashesOf(log);
    const t = createTimeline(config, log, 1);
    seek(t, log.length);
    expect(t.keyframes.list.map((frame) => frame.step)).toEqual([0]);
    seek(t, 300);
    expect(stateHash(t.machine)).toBe(expected[300]);
  });

  it('shows as many events as asked, and the operation whole where it has fewer', () => {
    const log = logOf([{ op: 'alloc', id: 1, order: 2, gfp: 7, tag: 'kmalloc' }]);
    const t = createTimeline(config, log);
    const step = log.length - 1;
    const all = eventsOf(t, step);
    expect(all.count).toBeGreaterThan(1);
    const some = peek(t, step, all.count - 1);
    expect(some.events).toEqual(all.events.slice(0, -1));
    expect([t.step, t.event]).toEqual([step, all.count - 1]);
    peek(t, step, all.count + 1);
    expect([t.step, t.event]).toEqual([step + 1, 0]);
  });
});
