/**
 * Part of a machine whose pages are small, large enough to tell them: a tile of an overview, or a quarter of a tile.
 * It shows where the keyboard or a click stands.
 */
import { useMemo } from 'react';
import { layoutOf, PAD } from '../../render/layout.ts';
import { NO_MARKS, type PageView, sliceView, TILE_PAGES } from '../../render/page-view.ts';
import { useLabState } from '../lab-context.ts';
import { count, pfnText } from '../words.ts';
import { lensAt } from './lens-at.ts';
import { PageCanvas } from './PageCanvas.tsx';
import { WindowStrip } from './WindowStrip.tsx';

/** Heights of the words above the pages, and of the bars of windows below them with theirs. */
const HEAD = 66;
const STRIP = 150;

interface LensProps {
  readonly view: PageView;
  readonly width: number;
  /** Room for all of it: the bars of windows are left out where they do not fit. */
  readonly height: number;
  /** A tile's pages or a quarter of them: in Z order a quarter is a square, one order-8 block. */
  readonly pages: number;
}

export function Lens({ view, width, height, pages }: LensProps) {
  const at = useLabState((state) => lensAt(state, view.pages));
  const first = at - (at % pages);
  const tileFirst = at - (at % TILE_PAGES);
  const tile = useMemo(() => sliceView(view, tileFirst, TILE_PAGES), [view, tileFirst]);
  const parts = pages === TILE_PAGES ? 1 : 2;
  // A quarter is cut from its whole tile, whose blocks may be larger than a quarter.
  const room = Math.min(width, height - HEAD);
  const side = parts === 1 ? width - 2 * PAD : 32 * Math.max(8, Math.floor((room - 2 * PAD) / 16));
  const layout = useMemo(
    () =>
      layoutOf({ pages: tile.pages, zones: [], mode: 'z', width: side + 2 * PAD, height: side + 2 * PAD }),
    [tile.pages, side],
  );
  const quarter = (first - tileFirst) / pages;
  const part = (layout.width - 2 * PAD) / parts;
  const last = Math.min(first + pages, view.pages) - 1;
  return (
    <div className="lens" style={{ width }}>
      <h2>
        {parts === 1 ? `Tile ${count(first / TILE_PAGES)}, pages` : 'Pages'} {pfnText(first, view.pages)} to{' '}
        {pfnText(last, view.pages)}
      </h2>
      <p className="muted small">
        {parts === 1
          ? 'a block of any order is one rectangle, its buddy lies beside or below'
          : 'enlarged; click another part of memory to see it here'}
      </p>
      <div className="lens-part" style={{ width: part, height: part }}>
        <div style={{ marginLeft: -(quarter & 1) * part - PAD, marginTop: -(quarter >> 1) * part - PAD }}>
          <PageCanvas view={tile} marks={NO_MARKS} layout={layout} />
        </div>
      </div>
      {(parts === 1 || HEAD + part + STRIP <= height) && <WindowStrip width={part} />}
    </div>
  );
}
