/** What each CPU holds back: arrays of the order-0 caches, or the hot and cold lists of 2.6.9's page allocator. */
import type { Pfn } from '../../base/units.ts';
import { C } from '../../engine/counters.ts';
import { CACHE_NAMES } from '../../engine/gfp.ts';
import { K, type Machine } from '../../engine/machine.ts';
import { PER_CPU, perCpuCount } from '../../engine/measures.ts';
import { sharedLimit } from '../../engine/order0/cache.ts';
import { cacheField } from '../../engine/order0/slab-list.ts';
import { pcpMarksOf } from '../kernel-view/pcp-marks.ts';
import { type HeldBack, heldBack } from './held-back.ts';
import { hasSlabs } from './owner.ts';
import type { TypedPcpList } from './parked.ts';
import { arrayPfns, pcpPfns, sharedPfns, typedPcpLists } from './parked.ts';

/** What a CPU's array of one cache, or its lists of one zone, did since boot. */
export interface CpuFigures {
  /** Requests it served from what it held. */
  readonly hits: number;
  readonly refills: number;
  /** Refills that the shared array served. */
  readonly sharedHits: number;
  /** Batches given back because it was full. */
  readonly flushes: number;
  /** Times it was drained: by cache_reap, or before a victim is chosen. */
  readonly drains: number;
  /** Pages those batches brought and took. */
  readonly pagesIn: number;
  readonly pagesOut: number;
}

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
  readonly cpus: readonly (ArrayReport & { readonly did: CpuFigures })[];
  /** Null on a uniprocessor, which has none. */
  readonly shared: ArrayReport | null;
  readonly held: HeldBack;
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
  readonly cpus: readonly {
    readonly hot: PcpListReport;
    readonly cold: PcpListReport;
    /** 6.12's lists one by one, whose pages `hot` has together; empty in the kernels before. */
    readonly typed: readonly TypedPcpList[];
    readonly did: CpuFigures;
  }[];
}

/** Totals are over all CPUs and caches since boot. */
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
    caches: heldBack(m).map((held, cache) => arraysOf(m, cache, held)),
    hits: of(C.arrayHits),
    refills: of(C.arrayRefills),
    flushes: of(C.arrayFlushes),
    sharedHits: of(C.sharedHits),
  };
}

function figuresOf(m: Machine, row: number): CpuFigures {
  const of = (field: number) => perCpuCount(m, row, field);
  return {
    hits: of(PER_CPU.hits),
    refills: of(PER_CPU.refills),
    sharedHits: of(PER_CPU.sharedHits),
    flushes: of(PER_CPU.flushes),
    drains: of(PER_CPU.drains),
    pagesIn: of(PER_CPU.pagesIn),
    pagesOut: of(PER_CPU.pagesOut),
  };
}

function arraysOf(m: Machine, cache: number, held: HeldBack): CacheArrays {
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
      did: figuresOf(m, cache * m.config.cpus + cpu),
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
    held,
  };
}

function listsOf(m: Machine, zone: number): PcpLists {
  const list = (cpu: number, cold: boolean): PcpListReport => ({
    pfns: pcpPfns(m, zone, cpu, cold),
    ...pcpMarksOf(m, zone, cold, cpu),
  });
  return {
    zone: m.config.zones[zone]!.name,
    cpus: Array.from({ length: m.config.cpus }, (_, cpu) => ({
      hot: list(cpu, false),
      cold: list(cpu, true),
      typed: typedPcpLists(m, zone, cpu),
      did: figuresOf(m, zone * m.config.cpus + cpu),
    })),
  };
}
