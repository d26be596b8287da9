/** The edited run beside the run without edits, after as many steps. */
import type { RunResult } from '../../analysis/result.ts';
import { useLabState } from '../lab-context.ts';
import { count, milliseconds } from '../words.ts';

interface Row {
  readonly name: string;
  readonly of: (run: Omit<RunResult, 'stateHash'>) => number;
  readonly text?: (n: number) => string;
}

const orderText = (order: number) => (order < 0 ? 'none' : String(order));

const ROWS: readonly Row[] = [
  { name: 'Pages free in buddy', of: (run) => run.pages.free },
  { name: 'Idle in slabs', of: (run) => run.pages.slabIdle },
  { name: 'Largest free order', of: (run) => run.largestFreeOrder, text: orderText },
  { name: 'Large requests failed', of: (run) => run.highOrder.failed },
  { name: 'Large requests served', of: (run) => run.highOrder.served },
  { name: 'Pages evicted', of: (run) => run.reclaim.pagesEvicted },
  { name: 'Evicted for nothing', of: (run) => run.reclaim.evictedForNothing },
  { name: 'Pages written', of: (run) => run.reclaim.pagesWritten },
  { name: 'Pages swapped', of: (run) => run.reclaim.pagesSwapped },
  { name: 'Refaults', of: (run) => run.reclaim.refaults },
  { name: 'Modelled cost', of: (run) => run.costNs, text: milliseconds },
];

export function ComparePane({ unedited }: { readonly unedited: RunResult | null }) {
  const summary = useLabState((state) => state.detail?.summary ?? null);
  const edits = useLabState((state) => state.opened?.edits ?? 0);
  if (summary === null || unedited === null) return null;
  if (edits === 0)
    return <p className="absent-reason">Nothing was done to this run: there is nothing to compare.</p>;
  const isShorter = unedited.steps !== summary.steps;
  return (
    <>
      <p className="muted small">
        After {count(summary.steps)} steps.
        {isShorter && ` The run without edits ends at step ${count(unedited.steps)}.`}
        {summary.stateHash === unedited.stateHash && ' Both are in the same state.'}
      </p>
      <table className="account compare">
        <thead>
          <tr>
            <td />
            <th scope="col">edited</th>
            <th scope="col">no edits</th>
            <th scope="col">difference</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(({ name, of, text = count }) => {
            const [here, there] = [of(summary), of(unedited)];
            const gap = here - there;
            const sign = gap > 0 ? '+' : '−';
            return (
              <tr key={name} className={gap === 0 ? 'same' : ''}>
                <th scope="row">{name}</th>
                <td className="num">{text(here)}</td>
                <td className="num">{text(there)}</td>
                <td className="num">
                  {gap === 0 ? 'none' : `${sign}${(text === orderText ? String : text)(Math.abs(gap))}`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
