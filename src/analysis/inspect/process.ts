/** A process with its memory: regions, resident and swapped pages, page tables, stack, and its score for the OOM killer. */
import type { Pfn } from '../../base/units.ts';
import { NONE } from '../../base/units.ts';
import type { Machine } from '../../engine/machine.ts';
import { REGIONS } from '../../engine/operation.ts';
import { extraTables, VMA_KIND } from '../../engine/user/exit.ts';
import {
  heldPages,
  type OomPages,
  oomScore,
  oomVictim,
  scoresHeldPages,
} from '../../engine/user/oom-score.ts';
import { isAlive } from '../../engine/user/process.ts';
import { isPresent, PTE_VALUE, PTE_YOUNG } from '../../engine/user/pte.ts';
import { type Nothing, nothing } from './owner.ts';

export type EntryState = 'resident' | 'swapped' | 'absent';

/** Pages page .. page+pages-1 of a region or file that are in the same state. */
export interface PageRun<S extends string> {
  readonly page: number;
  readonly pages: number;
  readonly state: S;
}

export interface RegionReport {
  readonly region: number;
  readonly kind: 'anonymous' | 'file';
  /** The file mapped, from its first page on. */
  readonly file: number | null;
  readonly pages: number;
  readonly locked: boolean;
  readonly resident: number;
  readonly swapped: number;
  /** Its pages in order, each in one run. */
  readonly runs: readonly PageRun<EntryState>[];
  /** Resident pages with their frames, at most {@link FRAMES_LIMIT}. */
  readonly frames: readonly { readonly page: number; readonly pfn: Pfn; readonly young: boolean }[];
  readonly framesOmitted: number;
  /** Other processes with the same memory: fork's copies, or the file's other mappings. */
  readonly sharedWith: readonly number[];
  /** Page table pages above the process's base one. */
  readonly tables: readonly Pfn[];
}

export interface ProcessReport {
  readonly view: 'process';
  readonly process: number;
  readonly regions: readonly RegionReport[];
  readonly pages: number;
  readonly resident: number;
  readonly swapped: number;
  /** Resident pages of locked regions. */
  readonly locked: number;
  readonly tables: readonly Pfn[];
  readonly stack: { readonly pfn: Pfn; readonly order: number } | null;
  /** Score for the OOM killer, by the formula of the policy's kernel. */
  readonly badness: number;
  /** What the score is the sum of under 6.12; null where it is of virtual pages. */
  readonly held: OomPages | null;
  /** Whether out_of_memory would kill it now: the one with the highest score, or under 2.6.24 that one's oldest child. */
  readonly wouldBeKilled: boolean;
}

/** Frames listed of one region or file. */
export const FRAMES_LIMIT = 1024;

/** The report of a process, or why there is none. */
export function inspectProcess(m: Machine, process: number): ProcessReport | Nothing {
  if (!isAlive(m, process)) return nothing(`process ${process} is not running`);
  const regions: RegionReport[] = [];
  for (let region = 0; region < REGIONS; region++) {
    const vma = process * REGIONS + region;
    if (m.vmaKind[vma] !== VMA_KIND.none) regions.push(regionReport(m, vma));
  }
  const sum = (pick: (region: RegionReport) => number) => regions.reduce((n, r) => n + pick(r), 0);
  const base = m.processTable[process]!;
  const stack = m.processStack[process]!;
  return {
    view: 'process',
    process,
    regions,
    pages: sum((r) => r.pages),
    resident: m.processRss[process]!,
    swapped: sum((r) => r.swapped),
    locked: sum((r) => (r.locked ? r.resident : 0)),
    tables: [...(base === 0 ? [] : [base - 1]), ...regions.flatMap((r) => r.tables)],
    stack: stack === 0 ? null : { pfn: stack - 1, order: m.config.stackOrder },
    badness: oomScore(m, process),
    held: scoresHeldPages(m) ? heldPages(m, process) : null,
    wouldBeKilled: oomVictim(m)?.process === process,
  };
}

function regionReport(m: Machine, vma: number): RegionReport {
  const file = m.vmaKind[vma] === VMA_KIND.file ? m.vmaObject[vma]! : null;
  const pages = m.vmaPages[vma]!;
  const runs: { page: number; pages: number; state: EntryState }[] = [];
  const frames: { page: number; pfn: Pfn; young: boolean }[] = [];
  const counts = { resident: 0, swapped: 0, absent: 0 };
  for (let page = 0; page < pages; page++) {
    const pte = m.pte[m.vmaPte[vma]! + page]!;
    const state: EntryState = isPresent(pte) ? 'resident' : pte === 0 ? 'absent' : 'swapped';
    counts[state]++;
    extendRuns(runs, page, state);
    if (state === 'resident' && frames.length < FRAMES_LIMIT) {
      frames.push({ page, pfn: pte & PTE_VALUE, young: (pte & PTE_YOUNG) !== 0 });
    }
  }
  return {
    region: vma % REGIONS,
    kind: file === null ? 'anonymous' : 'file',
    file,
    pages,
    locked: m.vmaLocked[vma] === 1,
    resident: counts.resident,
    swapped: counts.swapped,
    runs,
    frames,
    framesOmitted: counts.resident - frames.length,
    sharedWith: sharers(m, vma),
    tables: tablesOf(m, vma),
  };
}

/** Adds one page to runs that rise by page. */
export function extendRuns<S extends string>(
  runs: { page: number; pages: number; state: S }[],
  page: number,
  state: S,
): void {
  const last = runs[runs.length - 1];
  if (last && last.state === state) last.pages++;
  else runs.push({ page, pages: 1, state });
}

function sharers(m: Machine, vma: number): number[] {
  const heads = m.vmaKind[vma] === VMA_KIND.anon ? m.familyHead : m.fileHead;
  const own = Math.floor(vma / REGIONS);
  const others = new Set<number>();
  for (let v = heads[m.vmaObject[vma]!]!; v !== NONE; v = m.vmaNext[v]!) others.add(Math.floor(v / REGIONS));
  others.delete(own);
  return [...others].sort((a, b) => a - b);
}

function tablesOf(m: Machine, vma: number): Pfn[] {
  const first = m.vmaTables[vma]!;
  if (first === NONE) return [];
  const tables = m.pageTables.subarray(first, first + extraTables(m, m.vmaPages[vma]!));
  return Array.from(tables).flatMap((entry) => (entry === 0 ? [] : [entry - 1]));
}
