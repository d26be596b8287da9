/** Keys that move the camera or change the order of pages, wherever the focus is; fields keep theirs. */
import { useEffect } from 'react';
import type { LayoutMode } from '../../render/layout.ts';
import type { PageView } from '../../render/page-view.ts';
import { isField } from '../keys.ts';
import { useLab } from '../lab-context.ts';
import { blockAt } from './blocks.ts';
import { type GridView, ZOOM_STEP } from './grid-view.ts';

export function useGridKeys(camera: GridView, view: PageView | null, mode: LayoutMode | null): void {
  const { store } = useLab();
  useEffect(() => {
    const acts: Readonly<Record<string, () => void>> = {
      '+': () => camera.zoom(ZOOM_STEP),
      '=': () => camera.zoom(ZOOM_STEP),
      '-': () => camera.zoom(1 / ZOOM_STEP),
      '−': () => camera.zoom(1 / ZOOM_STEP),
      Z: () => camera.fit(),
      z: () => {
        const { cursor, hover } = store.getState();
        if (view === null) return;
        const { pfn, pages } = hover ?? blockAt(view, Math.min(cursor, view.pages - 1));
        camera.show(pfn, pages);
      },
      l: () => store.setState({ layoutMode: mode === 'rows' ? 'z' : 'rows' }),
    };
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const inside = event.target instanceof HTMLElement && event.target.closest('[popover], dialog');
      if (isField(event.target) || inside || !store.getState().keysOn) return;
      const act = acts[event.key] ?? (event.key === 'L' ? acts['l'] : undefined);
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [camera, view, mode, store]);
}
