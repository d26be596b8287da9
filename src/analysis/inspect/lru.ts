/** The LRU lists, each thinned evenly from its coldest page to its hottest. */
import type { Pfn } from '../../base/units.ts';
import { NONE } from '../../base/units.ts';
import { type Machine, Z } from '../../engine/machine.ts';
import { zoneField } from '../../engine/zone.ts';
import { lookOf } from './look.ts';
import { contentWords } from './owner.ts';

export interface LruSample {
  readonly pfn: Pfn;
  /** Place from the cold end, 1 = the coldest. */
  readonly fromCold: number;
  readonly look: number;
  readonly what: string;
  /** Step of the last touch. */
  readonly lastTouch: number;
}

export interface LruList {
  readonly zone: string;
  readonly list: 'active' | 'inactive';
  readonly pages: number;
  readonly sample: readonly LruSample[];
}

export interface LruReport {
  readonly view: 'lru';
  /** Of each zone its inactive list, then its active one: coldest first. */
  readonly lists: readonly LruList[];
}

/** All LRU lists, at most `limit` pages of each; the coldest and the hottest are always among them. */
export function inspectLru(m: Machine, limit = 64): LruReport {
  const lists = m.config.zones.flatMap(({ name }, zone) =>
    (['inactive', 'active'] as const).map((list): LruList => {
      const pages = zoneField(m, zone, list === 'active' ? Z.nrActive : Z.nrInactive);
      const tail = zoneField(m, zone, list === 'active' ? Z.activeTail : Z.inactiveTail);
      return { zone: name, list, pages, sample: sampleOf(m, tail, pages, Math.max(2, limit)) };
    }),
  );
  return { view: 'lru', lists };
}

function sampleOf(m: Machine, tail: Pfn, pages: number, limit: number): LruSample[] {
  const sample: LruSample[] = [];
  const told = Math.min(limit, pages);
  let place = 0;
  for (let pfn = tail; pfn !== NONE; pfn = m.prev[pfn]!, place++) {
    // place of the next page to tell, spread from 0 to pages - 1
    const due = told < 2 ? 0 : Math.floor((sample.length * (pages - 1)) / (told - 1));
    if (place !== due) continue;
    sample.push({
      pfn,
      fromCold: place + 1,
      look: lookOf(m, pfn),
      what: contentWords(m, pfn),
      lastTouch: m.lastTouch[pfn]!,
    });
  }
  return sample;
}
