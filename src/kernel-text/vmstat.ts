/**
 * /proc/vmstat: a counter a line. `vmstat_show` and `vmstat_text`, mm/page_alloc.c (2.6.9) and mm/vmstat.c (later).
 */
import type { Era } from './era.ts';

/** Name and value, in the order of the file. */
export type VmstatEntry = readonly [key: string, value: number];

export interface Vmstat {
  entries: VmstatEntry[];
  warnings: string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const each = (name: string, zones: string): string =>
  words(zones)
    .map((zone) => `${name}_${zone}`)
    .join(' ');

const ZONES_2_6_24 = 'dma dma32 normal high movable';
const ZONES_6_12 = 'dma dma32 normal movable device';

/**
 * Keys of each era in the order of the file. 2.6.9: all 37. 2.6.24 and 6.12: those of an x86 kernel without the
 * options this laboratory has no part of (huge pages, KSM, balloon, NUMA balancing, swap read-ahead).
 */
export const VMSTAT_KEYS: Readonly<Record<Era, readonly string[]>> = {
  '2.6.9': words(
    'nr_dirty nr_writeback nr_unstable nr_page_table_pages nr_mapped nr_slab pgpgin pgpgout pswpin pswpout ' +
      'pgalloc_high pgalloc_normal pgalloc_dma pgfree pgactivate pgdeactivate pgfault pgmajfault pgrefill_high ' +
      'pgrefill_normal pgrefill_dma pgsteal_high pgsteal_normal pgsteal_dma pgscan_kswapd_high ' +
      'pgscan_kswapd_normal pgscan_kswapd_dma pgscan_direct_high pgscan_direct_normal pgscan_direct_dma ' +
      'pginodesteal slabs_scanned kswapd_steal kswapd_inodesteal pageoutrun allocstall pgrotated',
  ),
  '2.6.24': words(
    'nr_free_pages nr_inactive nr_active nr_anon_pages nr_mapped nr_file_pages nr_dirty nr_writeback ' +
      'nr_slab_reclaimable nr_slab_unreclaimable nr_page_table_pages nr_unstable nr_bounce nr_vmscan_write ' +
      `pgpgin pgpgout pswpin pswpout ${each('pgalloc', ZONES_2_6_24)} pgfree pgactivate pgdeactivate pgfault ` +
      `pgmajfault ${each('pgrefill', ZONES_2_6_24)} ${each('pgsteal', ZONES_2_6_24)} ` +
      `${each('pgscan_kswapd', ZONES_2_6_24)} ${each('pgscan_direct', ZONES_2_6_24)} pginodesteal slabs_scanned ` +
      'kswapd_steal kswapd_inodesteal pageoutrun allocstall pgrotated',
  ),
  '6.12': words(
    'nr_free_pages nr_zone_inactive_anon nr_zone_active_anon nr_zone_inactive_file nr_zone_active_file ' +
      'nr_zone_unevictable nr_zone_write_pending nr_mlock nr_bounce nr_free_cma nr_inactive_anon nr_active_anon ' +
      'nr_inactive_file nr_active_file nr_unevictable nr_slab_reclaimable nr_slab_unreclaimable nr_isolated_anon ' +
      'nr_isolated_file workingset_refault_anon workingset_refault_file nr_anon_pages nr_mapped nr_file_pages ' +
      'nr_dirty nr_writeback nr_writeback_temp nr_shmem nr_vmscan_write nr_dirtied nr_written nr_kernel_stack ' +
      'nr_page_table_pages nr_swapcached pgpgin pgpgout pswpin pswpout ' +
      `${each('pgalloc', ZONES_6_12)} ${each('allocstall', ZONES_6_12)} pgfree pgactivate pgdeactivate pgfault ` +
      'pgmajfault pgrefill pgsteal_kswapd pgsteal_direct pgsteal_khugepaged pgscan_kswapd pgscan_direct ' +
      'pgscan_khugepaged pgscan_direct_throttle pgscan_anon pgscan_file pgsteal_anon pgsteal_file pginodesteal ' +
      'slabs_scanned kswapd_inodesteal pageoutrun pgrotated drop_pagecache drop_slab oom_kill pgmigrate_success ' +
      'pgmigrate_fail compact_migrate_scanned compact_free_scanned compact_isolated compact_stall compact_fail ' +
      'compact_success compact_daemon_wake compact_daemon_migrate_scanned compact_daemon_free_scanned',
  ),
};

/** The kernel's text: "%s %lu\n". */
export function printVmstat(entries: readonly VmstatEntry[]): string {
  return entries.map(([key, value]) => `${key} ${value}\n`).join('');
}

const LINE = /^\s*([a-z][a-z0-9_]{2,63})\s+(\d{1,16})\s*$/;

/** Reads every `key number` line; a key that comes twice is warned about and its last value kept. */
export function parseVmstat(text: string): Vmstat {
  const entries = new Map<string, number>();
  const warnings: string[] = [];
  for (const line of text.split('\n')) {
    const row = LINE.exec(line);
    if (row === null) continue;
    if (entries.has(row[1]!)) warnings.push(`${row[1]} comes twice; the later one was kept`);
    entries.set(row[1]!, Number(row[2]));
  }
  return { entries: [...entries], warnings };
}
