/**
 * The end of regions and processes: unmap_vma_list, exit_mmap, free_pgtables, free_task (Linux 2.6.9 mm/mmap.c,
 * kernel/fork.c), and the OOM killer that brings it about (mm/oom_kill.c).
 */
import { NONE } from '../../base/units.ts';
import { C } from '../counters.ts';
import { bump, type Machine } from '../machine.ts';
import { REGIONS } from '../operation.ts';
import { giveRange } from '../range-pool.ts';
import { releasePages } from '../release.ts';
import { EV, emit } from '../trace-event.ts';
import { zapPte } from './anon.ts';
import { forgetFamily } from './children.ts';
import { oomVictim } from './oom-score.ts';

export const VMA_KIND = { none: 0, anon: 1, file: 2 } as const;

/** Page table pages a region needs above its process's base one, which holds the first `ptesPerTable` entries. */
export function extraTables(m: Machine, pages: number): number {
  return Math.max(0, Math.ceil(pages / m.config.ptesPerTable) - 1);
}

/** Takes a region off the list of its file or family. */
function unlinkVma(m: Machine, vma: number): void {
  const object = m.vmaObject[vma]!;
  const heads = m.vmaKind[vma] === VMA_KIND.anon ? m.familyHead : m.fileHead;
  const next = m.vmaNext[vma]!;
  const prev = m.vmaPrev[vma]!;
  if (prev === NONE) heads[object] = next;
  else m.vmaNext[prev] = next;
  if (next !== NONE) m.vmaPrev[next] = prev;
  m.vmaNext[vma] = NONE;
  m.vmaPrev[vma] = NONE;
  if (m.vmaKind[vma] !== VMA_KIND.anon) return;
  m.familyCount[object] = m.familyCount[object]! - 1;
  if (m.familyCount[object] === 0) giveRange(m, 'familyPool', object, 1);
}

/** Unmaps a region: every entry cleared, pages nobody else holds freed, its page tables given back. */
export function unmapRegion(m: Machine, vma: number): void {
  const pages = m.vmaPages[vma]!;
  const first = m.vmaPte[vma]!;
  for (let i = 0; i < pages; i++) zapPte(m, first + i, vma);
  unlinkVma(m, vma);
  const tables = m.vmaTables[vma]!;
  const extra = extraTables(m, pages);
  for (let i = 0; i < extra && tables !== NONE; i++) {
    const pfn = m.pageTables[tables + i]!;
    m.pageTables[tables + i] = 0;
    if (pfn !== 0) releasePages(m, pfn - 1, 0);
  }
  if (tables !== NONE) giveRange(m, 'tableRanges', tables, extra);
  giveRange(m, 'pteRanges', first, pages);
  m.vmaKind[vma] = VMA_KIND.none;
  m.vmaLocked[vma] = 0;
  m.vmaPages[vma] = 0;
  m.vmaPte[vma] = 0;
  m.vmaObject[vma] = NONE;
  m.vmaTables[vma] = NONE;
}

/** Ends a process: its regions, its base page table, its kernel stack. */
export function exitProcess(m: Machine, process: number): void {
  for (let region = 0; region < REGIONS; region++) {
    const vma = process * REGIONS + region;
    if (m.vmaKind[vma] !== VMA_KIND.none) unmapRegion(m, vma);
  }
  const table = m.processTable[process]!;
  const stack = m.processStack[process]!;
  m.processTable[process] = 0;
  m.processStack[process] = 0;
  m.processAlive[process] = 0;
  m.processStart[process] = 0;
  m.processRss[process] = 0;
  forgetFamily(m, process);
  if (table !== 0) releasePages(m, table - 1, 0);
  if (stack !== 0) releasePages(m, stack - 1, m.config.stackOrder);
}

/** oom_kill_process: whom the killer takes, see oom-score.ts, dies. False when nobody can. */
export function oomKill(m: Machine): boolean {
  const victim = oomVictim(m);
  if (victim === null) return false;
  bump(m, C.oomKills);
  exitProcess(m, victim.process);
  emit(m, EV.oomKill, 0, NONE, victim.process, victim.score);
  return true;
}
