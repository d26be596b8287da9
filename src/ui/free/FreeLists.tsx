/** Free blocks by order, both zones together; the wanted order is boxed. */

import { accountOf } from '../../store/state.ts';
import type { FrameDetail } from '../../worker/protocol.ts';
import { situationOf } from '../headline/headline.ts';
import { reportOf } from '../inspector/reports.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, orDot } from '../words.ts';

/** Width of a block's outline by order, in pixels, gap included; wider orders share the last. */
const OUTLINE = [3, 5, 9, 17, 33, 65] as const;
const WIDEST = 78;

/** One outline a block, up to the width; `+n` for the rest. */
interface OutlinesProps {
  readonly order: number;
  readonly blocks: number;
  /** Place of the selected block in the list, from 0; −1 for none. */
  readonly selected: number;
}

function Outlines({ order, blocks, selected }: OutlinesProps) {
  const width = OUTLINE[Math.min(order, OUTLINE.length - 1)] ?? 65;
  const shown = Math.min(blocks, Math.floor(WIDEST / width));
  return (
    <svg
      className="outlines"
      viewBox={`0 0 ${WIDEST} 9`}
      preserveAspectRatio="none"
      height="9"
      aria-hidden="true"
    >
      {Array.from({ length: shown }, (_, i) => (
        <rect
          // The blocks of a list have no names; only their number shows.
          key={i}
          className={i === selected ? 'selected' : ''}
          x={i * width + 0.5}
          y={0.5}
          width={width - 2}
          height={8}
        />
      ))}
    </svg>
  );
}

/** Blocks of each order, summed over zones. */
export function blocksByOrder(detail: FrameDetail): readonly { count: number; pfns: readonly number[] }[] {
  const orders = Math.max(0, ...detail.freeLists.map((zone) => zone.blocks.length));
  return Array.from({ length: orders }, (_, order) => ({
    count: detail.freeLists.reduce((sum, zone) => sum + (zone.blocks[order]?.count ?? 0), 0),
    pfns: detail.freeLists.flatMap((zone) => zone.blocks[order]?.pfns ?? []),
  }));
}

/** The order a request wants at this moment, and what the box around it says. */
function useWanted(): { readonly order: number; readonly text: string } | null {
  const detail = useLabState((state) => state.detail);
  const opened = useLabState((state) => state.opened);
  const account = useLabState(accountOf);
  const situation = situationOf(opened, detail);
  if (detail === null) return null;
  if (situation === 'failed') return { order: detail.failed?.order ?? 0, text: 'none' };
  if (situation === 'reclaiming') return { order: detail.reclaim?.order ?? 0, text: 'wanted' };
  if (situation === 'served' && account !== null) {
    return { order: detail.served?.order ?? 0, text: 'came and went' };
  }
  return null;
}

export function FreeLists() {
  const { store } = useLab();
  const detail = useLabState((state) => state.detail);
  const wanted = useWanted();
  const hoverOrder = useLabState((state) => state.hoverOrder);
  const inspection = useLabState((state) => state.inspection);
  if (detail === null) return null;
  const page = reportOf(inspection, 'page');
  const own = page?.kind === 'free' ? page.block : null;
  const orders = blocksByOrder(detail);
  const zones = detail.freeLists.length;
  return (
    <section className="free-lists" aria-labelledby="free-lists">
      <h2 id="free-lists">Free lists</h2>
      <p className="muted small">
        blocks in each order{zones > 1 && (zones === 2 ? ', both zones' : `, ${zones} zones`)}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">order</th>
            <td />
            <th scope="col" className="num">
              blocks
            </th>
            <th scope="col" className="num">
              pages
            </th>
          </tr>
        </thead>
        <tbody>
          {orders
            .map(({ count: blocks, pfns }, order) => {
              const isWanted = wanted?.order === order;
              return (
                <tr
                  // An order is its own name.
                  key={order}
                  className={`${blocks === 0 ? 'empty' : ''} ${isWanted ? 'wanted' : ''} ${hoverOrder === order ? 'hovered' : ''} ${own?.order === order ? 'selected' : ''}`}
                  onPointerEnter={() => store.setState({ hoverOrder: order })}
                  onPointerLeave={() => store.setState({ hoverOrder: null })}
                >
                  <th scope="row" className="mono">
                    {order}
                  </th>
                  <td className="bar">
                    {isWanted && blocks === 0 ? (
                      <span className="box">{wanted.text}</span>
                    ) : (
                      <Outlines
                        order={order}
                        blocks={blocks}
                        selected={own?.order === order ? pfns.indexOf(own.pfn) : -1}
                      />
                    )}
                  </td>
                  <td className="num">{orDot(blocks)}</td>
                  <td className="num">{blocks === 0 ? '·' : count(blocks << order)}</td>
                </tr>
              );
            })
            .reverse()}
        </tbody>
      </table>
    </section>
  );
}
