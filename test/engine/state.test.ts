import { describe, expect, it } from 'vitest';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import type { PolicyId } from '../../src/engine/config.ts';
import {
  columnNames,
  grown,
  type Machine,
  restoreSnapshot,
  snapshotBytes,
  stateHash,
  takeSnapshot,
} from '../../src/engine/machine.ts';
import { randomOperations, toyConfig } from './support.ts';

function usedMachine(name: PolicyId = 'order0-slab'): Machine {
  const m = bootMachine(toyConfig({ policyChange: { name } }));
  const log = randomOperations(5, 600, 1024);
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
  return m;
}

/** The columns of a machine whose policy has all of them. */
const NAMES = columnNames(usedMachine('mobility-compaction'));

describe('the state hash', () => {
  it('is 16 hexadecimal digits, the same for the same history', () => {
    expect(stateHash(usedMachine())).toMatch(/^[0-9a-f]{16}$/);
    expect(stateHash(usedMachine())).toBe(stateHash(usedMachine()));
  });

  it.each(NAMES.filter((name) => name !== 'measures'))(
    'changes when one value of column %s changes',
    (name) => {
      const m = usedMachine(usedMachine()[name].length > 0 ? 'order0-slab' : 'mobility-compaction');
      const before = stateHash(m);
      const column = m[name];
      for (const i of [0, column.length - 1]) {
        const old = column[i]!;
        column[i] = old === 7 ? 8 : 7;
        expect(stateHash(m)).not.toBe(before);
        column[i] = old;
      }
      expect(stateHash(m)).toBe(before);
    },
  );

  it('does not change when two columns that grow hold more room', () => {
    const m = usedMachine();
    const before = stateHash(m);
    m.pte = grown(m.pte, m.pte.length * 2);
    m.vmaNext = grown(m.vmaNext, m.vmaNext.length * 2, 0xffffffff);
    m.objNext = grown(m.objNext, 20_000, 0xffffffff);
    m.ioEnd = m.ioEnd.slice();
    expect(stateHash(m)).toBe(before);
  });

  it('tells two equal values in different places apart', () => {
    const m = usedMachine();
    const other = usedMachine();
    m.allocPfn[60] = 5;
    other.allocPfn[61] = 5;
    expect(stateHash(m)).not.toBe(stateHash(other));
  });

  it('does not hear of the CPU and the events of the last operation', () => {
    const m = usedMachine();
    const before = stateHash(m);
    m.cpu = 1 - m.cpu;
    m.log.level = 1;
    m.evicted.pfns.push(3);
    expect(stateHash(m)).toBe(before);
  });
});

describe('the measures', () => {
  it('change no hash, and come and go with a snapshot', () => {
    const m = usedMachine();
    const before = stateHash(m);
    const snapshot = takeSnapshot(m);
    m.measures.fill(7);
    expect(stateHash(m)).toBe(before);
    restoreSnapshot(m, snapshot);
    expect(m.measures).toEqual(usedMachine().measures);
    expect(m.measures).not.toEqual(bootMachine(toyConfig()).measures);
  });
});

describe('a snapshot', () => {
  it('stays what it was while the machine goes on, and can be restored twice', () => {
    const m = usedMachine();
    const snapshot = takeSnapshot(m);
    const before = stateHash(m);
    const log = randomOperations(6, 200, 1024);
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
      expect(stateHash(m)).not.toBe(before);
      restoreSnapshot(m, snapshot);
      expect(stateHash(m)).toBe(before);
    }
  });

  it('says its size: every column once', () => {
    const m = usedMachine();
    const bytes = NAMES.reduce((sum, name) => sum + m[name].byteLength, 0);
    expect(snapshotBytes(takeSnapshot(m))).toBe(bytes);
  });
});
