/** Compaction's scanners and page moving's windows on the grid, and what they say in words. */
import type { ScannedWindow, Scanners } from '../../analysis/inspect/scanners.ts';
import { isColumn, type Layout, rectsOf } from '../../render/layout.ts';
import { PageLink } from '../inspector/links.tsx';
import type { ReportOf } from '../inspector/reports.ts';
import { useLabState } from '../lab-context.ts';
import { count, pagesText, pfnText, plural } from '../words.ts';
import { boxes, crosses } from './shapes.ts';

type Report = ReportOf<'scanners'>;

interface FlagProps {
  readonly layout: Layout;
  readonly pfn: number;
  readonly name: 'migrate' | 'free';
  readonly running: boolean;
}

/** A rail along the row and a pennant at the page: the migrate scanner's points on, the free scanner's back. */
function Flag({ layout, pfn, name, running }: FlagProps) {
  const rect = rectsOf(layout, { pfn: Math.min(pfn, layout.pages - 1), pages: 1 })[0];
  if (rect === undefined) return null;
  const isOn = name === 'migrate';
  const isRow = isColumn(layout);
  const width = 32 * layout.cell;
  const y = isOn ? rect.y : rect.y + rect.h;
  const left = isRow ? layout.left : rect.x;
  const right = isRow ? layout.left + width : rect.x + rect.w;
  const text = `${isOn ? '▼' : '▲'} ${name}`;
  const textWidth = text.length * 6.2 + 8;
  // The label stands on the side of the rail that was scanned already.
  const ty = Math.max(1, isOn ? y - 15 : y + 2);
  const tx = Math.max(0, Math.min(isRow ? right - textWidth : left, layout.width - textWidth));
  return (
    <g className={running ? 'scanner running' : 'scanner'}>
      <path className="rail halo" d={`M${left} ${y}H${right}`} />
      <path className="rail" d={`M${left} ${y}H${right}`} />
      <path className="rail" d={boxes(layout, [{ pfn: Math.min(pfn, layout.pages - 1), pages: 1 }])} />
      <rect className="label" x={tx} y={ty} width={textWidth} height="14" />
      <text x={tx + 4} y={ty + 10.5}>
        {text}
      </text>
    </g>
  );
}

const ofState = (windows: readonly ScannedWindow[], ...states: ScannedWindow['state'][]) =>
  windows.filter(({ state }) => states.includes(state)).map(({ pfn, order }) => ({ pfn, pages: 1 << order }));

export function ScannerShapes({ report, layout }: { readonly report: Report; readonly layout: Layout }) {
  const { zones, windows } = report;
  const obstacles = windows.flatMap(({ obstacle }) => (obstacle === null ? [] : [obstacle]));
  const running = zones.filter((zone) => zone.running);
  return (
    <g className="scanners">
      <path className="window kept" d={boxes(layout, ofState(windows, 'kept by a page'), 1)} />
      <path className="window could" d={boxes(layout, ofState(windows, 'could move'), 1)} />
      <path className="window chosen" d={boxes(layout, ofState(windows, 'chosen', 'freed'), 1)} />
      <path className="window given-up" d={boxes(layout, ofState(windows, 'given up'), 1)} />
      <path className="cross halo" d={crosses(layout, obstacles)} />
      <path className="cross" d={crosses(layout, obstacles)} />
      {(running.length > 0 ? running : zones).flatMap((zone) =>
        (['free', 'migrate'] as const).map((name) => (
          <Flag
            key={`${zone.zone} ${name}`}
            layout={layout}
            pfn={zone[name]}
            name={name}
            running={zone.running}
          />
        )),
      )}
    </g>
  );
}

function ZoneWords({ zone }: { readonly zone: Scanners }) {
  return (
    <li>
      ZONE_{zone.zone.toUpperCase()}:{' '}
      {zone.running ? (
        <>
          compaction is running. The migrate scanner (▼) has come up to <PageLink pfn={zone.migrate} frame />,
          the free scanner (▲) down to <PageLink pfn={zone.free} frame />.
        </>
      ) : (
        <>
          the next compaction begins with the migrate scanner (▼) at <PageLink pfn={zone.migrate} frame /> and
          the free scanner (▲) at <PageLink pfn={zone.free} frame />.
        </>
      )}
    </li>
  );
}

function WindowWords({ report }: { readonly report: Report }) {
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const { windows, windowsOmitted } = report;
  const kept = windows.filter(
    ({ obstacle, state }) => obstacle !== null && state === 'kept by a page',
  ).length;
  const last = windows.findLast(({ state }) => state !== 'could move' && state !== 'kept by a page');
  return (
    <li>
      {plural(windows.length + windowsOmitted, 'window')} looked at; {count(kept)} kept by a page (cross)
      {last === undefined ? (
        '.'
      ) : (
        <>
          . Window <span className="mono">{pfnText(last.pfn, pages)}</span>{' '}
          {last.state === 'chosen' && `is chosen: ${pagesText(last.pages)} to move.`}
          {last.state === 'freed' && `is free: ${pagesText(last.pages)} moved.`}
          {last.state === 'given up' && `is given up: ${pagesText(last.pages)} moved for nothing.`}
        </>
      )}
    </li>
  );
}

export function ScannerWords({ report }: { readonly report: Report }) {
  if (report.zones.length === 0 && report.windows.length === 0) return null;
  const running = report.zones.filter((zone) => zone.running);
  return (
    <section className="placement-legend" aria-label="Scanners">
      <ul className="scanner-words">
        {(running.length > 0 ? running : report.zones).map((zone) => (
          <ZoneWords key={zone.zone} zone={zone} />
        ))}
        {report.windows.length > 0 && <WindowWords report={report} />}
      </ul>
    </section>
  );
}
