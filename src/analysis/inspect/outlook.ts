/** What placement decides: which aligned blocks reclaim to exhaustion could obtain, and the page that keeps each other. */
import type { Pfn } from '../../base/units.ts';
import type { Machine } from '../../engine/machine.ts';
import { firstBlocker, forEachBlock, type Immovable, immovableReason } from '../obtainable.ts';
import { OUTLOOK } from '../outlook-text.ts';
import { pointerTo } from '../pointer-words.ts';

/** A block that cannot be had, with its first page that stays. */
export interface KeptBlock {
  readonly pfn: Pfn;
  readonly blocker: Pfn;
  readonly why: Immovable;
  /** Who keeps that page's address, for a kernel page. */
  readonly pointer: string | null;
}

export interface OutlookReport {
  readonly view: 'outlook';
  readonly order: number;
  readonly windows: number;
  readonly obtainable: number;
  /** Blocks that cannot be had by why their first page stays, most first. */
  readonly keptBy: readonly { readonly why: Immovable; readonly blocks: number }[];
  /** By block of 2^order pages from page 0: the first page that keeps it, or one of {@link OUTLOOK}. */
  readonly blockers: readonly number[];
  /** The lowest of them, at most {@link KEPT_LIMIT}. */
  readonly kept: readonly KeptBlock[];
}

/** Kept blocks told one by one. */
export const KEPT_LIMIT = 64;

/** The outlook under the machine's own policy. Looks at every page: on demand, not for every frame. */
export function inspectOutlook(m: Machine, order: number): OutlookReport {
  const blockers = new Array<number>(Math.ceil(m.config.pages / (1 << order))).fill(OUTLOOK.outside);
  const reasons = new Map<Immovable, number>();
  const kept: KeptBlock[] = [];
  let windows = 0;
  let obtainable = 0;
  forEachBlock(m, order, (pfn) => {
    windows++;
    const blocker = firstBlocker(m, pfn, 1 << order);
    const why = blocker === null ? null : immovableReason(m, blocker);
    blockers[pfn >>> order] = blocker ?? OUTLOOK.obtainable;
    if (blocker === null || why === null) {
      obtainable++;
      return;
    }
    reasons.set(why, (reasons.get(why) ?? 0) + 1);
    if (kept.length < KEPT_LIMIT) kept.push({ pfn, blocker, why, pointer: pointerTo(m, blocker) });
  });
  const keptBy = [...reasons]
    .map(([why, blocks]) => ({ why, blocks }))
    .sort((a, b) => b.blocks - a.blocks || (a.why < b.why ? -1 : 1));
  return { view: 'outlook', order, windows, obtainable, keptBy, blockers, kept };
}
