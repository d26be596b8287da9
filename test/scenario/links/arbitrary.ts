/** Random operations, edits and link states for property tests. */
import * as fc from 'fast-check';
import { POLICY_IDS } from '../../../src/engine/config.ts';
import { GFP_MASKS } from '../../../src/engine/gfp.ts';
import { ALLOC_TAG, type AllocTag, type Operation } from '../../../src/engine/operation.ts';
import type { ExperimentChoice } from '../../../src/scenario/experiment-choice.ts';
import { type Edit, LINK_PAGES, type LinkState } from '../../../src/scenario/links/link.ts';
import {
  LINK_KINDS,
  LINK_OVERLAYS,
  LINK_PANES,
  LINK_TEXTS,
  type LinkView,
} from '../../../src/scenario/links/looks.ts';
import type { Selection } from '../../../src/scenario/links/selection.ts';

const number = (most: number) => fc.nat(most);
const process = number(65_535);
const region = number(7);
const file = number(65_535);
const page = number(4_194_303);
const pages = fc.integer({ min: 1, max: 4_194_304 });
const order = number(10);
const gfp = fc.oneof(fc.constantFrom(...Object.values(GFP_MASKS)), number(65_535));
const tag = fc.constantFrom(...(Object.keys(ALLOC_TAG) as AllocTag[]));
const op = <const T extends Operation['op']>(...names: T[]) => fc.constantFrom(...names);

const shapes: fc.Arbitrary<Operation>[] = [
  fc.record({ op: op('idle', 'dropCaches', 'drainCpus') }),
  fc.record({ op: op('spawn', 'exit'), process }),
  fc.record({ op: op('fork'), process, child: process }),
  fc.record({ op: op('mapAnon'), process, region, pages }),
  fc.record({ op: op('mapFile'), process, region, file, pages }),
  fc.record({ op: op('unmap', 'lock', 'unlock'), process, region }),
  fc.record({ op: op('touch'), process, region, page }),
  fc.record({ op: op('touch'), process, region, page, write: fc.constant(true) }),
  fc.record({ op: op('zap'), process, region, page, pages }),
  fc.record({ op: op('createFile'), file, pages }),
  fc.record({ op: op('deleteFile'), file }),
  fc.record({ op: op('readFile', 'writeFile'), file, page }),
  fc.record({ op: op('truncate'), file, page, pages }),
  fc.record({ op: op('alloc'), id: number(4_194_303), order, gfp, tag }),
  fc.record({ op: op('failedAlloc'), order, gfp }),
  fc.record({ op: op('free'), id: number(4_194_303) }),
  fc.record({
    op: op('objectGet', 'objectPut', 'objectLookup', 'objectFree'),
    cache: number(7),
    object: number(16_777_215),
  }),
  fc.record({
    op: op('objectGet', 'objectLookup'),
    cache: number(7),
    object: number(16_777_215),
    parent: number(16_777_215),
  }),
  fc.record({
    op: op('objectGet', 'objectLookup'),
    cache: number(7),
    object: number(16_777_215),
    inode: number(7),
  }),
  fc.record({
    op: op('poolCreate', 'poolPretend'),
    pool: number(15),
    minNr: number(64),
    order,
  }),
  fc.record({ op: op('poolAlloc'), pool: number(15), id: number(4_194_303), gfp }),
  fc.record({ op: op('pin', 'unpin'), process, region, page }),
  fc.record({ op: op('pin', 'unpin'), file, page }),
  fc.record({ op: op('sync', 'reclaimLru'), pages }),
  fc.record({ op: op('reclaimSlab'), order }),
  fc.record({ op: op('reclaimSlab'), order, slab: number(4_194_303) }),
];

/** An operation of any kind, with time and CPU where they are not 0. */
export const operation: fc.Arbitrary<Operation> = fc
  .tuple(
    fc.oneof(...shapes),
    fc.option(fc.integer({ min: 1, max: 1_000_000_000 }), { nil: undefined }),
    fc.option(fc.integer({ min: 1, max: 63 }), { nil: undefined }),
  )
  .map(([o, dt, cpu]) => ({
    ...o,
    ...(dt === undefined ? {} : { dt }),
    ...(cpu === undefined ? {} : { cpu }),
  }));

export const edits: fc.Arbitrary<Edit[]> = fc
  .array(
    fc.record(
      { at: fc.nat(1_000_000), operation, keep: fc.constant(true as const) },
      { requiredKeys: ['at', 'operation'] },
    ),
    { minLength: 1, maxLength: 30 },
  )
  .map((list) => list.sort((a, b) => a.at - b.at));

const selection: fc.Arbitrary<Selection> = fc.oneof(
  fc.record({ kind: fc.constant('page' as const), pfn: fc.nat() }),
  fc.record({ kind: fc.constant('region' as const), process, region, page }),
  fc.record({ kind: fc.constant('file' as const), file, page }),
  fc.record({ kind: fc.constant('allocation' as const), id: number(4_194_303), page: number(1023) }),
  fc.record({ kind: fc.constant('stack' as const), process, page: number(1) }),
  fc.record({ kind: fc.constant('page-table' as const), process }),
  fc.record({ kind: fc.constant('objects' as const), cache: number(7), object: number(16_777_215) }),
);

const zoom = fc.record({
  pfn: number(0xfffffffe),
  cell: fc.integer({ min: 1, max: 3200 }).map((hundredths) => hundredths / 100),
});

const view: fc.Arbitrary<LinkView> = fc.oneof(
  fc.record({ kind: fc.constantFrom(...LINK_PANES) }),
  fc.record({ kind: fc.constant('process' as const), process }),
  fc.record({ kind: fc.constant('file' as const), file }),
  fc.record({ kind: fc.constant('text' as const), text: fc.constantFrom(...LINK_TEXTS) }),
  fc.record({ kind: fc.constant('why' as const), order }),
  fc.constant({ kind: 'plots' as const }),
  fc
    .tuple(fc.nat(), fc.nat())
    .map(([a, b]) => ({ kind: 'plots' as const, from: Math.min(a, b), to: Math.max(a, b) })),
);

const value = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);

/** Seeds and numeric values are written as ranges where they run on, so both are drawn with gaps and without. */
const experiment: fc.Arbitrary<ExperimentChoice> = fc.record({
  policies: fc.uniqueArray(fc.constantFrom(...POLICY_IDS), { minLength: 1 }),
  seeds: fc.uniqueArray(fc.oneof(fc.nat(20), fc.maxSafeNat()), { minLength: 1, maxLength: 12 }),
  sets: fc.array(
    fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), value).map(([path, text]) => `${path}=${text}`),
    {
      maxLength: 3,
    },
  ),
  sweeps: fc.uniqueArray(
    fc.record({
      path: fc.stringMatching(/^[a-z]{1,8}\.[a-z]{1,8}$/),
      values: fc.oneof(
        fc.uniqueArray(value, { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(fc.nat(12).map(String), { minLength: 1, maxLength: 6 }),
        fc.constant(['[1, 2]', '[3, 4]']),
      ),
    }),
    { maxLength: 3, selector: ({ path }) => path },
  ),
});

const rest = fc.record(
  {
    policy: fc.constantFrom(...POLICY_IDS),
    seed: fc.maxSafeNat(),
    step: fc.nat(),
    event: fc.integer({ min: 1, max: 100_000 }),
    edits,
    select: selection,
    zoom,
    layout: fc.constantFrom('rows' as const, 'z' as const),
    kind: fc.constantFrom(...LINK_KINDS),
    overlay: fc.constantFrom(...LINK_OVERLAYS),
    view,
    page: fc.constantFrom(...LINK_PAGES),
    experiment,
    engine: fc.stringMatching(/^[0-9]\.[0-9]{1,3}\.[0-9](-[a-z]{1,5})?$/),
    hash: fc.stringMatching(/^[0-9a-f]{16}$/),
  },
  { requiredKeys: [] },
);

/** A state whose every field differs from its default. */
export const linkState: fc.Arbitrary<LinkState> = fc
  .tuple(
    fc.oneof(
      fc.record({ preset: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/) }),
      fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 500 }) }),
    ),
    rest,
  )
  .map(([what, others]) => ({ ...what, ...others }));
