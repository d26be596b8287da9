/** What a pointer over a page grid does, whichever grid it is: points at a block, drags the picture, shows a tip. */
import { type PointerEvent, useState } from 'react';
import { type Layout, pfnAt } from '../../render/layout.ts';
import type { PageView } from '../../render/page-view.ts';
import { useLab } from '../lab-context.ts';
import { blockAt } from './blocks.ts';
import { createGestures } from './gestures.ts';
import type { GridView } from './grid-view.ts';

export type Place = readonly [x: number, y: number];

export const placeOf = (event: { clientX: number; clientY: number }, element: Element): Place => {
  const box = element.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};

interface Pointed {
  readonly view: PageView;
  readonly layout: Layout;
  /** Where the pages stand through the camera. */
  readonly seen: Layout;
  readonly camera: GridView;
}

/**
 * `tip`: the page pointed at by a mouse and where its words go; null where none is. `pfnOf`: the page under an event,
 * null beside the pages and at the end of a drag. `on`: for the grid's element.
 */
export function usePointing({ view, layout, seen, camera }: Pointed) {
  const { store } = useLab();
  const [tip, setTip] = useState<readonly [number, number, number] | null>(null);
  const [gestures] = useState(() => createGestures(camera));
  const leave = () => {
    setTip(null);
    if (store.getState().hover !== null) store.setState({ hover: null });
  };
  const point = (event: PointerEvent<HTMLElement>) => {
    const [x, y] = placeOf(event, event.currentTarget);
    if (gestures.move(event.pointerId, x, y)) {
      event.currentTarget.setPointerCapture(event.pointerId);
      return leave();
    }
    const pfn = pfnAt(seen, x, y);
    if (pfn === null) return leave();
    if (event.pointerType === 'mouse') setTip([pfn, Math.min(x + 14, layout.width - 120), y + 18]);
    const { pfn: head, pages } = blockAt(view, pfn);
    const { hover } = store.getState();
    if (hover?.pfn !== head || hover.pages !== pages) store.setState({ hover: { pfn: head, pages } });
  };
  return {
    tip,
    pfnOf: (event: { clientX: number; clientY: number; currentTarget: Element }) =>
      gestures.moved() ? null : pfnAt(seen, ...placeOf(event, event.currentTarget)),
    on: {
      onPointerMove: point,
      onPointerLeave: leave,
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button === 0) gestures.down(event.pointerId, ...placeOf(event, event.currentTarget));
      },
      onPointerUp: (event: PointerEvent) => gestures.up(event.pointerId),
      onPointerCancel: (event: PointerEvent) => gestures.up(event.pointerId),
    },
  };
}
