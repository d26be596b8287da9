/**
 * Whom the OOM killer takes, by the formula of each policy's kernel. Linux 2.6.9 and 2.6.24, mm/oom_kill.c
 * badness(): virtual pages, divided by the fourth root of the run time in units of 1,024 s; 2.6.24 adds half of each
 * child's pages and one. CPU time and nice levels are not modelled. Linux 6.12, mm/oom_kill.c oom_badness(): resident pages, swap entries and page table
 * pages; nobody sets oom_score_adj here, so that nothing is added to it.
 */
import { idiv, isqrt } from '../../base/bits.ts';
import { NONE } from '../../base/units.ts';
import { C } from '../counters.ts';
import type { Machine } from '../machine.ts';
import { REGIONS } from '../operation.ts';
import { childrenOf } from './children.ts';
import { isSwapped } from './pte.ts';

/** What the score of 6.12 is the sum of, in pages. */
export interface OomPages {
  readonly resident: number;
  readonly swapped: number;
  readonly tables: number;
}

/** Whether the machine's kernel counts what a process holds (6.12), not what it has mapped. */
export function scoresHeldPages(m: Machine): boolean {
  return m.config.policy.name === 'mobility-compaction';
}

/** Score of a process that is running; a whole number of pages. */
export function oomScore(m: Machine, process: number): number {
  if (!scoresHeldPages(m)) return badness(m, process);
  const { resident, swapped, tables } = heldPages(m, process);
  return resident + swapped + tables;
}

/**
 * select_bad_process: the highest score; of equals the first under 2.6, the last under 6.12, as their loops have it.
 * @returns the process and its score; null when nobody has one
 */
export function worstProcess(m: Machine): { readonly process: number; readonly score: number } | null {
  const lastWins = scoresHeldPages(m);
  let worst = null as { process: number; score: number } | null;
  for (let process = 0; process < m.processAlive.length; process++) {
    if (!m.processAlive[process]) continue;
    const score = oomScore(m, process);
    const most: number = worst === null ? 0 : worst.score;
    if (score > most || (lastWins && score === most && score > 0)) worst = { process, score };
  }
  return worst;
}

/**
 * oom_kill_process: who dies for it. That is the process with the highest score; under 2.6.24 its oldest child in its
 * place, where it has one, whatever that one's own score is.
 * @returns the process and its own score; null when nobody has one
 */
export function oomVictim(m: Machine): { readonly process: number; readonly score: number } | null {
  const worst = worstProcess(m);
  const child = worst === null ? undefined : childrenOf(m, worst.process)[0];
  return child === undefined ? worst : { process: child, score: oomScore(m, child) };
}

/** total_vm: pages of all regions, resident or not. */
export function virtualPages(m: Machine, process: number): number {
  let pages = 0;
  for (let region = 0; region < REGIONS; region++) pages += m.vmaPages[process * REGIONS + region]!;
  return pages;
}

/** badness(), 2.6.9 and 2.6.24. */
function badness(m: Machine, process: number): number {
  let pages = virtualPages(m, process);
  for (const child of childrenOf(m, process)) pages += (virtualPages(m, child) >>> 1) + 1;
  const seconds = Math.floor(m.counters[C.clockNs]! / 1_000_000_000) - m.processStart[process]!;
  const root = isqrt(isqrt(seconds >>> 10));
  return root > 0 ? idiv(pages, root) : pages;
}

/** get_mm_rss, MM_SWAPENTS and mm_pgtables_bytes of a process, 6.12; the page table's upper levels are not modelled. */
export function heldPages(m: Machine, process: number): OomPages {
  let swapped = 0;
  let tables = m.processTable[process] === 0 ? 0 : 1;
  for (let vma = process * REGIONS; vma < (process + 1) * REGIONS; vma++) {
    const pages = m.vmaPages[vma]!;
    const first = m.vmaPte[vma]!;
    for (let i = first; i < first + pages; i++) {
      if (isSwapped(m.pte[i]!)) swapped++;
    }
    const chunks = Math.max(0, Math.ceil(pages / m.config.ptesPerTable) - 1);
    const at = m.vmaTables[vma]!;
    for (let i = 0; i < chunks && at !== NONE; i++) if (m.pageTables[at + i] !== 0) tables++;
  }
  return { resident: m.processRss[process]!, swapped, tables };
}
