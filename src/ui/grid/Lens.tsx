/** One tile of an overview, large enough to tell its pages. It shows the tile the keyboard or a click stands on. */
import { useMemo } from 'react';
import { layoutOf } from '../../render/layout.ts';
import { NO_MARKS, type PageView, sliceView, TILE_PAGES } from '../../render/page-view.ts';
import { useLabState } from '../lab-context.ts';
import { pfnText } from '../words.ts';
import { PageCanvas } from './PageCanvas.tsx';
import { WindowStrip } from './WindowStrip.tsx';

/** First page of the tile that holds a page. */
export const tileOf = (pfn: number) => pfn - (pfn % TILE_PAGES);

interface LensProps {
  readonly view: PageView;
  readonly width: number;
}

export function Lens({ view, width }: LensProps) {
  const first = useLabState((state) => tileOf(Math.min(state.cursor, Math.max(0, view.pages - 1))));
  const tile = useMemo(() => sliceView(view, first, TILE_PAGES), [view, first]);
  const layout = useMemo(
    () => layoutOf({ pages: tile.pages, zones: [], mode: 'z', width, height: width }),
    [tile.pages, width],
  );
  return (
    <div className="lens" style={{ width }}>
      <h2>
        Tile {first / TILE_PAGES}, pages {pfnText(first, view.pages)} to{' '}
        {pfnText(first + tile.pages - 1, view.pages)}
      </h2>
      <p className="muted small">a block of any order is one rectangle, its buddy lies beside or below</p>
      <PageCanvas view={tile} marks={NO_MARKS} layout={layout} />
      <WindowStrip width={layout.width} />
    </div>
  );
}
