/** Free pages that compaction may move into, Linux 6.12 mm/compaction.c: suitable_migration_target, isolate_freepages_block. */
import type { Pfn } from '../../base/units.ts';
import { ALLOCATED, NO_HEAD } from '../frames.ts';
import { type Machine, Z } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { bumpZone, zoneField } from '../zone.ts';
import { type CompactControl, countScanned, counts, MODE } from './compact-control.ts';
import { watermarkOk612 } from './marks-6.12.ts';
import { delFree, freeOrderOf, moveFreePages } from './typed-buddy.ts';
import { blockType, migrateTypes, SET_ASIDE, setBlockType, setBlockTypes } from './types.ts';

/** Pages of the free or allocated block that begins here and can be jumped over, 0 when none does. */
export function blockAt(m: Machine, pfn: Pfn): number {
  const free = freeOrderOf(m, pfn);
  if (free >= 0) return 1 << free;
  const mark = m.order[pfn]!;
  return mark & ALLOCATED && (mark & NO_HEAD) !== NO_HEAD ? 1 << (mark & NO_HEAD) : 0;
}

/** suitable_migration_target: no block of the wanted size begins there, and it is MOVABLE or the run is a full one. */
export function isTarget(m: Machine, cc: CompactControl, pfn: Pfn): boolean {
  const wanted = cc.order > 0 ? cc.order : m.config.pageblockOrder;
  if (freeOrderOf(m, pfn) >= wanted) return false;
  return cc.mode === MODE.sync || blockType(m, pfn) === migrateTypes(m.config).movable;
}

/** isolate_freepages_block. */
export function takeTargets(
  m: Machine,
  cc: CompactControl,
  from: Pfn,
  end: Pfn,
  stride: number,
): { next: Pfn; pages: number } {
  let scanned = 0;
  let pages = 0;
  let pfn = from;
  while (pfn < end) {
    scanned++;
    const order = freeOrderOf(m, pfn);
    if (order < 0) {
      pfn += Math.max(stride, blockAt(m, pfn));
      continue;
    }
    if (!isolateFree(m, cc, pfn, order)) break;
    pages += 1 << order;
    scanned += (1 << order) - 1;
    pfn += 1 << order;
    if (cc.targetPages >= cc.sources.length) break;
  }
  pfn = Math.min(pfn, end);
  countScanned(m, cc, false, scanned);
  emit(m, EV.compactIsolateFree, 0, from, pfn, counts(scanned, pages));
  return { next: pfn, pages };
}

/**
 * __isolate_free_page: a block leaves its list for the run, while the zone stays above its min mark. A large one
 * makes its pageblock MOVABLE.
 */
export function isolateFree(m: Machine, cc: CompactControl, pfn: Pfn, order: number): boolean {
  if (!watermarkOk612(m, cc.zone, 0, zoneField(m, cc.zone, Z.min) + (1 << order), 0)) return false;
  delFree(m, cc.zone, pfn, order);
  bumpZone(m, cc.zone, Z.freePages, -(1 << order));
  cc.targets[order]!.push(pfn);
  cc.targetPages += 1 << order;
  const { pageblockOrder } = m.config;
  const { movable } = migrateTypes(m.config);
  if (blockType(m, pfn) === SET_ASIDE) return true;
  if (order >= pageblockOrder) setBlockTypes(m, pfn, order, movable);
  else if (order === pageblockOrder - 1 && blockType(m, pfn) !== movable) claimBlock(m, cc, pfn, movable);
  return true;
}

function claimBlock(m: Machine, cc: CompactControl, pfn: Pfn, type: number): void {
  const { start, end } = m.config.zones[cc.zone]!;
  const size = 1 << m.config.pageblockOrder;
  const first = pfn - (pfn % size);
  if (first < start || first + size > end) return;
  moveFreePages(m, cc.zone, first, first + size, type);
  setBlockType(m, first, type);
}
