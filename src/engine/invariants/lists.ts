/** Free lists, per-CPU lists and the LRU, walked link by link. */
import { NONE } from '../../base/units.ts';
import { freeListPfns } from '../buddy.ts';
import { FLAG, NO_HEAD, PAGE, PAGE_NAMES } from '../frames.ts';
import { type Machine, Z } from '../machine.ts';
import { zoneField, zoneOf } from '../zone.ts';
import { expect, mark } from './expect.ts';

export function checkFreeLists(m: Machine, seen: Uint8Array): void {
  for (let z = 0; z < m.config.zones.length; z++) {
    const { start, end } = m.config.zones[z]!;
    let pages = 0;
    for (let order = 0; order <= m.config.maxOrder; order++) {
      const list = z * (m.config.maxOrder + 1) + order;
      const pfns = freeListPfns(m, z, order, m.config.pages + 1);
      expect(
        pfns.length === m.freeCount[list],
        () => `zone ${z} order ${order}: ${pfns.length} blocks listed, ${m.freeCount[list]} counted`,
      );
      expect(
        (pfns.at(-1) ?? NONE) === m.freeTail[list],
        () => `zone ${z} order ${order}: tail does not end the list`,
      );
      for (const pfn of pfns) {
        const size = 1 << order;
        expect(pfn % size === 0, () => `free block ${pfn} of order ${order} is not aligned`);
        expect(
          pfn >= start && pfn + size <= end,
          () => `free block ${pfn} of order ${order} leaves zone ${z}`,
        );
        const buddy = pfn ^ size;
        const buddyFree =
          order < m.config.maxOrder &&
          buddy >= start &&
          buddy + size <= end &&
          m.order[buddy] === order &&
          m.kind[buddy] === PAGE.free;
        expect(!buddyFree, () => `free blocks ${pfn} and ${buddy} of order ${order} are unmerged buddies`);
        for (let p = pfn; p < pfn + size; p++) {
          mark(m, seen, p, 'a free list');
          expect(
            m.kind[p] === PAGE.free,
            () => `page ${p} of free block ${pfn} is ${PAGE_NAMES[m.kind[p]!]}`,
          );
          if (p > pfn)
            expect(m.order[p] === NO_HEAD, () => `page ${p} inside free block ${pfn} has a head mark`);
        }
        pages += size;
      }
    }
    expect(
      pages === zoneField(m, z, Z.freePages),
      () => `zone ${z}: ${pages} pages on free lists, ${zoneField(m, z, Z.freePages)} counted`,
    );
  }
}

export function checkPcpLists(m: Machine, seen: Uint8Array): void {
  for (let list = 0; list < m.pcpHead.length; list++) {
    let n = 0;
    let prev = NONE;
    for (let pfn = m.pcpHead[list]!; pfn !== NONE; pfn = m.next[pfn]!) {
      mark(m, seen, pfn, 'a per-CPU list');
      expect(m.kind[pfn] === PAGE.pcp, () => `page ${pfn} on a per-CPU list is ${PAGE_NAMES[m.kind[pfn]!]}`);
      expect(m.prev[pfn] === prev, () => `page ${pfn} on a per-CPU list has a wrong back link`);
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
