/** How long the request of the moment took, and the way to the sum behind it. */
import { useLab, useLabState } from '../lab-context.ts';
import { duration } from '../words.ts';

export function LatencyLink() {
  const { selecting } = useLab();
  const bill = useLabState((state) => {
    const asked = state.detail?.failed ?? state.detail?.served;
    return state.detail?.bill.requests.findLast(({ order }) => order === asked?.order) ?? null;
  });
  if (bill === null) return null;
  return (
    <p className="small latency">
      The request took{' '}
      <button type="button" className="link-word inline" onClick={() => selecting.show({ kind: 'costs' })}>
        {duration(bill.latencyNs)}, as a sum
      </button>
      .
    </p>
  );
}
