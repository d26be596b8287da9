/** Processes and their regions: fork, mmap, mlock (Linux 2.6.9 kernel/fork.c, mm/mmap.c, mm/mlock.c). */
import { NONE } from '../../base/units.ts';
import { allocPages } from '../alloc-path.ts';
import { C } from '../counters.ts';
import { PAGE } from '../frames.ts';
import { GFP_MASKS } from '../gfp.ts';
import { hintEvictable, hintUnseen } from '../hints.ts';
import { grown, type Machine } from '../machine.ts';
import { REGIONS } from '../operation.ts';
import { poolTop, takeRange } from '../range-pool.ts';
import { releasePages } from '../release.ts';
import { EV, emit } from '../trace-event.ts';
import { adoptChild } from './children.ts';
import { exitProcess, extraTables, VMA_KIND } from './exit.ts';
import { isPresent, PTE_VALUE } from './pte.ts';
import { addMapping } from './rmap.ts';
import { swapDup } from './swap.ts';

/** Whether a process is there. */
export function isAlive(m: Machine, process: number): boolean {
  return m.processAlive[process] === 1;
}

/** Whether a region is mapped. */
export function hasRegion(m: Machine, vma: number): boolean {
  return vma < m.vmaKind.length && m.vmaKind[vma] !== VMA_KIND.none;
}

function growProcesses(m: Machine, process: number): void {
  const n = process + 1;
  m.processAlive = grown(m.processAlive, n);
  m.processStack = grown(m.processStack, n);
  m.processTable = grown(m.processTable, n);
  m.processRss = grown(m.processRss, n);
  m.processStart = grown(m.processStart, n);
  m.processFork = grown(m.processFork, 2 * n);
  const vmas = m.processAlive.length * REGIONS;
  m.vmaKind = grown(m.vmaKind, vmas);
  m.vmaLocked = grown(m.vmaLocked, vmas);
  m.vmaPages = grown(m.vmaPages, vmas);
  m.vmaPte = grown(m.vmaPte, vmas);
  m.vmaObject = grown(m.vmaObject, vmas, NONE);
  m.vmaNext = grown(m.vmaNext, vmas, NONE);
  m.vmaPrev = grown(m.vmaPrev, vmas, NONE);
  m.vmaTables = grown(m.vmaTables, vmas, NONE);
}

/**
 * Starts a process: a kernel stack of the stack order and a base page table page, both kernel memory.
 * @returns false when memory for them cannot be had
 */
export function spawnProcess(m: Machine, process: number): boolean {
  growProcesses(m, process);
  const stack = allocPages(m, {
    order: m.config.stackOrder,
    gfp: GFP_MASKS.kernel,
    kind: PAGE.stack,
    owner: process,
    index: 0,
  });
  if (stack === NONE) return false;
  const table = allocPages(m, {
    order: 0,
    gfp: GFP_MASKS.kernel,
    kind: PAGE.pageTable,
    owner: process,
    index: 0,
  });
  if (table === NONE) {
    releasePages(m, stack, m.config.stackOrder);
    return false;
  }
  m.processAlive[process] = 1;
  m.processStack[process] = stack + 1;
  m.processTable[process] = table + 1;
  m.processStart[process] = Math.floor(m.counters[C.clockNs]! / 1_000_000_000);
  emit(m, EV.spawn, 0, stack, process);
  return true;
}

function setRegion(m: Machine, vma: number, kind: number, object: number, pages: number): void {
  const first = takeRange(m, 'pteRanges', pages);
  m.pte = grown(m.pte, poolTop(m, 'pteRanges'));
  const extra = extraTables(m, pages);
  let tables = NONE;
  if (extra > 0) {
    tables = takeRange(m, 'tableRanges', extra);
    m.pageTables = grown(m.pageTables, poolTop(m, 'tableRanges'));
  }
  m.vmaKind[vma] = kind;
  m.vmaPages[vma] = pages;
  m.vmaPte[vma] = first;
  m.vmaTables[vma] = tables;
  m.vmaObject[vma] = object;
  const heads = kind === VMA_KIND.anon ? m.familyHead : m.fileHead;
  const head = heads[object]!;
  m.vmaNext[vma] = head;
  m.vmaPrev[vma] = NONE;
  if (head !== NONE) m.vmaPrev[head] = vma;
  heads[object] = vma;
}

/** Maps `pages` of anonymous memory; nothing is resident until it is touched. */
export function mapAnonymous(m: Machine, vma: number, pages: number): void {
  const family = takeRange(m, 'familyPool', 1);
  m.familyHead = grown(m.familyHead, poolTop(m, 'familyPool'), NONE);
  m.familyCount = grown(m.familyCount, poolTop(m, 'familyPool'));
  m.familyHead[family] = NONE;
  m.familyCount[family] = 1;
  setRegion(m, vma, VMA_KIND.anon, family, pages);
}

/** Maps the first `pages` of a file, shared. */
export function mapFile(m: Machine, vma: number, file: number, pages: number): void {
  setRegion(m, vma, VMA_KIND.file, file, pages);
}

/**
 * fork: a new process with copies of all regions; resident pages are shared and counted once more each.
 * @returns false when the child's stack or page table cannot be had
 */
export function forkProcess(m: Machine, parent: number, child: number): boolean {
  if (!spawnProcess(m, child)) return false;
  if (!isAlive(m, parent)) {
    // the OOM killer took the parent to make room for its child
    exitProcess(m, child);
    return false;
  }
  for (let region = 0; region < REGIONS; region++) {
    const from = parent * REGIONS + region;
    const to = child * REGIONS + region;
    if (m.vmaKind[from] === VMA_KIND.none) continue;
    const object = m.vmaObject[from]!;
    setRegion(m, to, m.vmaKind[from]!, object, m.vmaPages[from]!);
    if (m.vmaKind[from] === VMA_KIND.anon) m.familyCount[object] = m.familyCount[object]! + 1;
    copyEntries(m, from, to);
  }
  adoptChild(m, parent, child);
  emit(m, EV.fork, 0, m.processStack[child]! - 1, parent, child);
  return true;
}

/** copy_page_range: entries of the child, without page tables of their own below the base one (they come when touched). */
function copyEntries(m: Machine, from: number, to: number): void {
  for (let i = 0; i < m.vmaPages[from]!; i++) {
    const pte = m.pte[m.vmaPte[from]! + i]!;
    if (pte === 0) continue;
    m.pte[m.vmaPte[to]! + i] = pte;
    if (isPresent(pte)) addMapping(m, pte & PTE_VALUE, to);
    else swapDup(m, pte & PTE_VALUE);
  }
}

/** mlock or munlock of a whole region. 2.6.9 would also fault its pages in; here they come when touched. */
export function setLocked(m: Machine, vma: number, locked: 0 | 1): void {
  m.vmaLocked[vma] = locked;
  for (let i = 0; i < m.vmaPages[vma]!; i++) {
    const pte = m.pte[m.vmaPte[vma]! + i]!;
    if (!isPresent(pte)) continue;
    const pfn = pte & PTE_VALUE;
    hintUnseen(m, pfn);
    if (!locked) hintEvictable(m, pfn, m.lastTouch[pfn]!);
  }
}
