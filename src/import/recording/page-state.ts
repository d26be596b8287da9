/** What is known of each page frame of the recorded machine. */
import { KPF, type PageFlagRuns, runHas } from '../kpageflags.ts';

export const PageState = {
  /** Nothing known: used since before the recording, or on a per-CPU list at the snapshot. */
  unknown: 0,
  /** No such page, or reserved. */
  hole: 1,
  /** On the buddy lists. */
  buddy: 2,
  /** Free, on a per-CPU list. */
  perCpu: 3,
  /** Handed out by an allocation of the recording. */
  live: 4,
} as const;

export type PageStateId = (typeof PageState)[keyof typeof PageState];

export interface RecordedPages {
  /** {@link PageState}, by PFN. */
  state: Uint8Array;
  /** Order of the allocation a page came in, of meaning for live pages only. A block starts at a multiple of its size. */
  blockOrder: Uint8Array;
}

export function createPages(pages: number): RecordedPages {
  return { state: new Uint8Array(pages), blockOrder: new Uint8Array(pages) };
}

/** What a snapshot's flags say of the pages of run `i`; `unknown` where they are in use or on a per-CPU list. */
export function stateOfRun(runs: PageFlagRuns, i: number): PageStateId {
  if (runHas(runs, i, KPF.noPage) || runHas(runs, i, KPF.reserved)) return PageState.hole;
  return runHas(runs, i, KPF.buddy) ? PageState.buddy : PageState.unknown;
}

/**
 * Brings the pages in line with a snapshot. Pages that are not free in it keep being live or per-CPU where the
 * events before said so; pages free in it are free.
 */
export function applySnapshot(state: Uint8Array, runs: PageFlagRuns): void {
  for (let i = 0; i < runs.length; i++) {
    const is = stateOfRun(runs, i);
    const end = Math.min(runs.firstPfn[i]! + runs.pages[i]!, state.length);
    for (let pfn = runs.firstPfn[i]!; pfn < end; pfn++) {
      if (is === PageState.unknown && state[pfn]! >= PageState.perCpu) continue;
      state[pfn] = is;
    }
  }
}

/** Pages by state. */
export function countStates(state: Uint8Array): Record<keyof typeof PageState, number> {
  const counts = [0, 0, 0, 0, 0];
  for (const s of state) counts[s]!++;
  return {
    unknown: counts[PageState.unknown]!,
    hole: counts[PageState.hole]!,
    buddy: counts[PageState.buddy]!,
    perCpu: counts[PageState.perCpu]!,
    live: counts[PageState.live]!,
  };
}

/** Pages that are on the buddy lists here and not in the snapshot, and the other way round. */
export function countWrongPages(state: Uint8Array, runs: PageFlagRuns): number {
  let wrong = 0;
  for (let i = 0; i < runs.length; i++) {
    const inBuddy = stateOfRun(runs, i) === PageState.buddy;
    const end = Math.min(runs.firstPfn[i]! + runs.pages[i]!, state.length);
    for (let pfn = runs.firstPfn[i]!; pfn < end; pfn++)
      if ((state[pfn] === PageState.buddy) !== inBuddy) wrong++;
  }
  return wrong;
}
