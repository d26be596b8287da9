/** Why a request for 2^order contiguous pages fails, or would: the shape of `order0 why` and of the why panel. */

import type { PolicyMeans } from './why-policies.ts';

/** Pages of one kind and owner that keep a window from being emptied. */
export interface Blocker {
  /** "kernel, no slab", "knoreclaim", "live object", "mlocked", "boot", "pinned", "writeback", "no swap", ... */
  readonly kind: string;
  readonly pages: number;
  readonly owner: string;
  /** The first such page. */
  readonly pfn: number;
  /** Who keeps that page's address, for a kernel page: nobody can find and change it. */
  readonly pointer: string | null;
}

/** One aligned window of 2^order pages: free + reclaimable + blocking = 2^order. */
export interface WhyWindow {
  readonly pfn: number;
  readonly order: number;
  readonly zone: string;
  /** Buddy-free and idle-in-slab pages. */
  readonly free: number;
  readonly reclaimable: number;
  readonly blocking: number;
  readonly drop: number;
  readonly write: number;
  readonly swap: number;
  /** Price of emptying the window; null where blocked. */
  readonly costNs: number | null;
  /** Pages that could be moved elsewhere: user pages without a pin, mlocked ones too, and pages of vmalloc areas. */
  readonly movable: number;
  /** What moving them would cost, and clearing unused objects where slabs are; null where a page cannot move. */
  readonly moveCostNs: number | null;
  readonly blockers: readonly Blocker[];
  /** One of the three caches, "loose" (no slab), or "boot". */
  readonly owner: string;
  /** Short reason for the ledger: "9 kernel, no slab"; empty where the window can be emptied. */
  readonly reason: string;
}

/** One question of the reason tree with its answer. */
export interface WhyAnswer {
  readonly question: string;
  readonly answer: string;
  /** yes: filled dot; no: accent dot; open: consequence. */
  readonly tone: 'yes' | 'no' | 'open';
  readonly detail: string;
  /** Kernel function that decides it. */
  readonly fn: string;
  /** The window the detail speaks of, for highlighting. */
  readonly pfn?: number;
}

export interface WhyReport {
  readonly order: number;
  readonly step: number;
  /** One sentence. */
  readonly reason: string;
  readonly wouldSucceed: boolean;
  readonly tree: readonly WhyAnswer[];
  /** All of them, or none where `spread` is given. */
  readonly windows: readonly WhyWindow[];
  /** Instead of the windows: how many there are with 0, 1, … 2^order blocking pages. */
  readonly spread?: readonly number[];
  /** Windows that could be emptied, and those that could not by kind of their first blocker. */
  readonly emptiable: number;
  readonly blockedBy: readonly { readonly kind: string; readonly windows: number }[];
  readonly cheapest: WhyWindow | null;
  readonly unusableIndex: number;
  readonly fragIndex: number;
  /** What the fragmentation index says, in words that stand beside the watermark's answer. */
  readonly indexText: string;
}

/** The report with the costlier questions answered too. Windows are sorted by cost, blocked ones last. */
export interface WhyInFull extends WhyReport {
  /** Aligned blocks of the order: how many there are, and how many have no page that stays whatever the policy does. */
  readonly outlook: { readonly windows: number; readonly obtainable: number };
  /** What each of the five policies could do about the pages as they lie. */
  readonly byPolicy: readonly PolicyMeans[];
  /** What the fragmentation index leaves unsaid here. */
  readonly indexNote: string;
}
