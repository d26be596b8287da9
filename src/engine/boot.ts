/** A machine as it stands when the buddy allocator takes over: zones sized, boot memory set apart, the rest free. */
import { NONE } from '../base/units.ts';
import type { MachineConfig } from './config.ts';
import { C } from './counters.ts';
import { PAGE } from './frames.ts';
import { CACHE_FIELDS, createMachine, K, type Machine, O, OBJECT_CACHE_FIELDS, Z } from './machine.ts';
import { bootMobility, freeAtBoot, typeBlocks, zoneMarksOf } from './mobility/boot.ts';
import { REAP_PERIOD_NS } from './policy/periods.ts';
import { createPools } from './range-pool.ts';
import { setZoneField } from './zone.ts';

/** Builds a machine and frees every page frame that is neither reserved nor a hole, as free_all_bootmem does. */
export function bootMachine(config: MachineConfig): Machine {
  const m = createMachine(config);
  for (const range of config.boot) {
    m.kind.fill(range.kind === 'hole' ? PAGE.hole : PAGE.boot, range.start, range.start + range.pages);
  }
  const taken = new Uint8Array(config.pages);
  for (const range of config.boot) taken.fill(1, range.start, range.start + range.pages);
  const holes = new Uint8Array(config.pages);
  for (const range of config.boot)
    if (range.kind === 'hole') holes.fill(1, range.start, range.start + range.pages);
  sizeZones(m, taken, holes);
  typeBlocks(m);
  for (let z = 0; z < config.zones.length; z++) freeZone(m, z, taken);
  bootMobility(m);
  initLists(m);
  createPools(m);
  m.counters[C.buddySteps] = 0;
  m.counters[C.reapDueNs] = REAP_PERIOD_NS;
  return m;
}

function sizeZones(m: Machine, taken: Uint8Array, holes: Uint8Array): void {
  const zones = m.config.zones;
  const present = zones.map((zone) => countZero(holes, zone.start, zone.end));
  const managed = zones.map((zone) => countZero(taken, zone.start, zone.end));
  const marks = zoneMarksOf(m.config, present, managed);
  for (let z = 0; z < zones.length; z++) {
    setZoneField(m, z, Z.present, present[z]!);
    setZoneField(m, z, Z.managed, managed[z]!);
    setZoneField(m, z, Z.min, marks[z]!.min);
    setZoneField(m, z, Z.low, marks[z]!.low);
    setZoneField(m, z, Z.high, marks[z]!.high);
    setZoneField(m, z, Z.prevPriority, 12);
    setZoneField(m, z, Z.tempPriority, 12);
    for (const field of [Z.activeHead, Z.activeTail, Z.inactiveHead, Z.inactiveTail])
      setZoneField(m, z, field, NONE);
  }
}

function countZero(marks: Uint8Array, start: number, end: number): number {
  let n = 0;
  for (let i = start; i < end; i++) if (marks[i] === 0) n++;
  return n;
}

/** Frees the zone's pages from the top down in the largest blocks that fit, so that the lists begin at low addresses. */
function freeZone(m: Machine, zone: number, taken: Uint8Array): void {
  const { start, end } = m.config.zones[zone]!;
  let pfn = end;
  while (pfn > start) {
    if (taken[pfn - 1]) {
      pfn--;
      continue;
    }
    let order = 0;
    while (order < m.config.maxOrder) {
      const wider = 1 << (order + 1);
      if (pfn % wider !== 0 || pfn - wider < start || !allFree(taken, pfn - wider, pfn)) break;
      order++;
    }
    pfn -= 1 << order;
    m.kind.fill(PAGE.free, pfn, pfn + (1 << order));
    freeAtBoot(m, zone, pfn, order);
  }
}

function allFree(taken: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (taken[i]) return false;
  return true;
}

function initLists(m: Machine): void {
  for (let c = 0; c < m.cache.length; c += CACHE_FIELDS) {
    for (const field of [K.partialHead, K.partialTail, K.fullHead, K.fullTail, K.freeHead, K.freeTail])
      m.cache[c + field] = NONE;
  }
  for (let c = 0; c < m.objectCache.length; c += OBJECT_CACHE_FIELDS) {
    for (const field of [O.partialHead, O.lruHead, O.lruTail]) m.objectCache[c + field] = NONE;
  }
}
