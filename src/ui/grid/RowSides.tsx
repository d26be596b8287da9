/** What rail and ledger tell beside one column of rows, for two tiles side by side: addresses, a bar a window, one line. */
import './row-sides.css';
import { cellY, type Layout } from '../../render/layout.ts';
import { TILE_PAGES } from '../../render/page-view.ts';
import { useLabState } from '../lab-context.ts';
import { count, pagesText, pfnText } from '../words.ts';
import { type LedgerLine, ledgerLines } from './ledger.ts';
import { WindowStrip } from './WindowStrip.tsx';

/** Rows between two addresses. */
const EVERY = 4;

function useLines(): readonly LedgerLine[] {
  const why = useLabState((state) => state.askedWhy ?? state.detail?.why ?? null);
  const point = useLabState((state) => state.askedWhy !== null || state.detail?.failed != null);
  return why === null ? [] : ledgerLines(why, point);
}

const holds = (line: LedgerLine, pfn: number) => pfn >= line.pfn && pfn < line.pfn + line.pages;

/** Pages of the window that hold something which could go, and that nothing can move. */
const goable = ({ drop, write, swap }: LedgerLine) => drop + write + swap;

interface SideProps {
  readonly layout: Layout;
  readonly width: number;
  readonly lines: readonly LedgerLine[];
  /** Which tile of a row of tiles: the left one's side is left of it. */
  readonly column: number;
}

function Side({ layout, width, lines, column }: SideProps) {
  const isHere = (pfn: number) => Math.floor(pfn / TILE_PAGES) % layout.tilesPerRow === column;
  const addresses = Array.from({ length: Math.ceil(layout.pages / 32) }, (_, row) => row * 32).filter(
    (pfn) => isHere(pfn) && (pfn / 32) % EVERY === 0,
  );
  return (
    <div
      className={`row-side ${column === 0 ? 'left' : 'right'}`}
      style={{ width, [column === 0 ? 'left' : 'right']: -width }}
    >
      {addresses.map((pfn) => (
        <span
          key={pfn}
          className="address"
          style={{ top: cellY(layout, pfn), lineHeight: `${layout.cell}px` }}
        >
          {pfnText(pfn, layout.pages)}
        </span>
      ))}
      {lines
        .filter(({ pfn }) => isHere(pfn))
        .map((line) => {
          const top = cellY(layout, line.pfn);
          const last = Math.min(layout.pages, line.pfn + line.pages) - 1;
          const height = cellY(layout, last) + layout.cell - top - 2;
          const share = (pages: number) => `${(100 * pages) / line.pages}%`;
          return (
            <span
              key={line.pfn}
              className={line.cheapest ? 'use cheapest' : 'use'}
              style={{ top: top + 1, height }}
            >
              <i className="stuck" style={{ width: share(line.stuck) }} />
              <i className="goes" style={{ width: share(goable(line)) }} />
            </span>
          );
        })}
    </div>
  );
}

/** Addresses and bars on the outer side of each tile. Decoration: the line below and the table of windows tell it in words. */
export function RowSides({ layout, width }: { readonly layout: Layout; readonly width: number }) {
  const lines = useLines();
  return (
    <div aria-hidden="true">
      {[0, 1].map((column) => (
        <Side key={column} layout={layout} width={width} lines={lines} column={column} />
      ))}
    </div>
  );
}

/** Height of this line, and of the bars of all windows with their words. */
const WORDS = 30;
const STRIP = 116;

interface RowWordsProps {
  readonly width: number;
  /** Pixels below the legend: with enough of them, all windows are shown in the order of what cannot go. */
  readonly room: number;
}

/** What the bars are, and the window that is pointed at, selected, or cheapest to empty, read out. */
export function RowWords({ width, room }: RowWordsProps) {
  const lines = useLines();
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const at = useLabState((state) => state.hover?.pfn ?? state.inspection?.pfn ?? null);
  const line = lines.find((one) => (at === null ? one.cheapest : holds(one, at)));
  if (lines.length === 0) return null;
  return (
    <>
      <p className="row-words">
        <span className="use" aria-hidden="true">
          <i className="stuck" style={{ width: '34%' }} />
          <i className="goes" style={{ width: '33%' }} />
        </span>
        {line === undefined ? (
          <>
            beside each row: pages that cannot go, that could, and empty ones. Point at a row for its figures.
          </>
        ) : (
          <>
            <b className="mono">{pfnText(line.pfn, pages)}</b>, {pagesText(line.pages)}: {count(line.stuck)}{' '}
            stuck, {count(line.drop)} to drop, {count(line.write)} to write, {count(line.swap)} to swap,{' '}
            {count(line.pages - line.stuck - goable(line))} empty;{' '}
            {line.blocked ? line.text : `${line.text} to empty`}
            {line.cheapest && ', the cheapest'}
          </>
        )}
      </p>
      {room >= WORDS + STRIP && <WindowStrip width={width} />}
    </>
  );
}
