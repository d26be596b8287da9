/** The `steps` of a scenario file: operations in their tagged form, with GFP masks by name. */
import * as v from 'valibot';
import { GFP_MASKS, type GfpName } from '../engine/gfp.ts';
import { OP, type Operation, REGIONS } from '../engine/operation.ts';
import { allocTag } from './actor-schema.ts';
import { flag, int, MOST_PAGES, oneOf } from './fields.ts';

/** Largest numbers a step may name, so that no step makes a table of gigabytes. */
export const MOST = {
  process: 65_535,
  file: 65_535,
  allocation: 4_194_303,
  object: 16_777_215,
  pool: 15,
} as const;

/** Numbers that generated workloads leave to hand-written steps. */
export const OWN = { processes: 8, files: 8, allocations: 64, pools: 4 } as const;

const common = {
  dt: v.exactOptional(
    int(0, 1_000_000_000, "Simulated microseconds since the operation before. Default: the workload's mean."),
  ),
  cpu: v.exactOptional(int(0, 63, 'Processor it runs on. Default 0.')),
};
const process = int(
  0,
  MOST.process,
  `Process number. 0 to ${OWN.processes - 1} are never used by a workload.`,
);
const region = int(0, REGIONS - 1, 'Region (VMA) of the process.');
const file = int(0, MOST.file, `File number. 0 to ${OWN.files - 1} are never used by a workload.`);
const page = int(0, MOST_PAGES - 1, 'Page in the region or file, from 0.');
const pages = int(1, MOST_PAGES, 'How many pages.');
const order = int(0, 10, 'Order: 2^order pages in one block.');
const id = int(
  0,
  MOST.allocation,
  `Number of the allocation. 0 to ${OWN.allocations - 1} are never used by a workload.`,
);
const gfp = v.pipe(
  v.union(
    [v.picklist(Object.keys(GFP_MASKS) as [GfpName, ...GfpName[]]), int(0, 65_535, '')],
    `one of ${Object.keys(GFP_MASKS).join(', ')}, or a mask from 0 to 65535`,
  ),
  v.description('GFP mask by its name: kernel is GFP_KERNEL.'),
);
const pool = int(0, MOST.pool, `Number of the mempool. 0 to ${OWN.pools - 1} are never used by a workload.`);
const op = <const T extends readonly [keyof typeof OP, ...(keyof typeof OP)[]]>(...names: T) =>
  oneOf(names, 'What is asked of the machine.');

export const stepSchema = v.variant(
  'op',
  [
    v.strictObject({ op: op('idle', 'dropCaches', 'drainCpus'), ...common }),
    v.strictObject({ op: op('spawn', 'exit'), process, ...common }),
    v.strictObject({ op: op('fork'), process, child: process, ...common }),
    v.strictObject({ op: op('mapAnon'), process, region, pages, ...common }),
    v.strictObject({ op: op('mapFile'), process, region, file, pages, ...common }),
    v.strictObject({ op: op('unmap', 'lock', 'unlock'), process, region, ...common }),
    v.strictObject({
      op: op('touch'),
      process,
      region,
      page,
      write: v.exactOptional(flag('Whether it writes.')),
      ...common,
    }),
    v.strictObject({ op: op('zap'), process, region, page, pages, ...common }),
    v.strictObject({ op: op('createFile'), file, pages, ...common }),
    v.strictObject({ op: op('deleteFile'), file, ...common }),
    v.strictObject({ op: op('readFile', 'writeFile'), file, page, ...common }),
    v.strictObject({ op: op('truncate'), file, page, pages, ...common }),
    v.strictObject({
      op: op('alloc'),
      id,
      order,
      gfp,
      tag: v.optional(allocTag('What it is for. Default kmalloc.'), 'kmalloc'),
      ...common,
    }),
    v.strictObject({ op: op('failedAlloc'), order, gfp, ...common }),
    v.strictObject({ op: op('free'), id, ...common }),
    v.strictObject({
      op: op('poolCreate', 'poolPretend'),
      pool,
      minNr: int(1, 64, 'Elements it sets apart; a slab in its place only makes as many and lets them go.'),
      order: v.optional(int(0, 10, 'Order of an element. Default 0.'), 0),
      ...common,
    }),
    v.strictObject({ op: op('poolAlloc'), pool, id, gfp, ...common }),
    v.strictObject({
      op: op('objectGet', 'objectLookup'),
      cache: int(0, 7, "Place of the cache in the machine's objectCaches, from 0."),
      object: int(0, MOST.object, 'Number of the object.'),
      parent: v.exactOptional(
        int(0, MOST.object, "Number of its parent, a directory's dentry: a new object keeps it in use."),
      ),
      inode: v.exactOptional(
        int(
          0,
          7,
          'Place of the cache of its inode, the object of the next number: a new dentry keeps it in use.',
        ),
      ),
      ...common,
    }),
    v.strictObject({
      op: op('objectPut', 'objectFree'),
      cache: int(0, 7, "Place of the cache in the machine's objectCaches, from 0."),
      object: int(0, MOST.object, 'Number of the object.'),
      ...common,
    }),
    v.strictObject({ op: op('pin', 'unpin'), process, region, page, ...common }),
    v.strictObject({ op: op('pin', 'unpin'), file, page, ...common }),
    v.strictObject({ op: op('sync', 'reclaimLru'), pages, ...common }),
    v.strictObject({
      op: op('reclaimSlab'),
      order,
      slab: v.exactOptional(
        int(0, MOST_PAGES - 1, 'Slab to take, counted from the start of memory. Default: the victim rule.'),
      ),
      ...common,
    }),
  ],
  `one of ${Object.keys(OP).join(', ')}`,
);

export type ScenarioStep = v.InferOutput<typeof stepSchema>;

/** The engine's form of a step: its GFP mask as a number, its time given. */
export function operationOf(step: ScenarioStep, meanDt: number): Operation {
  const dt = step.dt ?? meanDt;
  if (step.op === 'alloc' || step.op === 'failedAlloc' || step.op === 'poolAlloc') {
    const mask = typeof step.gfp === 'number' ? step.gfp : GFP_MASKS[step.gfp];
    return { ...step, gfp: mask, dt };
  }
  return { ...step, dt };
}
