/**
 * Per-CPU lists of Linux 6.12 mm/page_alloc.c: rmqueue_pcplist, __rmqueue_pcplist, rmqueue_bulk, nr_pcp_alloc,
 * free_unref_page_commit, nr_pcp_high, nr_pcp_free, free_pcppages_bulk, decay_pcp_high, zone_batchsize, zone_highsize.
 * Orders 0 to 3 by type, and huge pages where a pageblock is one.
 *
 * `high` moves between high_min and high_max: it grows by a batch with every refill while the zone is above its high
 * mark, and falls when the zone is below it, when kswapd works, and once a second (the vmstat worker).
 */
import { clamp, fls, idiv } from '../../base/bits.ts';
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { C } from '../counters.ts';
import { ALLOCATED, NO_HEAD, PAGE } from '../frames.ts';
import { NR_PCP_LISTS, pcpListOrder } from '../list-types.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { countPerCpu, MEASURE, measure, PER_CPU } from '../measures.ts';
import { pcpListAdd, pcpListDel } from '../pcp-list.ts';
import { EV, emit } from '../trace-event.ts';
import { zoneField, zoneOf } from '../zone.ts';
import { PCP_FIELDS } from './columns.ts';
import { watermarkOk612 } from './marks-6.12.ts';
import { rmqueue612 } from './rmqueue-6.12.ts';
import { typedFree } from './typed-buddy.ts';
import { blockType, migrateTypes, SET_ASIDE } from './types.ts';
import { M, mobilityField, setMobilityField } from './zone-state.ts';

/** PAGE_ALLOC_COSTLY_ORDER: the highest order with lists of its own. */
const COSTLY_ORDER = 3;
/** HPAGE_PMD_ORDER of x86-64; huge pages have lists only where a pageblock is one. */
const HUGE_ORDER = 9;
/** CONFIG_PCP_BATCH_SCALE_MAX: a refill grows to at most 2^5 batches. */
const SCALE_MAX = 5;

/** MIN_PERCPU_PAGELIST_HIGH_FRACTION: at most an eighth of a zone lies on the lists of all CPUs. */
const HIGH_MAX_FRACTION = 8;
/** vm.stat_interval, in ns: how often `high` decays. */
const DECAY_PERIOD_NS = 1_000_000_000;

/** Fields of a zone's and CPU's row in `pcpState`; the last: the block freed before was of order 1 to 3. */
const PCP = { count: 0, allocFactor: 1, freeCount: 2, high: 3, freedHighOrder: 4 } as const;

/** Whether blocks of an order pass through per-CPU lists (pcp_allowed_order). */
export function pcpAllowed(m: Machine, order: Order): boolean {
  return order <= COSTLY_ORDER || (order === HUGE_ORDER && m.config.pageblockOrder === HUGE_ORDER);
}

/** Bounds of a CPU's high mark and the batch of a zone's lists, in pages. */
export interface PcpBounds {
  readonly batch: number;
  readonly highMin: number;
  readonly highMax: number;
}

/** zone_batchsize, zone_highsize: the low mark shared out over the CPUs, up to an eighth of the zone. */
export function pcpBounds612(m: Machine, zone: ZoneIndex): PcpBounds {
  const managed = zoneField(m, zone, Z.managed);
  const b = Math.max(1, idiv(Math.min(managed >>> 10, 256), 4));
  const batch = Math.max(1, (1 << (fls(b + idiv(b, 2)) - 1)) - 1);
  const share = (pages: number) => Math.max(idiv(pages, m.config.cpus), 4 * batch);
  const { pcpHighFraction } = m.config.policy;
  if (pcpHighFraction > 0) {
    const fixed = share(idiv(managed, pcpHighFraction));
    return { batch, highMin: fixed, highMax: fixed };
  }
  const highMin = share(zoneField(m, zone, Z.low));
  return { batch, highMin, highMax: Math.max(highMin, share(idiv(managed, HIGH_MAX_FRACTION))) };
}

/** Batch and the high mark of a CPU as it stands. */
export function pcpMarks612(m: Machine, zone: ZoneIndex, cpu: number): { high: number; batch: number } {
  const { batch, highMin, highMax } = pcpBounds612(m, zone);
  const row = (zone * m.config.cpus + cpu) * PCP_FIELDS;
  return { high: clamp(m.pcpState[row + PCP.high]!, highMin, highMax), batch };
}

/** Pages that a CPU holds back of a zone. */
export function pcpPages612(m: Machine, zone: ZoneIndex, cpu: number): number {
  return m.pcpState[(zone * m.config.cpus + cpu) * PCP_FIELDS + PCP.count]!;
}

/** order_to_pindex. */
function listOf(m: Machine, type: number, order: Order): number {
  if (order <= COSTLY_ORDER) return 3 * order + type;
  return 12 + (type === migrateTypes(m.config).movable ? 1 : 0);
}

function mark(m: Machine, pfn: Pfn, order: Order): void {
  m.kind.fill(PAGE.pcp, pfn, pfn + (1 << order));
  m.order[pfn] = order > 0 ? ALLOCATED | order : NO_HEAD;
}

function add(m: Machine, row: number, field: number, by: number): void {
  m.pcpState[row + field] = m.pcpState[row + field]! + by;
}

/** Takes a block from the current CPU's list of its type and order, refilling it when empty; NONE when the zone has none. */
export function pcpAlloc612(m: Machine, zone: ZoneIndex, order: Order, type: number, flags = 0): Pfn {
  const pcp = zone * m.config.cpus + m.cpu;
  const row = pcp * PCP_FIELDS;
  const list = pcp * NR_PCP_LISTS + listOf(m, type, order);
  m.pcpState[row + PCP.freeCount] = m.pcpState[row + PCP.freeCount]! >>> 1;
  if (m.pcpHead[list] === NONE) refill(m, zone, row, list, order, type, flags);
  else {
    bump(m, C.pcpHits);
    countPerCpu(m, pcp, PER_CPU.hits);
  }
  const pfn = m.pcpHead[list]!;
  if (pfn === NONE) return NONE;
  pcpListDel(m, list, pfn);
  m.order[pfn] = NO_HEAD;
  add(m, row, PCP.count, -(1 << order));
  measure(m, MEASURE.pcpSteps);
  return pfn;
}

/** nr_pcp_alloc: single pages in batches that double with every refill without a free, larger blocks a few at a time. */
function refillBlocks(m: Machine, zone: ZoneIndex, row: number, order: Order): number {
  const { batch, highMin, highMax } = pcpBounds612(m, zone);
  let high = clamp(m.pcpState[row + PCP.high]!, highMin, highMax);
  if (highMin !== highMax && !mobilityField(m, zone, M.belowHigh)) high = Math.min(high + batch, highMax);
  m.pcpState[row + PCP.high] = high;
  let n = batch;
  if (order === 0) {
    n = batch << m.pcpState[row + PCP.allocFactor]!;
    const most = Math.max(high - m.pcpState[row + PCP.count]! - batch, batch);
    if (n <= most && m.pcpState[row + PCP.allocFactor]! < SCALE_MAX) add(m, row, PCP.allocFactor, 1);
    n = Math.min(n, most);
  }
  return n > 1 ? Math.max(n >> order, 2) : n;
}

function refill(
  m: Machine,
  zone: ZoneIndex,
  row: number,
  list: number,
  order: Order,
  type: number,
  flags: number,
): void {
  const wanted = refillBlocks(m, zone, row, order);
  let moved = 0;
  for (; moved < wanted; moved++) {
    const pfn = rmqueue612(m, zone, order, type, flags);
    if (pfn === NONE) break;
    mark(m, pfn, order);
    pcpListAdd(m, list, pfn, m.pcpTail[list]!);
  }
  add(m, row, PCP.count, moved << order);
  measure(m, MEASURE.pcpSteps, moved);
  bump(m, C.pcpRefills);
  countPerCpu(m, row / PCP_FIELDS, PER_CPU.refills);
  countPerCpu(m, row / PCP_FIELDS, PER_CPU.pagesIn, moved << order);
  if (moved > 0) emit(m, EV.pcpRefill, order, m.pcpTail[list]!, moved << order, zone);
}

/** Puts a wiped block on the current CPU's list; at the high mark pages go back, more of them the longer it only frees. */
function pcpFree612(m: Machine, pfn: Pfn, order: Order): void {
  const zone = zoneOf(m.config, pfn);
  const pcp = zone * m.config.cpus + m.cpu;
  const row = pcp * PCP_FIELDS;
  const bounds = pcpBounds612(m, zone);
  const { batch } = bounds;
  m.pcpState[row + PCP.allocFactor] = m.pcpState[row + PCP.allocFactor]! >>> 1;
  // a page of a HIGHATOMIC pageblock goes on the MOVABLE list
  const type = blockType(m, pfn);
  const index = listOf(m, type === SET_ASIDE ? migrateTypes(m.config).movable : type, order);
  mark(m, pfn, order);
  pcpListAdd(m, pcp * NR_PCP_LISTS + index, pfn, NONE);
  add(m, row, PCP.count, 1 << order);
  measure(m, MEASURE.pcpSteps);
  const flush = flushesHighOrders(m, row, order, bounds);
  const most = batch << SCALE_MAX;
  m.pcpState[row + PCP.freeCount] = Math.min(m.pcpState[row + PCP.freeCount]! + (1 << order), most);
  const high = highNow(m, zone, row, bounds, flush);
  const count = m.pcpState[row + PCP.count]!;
  if (count < high) return;
  const freed = m.pcpState[row + PCP.freeCount]!;
  drain(m, zone, pcp, flush ? Math.min(count, most) : clampLow(freed, batch, high - batch), index);
  if (!mobilityField(m, zone, M.belowHigh)) return;
  if (watermarkOk612(m, zone, 0, zoneField(m, zone, Z.high), m.config.zones.length - 1))
    setMobilityField(m, zone, M.belowHigh, 0);
}

/** clamp as the kernel writes it: the upper bound wins where they cross. */
const clampLow = (value: number, low: number, high: number) =>
  Math.max(1, Math.min(Math.max(value, low), high));

/** Whether a run of frees without allocation, of orders 1 to 3 lately, empties the lists: those blocks should merge. */
function flushesHighOrders(m: Machine, row: number, order: Order, { batch, highMin }: PcpBounds): boolean {
  const before = m.pcpState[row + PCP.freedHighOrder]! !== 0;
  const small = order > 0 && order <= COSTLY_ORDER;
  m.pcpState[row + PCP.freedHighOrder] = small ? 1 : 0;
  return small && before && m.pcpState[row + PCP.freeCount]! >= batch + idiv(highMin, 2);
}

/** nr_pcp_high: the mark that a free is held against, moved on the way. */
function highNow(m: Machine, zone: ZoneIndex, row: number, bounds: PcpBounds, flush: boolean): number {
  const { batch, highMin, highMax } = bounds;
  const high = clamp(m.pcpState[row + PCP.high]!, highMin, highMax);
  const set = (value: number): number => {
    m.pcpState[row + PCP.high] = value;
    return value;
  };
  set(high);
  if (flush) {
    set(Math.max(high - (batch << SCALE_MAX), highMin));
    return 0;
  }
  const freed = m.pcpState[row + PCP.freeCount]!;
  if (mobilityField(m, zone, M.reclaimActive))
    return Math.min(batch << 2, set(Math.max(high - Math.max(freed, batch), highMin)));
  if (highMin === highMax) return high;
  const count = m.pcpState[row + PCP.count]!;
  if (mobilityField(m, zone, M.belowHigh)) {
    set(Math.max(high - Math.max(freed, batch), highMin));
    return Math.max(count, highMin);
  }
  if (count >= high && high < freed + batch) set(clamp(freed + batch, highMin, highMax));
  return high;
}

/** decay_pcp_high on every CPU, once a second: idle pages go back and the marks fall by an eighth. */
export function decayPcpHigh(m: Machine): void {
  const now = m.counters[C.clockNs]!;
  if (now < m.counters[C.pcpDecayDueNs]!) return;
  m.counters[C.pcpDecayDueNs] = now + DECAY_PERIOD_NS;
  for (let zone = 0; zone < m.config.zones.length; zone++) {
    const { batch, highMin } = pcpBounds612(m, zone);
    for (let cpu = 0; cpu < m.config.cpus; cpu++) {
      const pcp = zone * m.config.cpus + cpu;
      const row = pcp * PCP_FIELDS;
      const high = m.pcpState[row + PCP.high]!;
      const count = m.pcpState[row + PCP.count]!;
      if (high > highMin)
        m.pcpState[row + PCP.high] = Math.max(count - (batch << SCALE_MAX), high - (high >>> 3), highMin);
      const over = count - Math.max(m.pcpState[row + PCP.high]!, highMin);
      if (over > 0) drain(m, zone, pcp, over, 0);
    }
  }
}

/** __free_pages: a block of a small order through the current CPU's lists, a larger one straight to buddy. */
export function give612(m: Machine, pfn: Pfn, order: Order): void {
  if (pcpAllowed(m, order)) pcpFree612(m, pfn, order);
  else typedFree(m, zoneOf(m.config, pfn), pfn, order, true);
}

/** free_pcppages_bulk: pages from the tails of one list after the other, beginning with `index`. */
function drain(m: Machine, zone: ZoneIndex, pcp: number, pages: number, index: number): void {
  const row = pcp * PCP_FIELDS;
  let left = Math.min(pages, m.pcpState[row + PCP.count]!);
  const moved = left;
  for (let at = index; left > 0; at = (at + 1) % NR_PCP_LISTS) {
    const list = pcp * NR_PCP_LISTS + at;
    const order = pcpListOrder(at);
    while (left > 0 && m.pcpTail[list] !== NONE) {
      const pfn = m.pcpTail[list]!;
      pcpListDel(m, list, pfn);
      add(m, row, PCP.count, -(1 << order));
      left -= 1 << order;
      m.kind.fill(PAGE.free, pfn, pfn + (1 << order));
      m.order[pfn] = NO_HEAD;
      typedFree(m, zone, pfn, order, true);
    }
  }
  if (moved <= 0) return;
  measure(m, MEASURE.pcpSteps, moved - left);
  bump(m, C.pcpDrains);
  countPerCpu(m, pcp, PER_CPU.flushes);
  countPerCpu(m, pcp, PER_CPU.pagesOut, moved - left);
  emit(m, EV.pcpDrain, 0, NONE, moved - left, zone);
}

/** drain_pages_zone: all of one CPU's pages of a zone. */
export function drainCpuZone(m: Machine, zone: ZoneIndex, cpu: number): void {
  const pcp = zone * m.config.cpus + cpu;
  drain(m, zone, pcp, m.pcpState[pcp * PCP_FIELDS + PCP.count]!, 0);
}

/** drain_all_pages: the lists of every CPU and zone. */
export function drainAll612(m: Machine): void {
  for (let zone = 0; zone < m.config.zones.length; zone++)
    for (let cpu = 0; cpu < m.config.cpus; cpu++) drainCpuZone(m, zone, cpu);
}
