/** Sentences for the events of the policies that group pages by mobility: fallbacks, lumpy reclaim. */
import { migrateTypes } from '../../engine/mobility/types.ts';
import type { TraceEvent } from '../../engine/trace-event.ts';
import type { EventSaying } from './allocation-events.ts';
import { hex, plural } from './words.ts';

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
} satisfies Partial<Record<TraceEvent['type'], EventSaying>>;
