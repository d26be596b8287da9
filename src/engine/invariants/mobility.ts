/** What the policies that group pages by mobility promise: pageblock types, lists that agree with them, per-CPU counts. */
import { NONE } from '../../base/units.ts';
import { MIGRATE_TYPES, NR_PCP_LISTS, pcpListOrder } from '../list-types.ts';
import { type Machine, Z } from '../machine.ts';
import { MAX_DEFER_SHIFT } from '../mobility/compact-defer.ts';
import { pcpPages612 } from '../mobility/pcp-6.12.ts';
import { blockType, groupingDisabled, listIndex, SET_ASIDE } from '../mobility/types.ts';
import { M, mobilityField } from '../mobility/zone-state.ts';
import { zoneField } from '../zone.ts';
import { expect } from './expect.ts';

export function checkMobility(m: Machine): void {
  const { pages, pageblockOrder } = m.config;
  const off = groupingDisabled(m.config);
  for (let pfn = 0; pfn < pages; pfn += 1 << pageblockOrder) {
    const type = blockType(m, pfn);
    expect(
      type < (off ? 1 : MIGRATE_TYPES),
      () => `pageblock at ${pfn} has type ${type}, grouping is ${off ? 'off' : 'on'}`,
    );
  }
  if (m.config.policy.name !== 'mobility-compaction') return;
  for (let zone = 0; zone < m.config.zones.length; zone++) {
    // 2.6.24's fallback moves free pages to the asker's lists without their pageblock
    if (m.config.policy.fallback !== 'linux-2.6.24') checkListTypes(m, zone);
    checkPerCpu(m, zone);
    checkCompaction(m, zone);
    checkHighAtomic(m, zone);
  }
}

/** From 6.10 on a free block stands on the list of its pageblock's type, a larger one of all its pageblocks' type. */
function checkListTypes(m: Machine, zone: number): void {
  for (let type = 0; type < MIGRATE_TYPES; type++)
    for (let order = 0; order <= m.config.maxOrder; order++)
      for (let pfn = m.freeHead[listIndex(m, zone, type, order)]!; pfn !== NONE; pfn = m.next[pfn]!)
        for (let p = pfn; p < pfn + (1 << order); p += 1 << m.config.pageblockOrder)
          expect(
            blockType(m, p) === type,
            () =>
              `free block ${pfn} of order ${order} is on the list of type ${type}, its pageblock has ${blockType(m, p)}`,
          );
}

/** As many pages are counted as set aside as lie in HIGHATOMIC pageblocks. */
function checkHighAtomic(m: Machine, zone: number): void {
  const { start, end } = m.config.zones[zone]!;
  const size = 1 << m.config.pageblockOrder;
  let pages = 0;
  for (let pfn = Math.ceil(start / size) * size; pfn < end; pfn += size)
    if (blockType(m, pfn) === SET_ASIDE) pages += size;
  const counted = mobilityField(m, zone, M.highAtomic);
  expect(
    pages === counted,
    () => `zone ${zone}: ${pages} pages in HIGHATOMIC pageblocks, ${counted} counted`,
  );
}

function checkPerCpu(m: Machine, zone: number): void {
  for (let cpu = 0; cpu < m.config.cpus; cpu++) {
    const first = (zone * m.config.cpus + cpu) * NR_PCP_LISTS;
    let pages = 0;
    for (let list = 0; list < NR_PCP_LISTS; list++) pages += m.pcpCount[first + list]! << pcpListOrder(list);
    const counted = pcpPages612(m, zone, cpu);
    expect(
      pages === counted,
      () => `zone ${zone} CPU ${cpu}: ${pages} pages on per-CPU lists, ${counted} counted`,
    );
  }
}

function checkCompaction(m: Machine, zone: number): void {
  const { start, end } = m.config.zones[zone]!;
  for (const field of [M.migrateAsync, M.migrateSync, M.freePfn]) {
    const pfn = mobilityField(m, zone, field);
    expect(pfn >= start && pfn <= end, () => `zone ${zone}: a scanner of compaction stands at ${pfn}`);
  }
  const shift = mobilityField(m, zone, M.deferShift);
  expect(shift <= MAX_DEFER_SHIFT, () => `zone ${zone}: compaction is put off by 2^${shift}`);
  const boost = mobilityField(m, zone, M.boost);
  const factor = m.config.policy.watermarkBoost / 10_000;
  const most = Math.max(1 << m.config.pageblockOrder, Math.trunc(zoneField(m, zone, Z.high) * factor));
  expect(boost <= most, () => `zone ${zone}: the marks are boosted by ${boost}, at most ${most}`);
}
