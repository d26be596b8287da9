/** Every window by what emptying it costs: the cheapest first, those that cannot be emptied last. */
import { useState } from 'react';
import type { WhyInFull, WhyWindow } from '../../analysis/why-report.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, milliseconds, pfnText, plural } from '../words.ts';

/** Windows shown at first, and more at each press. */
const FIRST = 8;
const MORE = 100;

/** "drop 14 · write 2", that it is free already, or what blocks it. */
function workOf({ costNs, reason, drop, write, swap }: WhyWindow): string {
  if (costNs === null) return reason;
  const parts = [
    drop > 0 && `drop ${count(drop)}`,
    write > 0 && `write ${count(write)}`,
    swap > 0 && `swap ${count(swap)}`,
  ].filter((part) => part !== false);
  return parts.join(' · ') || 'free or idle';
}

function Row({ window }: { readonly window: WhyWindow }) {
  const { store, selecting } = useLab();
  const machine = useLabState((state) => state.opened?.machine ?? null);
  const { pfn, order, costNs } = window;
  const isSlab =
    useLabState((state) => state.opened?.policy === 'order0-slab') && order === machine?.slabOrder;
  const name = pfnText(pfn, machine?.pages ?? 0);
  const select = () => {
    store.setState({ cursor: pfn });
    selecting.visit({ kind: 'page', pfn }, { kind: isSlab ? 'slab' : 'block' });
  };
  const point = () => store.setState({ hover: { pfn, pages: 1 << order } });
  const leave = () => store.setState({ hover: null });
  return (
    <tr className={costNs === null ? 'blocked' : ''} onPointerEnter={point} onPointerLeave={leave}>
      <th scope="row">
        <button type="button" className="link-word mono" onClick={select} onFocus={point} onBlur={leave}>
          {name}
        </button>
      </th>
      <td className="num">{costNs === null ? 'blocked' : milliseconds(costNs)}</td>
      <td>{workOf(window)}</td>
    </tr>
  );
}

export function WhyWindows({ why }: { readonly why: WhyInFull }) {
  const [most, setMost] = useState(FIRST);
  const { windows, order } = why;
  const left = windows.length - most;
  return (
    <section className="why-windows" aria-labelledby="why-windows">
      <h3 id="why-windows">Windows by cost</h3>
      <table>
        <caption className="vh">
          The {count(Math.min(most, windows.length))} cheapest of {plural(windows.length, 'window')} of order{' '}
          {order}
        </caption>
        <thead>
          <tr>
            <th scope="col">window</th>
            <th scope="col" className="num">
              cost
            </th>
            <th scope="col">to empty it</th>
          </tr>
        </thead>
        <tbody>
          {windows.slice(0, most).map((window) => (
            <Row key={window.pfn} window={window} />
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <p className="small">
          <button type="button" className="btn small-btn" onClick={() => setMost(most + MORE)}>
            Show {count(Math.min(MORE, left))} more
          </button>{' '}
          <span className="muted">
            {count(most)} of {count(windows.length)} shown
          </span>
        </p>
      )}
    </section>
  );
}
