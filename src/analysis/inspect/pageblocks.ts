/** Pageblocks by migratetype, and the free lists by type, of a policy that groups pages by mobility. */
import type { Pfn } from '../../base/units.ts';
import { groupsByMobility } from '../../engine/list-types.ts';
import type { Machine } from '../../engine/machine.ts';
import { blockType, groupingDisabled, listIndex, migrateTypes } from '../../engine/mobility/types.ts';
import { isMixed } from '../kernel-view/pagetypeinfo.ts';
import type { Nothing } from './owner.ts';

export interface PageblocksReport {
  readonly view: 'pageblocks';
  /** Order of a pageblock. */
  readonly order: number;
  /** Types by number, as the kernel of the policy prints them. */
  readonly types: readonly string[];
  /** By pageblock from page 0: its type, and whether it holds a page of another type. */
  readonly blocks: readonly { readonly type: number; readonly mixed: boolean }[];
  /** Free blocks by zone, type and order. */
  readonly free: readonly { readonly zone: string; readonly byType: readonly (readonly number[])[] }[];
  /** Whether the machine is too small for grouping: every pageblock is then Unmovable. */
  readonly disabled: boolean;
}

/** The pageblock a page lies in. */
export interface PageblockOf {
  readonly pfn: Pfn;
  readonly order: number;
  readonly type: string;
  readonly mixed: boolean;
}

/** Pageblocks and typed free lists, or why there are none. */
export function inspectPageblocks(m: Machine): PageblocksReport | Nothing {
  const { config } = m;
  if (!groupsByMobility(config))
    return { view: 'nothing', reason: `${config.policy.name} does not group pages by mobility` };
  const types = migrateTypes(config).names;
  const size = 1 << config.pageblockOrder;
  return {
    view: 'pageblocks',
    order: config.pageblockOrder,
    types,
    blocks: Array.from({ length: Math.ceil(config.pages / size) }, (_, i) => ({
      type: blockType(m, i * size),
      mixed: isMixed(m, i * size),
    })),
    free: config.zones.map(({ name }, zone) => ({
      zone: name,
      byType: types.map((_, type) =>
        Array.from({ length: config.maxOrder + 1 }, (_, k) => m.freeCount[listIndex(m, zone, type, k)]!),
      ),
    })),
    disabled: groupingDisabled(config),
  };
}

/** The pageblock of a page; null under a policy that has none. */
export function pageblockOf(m: Machine, pfn: Pfn): PageblockOf | null {
  if (!groupsByMobility(m.config)) return null;
  const order = m.config.pageblockOrder;
  const first = (pfn >>> order) << order;
  const type = migrateTypes(m.config).names[blockType(m, pfn)]!;
  return { pfn: first, order, type, mixed: isMixed(m, first) };
}
