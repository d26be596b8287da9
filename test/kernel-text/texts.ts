/** Random records of the kernel's files, as far as a kernel could print them. */
import fc from 'fast-check';
import type { Counter } from '../../src/kernel-text/zoneinfo.ts';

const count = fc.nat({ max: 999_999_999 });
const zoneName = fc.constantFrom('DMA', 'DMA32', 'Normal', 'HighMem', 'Movable', 'Device');
const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,24}(?:\([a-z]{1,6}\))?$/);
const key = fc.stringMatching(/^nr_[a-z]{1,20}$/);

const perOrder = <T>(item: fc.Arbitrary<T>, orders: number) =>
  fc.array(item, { minLength: orders, maxLength: orders });

/** Rows of the two index files: thousandths from -1000 to 1000. */
export const indexZones = fc.integer({ min: 1, max: 12 }).chain((orders) =>
  fc.array(
    fc.record({
      node: fc.nat({ max: 63 }),
      zone: zoneName,
      index: perOrder(fc.integer({ min: -1000, max: 1000 }), orders),
    }),
    { minLength: 1, maxLength: 6 },
  ),
);

/** A slabinfo of either version. */
export const slabinfo = fc.record({
  version: fc.constantFrom('2.0' as const, '2.1' as const),
  statistics: fc.constant(false),
  header: fc.constant(true),
  caches: fc.array(
    fc.record({
      name,
      activeObjs: count,
      numObjs: count,
      objSize: count,
      objPerSlab: count,
      pagesPerSlab: count,
      limit: count,
      batchcount: count,
      sharedFactor: count,
      activeSlabs: count,
      numSlabs: count,
      sharedAvail: count,
      statistics: fc.constant(''),
    }),
    { maxLength: 8 },
  ),
});

/** A pagetypeinfo of one to three nodes, with or without page_owner's table. */
export const pagetypeinfo = fc
  .record({
    orders: fc.integer({ min: 1, max: 14 }),
    types: fc.uniqueArray(
      fc.constantFrom('Unmovable', 'Movable', 'Reclaimable', 'Reserve', 'CMA', '<NULL>'),
      {
        minLength: 1,
      },
    ),
    zones: fc.uniqueArray(zoneName, { minLength: 1, maxLength: 4 }),
    nodes: fc.integer({ min: 1, max: 3 }),
    owner: fc.boolean(),
  })
  .chain(({ orders, types, zones, nodes, owner }) => {
    const counts = perOrder(count, types.length);
    const blocks = (node: number) =>
      fc.tuple(...zones.map((zone) => counts.map((n) => ({ node, zone, counts: n }))));
    const free = (node: number) =>
      fc.tuple(
        ...zones.flatMap((zone) =>
          types.map((type) =>
            fc.record({
              node: fc.constant(node),
              zone: fc.constant(zone),
              type: fc.constant(type),
              freeByOrder: perOrder(fc.nat({ max: 200_000 }), orders),
              capped: fc.subarray(Array.from({ length: orders }, (_, order) => order)),
            }),
          ),
        ),
      );
    const one = (node: number) =>
      fc.record({
        pageblockOrder: fc.nat({ max: 13 }),
        pagesPerBlock: count,
        types: fc.constant(types),
        free: free(node),
        blocks: blocks(node),
        mixed: owner ? blocks(node) : fc.constant(null),
      });
    return fc.tuple(...Array.from({ length: nodes }, (_, node) => one(node)));
  });

const counters = fc.uniqueArray(fc.tuple(key, count), { selector: ([k]) => k, minLength: 1, maxLength: 6 });
const sizes = (keys: readonly string[]) => fc.tuple(...keys.map((k) => fc.tuple(fc.constant(k), count)));

const pageset = (cpu: number, pcp: number | null) =>
  fc.record({
    cpu: fc.constant(cpu),
    pcp: fc.constant(pcp),
    fields: sizes(['count', 'high', 'batch']),
    threshold: fc.option(fc.nat({ max: 125 })),
  });

const oldZone = fc.record({
  node: fc.nat({ max: 3 }),
  zone: zoneName,
  perNode: fc.constant<Counter[]>([]),
  sizes: sizes(['free', 'min', 'low', 'high', 'scanned', 'spanned', 'present']),
  scan: fc.record({ active: count, inactive: count }),
  protection: perOrder(count, 3),
  counters,
  indent: fc.constant(4),
  countersFirst: fc.constant(true),
  pagesets: fc.tuple(pageset(0, 0), pageset(0, 1), pageset(1, 0), pageset(1, 1)),
  tail: sizes(['all_unreclaimable', 'prev_priority', 'start_pfn']),
});

const todayZone = fc.record({
  node: fc.nat({ max: 3 }),
  zone: zoneName,
  perNode: fc.oneof(fc.constant<Counter[]>([]), counters),
  sizes: sizes(['free', 'boost', 'min', 'low', 'high', 'promo', 'spanned', 'present', 'managed', 'cma']),
  scan: fc.constant(null),
  protection: perOrder(count, 5),
  counters,
  indent: fc.constant(6),
  countersFirst: fc.constant(false),
  pagesets: fc.tuple(pageset(0, null), pageset(1, null)),
  tail: sizes(['node_unreclaimable', 'start_pfn']),
});

const emptyZone = todayZone.map((zone) => ({ ...zone, counters: [], pagesets: null, tail: [] }));

/** Zones of 2.6.24 or of today, populated or not. */
export const zoneRecords = fc.oneof(
  fc.array(oldZone, { minLength: 1, maxLength: 3 }),
  fc.array(fc.oneof(todayZone, emptyZone), { minLength: 1, maxLength: 4 }),
);
