/**
 * A machine's counters under the names of /proc/vmstat. A key whose part of the kernel is not simulated at all (NFS,
 * inode stealing, compaction under a policy without it) is 0, as that kernel would print it.
 */
import type { ZoneName } from '../../engine/config.ts';
import { C, type CounterName } from '../../engine/counters.ts';
import { type Machine, Z } from '../../engine/machine.ts';
import { zoneField } from '../../engine/zone.ts';
import type { Era } from '../../kernel-text/era.ts';
import { VMSTAT_KEYS, type VmstatEntry } from '../../kernel-text/vmstat.ts';
import type { EventTally } from './event-tally.ts';
import { countPages, type PageCounts, sumCounts } from './page-counts.ts';

/** Kilobytes a page: pgpgin and pgpgout count those. */
const KB = 4;

/** Every key of the era, in its order. */
export function vmstatOf(m: Machine, era: Era, tally: EventTally): VmstatEntry[] {
  const values = {
    ...counters(m, sumCounts(countPages(m))),
    ...zoneEvents(m, era, tally),
    ...totals(m, era, tally),
  };
  return VMSTAT_KEYS[era].map((key) => [key, values[key] ?? 0] as const);
}

type Values = Readonly<Record<string, number>>;

/** What stands in the machine's columns and counters now. */
function counters(m: Machine, c: PageCounts): Values {
  const of = (name: CounterName) => m.counters[C[name]]!;
  const free = m.config.zones.reduce((sum, _, zone) => sum + zoneField(m, zone, Z.freePages), 0);
  return {
    nr_free_pages: free,
    nr_zone_inactive_anon: c.inactiveAnon,
    nr_zone_active_anon: c.activeAnon,
    nr_zone_inactive_file: c.inactiveFile,
    nr_zone_active_file: c.activeFile,
    nr_zone_write_pending: c.dirty + c.writeback,
    nr_inactive: c.inactiveAnon + c.inactiveFile,
    nr_active: c.activeAnon + c.activeFile,
    nr_inactive_anon: c.inactiveAnon,
    nr_active_anon: c.activeAnon,
    nr_inactive_file: c.inactiveFile,
    nr_active_file: c.activeFile,
    nr_anon_pages: c.anon,
    nr_mapped: c.mapped,
    nr_file_pages: c.file + c.swapCache,
    nr_dirty: c.dirty,
    nr_writeback: c.writeback,
    nr_slab: c.slabReclaimable + c.slabUnreclaimable,
    nr_slab_reclaimable: c.slabReclaimable,
    nr_slab_unreclaimable: c.slabUnreclaimable,
    nr_kernel_stack: c.stacks * KB,
    nr_page_table_pages: c.pageTables,
    nr_swapcached: c.swapCache,
    nr_vmscan_write: of('pagesSwapped'),
    nr_written: of('pagesWritten') + of('pagesSwapped'),
    pgpgin: (of('pagesRead') + of('pagesSwappedIn')) * KB,
    pgpgout: (of('pagesWritten') + of('pagesSwapped')) * KB,
    pswpin: of('pagesSwappedIn'),
    pswpout: of('pagesSwapped'),
    slabs_scanned: of('shrinkerScanned'),
    pageoutrun: of('kswapdRuns'),
    allocstall: of('directReclaims'),
    oom_kill: of('oomKills'),
    pgmigrate_success: of('pagesMoved'),
    pgmigrate_fail: of('compactMigrateFailed'),
    compact_migrate_scanned: of('compactMigrateScanned'),
    compact_free_scanned: of('compactFreeScanned'),
    compact_isolated: of('compactIsolated'),
    compact_stall: of('compactStall'),
    compact_fail: of('compactFail'),
    compact_success: of('compactSuccess'),
    compact_daemon_wake: of('kcompactdWakes'),
    compact_daemon_migrate_scanned: of('kcompactdMigrateScanned'),
    compact_daemon_free_scanned: of('kcompactdFreeScanned'),
  };
}

/** The zone's part of a key. 2.6.9 has three zones: a DMA32 counts as Normal, a Movable as HighMem. */
function suffixOf(zone: ZoneName, era: Era): string {
  if (zone === 'HighMem') return era === '6.12' ? 'normal' : 'high';
  if (era === '2.6.9' && zone === 'DMA32') return 'normal';
  if (era === '2.6.9' && zone === 'Movable') return 'high';
  return zone.toLowerCase();
}

function zoneEvents(m: Machine, era: Era, tally: EventTally): Values {
  const values: Record<string, number> = {};
  const count = (key: string, n: number) => {
    values[key] = (values[key] ?? 0) + n;
  };
  m.config.zones.forEach(({ name }, zone) => {
    const suffix = suffixOf(name, era);
    count(`pgalloc_${suffix}`, tally.pgalloc[zone]!);
    count(`pgrefill_${suffix}`, tally.refill[zone]!);
    count(`pgsteal_${suffix}`, tally.stealKswapd[zone]! + tally.stealDirect[zone]!);
    count(`pgscan_kswapd_${suffix}`, tally.scanKswapd[zone]!);
    count(`pgscan_direct_${suffix}`, tally.scanDirect[zone]!);
  });
  return values;
}

function totals(m: Machine, era: Era, tally: EventTally): Values {
  const sum = (zones: readonly number[]) => zones.reduce((total, n) => total + n, 0);
  const { pgfree, pgactivate, pgdeactivate, pgfault, pgmajfault, pgrotated } = tally;
  // direct reclaim is counted whole: it is booked under the highest zone its zonelist has
  const highest = suffixOf(m.config.zones.at(-1)!.name, era);
  return {
    pgfree,
    pgactivate,
    pgdeactivate,
    pgfault,
    pgmajfault,
    pgrotated,
    pgrefill: sum(tally.refill),
    pgsteal_kswapd: sum(tally.stealKswapd),
    pgsteal_direct: sum(tally.stealDirect),
    pgscan_kswapd: sum(tally.scanKswapd),
    pgscan_direct: sum(tally.scanDirect),
    kswapd_steal: sum(tally.stealKswapd),
    [`allocstall_${highest}`]: m.counters[C.directReclaims]!,
  };
}
