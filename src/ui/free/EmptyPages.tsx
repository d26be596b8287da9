/** Free in buddy lists against idle in a slab: always two numbers. */
import type { FrameDetail } from '../../worker/protocol.ts';
import { emptyPages } from '../headline/headline.ts';
import { count } from '../words.ts';

export function EmptyPages({ detail }: { readonly detail: FrameDetail }) {
  const { total, free, slabIdle, perCpu } = detail.summary.pages;
  const share = (pages: number) => `${(pages * 100) / Math.max(1, total)}%`;
  return (
    <section className="empty-pages" aria-label="Pages that hold nothing">
      <div className="share-bar" aria-hidden="true">
        <i className="free" style={{ width: share(free) }} />
        <i className="idle" style={{ width: share(slabIdle + perCpu) }} />
        <i className="used" />
      </div>
      <b>
        {count(emptyPages(detail))} of {count(total)} pages hold nothing
      </b>
      <p>{count(free)} on the free lists</p>
      <p>{count(slabIdle)} idle inside slabs</p>
      {perCpu > 0 && <p>{count(perCpu)} waiting in per-CPU lists</p>}
    </section>
  );
}
