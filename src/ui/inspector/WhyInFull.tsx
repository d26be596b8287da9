/** The same pages under each policy: what each could empty, and have at last; the windows by cost; the index's note. */
import { useEffect, useRef } from 'react';
import './why-in-full.css';
import { outlookText } from '../../analysis/outlook-text.ts';
import type { MeansCost, PolicyMeans } from '../../analysis/why-policies.ts';
import type { WhyInFull as InFull } from '../../analysis/why-report.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, hex, milliseconds, plural } from '../words.ts';
import { WhyWindows } from './WhyWindows.tsx';
import { takePressed } from './why-pressed.ts';

/** "drop 14 · write 2 · swap 3", or that nothing has to be touched. */
function work({ drop, write, swap, move, objects }: MeansCost): string {
  const parts = [
    drop > 0 && `drop ${count(drop)}`,
    write > 0 && `write ${count(write)}`,
    swap > 0 && `swap ${count(swap)}`,
    move > 0 && `move ${count(move)}`,
    objects > 0 && `clear ${plural(objects, 'object')}`,
  ].filter((part) => part !== false);
  return parts.join(' · ') || 'nothing to evict or move';
}

function Row({ policy, means, emptiable, obtainable, cheapest }: PolicyMeans) {
  const { store } = useLab();
  const point = () =>
    cheapest && store.setState({ hover: { pfn: cheapest.pfn, pages: 1 << cheapest.order } });
  return (
    <tr title={means} onPointerEnter={point} onPointerLeave={() => store.setState({ hover: null })}>
      <th scope="row">
        {policy}
        <span className="muted small">
          {cheapest === null ? (
            'no window it could empty'
          ) : (
            <>
              <span className="mono">{hex(cheapest.pfn)}</span>: {work(cheapest)}
            </>
          )}
        </span>
      </th>
      <td className="num">{count(emptiable)}</td>
      <td className="num">{count(obtainable)}</td>
      <td className="num">{cheapest === null ? '–' : milliseconds(cheapest.costNs)}</td>
    </tr>
  );
}

/** What placement decides, with the picture of it one press away. */
function Outlook({ why: { order, outlook } }: { readonly why: InFull }) {
  const { store } = useLab();
  const shown = useLabState((state) => state.overlay === 'obtainable');
  return (
    <>
      <p className="outlook-sentence">{outlookText(order, outlook)}</p>
      <p>
        <button
          type="button"
          className="btn small-btn"
          aria-pressed={shown}
          onClick={() => store.setState({ overlay: shown ? 'none' : 'obtainable' })}
        >
          Show them on the grid
        </button>
      </p>
    </>
  );
}

/** Brings an element to the top of what it scrolls in; the page itself stays where it is. */
function scrollTo(element: HTMLElement): void {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if (overflowY !== 'auto' || at.scrollHeight <= at.clientHeight) continue;
    at.scrollTop += element.getBoundingClientRect().top - at.getBoundingClientRect().top;
    return;
  }
}

export function WhyInFull({ why }: { readonly why: InFull }) {
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takePressed() && answer.current !== null) scrollTo(answer.current);
  }, []);
  return (
    <div className="why-policies" ref={answer}>
      <Outlook why={why} />
      <h3>The same pages under each policy</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">policy, its cheapest window</th>
            <th scope="col" title="Windows it could empty now">
              now
            </th>
            <th scope="col" title="Windows it could have if everything it can reclaim or move went">
              at last
            </th>
            <th scope="col" title="Price of the cheapest window">
              cheapest
            </th>
          </tr>
        </thead>
        <tbody>
          {why.byPolicy.map((one) => (
            <Row key={one.policy} {...one} />
          ))}
        </tbody>
      </table>
      <p className="muted small">
        Windows of order {why.order}: “now”, those it could empty this moment; “at last”, those without a page
        that stays whatever it does. As the pages lie at this step: each policy would have laid them out in
        its own way. Compare them to see that.
      </p>
      <WhyWindows key={`${why.step} ${why.order}`} why={why} />
      <p className="muted small">{why.indexNote}</p>
    </div>
  );
}
