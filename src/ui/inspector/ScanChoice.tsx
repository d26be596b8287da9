/** What the last scan could have taken: the slab chosen, the best it looked at, the best of all, and the regret. */
import './scan-choice.css';
import type { ReclaimAccount } from '../../worker/protocol.ts';
import { SweepButtons } from '../experiments/SweepButtons.tsx';
import { useLab } from '../lab-context.ts';
import { count, milliseconds, plural } from '../words.ts';
import { PageLink } from './links.tsx';

type Choice = NonNullable<ReclaimAccount['choice']>;

const ROWS: readonly (readonly [keyof Choice & ('chosen' | 'inWindow' | 'ofAll'), string])[] = [
  ['chosen', 'Chosen'],
  ['inWindow', 'Best looked at'],
  ['ofAll', 'Best of all slabs'],
];

/** What was missed, in a sentence. */
function regretText({ chosen, ofAll, scanned }: Choice): string {
  const pages = ofAll.clean - chosen.clean;
  if (pages === 0) return 'No slab has more clean pages: no regret.';
  const ns = chosen.costNs - ofAll.costNs;
  const price =
    ns === 0
      ? ''
      : `, ${milliseconds(Math.abs(ns))} ${ns > 0 ? 'more' : 'less'} to empty than the best of all`;
  return `Regret: ${plural(pages, 'clean page')} fewer${price}. The scan looked at ${plural(scanned, 'slab')}.`;
}

export function ScanChoice({ account }: { readonly account: ReclaimAccount }) {
  const { store } = useLab();
  const { choice, slabPages } = account;
  if (choice === null) return null;
  const point = (pfn: number) => store.setState({ hover: { pfn, pages: slabPages } });
  return (
    <section className="scan-choice" aria-labelledby="scan-choice">
      <h3 id="scan-choice">Was it the best slab?</h3>
      <table className="account">
        <caption className="vh">The slab chosen against what the scan saw and against all slabs</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">slab</th>
            <th scope="col">clean</th>
            <th scope="col">to empty</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(([key, text]) => (
            <tr
              key={key}
              onPointerEnter={() => point(choice[key].pfn)}
              onPointerLeave={() => store.setState({ hover: null })}
            >
              <th scope="row">{text}</th>
              <td className="num">
                <PageLink pfn={choice[key].pfn} pane={{ kind: 'slab' }} frame />
              </td>
              <td className="num">{count(choice[key].clean)}</td>
              <td className="num">{milliseconds(choice[key].costNs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small">{regretText(choice)}</p>
      <p className="muted small">
        By page flags, as the scan counts: locks and extra references show only when a page is tried.
      </p>
      <SweepButtons />
    </section>
  );
}
