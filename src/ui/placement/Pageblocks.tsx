/** Pageblocks by migratetype: outlines and letters over the grid, a legend with counts below it. */
import { cellX, cellY, type Layout } from '../../render/layout.ts';
import type { ReportOf } from '../inspector/reports.ts';
import { count, pagesText } from '../words.ts';
import { letters } from './letters.ts';
import { boxes } from './shapes.ts';

type Report = ReportOf<'pageblocks'>;

/** Smallest height of a pageblock that has its letters. */
const LABELLED = 13;

function Labels({ report, layout }: { readonly report: Report; readonly layout: Layout }) {
  const size = 1 << report.order;
  const height = (size / 32) * layout.cell;
  // Blocks of less than a row of 32 pages are as wide as they have cells.
  const isRoomy =
    size >= 32 ? Math.min(height, 32 * layout.cell) >= LABELLED : size * layout.cell >= 2 * LABELLED;
  if (!isRoomy || layout.cell < 1) return null;
  return report.blocks.map(({ type, mixed }, i) => {
    const pfn = i * size;
    if (pfn >= layout.pages) return null;
    const text = `${letters(report.types[type] ?? '?')}${mixed ? '*' : ''}`;
    const x = cellX(layout, pfn) + 2;
    const y = cellY(layout, pfn) + 2;
    return (
      // A pageblock is its number.
      <g key={i} className="block-letter">
        <rect x={x} y={y} width={text.length * 7 + 4} height="12" />
        <text x={x + 2} y={y + 9.5}>
          {text}
        </text>
      </g>
    );
  });
}

const rangesOf = ({ blocks, order }: Report, is: (block: Report['blocks'][number]) => boolean) =>
  blocks.flatMap((block, i) => (is(block) ? [{ pfn: i << order, pages: 1 << order }] : []));

export function PageblockShapes({ report, layout }: { readonly report: Report; readonly layout: Layout }) {
  const mixed = boxes(
    layout,
    rangesOf(report, (block) => block.mixed),
  );
  return (
    <g className="pageblocks">
      <path className="hatch" d={mixed} />
      {report.types.map((name, type) => {
        const own = rangesOf(report, (block) => block.type === type);
        return (
          <g key={name} className={`type-${name.toLowerCase()}`}>
            <path className="halo" d={boxes(layout, own, 1)} />
            <path className="outline" d={boxes(layout, own, 1)} />
          </g>
        );
      })}
      <Labels report={report} layout={layout} />
    </g>
  );
}

export function PageblockLegend({ report }: { readonly report: Report }) {
  const mixed = report.blocks.filter((block) => block.mixed).length;
  return (
    <section className="placement-legend" aria-label="Pageblocks by type">
      <p className="sentence">
        {count(report.blocks.length)} pageblocks of {pagesText(1 << report.order)}.{' '}
        {report.disabled
          ? 'The machine is too small for grouping: every request and every pageblock counts as Unmovable.'
          : mixed === 0
            ? 'None holds pages of another type than its own.'
            : `${count(mixed)} of them ${mixed === 1 ? 'holds' : 'hold'} pages of another type than their own.`}
      </p>
      <ul className="keys">
        {report.types.map((name, type) => (
          <li key={name}>
            <svg width="18" height="14" aria-hidden="true" className="pageblocks">
              <g className={`type-${name.toLowerCase()}`}>
                <rect className="outline" x="1.5" y="1.5" width="15" height="11" />
              </g>
            </svg>
            <span className="mono">{letters(name)}</span> {name}{' '}
            <b className="mono">{count(report.blocks.filter((block) => block.type === type).length)}</b>
          </li>
        ))}
        <li>
          <svg width="16" height="14" aria-hidden="true">
            <rect className="hatch" width="16" height="14" />
          </svg>
          <span className="mono">*</span> mixed <b className="mono">{count(mixed)}</b>
        </li>
      </ul>
    </section>
  );
}
