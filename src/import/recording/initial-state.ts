/** The machine as it was at a recording's first event. */
import { type EventTable, EventType } from '../../kernel-text/event-table.ts';
import type { PageFlagRuns } from '../kpageflags.ts';
import type { ListRules } from './list-rules.ts';
import { PageState, type RecordedPages, stateOfRun } from './page-state.ts';

/**
 * Fills `pages` with the state before row 0. Rows [0, known) are read backwards in effect: the first event of a page
 * tells where it was before (an allocation found it free, a drain found it on a per-CPU list). Pages without an
 * event take the snapshot's state at row `known`, or stay unknown.
 */
export function setInitialState(
  pages: RecordedPages,
  table: EventTable,
  rules: ListRules,
  snapshot: PageFlagRuns | null,
  known: number,
): void {
  const { state } = pages;
  if (snapshot !== null) fillFromSnapshot(state, snapshot);
  if (known === 0) return;
  const seen = new Uint8Array(state.length);
  for (let row = 0; row < known; row++) {
    const before = stateBefore(table, row, rules);
    const end = table.pfn[row]! + 2 ** table.order[row]!;
    if (before === null || end > state.length) continue;
    for (let pfn = table.pfn[row]!; pfn < end; pfn++) {
      if (seen[pfn] === 1) continue;
      seen[pfn] = 1;
      state[pfn] = before;
    }
  }
}

function fillFromSnapshot(state: Uint8Array, runs: PageFlagRuns): void {
  for (let i = 0; i < runs.length; i++) {
    state.fill(stateOfRun(runs, i), runs.firstPfn[i]!, runs.firstPfn[i]! + runs.pages[i]!);
  }
}

function stateBefore(table: EventTable, row: number, rules: ListRules): number | null {
  switch (table.type[row]) {
    case EventType.alloc:
      return rules.exact && rules.perCpuOrders.has(table.order[row]!) ? PageState.perCpu : PageState.buddy;
    case EventType.free:
      return PageState.unknown;
    case EventType.zoneLocked:
      return rules.exact ? PageState.buddy : null;
    case EventType.pcpuDrain:
      return rules.exact ? PageState.perCpu : null;
    default:
      return null;
  }
}
