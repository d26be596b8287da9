/** The largest free blocks in list order, and why no two of them make a bigger one. */
import type { FrameDetail } from '../../worker/protocol.ts';
import { hex } from '../words.ts';
import { blocksByOrder } from './FreeLists.tsx';

const SHOWN = 6;

export function ListOrder({ detail }: { readonly detail: FrameDetail }) {
  const order = detail.summary.largestFreeOrder;
  if (order < 0) return null;
  const { pfns, count } = blocksByOrder(detail)[order] ?? { pfns: [], count: 0 };
  const [first] = pfns;
  const highest = blocksByOrder(detail).length - 1;
  if (first === undefined) return null;
  const size = 1 << order;
  return (
    <section className="list-order">
      <h3>Order {order}, in list order</h3>
      <p className="mono pfns">
        {pfns
          .slice(0, SHOWN)
          .map((pfn) => hex(pfn))
          .join(' → ')}
        {count > SHOWN && ` → ${count - SHOWN} more`}
      </p>
      {order < highest && (
        <p className="muted">
          {count > 1 ? 'Not buddies: ' : 'Its buddy is not free: '}
          <span className="mono">
            {hex(first)} ^ {hex(size, 2)} = {hex(first ^ size)}
          </span>
          {pfns.includes(first ^ size) ? ', in another list.' : ', which is not a free block of this order.'}
        </p>
      )}
    </section>
  );
}
