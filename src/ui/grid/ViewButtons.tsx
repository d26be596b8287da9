/** Zoom and the order of pages: the buttons that every grid's tools begin with. */
import type { LayoutMode } from '../../render/layout.ts';
import { useLab } from '../lab-context.ts';
import { type GridView, ZOOM_STEP } from './grid-view.ts';

interface ViewButtonsProps {
  readonly camera: GridView;
  readonly zoomed: boolean;
  readonly mode: LayoutMode;
  /** The largest cell is on the screen; left out where nobody tells. */
  readonly closest?: boolean;
  /** Key that fits the whole machine in, where there is one. */
  readonly fitKey?: string;
}

export function ViewButtons({ camera, zoomed, mode, closest, fitKey }: ViewButtonsProps) {
  const { store } = useLab();
  return (
    <>
      <button
        type="button"
        className="word-btn"
        aria-keyshortcuts="+"
        aria-disabled={closest}
        onClick={() => camera.zoom(ZOOM_STEP)}
      >
        Zoom in
      </button>
      <button
        type="button"
        className="word-btn"
        aria-keyshortcuts="-"
        aria-disabled={!zoomed}
        onClick={() => camera.zoom(1 / ZOOM_STEP)}
      >
        Zoom out
      </button>
      <button
        type="button"
        className="word-btn"
        aria-keyshortcuts={fitKey}
        aria-disabled={!zoomed}
        onClick={() => camera.fit()}
      >
        Fit
      </button>
      <button
        type="button"
        className="word-btn"
        aria-keyshortcuts="L"
        onClick={() => store.setState({ layoutMode: mode === 'rows' ? 'z' : 'rows' })}
      >
        {mode === 'rows' ? 'Z order' : 'Rows'}
      </button>
    </>
  );
}
