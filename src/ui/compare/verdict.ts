/** What one step came to in several runs, set side by side in a sentence. */
import { FATE, type Outcomes } from '../../analysis/outcomes.ts';
import type { Parting } from '../../store/panes/pane-state.ts';
import { hasStep } from './lanes.ts';

/** `both`, `all 3`. */
export const all = (panes: number) => (panes === 2 ? 'both' : `all ${panes}`);

/** A line of narration as a sentence; names keep their small letters. */
export const stopped = (text: string) => (/[.?]$/.test(text) ? text : `${text}.`);

/** Fates that the workload meets, the most telling first, and what is said of some runs that have one. */
const SAYINGS: readonly (readonly [number, string, string])[] = [
  [FATE.oom, 'calls the OOM killer', 'call the OOM killer'],
  [FATE.failed, 'fails a request', 'fail a request'],
  [FATE.served, 'serves it', 'serve it'],
  [FATE.lacking, 'has no such act', 'have no such act'],
  [FATE.absent, 'finds nothing there', 'find nothing there'],
  [FATE.refault, 'reads an evicted page back', 'read an evicted page back'],
  [FATE.evicted, 'evicts pages', 'evict pages'],
];

/** How the outcomes of operation `i` differ: "1 of 2 fails a request". */
function parted(runs: readonly Outcomes[], i: number): string {
  const fates = runs.map((run) => run.fates[i] ?? 0);
  const said = SAYINGS.flatMap(([bit, one, many]) => {
    const having = fates.filter((fate) => (fate & bit) !== 0).length;
    if (having === 0 || having === runs.length) return [];
    return [`${having} of ${runs.length} ${having === 1 ? one : many}`];
  });
  return said.length === 0 ? 'other pages are evicted' : said.slice(0, 2).join(', ');
}

/** What the operation that leads to `step` came to in the runs compared. */
export function verdict(parting: Parting, step: number): string {
  const runs = parting.runs.filter((run) => run !== null);
  if (step === 0) return 'Nothing has run yet.';
  if (step > parting.compared) return parting.complete ? 'A run has ended before.' : 'Not compared yet.';
  if (hasStep(parting.outcomes, step)) {
    return `The runs part here: ${parted(runs, step - 1)}.`;
  }
  return hasStep(parting.places, step)
    ? `Same outcome in ${all(runs.length)}, other page frames.`
    : `Same outcome in ${all(runs.length)}, same page frames.`;
}
