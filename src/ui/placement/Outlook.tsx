/** Which aligned blocks reclaim to exhaustion could obtain: over the grid, and as a legend with counts below it. */
import { OUTLOOK, outlookText } from '../../analysis/outlook-text.ts';
import type { Layout } from '../../render/layout.ts';
import { PageLink } from '../inspector/links.tsx';
import type { ReportOf } from '../inspector/reports.ts';
import { useLabState } from '../lab-context.ts';
import { count, pfnText, plural } from '../words.ts';
import { boxes, crosses, runsWhere } from './shapes.ts';

type Report = ReportOf<'outlook'>;

/** Pixels a cell from which each block has its own outline and its page a cross. */
const SINGLE = 3;

export function OutlookShapes({ report, layout }: { readonly report: Report; readonly layout: Layout }) {
  const { blockers, order } = report;
  const size = 1 << order;
  const blocks = blockers.length;
  const isOpen = (i: number) => blockers[i] === OUTLOOK.obtainable;
  const isKept = (i: number) => (blockers[i] ?? OUTLOOK.outside) >= 0;
  const isSingle = layout.cell >= SINGLE;
  const open = isSingle
    ? blockers.flatMap((_, i) => (isOpen(i) ? [{ pfn: i * size, pages: size }] : []))
    : runsWhere(blocks, size, isOpen);
  const kept = boxes(layout, runsWhere(blocks, size, isKept));
  return (
    <g className="outlook">
      <path className="veil" d={kept} />
      <path className="hatch" d={kept} />
      <path className="open" d={boxes(layout, open, isSingle ? 1 : 0)} />
      {isSingle && (
        <>
          <path
            className="cross halo"
            d={crosses(
              layout,
              blockers.filter((pfn) => pfn >= 0),
            )}
          />
          <path
            className="cross"
            d={crosses(
              layout,
              blockers.filter((pfn) => pfn >= 0),
            )}
          />
        </>
      )}
    </g>
  );
}

export function OutlookLegend({ report }: { readonly report: Report }) {
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const { order, windows, obtainable, keptBy, kept } = report;
  const left = windows - obtainable;
  return (
    <section className="placement-legend" aria-label={`Obtainable blocks of order ${order}`}>
      <p className="sentence">{outlookText(order, report)}</p>
      <ul className="keys">
        <li>
          <svg width="16" height="14" aria-hidden="true">
            <rect className="open" x="1.5" y="1.5" width="13" height="11" />
          </svg>
          could be had: <b className="mono">{count(obtainable)}</b>
        </li>
        <li>
          <svg width="16" height="14" aria-hidden="true">
            <rect className="hatch" width="16" height="14" />
            <path className="cross" d="M5 4l6 6M11 4l-6 6" />
          </svg>
          kept by the page with the cross: <b className="mono">{count(left)}</b>
        </li>
        {keptBy.map(({ why, blocks }) => (
          <li key={why} className="muted">
            {why} {count(blocks)}
          </li>
        ))}
      </ul>
      {kept.length > 0 && (
        <details>
          <summary>Which page keeps each block</summary>
          <div className="kept-table">
            <table>
              <caption className="vh">Blocks of order {order} that cannot be had</caption>
              <thead>
                <tr>
                  <th scope="col">block</th>
                  <th scope="col">page</th>
                  <th scope="col">stays because</th>
                </tr>
              </thead>
              <tbody>
                {kept.map(({ pfn, blocker, why, pointer }) => (
                  <tr key={pfn}>
                    <th scope="row" className="mono">
                      {pfnText(pfn, pages)}
                    </th>
                    <td>
                      <PageLink pfn={blocker} />
                    </td>
                    <td>
                      {why}
                      {pointer !== null && `: ${pointer}`}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {left > kept.length && <p className="muted">and {plural(left - kept.length, 'block')} more</p>}
          </div>
        </details>
      )}
    </section>
  );
}
