/**
 * Per-CPU lists of Linux 6.12 mm/page_alloc.c: rmqueue_pcplist, __rmqueue_pcplist, rmqueue_bulk, nr_pcp_alloc,
 * free_unref_page_commit, nr_pcp_free, free_pcppages_bulk, zone_batchsize, zone_highsize. Orders 0 to 3 by type, and
 * huge pages where a pageblock is one.
 *
 * Simplified: `high` stays at high_min, as with vm.percpu_pagelist_high_fraction set; there is no early flush of
 * higher orders.
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
import { rmqueue612 } from './rmqueue-6.12.ts';
import { typedFree } from './typed-buddy.ts';
import { blockType, migrateTypes } from './types.ts';

/** PAGE_ALLOC_COSTLY_ORDER: the highest order with lists of its own. */
const COSTLY_ORDER = 3;
/** HPAGE_PMD_ORDER of x86-64; huge pages have lists only where a pageblock is one. */
const HUGE_ORDER = 9;
/** CONFIG_PCP_BATCH_SCALE_MAX: a refill grows to at most 2^5 batches. */
const SCALE_MAX = 5;

/** Fields of a zone's and CPU's row in `pcpState`. */
const PCP = { count: 0, allocFactor: 1, freeCount: 2 } as const;
const PCP_FIELDS = 3;

/** Whether blocks of an order pass through per-CPU lists (pcp_allowed_order). */
export function pcpAllowed(m: Machine, order: Order): boolean {
  return order <= COSTLY_ORDER || (order === HUGE_ORDER && m.config.pageblockOrder === HUGE_ORDER);
}

/** Batch and high mark of a zone's lists, in pages of one CPU. */
export function pcpMarks612(m: Machine, zone: ZoneIndex): { high: number; batch: number } {
  const b = Math.max(1, idiv(Math.min(zoneField(m, zone, Z.managed) >>> 10, 256), 4));
  const batch = Math.max(1, (1 << (fls(b + idiv(b, 2)) - 1)) - 1);
  return { high: Math.max(idiv(zoneField(m, zone, Z.low), m.config.cpus), 4 * batch), batch };
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
export function pcpAlloc612(m: Machine, zone: ZoneIndex, order: Order, type: number): Pfn {
  const pcp = zone * m.config.cpus + m.cpu;
  const row = pcp * PCP_FIELDS;
  const list = pcp * NR_PCP_LISTS + listOf(m, type, order);
  m.pcpState[row + PCP.freeCount] = m.pcpState[row + PCP.freeCount]! >>> 1;
  if (m.pcpHead[list] === NONE) refill(m, zone, row, list, order, type);
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
  const { high, batch } = pcpMarks612(m, zone);
  let n = batch;
  if (order === 0) {
    n = batch << m.pcpState[row + PCP.allocFactor]!;
    const most = Math.max(high - m.pcpState[row + PCP.count]! - batch, batch);
    if (n <= most && m.pcpState[row + PCP.allocFactor]! < SCALE_MAX) add(m, row, PCP.allocFactor, 1);
    n = Math.min(n, most);
  }
  return n > 1 ? Math.max(n >> order, 2) : n;
}

function refill(m: Machine, zone: ZoneIndex, row: number, list: number, order: Order, type: number): void {
  const wanted = refillBlocks(m, zone, row, order);
  let moved = 0;
  for (; moved < wanted; moved++) {
    const pfn = rmqueue612(m, zone, order, type);
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
  const { high, batch } = pcpMarks612(m, zone);
  m.pcpState[row + PCP.allocFactor] = m.pcpState[row + PCP.allocFactor]! >>> 1;
  const index = listOf(m, Math.min(blockType(m, pfn), 2), order);
  mark(m, pfn, order);
  pcpListAdd(m, pcp * NR_PCP_LISTS + index, pfn, NONE);
  add(m, row, PCP.count, 1 << order);
  measure(m, MEASURE.pcpSteps);
  if (m.pcpState[row + PCP.freeCount]! < batch << SCALE_MAX) add(m, row, PCP.freeCount, 1 << order);
  if (m.pcpState[row + PCP.count]! < high) return;
  drain(m, zone, pcp, clamp(m.pcpState[row + PCP.freeCount]!, batch, high - batch), index);
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
