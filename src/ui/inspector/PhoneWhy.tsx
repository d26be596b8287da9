/** The why panel in a phone's width: two numbers and two lines. */

import type { WhyReport } from '../../analysis/why-report.ts';
import type { FrameDetail } from '../../worker/protocol.ts';
import { count, milliseconds, pagesText, plural } from '../words.ts';
import { WhyTree } from './WhyTree.tsx';

export function PhoneWhy({ detail, why }: { readonly detail: FrameDetail; readonly why: WhyReport }) {
  const { free, slabIdle } = detail.summary.pages;
  const largest = detail.summary.largestFreeOrder;
  const blocked = why.blockedBy.reduce((sum, { windows }) => sum + windows, 0);
  const kinds = why.blockedBy
    .slice(0, 2)
    .map(({ kind }) => kind)
    .join(', ');
  return (
    <section className="why phone">
      <h2>
        {detail.failed
          ? 'Why it failed'
          : why.wouldSucceed
            ? `Order ${why.order} would succeed`
            : 'Why it would fail'}
      </h2>
      <p className="lede">
        {pagesText(free)} are on the free lists, {why.wouldSucceed ? 'and' : 'but'} the largest block is{' '}
        {largest < 0 ? 'none' : `order ${largest}: ${pagesText(1 << largest)}`}. The other {count(slabIdle)}{' '}
        sit idle inside half-empty slabs.
      </p>
      <table>
        <tbody>
          <tr>
            <th scope="row">{plural(why.emptiable, 'window')}</th>
            <td>could be emptied</td>
            <td className="num">
              {why.cheapest?.costNs != null && `from ${milliseconds(why.cheapest.costNs)}`}
            </td>
          </tr>
          <tr>
            <th scope="row">{plural(blocked, 'window')}</th>
            <td>cannot</td>
            <td className="kinds">{kinds}</td>
          </tr>
        </tbody>
      </table>
      <details>
        <summary>Every question</summary>
        <WhyTree why={why} />
      </details>
    </section>
  );
}
