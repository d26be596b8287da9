/** What one run came to at this step: free blocks by order, the request's fate, one sentence, key figures. */
import type { FrameDetail } from '../../worker/protocol.ts';
import { emptyPages } from '../headline/headline.ts';
import { useLabState } from '../lab-context.ts';
import { count, milliseconds, pagesText, percent, pfnText } from '../words.ts';
import type { PaneDifference } from './use-differences.ts';
import type { PaneModel } from './use-panes.ts';
import { stopped } from './verdict.ts';

const BAR = { pitch: 15, width: 11, height: 22 } as const;

/** Pages on the free lists by order; what a large request could use is ink. */
function FreeBars({ detail, slabOrder, most }: { detail: FrameDetail; slabOrder: number; most: number }) {
  const { freeByOrder } = detail.summary;
  const words = freeByOrder.map((blocks, order) => `${count(blocks)} of order ${order}`).join(', ');
  return (
    <svg
      className="free-bars"
      role="img"
      aria-label={`Free blocks: ${words}`}
      width={freeByOrder.length * BAR.pitch}
      height={BAR.height + 12}
    >
      {freeByOrder.map((blocks, order) => {
        const height = Math.max(1, (BAR.height * blocks * 2 ** order) / Math.max(1, most));
        return (
          // An order is its number.
          <g key={order} className={order >= slabOrder ? 'large' : ''}>
            <rect x={order * BAR.pitch} y={BAR.height - height} width={BAR.width} height={height} />
            <text x={order * BAR.pitch + BAR.width / 2} y={BAR.height + 10}>
              {order}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** What became of the request this step made, above order 0. */
function Fate({ detail }: { readonly detail: FrameDetail }) {
  const { failed, served } = detail;
  if (failed !== null) {
    return (
      <span className="fate">
        order {failed.order} <br />
        <b className="acc">✕ failed</b>
      </span>
    );
  }
  if (served === null || served.order === 0) return null;
  return (
    <span className="fate">
      order {served.order} <br />
      <b>● served</b>
    </span>
  );
}

/** Where the selected page is in this run. */
function Selected({ pane }: { readonly pane: PaneModel }) {
  const title = useLabState((state) => state.inspection?.where?.ownerText ?? '');
  const { selected, opened } = pane;
  if (selected === null) return null;
  const where = selected.pfn === null ? '' : pfnText(selected.pfn, opened?.machine.pages ?? 0);
  return (
    <p className="pane-selected small">
      <b>{title || 'Selected page'}</b>: {where === '' ? selected.text : `at ${where}`}
      {where !== '' && selected.text !== '' && `, ${selected.text}`}
    </p>
  );
}

interface PaneFactsProps {
  readonly pane: PaneModel;
  /** The most pages on the free list of one order in any pane: bars share a scale. */
  readonly most: number;
  readonly difference: PaneDifference | null;
}

export function PaneFacts({ pane, most, difference }: PaneFactsProps) {
  const { detail, opened } = pane;
  if (detail === null || opened === null) return null;
  const { summary, narration } = detail;
  const { largestFreeOrder: largest, reclaim, pages, costNs } = summary;
  return (
    <div className="pane-facts">
      <div className="pane-free">
        <FreeBars detail={detail} slabOrder={opened.machine.slabOrder} most={most} />
        <span className="free-word" aria-hidden="true">
          free pages by order
        </span>
        <Fate detail={detail} />
      </div>
      <p className="pane-did" title={narration.current.rule}>
        {stopped(narration.current.text)}
      </p>
      <Selected pane={pane} />
      {difference !== null && (
        <p className="small">
          Against {difference.from}: {pagesText(difference.counts.here)} only here,{' '}
          {count(difference.counts.there)} only there, {count(difference.counts.other)} of another kind.
        </p>
      )}
      <p className="muted small">
        {percent(emptyPages(detail), pages.total)} free, largest block{' '}
        {largest < 0 ? 'none' : `order ${largest}`}, {count(reclaim.pagesEvicted)} evicted,{' '}
        <span className="nowrap">{milliseconds(costNs)}</span>
      </p>
    </div>
  );
}
