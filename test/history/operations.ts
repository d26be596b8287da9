/** Random operations of every kind over a few logical things, for properties. */
import fc from 'fast-check';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import {
  createOperationLog,
  encodeOperation,
  type Operation,
  type OperationLog,
} from '../../src/engine/operation.ts';

const process = fc.integer({ min: 0, max: 3 });
const region = fc.integer({ min: 0, max: 2 });
const file = fc.integer({ min: 0, max: 3 });
const page = fc.integer({ min: 0, max: 39 });
const pages = fc.integer({ min: 1, max: 40 });
const order = fc.integer({ min: 0, max: 5 });
const id = fc.integer({ min: 0, max: 30 });
const object = fc.integer({ min: 0, max: 20 });
const gfp = fc.constantFrom(GFP_MASKS.kernel, GFP_MASKS.atomic, GFP_MASKS.nofs);
const dt = fc.integer({ min: 1, max: 200_000 });
const cpu = fc.integer({ min: 0, max: 1 });
const common = { dt, cpu };
const op = <K extends string>(...names: K[]) => fc.constantFrom(...names);

/** One operation; what it names may be absent. */
export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ op: op('touch'), process, region, page, write: fc.boolean(), ...common }),
  },
  { weight: 4, arbitrary: fc.record({ op: op('readFile', 'writeFile'), file, page, ...common }) },
  {
    weight: 4,
    arbitrary: fc.record({
      op: op('alloc'),
      id,
      order,
      gfp,
      tag: fc.constantFrom('kmalloc' as const, 'network' as const),
      ...common,
    }),
  },
  { weight: 3, arbitrary: fc.record({ op: op('free'), id, ...common }) },
  { weight: 2, arbitrary: fc.record({ op: op('mapAnon'), process, region, pages, ...common }) },
  { weight: 2, arbitrary: fc.record({ op: op('mapFile'), process, region, file, pages, ...common }) },
  { weight: 2, arbitrary: fc.record({ op: op('createFile'), file, pages, ...common }) },
  {
    weight: 2,
    arbitrary: fc.record({
      op: op('objectLookup', 'objectGet', 'objectPut', 'objectFree'),
      cache: fc.constant(0),
      object,
      ...common,
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: op('spawn', 'exit'), process, ...common }) },
  { weight: 1, arbitrary: fc.record({ op: op('fork'), process, child: process, ...common }) },
  { weight: 1, arbitrary: fc.record({ op: op('unmap', 'lock', 'unlock'), process, region, ...common }) },
  { weight: 1, arbitrary: fc.record({ op: op('reclaimSlab'), order: fc.constant(4), ...common }) },
  { weight: 1, arbitrary: fc.record({ op: op('reclaimLru', 'sync'), pages, ...common }) },
  { weight: 1, arbitrary: fc.record({ op: op('idle', 'drainCpus', 'dropCaches'), ...common }) },
);

/** A log that begins with processes, regions and files that exist. */
export function logOf(operations: readonly Operation[]): OperationLog {
  const log = createOperationLog();
  const start: Operation[] = [];
  for (let n = 0; n < 3; n++) {
    start.push({ op: 'spawn', process: n }, { op: 'mapAnon', process: n, region: 0, pages: 40 });
    start.push(
      { op: 'createFile', file: n, pages: 40 },
      { op: 'mapFile', process: n, region: 1, file: n, pages: 40 },
    );
  }
  for (const operation of [...start, ...operations]) encodeOperation(log, operation);
  return log;
}
