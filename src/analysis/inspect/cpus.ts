/** What each CPU holds back: arrays of the order-0 caches, or the hot and cold lists of 2.6.9's page allocator. */
import type { Pfn } from '../../base/units.ts';
import { C } from '../../engine/counters.ts';
import { CACHE_NAMES } from '../../engine/gfp.ts';
import { K, type Machine } from '../../engine/machine.ts';
import { sharedLimit } from '../../engine/order0/cache.ts';
import { cacheField } from '../../engine/order0/slab-list.ts';
import { pcpMarksOf } from '../kernel-view/pcp-marks.ts';
import { hasSlabs } from './owner.ts';
import { arrayPfns, pcpPfns, sharedPfns } from './parked.ts';

export interface ArrayReport {
  /** Pages, oldest first; the last is handed out next. */
  readonly entries: readonly Pfn[];
  readonly limit: number;
  readonly batch: number;
  /** Used since the last cache_reap, which then leaves it alone. */
  readonly touched: boolean;
}

export interface CacheArrays {
  readonly cache: number;
  readonly name: string;
  readonly zone: string;
  readonly cpus: readonly ArrayReport[];
  /** Null on a uniprocessor, which has none. */
  readonly shared: ArrayReport | null;
}

export interface PcpListReport {
  /** Pages, head first; the head is handed out next. */
  readonly pfns: readonly Pfn[];
  readonly low: number;
  readonly high: number;
  readonly batch: number;
}

export interface PcpLists {
  readonly zone: string;
  readonly cpus: readonly { readonly hot: PcpListReport; readonly cold: PcpListReport }[];
}

/** `hits` and `misses` are counted over all CPUs and caches since boot; the model keeps no count for each. */
export type CpusReport = { readonly view: 'cpus' } & (
  | {
      readonly kind: 'arrays';
      readonly caches: readonly CacheArrays[];
      readonly hits: number;
      readonly refills: number;
      readonly flushes: number;
      readonly sharedHits: number;
    }
  | {
      readonly kind: 'lists';
      readonly zones: readonly PcpLists[];
      readonly hits: number;
      readonly refills: number;
      readonly drains: number;
    }
);

/** Per-CPU arrays or lists, as the policy has them. */
export function inspectCpus(m: Machine): CpusReport {
  const of = (counter: number) => m.counters[counter]!;
  if (!hasSlabs(m)) {
    return {
      view: 'cpus',
      kind: 'lists',
      zones: m.config.zones.map((_, zone) => listsOf(m, zone)),
      hits: of(C.pcpHits),
      refills: of(C.pcpRefills),
      drains: of(C.pcpDrains),
    };
  }
  return {
    view: 'cpus',
    kind: 'arrays',
    caches: m.config.zones.flatMap((_, zone) => [0, 1, 2].map((cls) => arraysOf(m, zone * 3 + cls))),
    hits: of(C.arrayHits),
    refills: of(C.arrayRefills),
    flushes: of(C.arrayFlushes),
    sharedHits: of(C.sharedHits),
  };
}

function arraysOf(m: Machine, cache: number): CacheArrays {
  const { limit, batchcount } = m.config.arrays;
  const shared = sharedLimit(m);
  return {
    cache,
    name: CACHE_NAMES[cache % 3]!,
    zone: m.config.zones[Math.floor(cache / 3)]!.name,
    cpus: Array.from({ length: m.config.cpus }, (_, cpu) => ({
      entries: arrayPfns(m, cache, cpu),
      limit,
      batch: batchcount,
      touched: m.arrayTouched[cache * m.config.cpus + cpu] === 1,
    })),
    shared:
      shared === 0
        ? null
        : {
            entries: sharedPfns(m, cache),
            limit: shared,
            batch: batchcount,
            touched: cacheField(m, cache, K.sharedTouched) === 1,
          },
  };
}

function listsOf(m: Machine, zone: number): PcpLists {
  const list = (cpu: number, cold: boolean): PcpListReport => ({
    pfns: pcpPfns(m, zone, cpu, cold),
    ...pcpMarksOf(m, zone, cold),
  });
  return {
    zone: m.config.zones[zone]!.name,
    cpus: Array.from({ length: m.config.cpus }, (_, cpu) => ({
      hot: list(cpu, false),
      cold: list(cpu, true),
    })),
  };
}
