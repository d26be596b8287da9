/**
 * Reclaim to exhaustion, by operations alone: what is dirty is written, the clock runs until no write is under way, and
 * every way of reclaim a policy has is asked again and again until a round changes nothing.
 */
import { applyOperation } from '../../src/engine/apply.ts';
import { C } from '../../src/engine/counters.ts';
import { PAGE } from '../../src/engine/frames.ts';
import type { Machine } from '../../src/engine/machine.ts';
import {
  createOperationLog,
  encodeOperation,
  type Operation,
  type OperationLog,
} from '../../src/engine/operation.ts';

/** Applies operations without looking at invariants after each. */
export function run(m: Machine, ...operations: readonly Operation[]): void {
  const log = createOperationLog(Math.max(1, operations.length));
  for (const operation of operations) encodeOperation(log, operation);
  runLog(m, log);
}

/** Applies a whole list of operations. */
export function runLog(m: Machine, log: OperationLog): void {
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
}

/** Long enough, in simulated microseconds, for any queue of writes to end. */
const LONG = 60_000_000;

/** Rounds after which exhaustion is given up as endless. */
const MOST_ROUNDS = 400;

/** Rounds without a change that count as exhaustion: a scan that is due only now and then comes in one of them. */
const STILL = 12;

/** Repeats `acts` until so many rounds in a row leave every page frame as it was. */
export function exhaust(m: Machine, acts: readonly Operation[]): void {
  let still = 0;
  for (let round = 0; still < STILL; round++) {
    if (round > MOST_ROUNDS) throw new Error('reclaim is never exhausted');
    const before = m.kind.slice();
    run(m, { op: 'sync', pages: m.config.pages }, { op: 'idle', dt: LONG }, ...acts);
    still = before.every((kind, pfn) => kind === m.kind[pfn]) && m.counters[C.ioCount] === 0 ? still + 1 : 0;
  }
}

/** First page frames of the aligned blocks of an order that are wholly free. */
export function freeBlocks(m: Machine, order: number): number[] {
  const size = 1 << order;
  const blocks: number[] = [];
  for (const { start, end } of m.config.zones) {
    for (let pfn = Math.ceil(start / size) * size; pfn + size <= end; pfn += size) {
      if (m.kind.subarray(pfn, pfn + size).every((kind) => kind === PAGE.free)) blocks.push(pfn);
    }
  }
  return blocks;
}
