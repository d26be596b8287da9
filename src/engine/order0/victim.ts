/**
 * Choosing the slab to reclaim. The mail: "scan MAX_DEFRAG_SCAN slabs and pick the one with the most clean
 * filesystem backed pages to chuck out". The scan goes on where the last one stopped, zone by zone; it counts clean
 * pages by page flags and so cannot see mlock, which 2.6.9 keeps in the mapping.
 */
import { leastPlace, leastValue, setPlace } from '../../base/minimum-tree.ts';
import { nextBelow } from '../../base/prng.ts';
import { NONE, type ZoneIndex } from '../../base/units.ts';
import { charge } from '../charge.ts';
import { C } from '../counters.ts';
import { FLAG, PAGE } from '../frames.ts';
import { CACHE_CLASS, type CacheClass } from '../gfp.ts';
import { firstSlab } from '../hints.ts';
import { bump, K, type Machine, Z } from '../machine.ts';
import { MEASURE, measure } from '../measures.ts';
import { EV, emit } from '../trace-event.ts';
import { setZoneField, zoneField } from '../zone.ts';
import { cacheIndex } from './cache.ts';
import { cacheField } from './slab-list.ts';

/** A slab the scan looked at. */
export interface Candidate {
  readonly slab: number;
  /** Clean file pages. */
  readonly clean: number;
  /** Pages in use. */
  readonly inUse: number;
  /** What the rule ranks by, larger is better. */
  readonly score: number;
}

interface Tally {
  clean: number;
  dirty: number;
  anon: number;
  touches: number;
}

function tally(m: Machine, slab: number): Tally {
  const t: Tally = { clean: 0, dirty: 0, anon: 0, touches: 0 };
  const first = slab << m.config.slabOrder;
  for (let p = first; p < first + (1 << m.config.slabOrder); p++) {
    const kind = m.kind[p]!;
    if (kind === PAGE.file) {
      if (m.flags[p]! & (FLAG.dirty | FLAG.writeback)) t.dirty++;
      else t.clean++;
    } else if (kind === PAGE.anon) {
      t.anon++;
    }
    t.touches += m.lastTouch[p]!;
  }
  return t;
}

/** Modelled price of emptying a slab, by page flags alone. */
function price(m: Machine, t: Tally): number {
  const { dropPage, writePage, swapOut } = m.config.cost;
  return t.clean * dropPage + t.dirty * writePage + t.anon * swapOut;
}

/** Clean file pages of a slab, as the scan counts them. Looks, and changes nothing. */
export function cleanPages(m: Machine, slab: number): number {
  return tally(m, slab).clean;
}

/** Modelled price of emptying a slab in ns, as the rule `cheapest` sees it. Looks, and changes nothing. */
export function emptyingPrice(m: Machine, slab: number): number {
  return price(m, tally(m, slab));
}

function scoreOf(m: Machine, t: Tally, inUse: number, position: number): number {
  switch (m.config.policy.victim) {
    case 'most-clean':
    case 'best-of-all':
      return t.clean;
    case 'fewest-objects':
      return -inUse;
    case 'cheapest':
      return -price(m, t);
    case 'lru-oldest':
      return -t.touches / Math.max(1, inUse);
    case 'first':
      return -position;
    case 'random':
      return nextBelow(m.rng, 1 << 20);
  }
}

/** Whether a slab is a possible victim of `cls`: on a list of that cache, with pages in use. */
function isCandidate(m: Machine, zone: ZoneIndex, cls: CacheClass, slab: number): boolean {
  return m.slabCache[slab] === cacheIndex(zone, cls) + 1 && m.slabInUse[slab]! > 0;
}

/**
 * Looks at up to maxDefragScan slabs of one class over the zones, from each zone's cursor on, and ranks them best
 * first; equals stay in scan order.
 */
export function scanVictims(m: Machine, zones: readonly ZoneIndex[], cls: CacheClass): Candidate[] {
  const { victim, maxDefragScan } = m.config.policy;
  const limit = victim === 'best-of-all' ? Number.POSITIVE_INFINITY : maxDefragScan;
  const found: Candidate[] = [];
  for (const zone of zones) {
    const { start, end } = m.config.zones[zone]!;
    const first = Math.ceil(start / (1 << m.config.slabOrder));
    const last = Math.floor(end / (1 << m.config.slabOrder));
    if (last <= first) continue;
    const cursor = zoneField(m, zone, Z.scanCursor);
    const round: Round = { zone, cls, first, span: last - first, cursor, most: limit - found.length };
    const cache = cacheIndex(zone, cls);
    const { slabs, looked } = isSparse(m, cache, round) ? fromLists(m, cache, round) : fromTable(m, round);
    for (const slab of slabs) found.push(inspect(m, slab, found.length));
    setZoneField(m, zone, Z.scanCursor, (cursor + looked) % round.span);
  }
  return found.sort((a, b) => b.score - a.score);
}

/** One zone's part of a scan: `span` slabs from number `first` on, once round from the cursor, until `most` are found. */
interface Round {
  readonly zone: ZoneIndex;
  readonly cls: CacheClass;
  readonly first: number;
  readonly span: number;
  readonly cursor: number;
  readonly most: number;
}

/** Candidates in scan order, and the slabs of the zone passed until the last of them or the end of the round. */
interface Found {
  readonly slabs: readonly number[];
  readonly looked: number;
}

/** A list's slab is this much dearer to find than a row of the slab table. */
const LIST_PRICE = 8;

/** Slabs of a cache with pages in use: those of its lists but the free one. */
const slabsInUse = (m: Machine, cache: number) =>
  cacheField(m, cache, K.partialSlabs) + cacheField(m, cache, K.fullSlabs);

/** Whether so few slabs of the table are candidates that walking the cache's lists is sooner done than the table. */
function isSparse(m: Machine, cache: number, { span, most }: Round): boolean {
  const count = slabsInUse(m, cache);
  const passed = count <= most ? span : (span * most) / count;
  return count * LIST_PRICE <= passed;
}

function fromTable(m: Machine, { zone, cls, first, span, cursor, most }: Round): Found {
  const slabs: number[] = [];
  let looked = 0;
  for (; looked < span && slabs.length < most; looked++) {
    const slab = first + ((cursor + looked) % span);
    if (isCandidate(m, zone, cls, slab)) slabs.push(slab);
  }
  return { slabs, looked };
}

/** The same, without passing every slab of the zone. */
function fromLists(m: Machine, cache: number, { first, span, cursor, most }: Round): Found {
  const places: number[] = [];
  for (const head of [K.partialHead, K.fullHead]) {
    for (let slab = cacheField(m, cache, head); slab !== NONE; slab = m.slabNext[slab]!) {
      places.push((slab - first - cursor + span) % span);
    }
  }
  places.sort((a, b) => a - b);
  const isCut = places.length >= most;
  if (isCut) places.length = most;
  const looked = isCut ? (places[most - 1] ?? -1) + 1 : span;
  return { slabs: places.map((place) => first + ((cursor + place) % span)), looked };
}

/** Looks at one slab, at the price of looking. */
export function inspect(m: Machine, slab: number, position: number): Candidate {
  const t = tally(m, slab);
  const inUse = m.slabInUse[slab]!;
  bump(m, C.slabsScanned);
  bump(m, C.pagesScanned, 1 << m.config.slabOrder);
  measure(m, MEASURE.slabPagesLooked, 1 << m.config.slabOrder);
  charge(m, 'scanSlab');
  charge(m, 'scanPage', 1 << m.config.slabOrder);
  emit(m, EV.scanSlab, m.config.slabOrder, slab << m.config.slabOrder, t.clean, inUse);
  return { slab, clean: t.clean, inUse, score: scoreOf(m, t, inUse, position) };
}

/**
 * Clean pages of the slab that has most of them, over all slabs of the zones: the yardstick for the scan's regret.
 * Hints tell which slabs may have more than the best so far.
 */
export function bestCleanOfAll(m: Machine, zones: readonly ZoneIndex[]): number {
  const pages = 1 << m.config.slabOrder;
  let best = 0;
  for (const zone of zones) {
    const tree = m.hints.unclean[zone]!;
    while (pages - leastValue(tree) > best) {
      const place = leastPlace(tree);
      const slab = firstSlab(m.config, zone) + place;
      const clean = isCandidate(m, zone, CACHE_CLASS.user, slab) ? tally(m, slab).clean : 0;
      setPlace(tree, place, pages - clean);
      best = Math.max(best, clean);
    }
  }
  return best;
}

/**
 * Best score, by the policy's own rule, of all slabs of the zones, for the regret in its unit. `first` has no regret
 * by its own measure and `random` ranks by nothing: null. Looks at every page; the common rule goes by `clean`.
 *
 * @param clean what {@link bestCleanOfAll} gave
 */
export function bestScoreOfAll(m: Machine, zones: readonly ZoneIndex[], clean: number): number | null {
  const { victim } = m.config.policy;
  if (victim === 'most-clean' || victim === 'best-of-all') return clean;
  if (victim === 'first' || victim === 'random') return null;
  let best = Number.NEGATIVE_INFINITY;
  for (let slab = 0; slab < m.slabCache.length; slab++) {
    for (const zone of zones) {
      if (!isCandidate(m, zone, CACHE_CLASS.user, slab)) continue;
      best = Math.max(best, scoreOf(m, tally(m, slab), m.slabInUse[slab]!, 0));
    }
  }
  return best;
}

/** A candidate for one named slab, or none when it is no possible victim. */
export function namedVictim(m: Machine, zones: readonly ZoneIndex[], slab: number): Candidate[] {
  if (slab === NONE || slab >= m.slabCache.length) return [];
  for (const zone of zones) {
    for (const cls of [CACHE_CLASS.user, CACHE_CLASS.kreclaim]) {
      if (isCandidate(m, zone, cls, slab)) return [inspect(m, slab, 0)];
    }
  }
  return [];
}
