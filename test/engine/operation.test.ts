import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALLOC_TAG,
  type AllocTag,
  copyOperations,
  createOperationLog,
  decodeOperation,
  encodeOperation,
  type Operation,
  pushOperation,
} from '../../src/engine/operation.ts';

const u = fc.nat({ max: 0x1fffffff });
const region = { process: fc.nat({ max: 1_000_000 }), region: fc.nat({ max: 7 }) };
const op = <T extends string>(...names: readonly T[]) => fc.constantFrom(...names);

const bare: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ op: op('idle', 'dropCaches', 'drainCpus') }),
  fc.record({ op: op('spawn', 'exit'), process: u }),
  fc.record({ op: op('fork'), process: u, child: u }),
  fc.record({ op: op('mapAnon'), ...region, pages: u }),
  fc.record({ op: op('mapFile'), ...region, file: u, pages: u }),
  fc.record({ op: op('unmap', 'lock', 'unlock'), ...region }),
  fc.record({ op: op('touch'), ...region, page: u }),
  fc.record({ op: op('touch'), ...region, page: u, write: fc.constant(true) }),
  fc.record({ op: op('zap'), ...region, page: u, pages: u }),
  fc.record({ op: op('createFile'), file: u, pages: u }),
  fc.record({ op: op('deleteFile'), file: u }),
  fc.record({ op: op('readFile', 'writeFile'), file: u, page: u }),
  fc.record({ op: op('truncate'), file: u, page: u, pages: u }),
  fc.record({
    op: op('alloc'),
    id: u,
    order: fc.nat({ max: 10 }),
    gfp: fc.nat({ max: 0xffff }),
    tag: op(...(Object.keys(ALLOC_TAG) as AllocTag[])),
  }),
  fc.record({ op: op('failedAlloc'), order: fc.nat({ max: 10 }), gfp: fc.nat({ max: 0xffff }) }),
  fc.record({ op: op('free'), id: u }),
  fc.record({ op: op('objectGet', 'objectPut', 'objectLookup', 'objectFree'), cache: u, object: u }),
  fc.record({ op: op('objectGet', 'objectLookup'), cache: u, object: u, parent: u }),
  fc.record({ op: op('poolCreate', 'poolPretend'), pool: u, minNr: u, order: fc.nat({ max: 10 }) }),
  fc.record({ op: op('poolAlloc'), pool: u, id: u, gfp: fc.nat({ max: 0xffff }) }),
  fc.record({ op: op('pin', 'unpin'), ...region, page: u }),
  fc.record({ op: op('pin', 'unpin'), file: u, page: u }),
  fc.record({ op: op('sync', 'reclaimLru'), pages: u }),
  fc.record({ op: op('reclaimSlab'), order: fc.nat({ max: 10 }) }),
  fc.record({ op: op('reclaimSlab'), order: fc.nat({ max: 10 }), slab: u }),
);

const timed: fc.Arbitrary<Operation> = fc
  .tuple(bare, fc.integer({ min: 1, max: 0xffffffff }), fc.integer({ min: 1, max: 255 }), fc.nat({ max: 3 }))
  .map(([operation, dt, cpu, which]) => ({
    ...operation,
    ...(which & 1 ? { dt } : {}),
    ...(which & 2 ? { cpu } : {}),
  }));

describe('the operation log', () => {
  it('gives back every operation as it was put in', () => {
    fc.assert(
      fc.property(fc.array(timed, { minLength: 1, maxLength: 40 }), (operations) => {
        const log = createOperationLog(4);
        for (const operation of operations) encodeOperation(log, operation);
        expect(operations.map((_, i) => decodeOperation(log, i))).toEqual(operations);
      }),
      { numRuns: 300 },
    );
  });

  it('copies a prefix that grows on its own', () => {
    const log = createOperationLog(2);
    for (let id = 0; id < 5; id++) pushOperation(log, 17, id);
    const copy = copyOperations(log, 3);
    pushOperation(copy, 17, 99);
    expect(copy.length).toBe(4);
    expect(decodeOperation(copy, 3)).toEqual({ op: 'free', id: 99 });
    expect(decodeOperation(log, 3)).toEqual({ op: 'free', id: 3 });
  });
});
