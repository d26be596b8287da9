/** The table behind the pin curve. */
import { cleanShare } from '../../analysis/pin-share.ts';
import type { PinCount, PinDot } from '../../worker/protocol.ts';
import { count } from '../words.ts';
import { cleanText, DOT_SHARES, shareText } from './pin-curve.ts';

const counted = (one: PinCount['scattered'] | undefined) =>
  one === undefined
    ? '…'
    : `${count(one.clean)} of ${count(one.windows)}, ${cleanText(one.windows === 0 ? 0 : one.clean / one.windows)}`;

export function PinTable({ order, dots }: { readonly order: number; readonly dots: readonly PinDot[] }) {
  return (
    <table className="pin-table">
      <caption>
        Blocks of order {order} that hold no page that cannot go: by the formula, and windows counted on
        simulated machines.
      </caption>
      <thead>
        <tr>
          <th scope="col">pages that cannot go</th>
          <th scope="col" className="num">
            formula
          </th>
          <th scope="col" className="num">
            pinned at random
          </th>
          <th scope="col" className="num">
            kernel pages in slabs
          </th>
        </tr>
      </thead>
      <tbody>
        {DOT_SHARES.map((share) => {
          const found = dots.find((dot) => dot.share === share)?.counts.find((one) => one.order === order);
          return (
            <tr key={share}>
              <th scope="row" className="num">
                {shareText(share)}
              </th>
              <td className="num">{cleanText(cleanShare(share, order))}</td>
              <td className="num">{counted(found?.scattered)}</td>
              <td className="num">{counted(found?.grouped)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
