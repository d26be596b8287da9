/** A file with its pages in the page cache, and who maps it. */
import type { Pfn } from '../../base/units.ts';
import { NONE } from '../../base/units.ts';
import { FLAG } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import { REGIONS } from '../../engine/operation.ts';
import { fileExists } from '../../engine/user/files.ts';
import { findFilePage, isShadow } from '../../engine/user/page-cache.ts';
import { type Nothing, nothing } from './owner.ts';
import { extendRuns, FRAMES_LIMIT, type PageRun } from './process.ts';

/** shadow: evicted and not asked for since; absent: never read, or let go by truncation. */
export type FilePageState = 'clean' | 'dirty' | 'writeback' | 'shadow' | 'absent';

export interface FileReport {
  readonly view: 'file';
  readonly file: number;
  readonly pages: number;
  readonly resident: number;
  readonly dirty: number;
  readonly writeback: number;
  readonly shadows: number;
  /** Resident pages that some process maps. */
  readonly mapped: number;
  readonly runs: readonly PageRun<FilePageState>[];
  /** Resident pages with their frames, at most FRAMES_LIMIT. */
  readonly frames: readonly { readonly page: number; readonly pfn: Pfn }[];
  readonly framesOmitted: number;
  /** Regions that map the file's first `pages` pages. */
  readonly mappings: readonly {
    readonly process: number;
    readonly region: number;
    readonly pages: number;
    readonly locked: boolean;
  }[];
}

/** The report of a file, or why there is none. */
export function inspectFile(m: Machine, file: number): FileReport | Nothing {
  if (!fileExists(m, file)) return nothing(`file ${file} does not exist`);
  const runs: { page: number; pages: number; state: FilePageState }[] = [];
  const frames: { page: number; pfn: Pfn }[] = [];
  const counts = { clean: 0, dirty: 0, writeback: 0, shadow: 0, absent: 0 };
  let mapped = 0;
  for (let page = 0; page < m.filePages[file]!; page++) {
    const pfn = findFilePage(m, file, page);
    const state = stateOf(m, file, page, pfn);
    counts[state]++;
    extendRuns(runs, page, state);
    if (pfn < 0) continue;
    if (m.mapcount[pfn]! > 0) mapped++;
    if (frames.length < FRAMES_LIMIT) frames.push({ page, pfn });
  }
  const resident = counts.clean + counts.dirty + counts.writeback;
  return {
    view: 'file',
    file,
    pages: m.filePages[file]!,
    resident,
    dirty: counts.dirty,
    writeback: counts.writeback,
    shadows: counts.shadow,
    mapped,
    runs,
    frames,
    framesOmitted: resident - frames.length,
    mappings: mappingsOfFile(m, file),
  };
}

function stateOf(m: Machine, file: number, page: number, pfn: number): FilePageState {
  if (pfn < 0) return isShadow(m, file, page) ? 'shadow' : 'absent';
  if (m.flags[pfn]! & FLAG.writeback) return 'writeback';
  return m.flags[pfn]! & FLAG.dirty ? 'dirty' : 'clean';
}

function mappingsOfFile(m: Machine, file: number): FileReport['mappings'] {
  const vmas: number[] = [];
  for (let vma = m.fileHead[file]!; vma !== NONE; vma = m.vmaNext[vma]!) vmas.push(vma);
  return vmas
    .sort((a, b) => a - b)
    .map((vma) => ({
      process: Math.floor(vma / REGIONS),
      region: vma % REGIONS,
      pages: m.vmaPages[vma]!,
      locked: m.vmaLocked[vma] === 1,
    }));
}
