/** Where the runs part: the first divergence in words, what holds at this step, and the ways from one to the next. */
import { KeyHint } from '../KeyHint.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { count, plural } from '../words.ts';
import { hasStep } from './lanes.ts';
import { gapOf } from './pane-plan.ts';
import type { PaneModel } from './use-panes.ts';
import { all, stopped, verdict } from './verdict.ts';

export function Verdict() {
  const parting = useLabState((state) => state.parting);
  const step = useLabState((state) => state.position.step);
  if (parting === null) return <span className="verdict muted">Comparing…</span>;
  const isHere = hasStep(parting.outcomes, step);
  return (
    <span className="verdict">
      <b className={isHere ? 'acc' : ''}>{isHere ? '≠' : '='}</b> {verdict(parting, step)}
    </span>
  );
}

export function DivergenceButtons() {
  const { compare } = useLab();
  const parting = useLabState((state) => state.parting);
  const none = parting === null || parting.outcomes.length === 0;
  return (
    <span className="controls">
      <button
        type="button"
        className="btn light small-btn"
        aria-keyshortcuts="D"
        disabled={none}
        onClick={() => compare.toDivergence('first')}
      >
        First divergence<KeyHint>D</KeyHint>
      </button>
      <button
        type="button"
        className="word-btn"
        disabled={none}
        onClick={() => compare.toDivergence('previous')}
      >
        Previous
      </button>
      <button
        type="button"
        className="word-btn"
        aria-label="Next divergence"
        aria-keyshortcuts="Shift+D"
        disabled={none}
        onClick={() => compare.toDivergence('next')}
      >
        Next<KeyHint>⇧D</KeyHint>
      </button>
    </span>
  );
}

interface FirstDivergenceProps {
  readonly panes: readonly PaneModel[];
  /** Panes side by side: what a run did stands in the column of its pane. */
  readonly columns: number;
}

/** The first divergence as sentences: what each run did there. */
export function FirstDivergence({ panes, columns }: FirstDivergenceProps) {
  const parting = useLabState((state) => state.parting);
  if (parting === null || parting.compared === 0) return null;
  const { outcomes, places, told, complete, compared } = parting;
  const runs = all(parting.runs.filter((run) => run !== null).length);
  const first = outcomes[0];
  if (first === undefined) {
    const until = complete ? '' : ` of the first ${count(compared)} steps`;
    const placed =
      places.length === 0
        ? ''
        : ` Page frames differ at ${count(places.length)} of them, first at step ${count(places[0]!)}.`;
    return (
      <p className="first-divergence small">
        The outcome of every step{until} is the same in {runs}.{placed}
      </p>
    );
  }
  return (
    <section className="first-divergence small" aria-label="First divergence">
      <p>
        <b>First divergence, step {count(first)}.</b> The same outcomes in {runs} until step{' '}
        {count(first - 1)}; {plural(outcomes.length, 'step')} of {count(compared)}{' '}
        {outcomes.length === 1 ? 'ends' : 'end'} otherwise
        {places.length > 0 && `, ${count(places.length)} more only use other page frames`}.
      </p>
      {told !== null && (
        <dl
          style={{
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            columnGap: gapOf(panes.length),
          }}
        >
          {panes.map(({ index, name }) => (
            <div key={index}>
              <dt className="mono">{name}</dt>
              <dd>{stopped(told[index] ?? 'not compared')}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
