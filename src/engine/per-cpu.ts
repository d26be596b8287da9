/**
 * Per-CPU lists of single pages, hot and cold, Linux 2.6.9 mm/page_alloc.c: struct per_cpu_pages,
 * zone_init_free_lists, buffered_rmqueue, free_hot_cold_page. Order 0 only; used by the policies that keep 2.6.9's
 * page allocator. Frees and allocations are at the head, a refill is appended at the tail in buddy order.
 */
import { idiv } from '../base/bits.ts';
import { NONE, type Pfn, type ZoneIndex } from '../base/units.ts';
import { buddyAlloc, buddyFree } from './buddy.ts';
import { C } from './counters.ts';
import { PAGE } from './frames.ts';
import { NR_PCP_LISTS, pcpListOrder, pcpListsPerCpu } from './list-types.ts';
import { bump, type Machine, Z } from './machine.ts';
import { countPerCpu, MEASURE, measure, PER_CPU } from './measures.ts';
import { pcpListAdd, pcpListDel } from './pcp-list.ts';
import { EV, emit } from './trace-event.ts';
import { zoneField, zoneOf } from './zone.ts';

/** low and high mark and batch of one list. */
export interface PcpMarks {
  readonly low: number;
  readonly high: number;
  readonly batch: number;
}

/** Marks of a zone's lists: batch is a quarter of a thousandth of the zone, 1 to 16. */
export function pcpMarks(present: number, cold: boolean): PcpMarks {
  const batch = Math.max(1, idiv(Math.min(idiv(present, 1024), 64), 4));
  return cold ? { low: 0, high: 2 * batch, batch } : { low: 2 * batch, high: 6 * batch, batch };
}

function listOf(m: Machine, zone: ZoneIndex, cold: boolean): number {
  return (zone * m.config.cpus + m.cpu) * 2 + (cold ? 1 : 0);
}

/** Takes one page from the current CPU's list, refilling it from buddy at its low mark. NONE when the zone is empty. */
export function pcpAlloc(m: Machine, zone: ZoneIndex, cold: boolean): Pfn {
  const list = listOf(m, zone, cold);
  const marks = pcpMarks(zoneField(m, zone, Z.present), cold);
  if (m.pcpCount[list]! <= marks.low) refill(m, zone, list, marks.batch);
  else {
    bump(m, C.pcpHits);
    countPerCpu(m, list >> 1, PER_CPU.hits);
  }
  const pfn = m.pcpHead[list]!;
  if (pfn === NONE) return NONE;
  pcpListDel(m, list, pfn);
  measure(m, MEASURE.pcpSteps);
  return pfn;
}

function refill(m: Machine, zone: ZoneIndex, list: number, batch: number): void {
  let moved = 0;
  for (; moved < batch; moved++) {
    const pfn = buddyAlloc(m, zone, 0);
    if (pfn === NONE) break;
    m.kind[pfn] = PAGE.pcp;
    pcpListAdd(m, list, pfn, m.pcpTail[list]!);
  }
  measure(m, MEASURE.pcpSteps, moved);
  bump(m, C.pcpRefills);
  countPerCpu(m, list >> 1, PER_CPU.refills);
  countPerCpu(m, list >> 1, PER_CPU.pagesIn, moved);
  if (moved > 0) emit(m, EV.pcpRefill, 0, m.pcpTail[list]!, moved, zone);
}

/** Puts a wiped page on the current CPU's list, draining a batch to buddy at its high mark first. */
export function pcpFree(m: Machine, pfn: Pfn, cold: boolean): void {
  const zone = zoneOf(m.config, pfn);
  const list = listOf(m, zone, cold);
  const marks = pcpMarks(zoneField(m, zone, Z.present), cold);
  if (m.pcpCount[list]! >= marks.high) drainTail(m, zone, list, marks.batch);
  m.kind[pfn] = PAGE.pcp;
  pcpListAdd(m, list, pfn, NONE);
  measure(m, MEASURE.pcpSteps);
}

function drainTail(m: Machine, zone: ZoneIndex, list: number, n: number): void {
  let moved = 0;
  for (; moved < n; moved++) {
    const pfn = m.pcpTail[list]!;
    if (pfn === NONE) break;
    pcpListDel(m, list, pfn);
    m.kind[pfn] = PAGE.free;
    buddyFree(m, zone, pfn, 0);
  }
  if (moved === 0) return;
  measure(m, MEASURE.pcpSteps, moved);
  bump(m, C.pcpDrains);
  countPerCpu(m, list >> 1, PER_CPU.flushes);
  countPerCpu(m, list >> 1, PER_CPU.pagesOut, moved);
  emit(m, EV.pcpDrain, 0, NONE, moved, zone);
}

/** Empties every CPU's lists (drain_local_pages on each; 2.6.9 does so only for suspend, a person may at any time). */
export function drainAllPcp(m: Machine): void {
  for (let zone = 0; zone < m.config.zones.length; zone++) {
    for (let i = 0; i < m.config.cpus * 2; i++) {
      const list = zone * m.config.cpus * 2 + i;
      drainTail(m, zone, list, m.pcpCount[list]!);
    }
  }
}

/** Pages on all per-CPU lists of a zone, whichever policy keeps them. */
export function pcpPages(m: Machine, zone: ZoneIndex): number {
  const perCpu = pcpListsPerCpu(m.config);
  const lists = m.config.cpus * perCpu;
  let n = 0;
  for (let i = 0; i < lists; i++) {
    const order = perCpu === NR_PCP_LISTS ? pcpListOrder(i % perCpu) : 0;
    n += m.pcpCount[zone * lists + i]! << order;
  }
  return n;
}
