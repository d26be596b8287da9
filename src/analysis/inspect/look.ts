/** One page as the grid draws it, and page frames as runs. */
import type { Pfn } from '../../base/units.ts';
import { FLAG } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import { isPinned, shownKind } from '../picture.ts';
import { SHOWN, SHOWN_MOD } from '../shown.ts';

/** Letters of the display kinds; a kind without one is told by its shape. */
const LETTERS: Readonly<Record<number, string>> = {
  [SHOWN.cleanFile]: 'F',
  [SHOWN.dirtyFile]: 'D',
  [SHOWN.anon]: 'A',
  [SHOWN.kreclaim]: 'R',
  [SHOWN.knoreclaim]: 'K',
};

/** The state byte of one page: the same byte `paintView` gives it. */
export function lookOf(m: Machine, pfn: Pfn): number {
  const flags = m.flags[pfn]!;
  let byte = shownKind(m, pfn);
  if (isPinned(m, pfn)) byte |= SHOWN_MOD.pinned;
  if (flags & FLAG.inSlab) byte |= SHOWN_MOD.inSlab;
  if (flags & (FLAG.referenced | FLAG.active)) byte |= SHOWN_MOD.referenced;
  if (flags & FLAG.stranded) byte |= SHOWN_MOD.stranded;
  return byte;
}

/** F, D, A, R or K; empty for pages that hold nothing and for boot memory. */
export function letterOf(look: number): string {
  return LETTERS[look & 0x0f] ?? '';
}

/** Pages pfn .. pfn+pages-1. */
export interface Run {
  readonly pfn: Pfn;
  readonly pages: number;
}

/** Rising page frames as runs. */
export function runsOf(pfns: Iterable<Pfn>): Run[] {
  const runs: { pfn: Pfn; pages: number }[] = [];
  for (const pfn of pfns) {
    const last = runs[runs.length - 1];
    if (last && last.pfn + last.pages === pfn) last.pages++;
    else runs.push({ pfn, pages: 1 });
  }
  return runs;
}
