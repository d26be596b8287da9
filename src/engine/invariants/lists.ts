/** Free lists, per-CPU lists and the LRU, walked link by link. */
import { NONE } from '../../base/units.ts';
import { ALLOCATED, FLAG, FREE_HEAD_MASK, NO_HEAD, PAGE, PAGE_NAMES } from '../frames.ts';
import { listTypes, pcpListsPerCpu } from '../list-types.ts';
import { type Machine, Z } from '../machine.ts';
import { keepsApart, listTypeOf } from '../mobility/typed-buddy.ts';
import { zoneField, zoneOf } from '../zone.ts';
import { expect, mark } from './expect.ts';

export function checkFreeLists(m: Machine, seen: Uint8Array): void {
  const types = listTypes(m.config);
  for (let z = 0; z < m.config.zones.length; z++) {
    let pages = 0;
    for (let type = 0; type < types; type++)
      for (let order = 0; order <= m.config.maxOrder; order++) pages += checkList(m, z, type, order, seen);
    expect(
      pages === zoneField(m, z, Z.freePages),
      () => `zone ${z}: ${pages} pages on free lists, ${zoneField(m, z, Z.freePages)} counted`,
    );
  }
}

/** One free list, walked from its head; returns the pages on it. */
function checkList(m: Machine, zone: number, type: number, order: number, seen: Uint8Array): number {
  const list = (zone * listTypes(m.config) + type) * (m.config.maxOrder + 1) + order;
  const where = `zone ${zone} type ${type} order ${order}`;
  let blocks = 0;
  let prev = NONE;
  for (let pfn = m.freeHead[list]!; pfn !== NONE; pfn = m.next[pfn]!) {
    blocks++;
    checkBlock(m, zone, type, order, pfn, seen);
    expect(m.prev[pfn] === prev, () => `${where}: block ${pfn} has a wrong back link`);
    prev = pfn;
  }
  expect(
    blocks === m.freeCount[list],
    () => `${where}: ${blocks} blocks listed, ${m.freeCount[list]} counted`,
  );
  expect(prev === m.freeTail[list], () => `${where}: tail does not end the list`);
  return blocks << order;
}

function checkBlock(
  m: Machine,
  zone: number,
  type: number,
  order: number,
  pfn: number,
  seen: Uint8Array,
): void {
  const { start, end } = m.config.zones[zone]!;
  const size = 1 << order;
  expect(pfn % size === 0, () => `free block ${pfn} of order ${order} is not aligned`);
  expect(pfn >= start && pfn + size <= end, () => `free block ${pfn} of order ${order} leaves zone ${zone}`);
  expect(
    m.order[pfn] === ((type << 4) | order),
    () => `free block ${pfn} on the list of type ${type}, order ${order} is marked ${m.order[pfn]}`,
  );
  const buddy = pfn ^ size;
  const buddyFree =
    order < m.config.maxOrder &&
    buddy >= start &&
    buddy + size <= end &&
    (m.order[buddy]! & FREE_HEAD_MASK) === order &&
    m.kind[buddy] === PAGE.free &&
    !(keepsTypesApart(m, order) && keepsApart(type, listTypeOf(m, buddy)));
  expect(!buddyFree, () => `free blocks ${pfn} and ${buddy} of order ${order} are unmerged buddies`);
  for (let p = pfn; p < pfn + size; p++) {
    mark(m, seen, p, 'a free list');
    expect(m.kind[p] === PAGE.free, () => `page ${p} of free block ${pfn} is ${PAGE_NAMES[m.kind[p]!]}`);
    if (p > pfn) expect(m.order[p] === NO_HEAD, () => `page ${p} inside free block ${pfn} has a head mark`);
  }
}

/** Whether 6.12 leaves free buddies of that order unmerged where one of them is HIGHATOMIC. */
function keepsTypesApart(m: Machine, order: number): boolean {
  return m.config.policy.name === 'mobility-compaction' && order >= m.config.pageblockOrder;
}

/** Each list's pages or blocks, its links and its count (blocks of 6.12's higher orders count once). */
export function checkPcpLists(m: Machine, seen: Uint8Array): void {
  const perCpu = pcpListsPerCpu(m.config);
  for (let list = 0; list < m.pcpHead.length; list++) {
    let n = 0;
    let prev = NONE;
    const zone = Math.floor(list / (perCpu * m.config.cpus));
    for (let pfn = m.pcpHead[list]!; pfn !== NONE; pfn = m.next[pfn]!) {
      const order = m.order[pfn]! & ALLOCATED ? m.order[pfn]! & 0x0f : 0;
      for (let p = pfn; p < pfn + (1 << order); p++) {
        mark(m, seen, p, 'a per-CPU list');
        expect(m.kind[p] === PAGE.pcp, () => `page ${p} on a per-CPU list is ${PAGE_NAMES[m.kind[p]!]}`);
      }
      expect(m.prev[pfn] === prev, () => `page ${pfn} on a per-CPU list has a wrong back link`);
      expect(zoneOf(m.config, pfn) === zone, () => `page ${pfn} is on a per-CPU list of zone ${zone}`);
      prev = pfn;
      n++;
    }
    expect(
      m.pcpTail[list] === prev && n === m.pcpCount[list],
      () => `per-CPU list ${list}: ${n} pages, ${m.pcpCount[list]} counted`,
    );
  }
}

export function checkLru(m: Machine, seen: Uint8Array): void {
  for (let z = 0; z < m.config.zones.length; z++) {
    for (const active of [true, false]) {
      let n = 0;
      let prev = NONE;
      for (
        let pfn = zoneField(m, z, active ? Z.activeHead : Z.inactiveHead);
        pfn !== NONE;
        pfn = m.next[pfn]!
      ) {
        mark(m, seen, pfn, active ? 'the active list' : 'the inactive list');
        const flags = m.flags[pfn]!;
        expect(
          (flags & FLAG.lru) !== 0 && ((flags & FLAG.active) !== 0) === active,
          () => `page ${pfn}: flags disagree with its LRU list`,
        );
        expect(
          m.kind[pfn] === PAGE.anon || m.kind[pfn] === PAGE.file,
          () => `page ${pfn} on the LRU is ${PAGE_NAMES[m.kind[pfn]!]}`,
        );
        expect(
          zoneOf(m.config, pfn) === z && m.prev[pfn] === prev,
          () => `page ${pfn}: wrong zone or back link on the LRU`,
        );
        prev = pfn;
        n++;
      }
      const counted = zoneField(m, z, active ? Z.nrActive : Z.nrInactive);
      expect(
        n === counted && prev === zoneField(m, z, active ? Z.activeTail : Z.inactiveTail),
        () => `zone ${z}: ${n} pages on the ${active ? 'active' : 'inactive'} list, ${counted} counted`,
      );
    }
  }
}
