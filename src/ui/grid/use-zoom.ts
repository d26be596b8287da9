/** Keeps the store's zoom and the grid's camera together: the camera leads, but for what was opened with a zoom. */
import { useEffect } from 'react';
import type { PageView } from '../../render/page-view.ts';
import { useLab, useLabState } from '../lab-context.ts';
import type { GridView } from './grid-view.ts';

export function useZoom(camera: GridView, view: PageView | null): void {
  const { store } = useLab();
  const zoomTo = useLabState((state) => state.zoomTo);

  useEffect(
    () =>
      camera.subscribe(() => {
        const zoom = camera.zoomed();
        const before = store.getState().zoom;
        if (zoom?.pfn !== before?.pfn || zoom?.cell !== before?.cell) store.setState({ zoom });
      }),
    [camera, store],
  );

  useEffect(() => {
    if (zoomTo === null || view === null) return;
    camera.zoomTo(zoomTo.zoom);
    store.setState({ zoomTo: null });
  }, [camera, store, zoomTo, view]);
}
