/** The same pages under each policy: what each could empty now, the cheapest for it, and at what price. */
import type { MeansCost, PolicyMeans } from '../../analysis/why-policies.ts';
import type { WhyInFull, WhyReport } from '../../analysis/why-report.ts';
import { useLab } from '../lab-context.ts';
import { count, hex, milliseconds, plural } from '../words.ts';

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

function Row({ policy, means, emptiable, cheapest }: PolicyMeans) {
  const { store } = useLab();
  const point = () =>
    cheapest && store.setState({ hover: { pfn: cheapest.pfn, pages: 1 << cheapest.order } });
  return (
    <tr title={means} onPointerEnter={point} onPointerLeave={() => store.setState({ hover: null })}>
      <th scope="row">
        {policy}
        <span className="muted small">{cheapest === null ? 'no window it could empty' : work(cheapest)}</span>
      </th>
      <td className="num">{count(emptiable)}</td>
      <td className="num mono">{cheapest === null ? '–' : hex(cheapest.pfn)}</td>
      <td className="num">{cheapest === null ? '–' : milliseconds(cheapest.costNs)}</td>
    </tr>
  );
}

/** A button until the question is asked: the answer looks at every page once a policy. */
export function WhyPolicies({ why }: { readonly why: WhyReport | WhyInFull }) {
  const { session } = useLab();
  if (!('byPolicy' in why)) {
    return (
      <p className="why-ask">
        <button type="button" className="btn light" onClick={() => void session.why(why.order)}>
          What could each policy do?
        </button>
      </p>
    );
  }
  return (
    <div className="why-policies">
      <h3>The same pages under each policy</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">policy</th>
            <th scope="col">windows</th>
            <th scope="col">cheapest</th>
            <th scope="col">cost</th>
          </tr>
        </thead>
        <tbody>
          {why.byPolicy.map((one) => (
            <Row key={one.policy} {...one} />
          ))}
        </tbody>
      </table>
      <p className="muted small">
        As the pages lie at this step. Each policy would have laid them out in its own way: compare them to
        see that.
      </p>
      <p className="muted small">{why.indexNote}</p>
    </div>
  );
}
