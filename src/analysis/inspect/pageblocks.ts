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
  /** Whether the machine is too small for grouping: every pageblock is then Unmovable. */
  readonly disabled: boolean;
}

export interface TypedListsReport {
  readonly view: 'typed-lists';
  /** Types by number, as the kernel of the policy prints them. */
  readonly types: readonly string[];
  /** Free blocks by zone, type and order. */
  readonly free: readonly { readonly zone: string; readonly byType: readonly (readonly number[])[] }[];
}

/** The pageblock a page lies in. */
export interface PageblockOf {
  readonly pfn: Pfn;
  readonly order: number;
  readonly type: string;
  readonly mixed: boolean;
}

const ungrouped = ({ config }: Machine): Nothing => ({
  view: 'nothing',
  reason: `${config.policy.name} does not group pages by mobility`,
});

/** The free lists by type, or why there are none. Reads counts alone, and so may be asked of every moment. */
export function inspectTypedLists(m: Machine): TypedListsReport | Nothing {
  const { config } = m;
  if (!groupsByMobility(config)) return ungrouped(m);
  const types = migrateTypes(config).names;
  return {
    view: 'typed-lists',
    types,
    free: config.zones.map(({ name }, zone) => ({
      zone: name,
      byType: types.map((_, type) =>
        Array.from({ length: config.maxOrder + 1 }, (_, k) => m.freeCount[listIndex(m, zone, type, k)]!),
      ),
    })),
  };
}

/** Pageblocks, or why there are none. Looks at every page. */
export function inspectPageblocks(m: Machine): PageblocksReport | Nothing {
  const { config } = m;
  if (!groupsByMobility(config)) return ungrouped(m);
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
