/** Sentences for the events of the policies that group pages by mobility: fallbacks, lumpy reclaim, compaction. */
import { migrateTypes } from '../../engine/mobility/types.ts';
import type { TraceEvent } from '../../engine/trace-event.ts';
import type { EventSaying } from './allocation-events.ts';
import { count, hex, plural, zoneWords } from './words.ts';

const COMPACTION_RULE = "Pages move from the zone's low end into free pages at its high end.";
const DEFER_RULE = 'After each failure twice as many attempts at compaction are put off.';
const KCOMPACTD_RULE = 'kcompactd compacts in the background, when asked or when scores are bad.';
const MODES = ['without waiting', 'in light mode', 'in full mode'];

export const mobilityEvents = {
  extfrag: (e, m) => {
    const names = migrateTypes(m.config).names.map((name) => name.toLowerCase());
    const own = names[(e.b >> 4) & 0x0f]!;
    const other = names[e.b & 0x0f]!;
    return {
      rule: 'A type whose lists are empty takes from another, rather a large block.',
      fn: '__rmqueue_fallback',
      texts:
        e.b >= 256
          ? [
              `${hex(e.pfn)}: taken from ${other}, its pageblock turns ${own}`,
              `${hex(e.pfn)}: pageblock turns ${own}`,
            ]
          : [
              `${hex(e.pfn)}: ${own}, taken from ${other} block of order ${e.a}`,
              `${hex(e.pfn)} is taken from ${other}`,
            ],
    };
  },
  lumpyIsolate: (e) => ({
    rule: 'Lumpy reclaim takes the neighbours of the coldest page along.',
    fn: 'isolate_lru_pages',
    texts: [
      `${hex(e.pfn)} and ${plural(e.b, 'neighbour')} in its order-${e.order} window are taken`,
      `${hex(e.pfn)} and ${plural(e.b, 'neighbour')} are taken`,
    ],
  }),
  compactTry: (e) => ({
    rule: COMPACTION_RULE,
    fn: 'try_to_compact_pages',
    texts: [
      `Compaction is tried for order ${e.order}, ${MODES[e.b] ?? ''}`,
      `Compaction is tried: order ${e.order}`,
    ],
  }),
  compactSuitable: (e, m) => ({
    rule: 'Compaction needs free pages to move into, and fragmentation to mend.',
    fn: 'compaction_suitable',
    texts: [
      e.b === 1
        ? `Compaction could help ${zoneWords(m, e.a)}`
        : `Compaction could not help ${zoneWords(m, e.a)} at order ${e.order}`,
    ],
  }),
  compactBegin: (e) => ({
    rule: COMPACTION_RULE,
    fn: 'compact_zone',
    texts: [
      `Compaction begins: pages from ${hex(e.pfn)} up, targets from ${hex(e.a)} down`,
      `Compaction begins at ${hex(e.pfn)}`,
    ],
  }),
  compactEnd: (e) => ({
    rule: COMPACTION_RULE,
    fn: 'compact_finished',
    texts: [`Compaction ends: ${ENDS[Math.floor(e.b / 16)] ?? 'it was not begun'}`],
  }),
  compactIsolateMigrate: (e) => ({
    rule: 'The migrate scanner takes up to 32 pages that can move.',
    fn: 'isolate_migratepages_block',
    texts: [
      `${hex(e.pfn)} to ${hex(e.a)}: ${plural(e.b % 4096, 'page')} to move, ${count(Math.floor(e.b / 4096))} looked at`,
      `${hex(e.pfn)}: ${plural(e.b % 4096, 'page')} to move`,
    ],
  }),
  compactIsolateFree: (e) => ({
    rule: 'The free scanner takes free blocks of movable pageblocks.',
    fn: 'isolate_freepages_block',
    texts: [
      `${hex(e.pfn)} to ${hex(e.a)}: ${plural(e.b % 4096, 'free page')}, ${count(Math.floor(e.b / 4096))} looked at`,
      `${hex(e.pfn)}: ${plural(e.b % 4096, 'free page')} as targets`,
    ],
  }),
  compactMigrate: (e) => ({
    rule: 'A page with an extra reference cannot move; it keeps its block.',
    fn: 'migrate_pages',
    texts: [`${plural(e.a, 'page')} moved${e.b > 0 ? `, ${count(e.b)} could not` : ''}`],
  }),
  compactDeferred: (e, m) => ({
    rule: DEFER_RULE,
    fn: 'compaction_deferred',
    texts: [
      `Compaction of ${zoneWords(m, e.a)} is put off, ${plural(e.b, 'more attempt')}`,
      `Compaction of ${zoneWords(m, e.a)} is put off`,
    ],
  }),
  compactDefer: (e, m) => ({
    rule: DEFER_RULE,
    fn: 'defer_compaction',
    texts: [
      `Compaction failed: ${zoneWords(m, e.a)} is left alone for ${plural(e.b, 'attempt')}`,
      `Compaction failed: put off for ${plural(e.b, 'attempt')}`,
    ],
  }),
  compactDeferReset: (e, m) => ({
    rule: DEFER_RULE,
    fn: 'compaction_defer_reset',
    texts: [`Compaction of ${zoneWords(m, e.a)} for order ${e.order} is put off no more`],
  }),
  kcompactdWake: (e) => ({
    rule: KCOMPACTD_RULE,
    fn: 'kcompactd',
    texts: [
      e.order > 0 ? `kcompactd wakes for order ${e.order}` : `kcompactd wakes: the node's score is ${e.a}`,
    ],
  }),
  kcompactdSleep: (e) => ({
    rule: KCOMPACTD_RULE,
    fn: 'kcompactd',
    texts: [e.order > 0 ? 'kcompactd sleeps' : `kcompactd sleeps: the node's score is ${e.a}`],
  }),
} satisfies Partial<Record<TraceEvent['type'], EventSaying>>;

/** By compact_result. */
const ENDS: Readonly<Record<number, string>> = {
  5: 'the scanners met, no block came of it',
  6: 'the scanners met, part of the zone was seen',
  7: 'there is nothing left to move into',
  8: 'a block of the order is free',
};
