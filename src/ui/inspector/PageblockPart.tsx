/** The pageblock a block lies in: its type, whether it is mixed, and what other types took from it. */
import { useState } from 'react';
import { problemsOf } from '../../store/engine-port.ts';
import type { Steals } from '../../worker/protocol.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, pagesText, pfnText, plural } from '../words.ts';
import { StepLink } from './links.tsx';
import type { ReportOf } from './reports.ts';

type Pageblock = NonNullable<ReportOf<'block'>['pageblock']>;

/** The steals of a pageblock up to the moment shown, once asked for. */
function useSteals(pfn: number) {
  const { port, tasks, store } = useLab();
  const frame = useLabState((state) => state.frame);
  const [known, setKnown] = useState<{ frame: typeof frame; steals: Steals } | null>(null);
  const ask = () => {
    if (frame === null) return;
    const go = async () => {
      try {
        const steals = await port.request({ type: 'steals', at: frame.at, pfn });
        setKnown({ frame, steals });
      } catch (error) {
        store.setState({ problems: problemsOf(error) });
      }
    };
    void tasks.track(go());
  };
  return {
    ask,
    steals: known !== null && known.frame === frame && known.steals.pfn === pfn ? known.steals : null,
  };
}

function List({ steals }: { readonly steals: Steals }) {
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const since = steals.since > 0 ? ` since step ${count(steals.since)}` : '';
  if (steals.steals.length === 0)
    return <p>No other type has taken anything from it{since === '' ? ' so far' : since}.</p>;
  return (
    <>
      {steals.omitted > 0 && (
        <p className="muted small">
          {plural(steals.omitted, 'earlier time')}
          {since} left out.
        </p>
      )}
      <ol className="steals small">
        {steals.steals.map(({ step, pfn, by, from, order, claimed }, i) => (
          // Several may happen in one step, at one page too.
          <li key={i}>
            <StepLink step={step} />: {by} took <span className="mono">{pfnText(pfn, pages)}</span> from a
            block of order {order} on the {from} lists{claimed && `; the pageblock became ${by}`}
          </li>
        ))}
      </ol>
    </>
  );
}

export function PageblockPart({ pageblock }: { readonly pageblock: Pageblock }) {
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const { ask, steals } = useSteals(pageblock.pfn);
  const { pfn, order, type, mixed } = pageblock;
  return (
    <section className="pane-part">
      <h3>Its pageblock</h3>
      <p>
        {type}, <span className="mono">{pfnText(pfn, pages)}</span>, {pagesText(1 << order)}.{' '}
        {mixed ? 'Mixed: it holds a page of another type.' : 'It holds pages of its own type only.'}{' '}
        <code>get_pageblock_migratetype()</code>
      </p>
      {steals === null ? (
        <p>
          <button type="button" className="btn small-btn" onClick={ask}>
            What did other types take from it?
          </button>
        </p>
      ) : (
        <List steals={steals} />
      )}
    </section>
  );
}
