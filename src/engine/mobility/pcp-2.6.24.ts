/**
 * Per-CPU lists of single pages in Linux 2.6.24 mm/page_alloc.c: buffered_rmqueue, free_hot_cold_page, rmqueue_bulk,
 * zone_batchsize, setup_pageset. One list a temperature for all types; each page remembers its type (page_private)
 * here in bits 4 to 6 of `order`, and an allocation searches from the head for one of its own.
 */
import { fls, idiv } from '../../base/bits.ts';
import { NONE, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { C } from '../counters.ts';
import { NO_HEAD, PAGE } from '../frames.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { countPerCpu, MEASURE, measure, PER_CPU } from '../measures.ts';
import { pcpListAdd, pcpListDel } from '../pcp-list.ts';
import { EV, emit } from '../trace-event.ts';
import { zoneField, zoneOf } from '../zone.ts';
import { rmqueue2624 } from './rmqueue-2.6.24.ts';
import { typedFree } from './typed-buddy.ts';
import { blockType } from './types.ts';

/** High mark and batch of a zone's hot or cold list; a small zone keeps nothing. */
export function pcpMarks2624(present: number, cold: boolean): { high: number; batch: number } {
  const quarter = Math.max(1, idiv(Math.min(idiv(present, 1024), 128), 4));
  const b = (1 << (fls(quarter + idiv(quarter, 2)) - 1)) - 1;
  return cold ? { high: 2 * b, batch: Math.max(1, idiv(b, 2)) } : { high: 6 * b, batch: Math.max(1, b) };
}

function listOf(m: Machine, zone: ZoneIndex, cold: boolean): number {
  return (zone * m.config.cpus + m.cpu) * 2 + (cold ? 1 : 0);
}

const typeOf = (m: Machine, pfn: Pfn) => (m.order[pfn]! >> 4) & 0x07;

/** The first page of a type, from the list's head. */
function findType(m: Machine, list: number, type: number): Pfn {
  let pfn = m.pcpHead[list]!;
  while (pfn !== NONE && typeOf(m, pfn) !== type) pfn = m.next[pfn]!;
  return pfn;
}

/** Takes one page for a type, refilling the list when it has none of it. NONE when the zone has no page at all. */
export function pcpAlloc2624(m: Machine, zone: ZoneIndex, type: number, cold: boolean): Pfn {
  const list = listOf(m, zone, cold);
  const { batch } = pcpMarks2624(zoneField(m, zone, Z.present), cold);
  let pfn = findType(m, list, type);
  if (pfn === NONE) {
    refill(m, zone, list, batch, type);
    pfn = findType(m, list, type);
  } else {
    bump(m, C.pcpHits);
    countPerCpu(m, list >> 1, PER_CPU.hits);
  }
  if (pfn === NONE) return NONE;
  pcpListDel(m, list, pfn);
  m.order[pfn] = NO_HEAD;
  measure(m, MEASURE.pcpSteps);
  return pfn;
}

/** rmqueue_bulk: a batch of one type, put in front in buddy order. */
function refill(m: Machine, zone: ZoneIndex, list: number, batch: number, type: number): void {
  let moved = 0;
  let after: Pfn = NONE;
  for (; moved < batch; moved++) {
    const pfn = rmqueue2624(m, zone, 0, type);
    if (pfn === NONE) break;
    m.kind[pfn] = PAGE.pcp;
    m.order[pfn] = (type << 4) | NO_HEAD;
    pcpListAdd(m, list, pfn, after);
    after = pfn;
  }
  measure(m, MEASURE.pcpSteps, moved);
  bump(m, C.pcpRefills);
  countPerCpu(m, list >> 1, PER_CPU.refills);
  countPerCpu(m, list >> 1, PER_CPU.pagesIn, moved);
  if (moved > 0) emit(m, EV.pcpRefill, 0, after, moved, zone);
}

/** Puts a wiped page in front of the current CPU's list; at the high mark a batch goes back from its tail. */
export function pcpFree2624(m: Machine, pfn: Pfn, cold: boolean): void {
  const zone = zoneOf(m.config, pfn);
  const list = listOf(m, zone, cold);
  const marks = pcpMarks2624(zoneField(m, zone, Z.present), cold);
  m.kind[pfn] = PAGE.pcp;
  m.order[pfn] = (blockType(m, pfn) << 4) | NO_HEAD;
  pcpListAdd(m, list, pfn, NONE);
  measure(m, MEASURE.pcpSteps);
  if (m.pcpCount[list]! >= marks.high) drain(m, zone, list, marks.batch);
}

function drain(m: Machine, zone: ZoneIndex, list: number, n: number): void {
  let moved = 0;
  for (; moved < n; moved++) {
    const pfn = m.pcpTail[list]!;
    if (pfn === NONE) break;
    pcpListDel(m, list, pfn);
    m.kind[pfn] = PAGE.free;
    m.order[pfn] = NO_HEAD;
    typedFree(m, zone, pfn, 0, false);
  }
  if (moved === 0) return;
  measure(m, MEASURE.pcpSteps, moved);
  bump(m, C.pcpDrains);
  countPerCpu(m, list >> 1, PER_CPU.flushes);
  countPerCpu(m, list >> 1, PER_CPU.pagesOut, moved);
  emit(m, EV.pcpDrain, 0, NONE, moved, zone);
}

/** drain_all_local_pages: the lists of every CPU and zone. */
export function drainAll2624(m: Machine): void {
  for (let zone = 0; zone < m.config.zones.length; zone++) {
    for (let i = 0; i < m.config.cpus * 2; i++) {
      const list = zone * m.config.cpus * 2 + i;
      drain(m, zone, list, m.pcpCount[list]!);
    }
  }
}
