/**
 * Fallbacks and compaction as ftrace lines: mm_page_alloc_extfrag (include/trace/events/kmem.h) and the events of
 * include/trace/events/compaction.h, both 6.12. Migratetypes are numbered as 6.12 does whatever the policy's kernel.
 */
import { MODE, RESULT_NAMES } from '../../../engine/mobility/compact-control.ts';
import { migrateTypes } from '../../../engine/mobility/types.ts';
import { M, mobilityField } from '../../../engine/mobility/zone-state.ts';
import { EV } from '../../../engine/trace-event.ts';
import { zoneOf } from '../../../engine/zone.ts';
import { printPage } from '../../../kernel-text/ftrace.ts';
import { gfpNames } from './gfp-names.ts';
import type { Teller, Telling } from './telling.ts';

const hex = (n: number) => `0x${n.toString(16)}`;

/** A type of the policy's kernel by its number in 6.12. */
function todaysType(t: Telling, type: number): number {
  const { movable, reclaimable } = migrateTypes(t.m.config);
  if (type === movable) return 1;
  return type === reclaimable ? 2 : type;
}

function extfrag(t: Telling, e: number): void {
  const { log, config } = t.m;
  const packed = log.b[e]!;
  const from = log.a[e]!;
  t.say(
    'mm_page_alloc_extfrag',
    `${printPage(log.pfn[e]!)} alloc_order=${log.order[e]} fallback_order=${from} ` +
      `pageblock_order=${config.pageblockOrder} alloc_migratetype=${todaysType(t, (packed >> 4) & 15)} ` +
      `fallback_migratetype=${todaysType(t, packed & 15)} fragmenting=${from < config.pageblockOrder ? 1 : 0} ` +
      `change_ownership=${packed >= 256 ? 1 : 0}`,
  );
}

/** `zone_start=… migrate_pfn=… free_pfn=… zone_end=…, mode=sync`. */
function scanners(t: Telling, e: number, mode: number): string {
  const { log, config } = t.m;
  const { start, end } = config.zones[zoneOf(config, log.a[e]!)]!;
  return (
    `zone_start=${hex(start)} migrate_pfn=${hex(log.pfn[e]!)} free_pfn=${hex(log.a[e]!)} ` +
    `zone_end=${hex(end)}, mode=${mode === MODE.async ? 'async' : 'sync'}`
  );
}

function isolated(name: string): Teller {
  return (t, e) => {
    const { log } = t.m;
    const counts = log.b[e]!;
    t.say(
      name,
      `range=(${hex(log.pfn[e]!)} ~ ${hex(log.a[e]!)}) nr_scanned=${Math.floor(counts / 4096)} nr_taken=${counts % 4096}`,
    );
  };
}

const zoneName = (t: Telling, e: number) => t.m.config.zones[t.m.log.a[e]!]!.name.padEnd(8);

/** The kernel prints the deferral's three numbers as they stand; they are read at the operation's end here. */
function deferral(name: string): Teller {
  return (t, e) => {
    const zone = t.m.log.a[e]!;
    const of = (field: number) => mobilityField(t.m, zone, field);
    t.say(
      name,
      `node=0 zone=${zoneName(t, e)} order=${t.m.log.order[e]} order_failed=${of(M.orderFailed)} ` +
        `consider=${of(M.considered)} limit=${1 << of(M.deferShift)}`,
    );
  };
}

const lastZone = (t: Telling) => t.m.config.zones.at(-1)!.name.padEnd(8);

export const MOBILITY_TELLERS: Partial<Record<number, Teller>> = {
  [EV.extfrag]: extfrag,
  [EV.compactTry]: (t, e) => {
    const { log } = t.m;
    // enum compact_priority counts down: 0 is the full synchronous one
    const priority = MODE.sync - log.b[e]!;
    t.say(
      'mm_compaction_try_to_compact_pages',
      `order=${log.order[e]} gfp_mask=${gfpNames(log.a[e]!)} priority=${priority}`,
    );
  },
  [EV.compactSuitable]: (t, e) =>
    t.say(
      'mm_compaction_suitable',
      `node=0 zone=${zoneName(t, e)} order=${t.m.log.order[e]} ret=${t.m.log.b[e] === 1 ? 'continue' : 'skipped'}`,
    ),
  [EV.compactBegin]: (t, e) => t.say('mm_compaction_begin', scanners(t, e, t.m.log.b[e]!)),
  [EV.compactEnd]: (t, e) => {
    const packed = t.m.log.b[e]!;
    const status = RESULT_NAMES[Math.floor(packed / 16)]!;
    t.say('mm_compaction_end', `${scanners(t, e, packed % 16)} status=${status}`);
  },
  [EV.compactIsolateMigrate]: isolated('mm_compaction_isolate_migratepages'),
  [EV.compactIsolateFree]: isolated('mm_compaction_isolate_freepages'),
  [EV.compactMigrate]: (t, e) =>
    t.say('mm_compaction_migratepages', `nr_migrated=${t.m.log.a[e]} nr_failed=${t.m.log.b[e]}`),
  [EV.compactDeferred]: deferral('mm_compaction_deferred'),
  [EV.compactDefer]: deferral('mm_compaction_defer_compaction'),
  [EV.compactDeferReset]: deferral('mm_compaction_defer_reset'),
  [EV.kcompactdWake]: (t, e) =>
    t.say('mm_compaction_kcompactd_wake', `nid=0 order=${t.m.log.order[e]} classzone_idx=${lastZone(t)}`),
  [EV.kcompactdSleep]: (t) => t.say('mm_compaction_kcompactd_sleep', 'nid=0'),
};
