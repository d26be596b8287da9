/** Whole operations, copies and hashes of a machine, each beside the least that could do the work. */
import { createHash } from 'node:crypto';
import type { Benchmark } from '../../scripts/benchmark.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { columnNames, type Machine, stateHash, takeSnapshot } from '../../src/engine/machine.ts';
import { randomOperations, toyConfig } from '../engine/support.ts';
import { engineAllocator, runStream } from './buddy-stream.ts';

/** Processor time of this process so far, µs; copies of fresh memory are the system's part. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/**
 * Processor nanoseconds a turn of `work`, best of three, after one turn to warm up. A round lasts half a second or
 * more, since some systems count processor time in ticks of 10 ms.
 */
function timed(work: () => void): number {
  work();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const begin = processorTime();
    let turns = 0;
    let spent = 0;
    for (; spent < 500_000; turns++) {
      work();
      spent = processorTime() - begin;
    }
    best = Math.min(best, (spent * 1000) / turns);
  }
  return best;
}

/** A machine of 64 Ki pages after 20,000 mixed operations. */
function usedMachine(): Machine {
  const pages = 1 << 16;
  const m = bootMachine(toyConfig({ pages, swapPages: pages >> 2 }));
  const log = randomOperations(1, 20_000, pages);
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
  return m;
}

function bytesOf(m: Machine): Uint8Array[] {
  return columnNames(m).map((name) => {
    const column = m[name];
    return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  });
}

function mixedOperations(policy: 'order0-slab' | 'buddy-2.6'): { ns: number; referenceNs: number } {
  const pages = 4096;
  const log = randomOperations(7, 50_000, pages);
  const run = (): void => {
    const m = bootMachine(toyConfig({ pages, policyChange: { name: policy } }));
    for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
  };
  const bare = runStream(engineAllocator(pages), pages, 2_000_000, 1).ns;
  return { ns: timed(run) / log.length, referenceNs: bare };
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'mixed operations, order0-slab',
    reference: 'bare buddy operation',
    run: () => mixedOperations('order0-slab'),
  },
  {
    name: 'mixed operations, buddy-2.6',
    reference: 'bare buddy operation',
    run: () => mixedOperations('buddy-2.6'),
  },
  {
    name: 'takeSnapshot, 64 Ki pages',
    reference: 'one copy of as many bytes',
    run() {
      const m = usedMachine();
      const all = Buffer.concat(bytesOf(m));
      return { ns: timed(() => takeSnapshot(m)), referenceNs: timed(() => new Uint8Array(all)) };
    },
  },
  {
    name: 'stateHash, 64 Ki pages',
    reference: 'SHA-1 of the same bytes (OpenSSL)',
    run() {
      const m = usedMachine();
      const parts = bytesOf(m);
      const sha1 = (): void => {
        const hash = createHash('sha1');
        for (const part of parts) hash.update(part);
        hash.digest('hex');
      };
      return { ns: timed(() => stateHash(m)), referenceNs: timed(sha1) };
    },
  },
];
