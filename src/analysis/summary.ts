/** The figures of a machine, counted from its columns. */

import { freeByOrder } from '../engine/buddy.ts';
import type { PolicyId } from '../engine/config.ts';
import { C, type CounterName } from '../engine/counters.ts';
import { FLAG, PAGE } from '../engine/frames.ts';
import { CACHE_NAMES } from '../engine/gfp.ts';
import { checkInvariants } from '../engine/invariants.ts';
import { K, type Machine, stateHash, Z } from '../engine/machine.ts';
import { cacheField } from '../engine/order0/slab-list.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { zoneField } from '../engine/zone.ts';
import { claimFigures } from './claim-figures.ts';
import { fragmentationIndex, unusableIndex } from './indices.ts';
import { mobilityFigures } from './mobility-figures.ts';
import type { CacheFigures, PageFigures, ReclaimFigures, RunResult, ZoneFigures } from './result.ts';

/** What the machine itself does not know of its run. */
export interface RunFacts {
  readonly title: string;
  readonly seed: number;
  /** Operations the scenario has. */
  readonly length: number;
  /** Also rebuild and compare everything. */
  readonly invariants?: boolean;
}

/** All of a result but the hash of the state, which takes longer than the rest. */
export type Figures = Omit<RunResult, 'stateHash'>;

/** The figures at the machine's present state. Cost: one pass over all of it. */
export function summarise(m: Machine, facts: RunFacts): RunResult {
  const { title, policy, seed, steps, length, ...rest } = figuresOf(m, facts);
  return { title, policy, seed, steps, length, stateHash: stateHash(m), ...rest };
}

/** The same without the hash. Cost: one pass over the pages. */
export function figuresOf(m: Machine, facts: RunFacts): Figures {
  const zones = m.config.zones.map((_, z) => zoneFigures(m, z));
  const total = zones[0]!.freeByOrder.map((_, order) =>
    zones.reduce((sum, z) => sum + z.freeByOrder[order]!, 0),
  );
  const of = (name: CounterName): number => m.counters[C[name]]!;
  return {
    title: facts.title,
    policy: m.config.policy.name as PolicyId,
    seed: facts.seed,
    steps: of('operations'),
    length: facts.length,
    engineVersion: ENGINE_VERSION,
    clockNs: of('clockNs'),
    pages: pageFigures(m),
    freeByOrder: total,
    largestFreeOrder: total.findLastIndex((n) => n > 0),
    unusableIndex: unusableIndex(total),
    fragIndex: fragmentationIndex(total),
    zones,
    highOrder: {
      requested: of('highOrderRequested'),
      served: of('highOrderServed'),
      failed: of('highOrderFailed'),
    },
    requests: { total: of('requests'), failed: of('requestsFailed'), absent: of('absentOperations') },
    reclaim: reclaimFigures(of),
    caches: cacheFigures(m),
    perCpu: {
      arrayHits: of('arrayHits'),
      arrayRefills: of('arrayRefills'),
      arrayFlushes: of('arrayFlushes'),
      sharedHits: of('sharedHits'),
      pcpHits: of('pcpHits'),
      pcpRefills: of('pcpRefills'),
      pcpDrains: of('pcpDrains'),
    },
    faults: {
      minor: of('minorFaults'),
      major: of('majorFaults'),
      pagesRead: of('pagesRead'),
      pagesSwappedIn: of('pagesSwappedIn'),
    },
    ...claimFigures(m),
    ...mobilityFigures(m),
    costNs: of('costNs'),
    ...(facts.invariants ? { invariants: checkInvariants(m) ?? 'ok' } : {}),
  };
}

function zoneFigures(m: Machine, z: number): ZoneFigures {
  const free = freeByOrder(m, z);
  return {
    name: m.config.zones[z]!.name,
    node: 0,
    managed: zoneField(m, z, Z.managed),
    free: zoneField(m, z, Z.freePages),
    min: zoneField(m, z, Z.min),
    low: zoneField(m, z, Z.low),
    high: zoneField(m, z, Z.high),
    freeByOrder: free,
    unusableIndex: unusableIndex(free),
    fragIndex: fragmentationIndex(free),
  };
}

/** `ok`, or the first invariant that is broken. */
export interface Checked {
  readonly invariants: string;
}

/** Pages by what holds them; see PageFigures for which are disjoint. */
export function pageFigures(m: Machine): PageFigures {
  const n = new Array<number>(16).fill(0);
  for (let pfn = 0; pfn < m.config.pages; pfn++) n[m.kind[pfn]!]!++;
  const kernel =
    n[PAGE.kmalloc]! + n[PAGE.pageTable]! + n[PAGE.stack]! + n[PAGE.vmalloc]! + n[PAGE.highOrder]!;
  const managed = m.config.zones.reduce((sum, _, z) => sum + zoneField(m, z, Z.managed), 0);
  const total = m.config.pages - n[PAGE.hole]!;
  return {
    total,
    reserved: total - managed,
    managed,
    free: n[PAGE.free]!,
    slabIdle: n[PAGE.slabIdle]!,
    perCpu: n[PAGE.slabParked]! + n[PAGE.pcp]!,
    user: n[PAGE.anon]! + n[PAGE.file]!,
    kreclaim: n[PAGE.objSlab]!,
    knoreclaim: kernel + n[PAGE.unknown]!,
  };
}

function reclaimFigures(of: (name: CounterName) => number): ReclaimFigures {
  return {
    slabsTried: of('slabsTried'),
    slabsDiscarded: of('slabsDiscarded'),
    slabsRefused: of('slabsRefused'),
    pagesEvicted: of('pagesEvicted'),
    evictedForNothing: of('evictedForNothing'),
    pagesDropped: of('pagesDropped'),
    pagesWritten: of('pagesWritten'),
    pagesSwapped: of('pagesSwapped'),
    pteUnmaps: of('pteUnmaps'),
    pteUpdates: of('pteUpdates'),
    tlbFlushes: of('tlbFlushes'),
    pagesCopied: of('pagesCopied'),
    pagesScanned: of('pagesScanned'),
    slabsScanned: of('slabsScanned'),
    inversions: of('inversions'),
    refaults: of('refaults'),
    directReclaims: of('directReclaims'),
    kswapdRuns: of('kswapdRuns'),
    kswapdWakes: of('kswapdWakes'),
    oomKills: of('oomKills'),
  };
}

function cacheFigures(m: Machine): CacheFigures[] {
  if (m.config.policy.name !== 'order0-slab') return [];
  const stranded = [0, 0, 0];
  const parked = [0, 0, 0];
  const idle = [0, 0, 0];
  const inUse = [0, 0, 0];
  for (let pfn = 0; pfn < m.config.pages; pfn++) {
    if (m.flags[pfn]! & FLAG.stranded) stranded[classOfKind(m.kind[pfn]!)]!++;
    const cache = m.slabCache[pfn >>> m.config.slabOrder]!;
    if (cache === 0) continue;
    const cls = (cache - 1) % 3;
    const kind = m.kind[pfn]!;
    if (kind === PAGE.slabParked) parked[cls]!++;
    else if (kind === PAGE.slabIdle) idle[cls]!++;
    else inUse[cls]!++;
  }
  return CACHE_NAMES.map((name, cls) => {
    const sum = (field: number): number =>
      m.config.zones.reduce((s, _, z) => s + cacheField(m, z * 3 + cls, field), 0);
    return {
      name,
      slabs: { full: sum(K.fullSlabs), partial: sum(K.partialSlabs), free: sum(K.freeSlabs) },
      inUse: inUse[cls]!,
      idle: idle[cls]!,
      parked: parked[cls]!,
      stranded: stranded[cls]!,
    };
  });
}

function classOfKind(kind: number): 0 | 1 | 2 {
  if (kind === PAGE.anon || kind === PAGE.file) return 0;
  return kind === PAGE.objSlab ? 1 : 2;
}
