/** What grouping by mobility and compaction have done: pageblocks, fallbacks, lumps, compaction as vmstat counts it. */
import { C, type CounterName } from '../engine/counters.ts';
import { groupsByMobility } from '../engine/list-types.ts';
import type { Machine } from '../engine/machine.ts';
import { blockType, migrateTypes } from '../engine/mobility/types.ts';
import { isMixed } from './kernel-view/pagetypeinfo.ts';

export interface MobilityFigures {
  readonly pageblockOrder: number;
  /** Pageblocks of each type by the policy's own numbers; mixed ones hold a page of another type. */
  readonly pageblocks: readonly { readonly type: string; readonly blocks: number; readonly mixed: number }[];
  /** Requests served from another type's lists, and pageblocks that changed their type for it. */
  readonly steals: number;
  readonly claims: number;
  /** Pages lumpy reclaim took only because they lie beside a cold one. */
  readonly lumpyTaken: number;
  readonly watermarkBoosts: number;
  readonly compaction: {
    readonly stall: number;
    readonly success: number;
    readonly fail: number;
    readonly deferred: number;
    readonly migrateScanned: number;
    readonly freeScanned: number;
    readonly isolated: number;
    readonly migrated: number;
    readonly migrateFailed: number;
    readonly kcompactdWakes: number;
    readonly proactiveRuns: number;
  };
}

/** The figures of a machine that groups pages; nothing for another. */
export function mobilityFigures(m: Machine): { mobility?: MobilityFigures } {
  if (!groupsByMobility(m.config)) return {};
  const of = (name: CounterName): number => m.counters[C[name]]!;
  return {
    mobility: {
      pageblockOrder: m.config.pageblockOrder,
      pageblocks: pageblocksOf(m),
      steals: of('pageblockSteals'),
      claims: of('pageblockClaims'),
      lumpyTaken: of('lumpyTaken'),
      watermarkBoosts: of('watermarkBoosts'),
      compaction: {
        stall: of('compactStall'),
        success: of('compactSuccess'),
        fail: of('compactFail'),
        deferred: of('compactDeferred'),
        migrateScanned: of('compactMigrateScanned'),
        freeScanned: of('compactFreeScanned'),
        isolated: of('compactIsolated'),
        migrated: of('compactMigrated'),
        migrateFailed: of('compactMigrateFailed'),
        kcompactdWakes: of('kcompactdWakes'),
        proactiveRuns: of('proactiveRuns'),
      },
    },
  };
}

function pageblocksOf(m: Machine): MobilityFigures['pageblocks'] {
  const rows = migrateTypes(m.config).names.map((type) => ({ type, blocks: 0, mixed: 0 }));
  for (let pfn = 0; pfn < m.config.pages; pfn += 1 << m.config.pageblockOrder) {
    const row = rows[blockType(m, pfn)]!;
    row.blocks++;
    if (isMixed(m, pfn)) row.mixed++;
  }
  return rows;
}
