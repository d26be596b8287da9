/** A machine's zones as records of zoneinfo, in the form of 2.6.24 or of 6.12. Counters the machine lacks are left out. */
import { type Machine, Z } from '../../engine/machine.ts';
import { M, mobilityField } from '../../engine/mobility/zone-state.ts';
import { zoneField } from '../../engine/zone.ts';
import type { Era } from '../../kernel-text/era.ts';
import type { Counter, Pageset, ZoneRecord } from '../../kernel-text/zoneinfo.ts';
import { pcpPfns } from '../inspect/parked.ts';
import { countPages, type PageCounts, sumCounts } from './page-counts.ts';
import { pcpMarksOf } from './pcp-marks.ts';

/** Records of all zones; 2.6.24 lists only populated ones, and so does this machine. */
export function zoneRecordsOf(m: Machine, era: Exclude<Era, '2.6.9'>): ZoneRecord[] {
  const counts = countPages(m);
  return m.config.zones.map((_, zone) =>
    era === '2.6.24' ? old(m, zone, counts[zone]!) : today(m, zone, counts),
  );
}

const field = zoneField;

function protectionOf(m: Machine, zone: number): number[] {
  return m.config.zones.map((_, cls) => field(m, zone, Z.protection + cls));
}

function old(m: Machine, zone: number, c: PageCounts): ZoneRecord {
  const { name, start, end } = m.config.zones[zone]!;
  return {
    node: 0,
    zone: name,
    perNode: [],
    sizes: [
      ['free', field(m, zone, Z.freePages)],
      ['min', field(m, zone, Z.min)],
      ['low', field(m, zone, Z.low)],
      ['high', field(m, zone, Z.high)],
      ['scanned', field(m, zone, Z.pagesScanned)],
      ['spanned', end - start],
      ['present', field(m, zone, Z.present)],
    ],
    scan: { active: field(m, zone, Z.nrScanActive), inactive: field(m, zone, Z.nrScanInactive) },
    protection: protectionOf(m, zone),
    counters: [
      ['nr_free_pages', field(m, zone, Z.freePages)],
      ['nr_inactive', field(m, zone, Z.nrInactive)],
      ['nr_active', field(m, zone, Z.nrActive)],
      ['nr_anon_pages', c.anon],
      ['nr_mapped', c.mapped],
      ['nr_file_pages', c.file + c.swapCache],
      ['nr_dirty', c.dirty],
      ['nr_writeback', c.writeback],
      ['nr_slab_reclaimable', c.slabReclaimable],
      ['nr_slab_unreclaimable', c.slabUnreclaimable],
      ['nr_page_table_pages', c.pageTables],
    ],
    indent: 4,
    countersFirst: true,
    pagesets: pagesetsOf(m, zone, true),
    tail: [
      ['all_unreclaimable', field(m, zone, Z.allUnreclaimable)],
      ['prev_priority', field(m, zone, Z.prevPriority)],
      ['start_pfn', start],
    ],
  };
}

function today(m: Machine, zone: number, counts: readonly PageCounts[]): ZoneRecord {
  const { name, start, end } = m.config.zones[zone]!;
  const c = counts[zone]!;
  return {
    node: 0,
    zone: name,
    perNode: zone === 0 ? nodeCounters(sumCounts(counts)) : [],
    sizes: todaySizes(m, zone, end - start),
    scan: null,
    protection: protectionOf(m, zone),
    counters: [
      ['nr_free_pages', field(m, zone, Z.freePages)],
      ['nr_zone_inactive_anon', c.inactiveAnon],
      ['nr_zone_active_anon', c.activeAnon],
      ['nr_zone_inactive_file', c.inactiveFile],
      ['nr_zone_active_file', c.activeFile],
      ['nr_zone_write_pending', c.dirty + c.writeback],
    ],
    indent: 6,
    countersFirst: false,
    pagesets: pagesetsOf(m, zone, false),
    tail: [
      ['node_unreclaimable', field(m, zone, Z.allUnreclaimable)],
      ['start_pfn', start],
    ],
  };
}

/** `promo` is a mark of 6.12 alone (high plus the step between the marks); all marks are printed with the boost. */
function todaySizes(m: Machine, zone: number, spanned: number): Counter[] {
  const compacts = m.config.policy.name === 'mobility-compaction';
  const boost = compacts ? mobilityField(m, zone, M.boost) : 0;
  const high = field(m, zone, Z.high);
  const low = field(m, zone, Z.low);
  return [
    ['free', field(m, zone, Z.freePages)],
    ['boost', boost],
    ['min', field(m, zone, Z.min) + boost],
    ['low', low + boost],
    ['high', high + boost],
    ...(compacts ? [['promo', 2 * high - low + boost] as const] : []),
    ['spanned', spanned],
    ['present', field(m, zone, Z.present)],
    ['managed', field(m, zone, Z.managed)],
    ['cma', 0],
  ];
}

function nodeCounters(c: PageCounts): Counter[] {
  return [
    ['nr_inactive_anon', c.inactiveAnon],
    ['nr_active_anon', c.activeAnon],
    ['nr_inactive_file', c.inactiveFile],
    ['nr_active_file', c.activeFile],
    ['nr_slab_reclaimable', c.slabReclaimable],
    ['nr_slab_unreclaimable', c.slabUnreclaimable],
    ['nr_anon_pages', c.anon],
    ['nr_mapped', c.mapped],
    ['nr_file_pages', c.file + c.swapCache],
    ['nr_dirty', c.dirty],
    ['nr_writeback', c.writeback],
    ['nr_kernel_stack', c.stacks * KILOBYTES_A_PAGE],
    ['nr_page_table_pages', c.pageTables],
  ];
}

const KILOBYTES_A_PAGE = 4;

/** @param apart hot and cold lists each on their own, as 2.6.24 prints them; else added up */
function pagesetsOf(m: Machine, zone: number, apart: boolean): Pageset[] {
  return Array.from({ length: m.config.cpus }, (_, cpu) => {
    const lists = m.config.policy.name === 'order0-slab' ? [arrays(m, zone, cpu)] : pcpLists(m, zone, cpu);
    const sum = (pick: (list: List) => number) => lists.reduce((total, list) => total + pick(list), 0);
    const shown = apart
      ? lists
      : [{ count: sum((l) => l.count), high: sum((l) => l.high), batch: lists[0]!.batch }];
    return shown.map(({ count, high, batch }, pcp) => ({
      cpu,
      pcp: apart ? pcp : null,
      fields: [
        ['count', count],
        ['high', high],
        ['batch', batch],
      ] as Counter[],
      threshold: null,
    }));
  }).flat();
}

interface List {
  readonly count: number;
  readonly high: number;
  readonly batch: number;
}

function pcpLists(m: Machine, zone: number, cpu: number): List[] {
  return [false, true].map((cold) => {
    const { high, batch } = pcpMarksOf(m, zone, cold, cpu);
    return { count: pcpPfns(m, zone, cpu, cold).length, high, batch };
  });
}

/** Under `order0-slab` the zone's three object arrays of a CPU stand where the per-CPU lists were. */
function arrays(m: Machine, zone: number, cpu: number): List {
  const { limit, batchcount } = m.config.arrays;
  const count = [0, 1, 2].reduce(
    (sum, cls) => sum + m.arrayCount[(zone * 3 + cls) * m.config.cpus + cpu]!,
    0,
  );
  return { count, high: 3 * limit, batch: batchcount };
}
