/** The whole machine in the small, beside or over a grid that shows only a part of it. */
import { type KeyboardEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Layout } from '../../render/layout.ts';
import { createMinimap, type Minimap } from '../../render/minimap.ts';
import type { Overlay } from '../../render/tint.ts';
import { useLabState, useSurroundings } from '../lab-context.ts';
import { useTheme } from '../theme.ts';
import { dirtySince, type FollowingView } from './following-view.ts';
import type { GridView } from './grid-view.ts';
import { currentPalette, useDevicePixels } from './screen.ts';
import { ZoneNames } from './ZoneNames.tsx';

interface MinimapPaneProps {
  readonly view: FollowingView;
  /** The whole machine's layout: the minimap's tiles stand alike. */
  readonly layout: Layout;
  readonly overlay: Overlay;
  readonly camera: GridView;
  readonly width: number;
  readonly height: number;
}

/** An arrow key moves the camera by so much of what is in view. */
const STEP = 0.5;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

const percent = (share: number) => `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %`;

export function MinimapPane({ view, layout, overlay, camera, width, height }: MinimapPaneProps) {
  const { scheduler } = useSurroundings();
  const { theme } = useTheme();
  const solo = useLabState((state) => state.solo);
  const dpr = useDevicePixels();
  const { viewport } = useSyncExternalStore(camera.subscribe, camera.sight);
  const canvas = useRef<HTMLCanvasElement>(null);
  const minimap = useRef<Minimap | null>(null);
  const [small, setSmall] = useState<Layout | null>(null);
  const given = useRef<FollowingView | null>(null);
  const [draw] = useState(() => () => minimap.current?.draw());

  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const made = createMinimap(canvas.current, { palette: currentPalette(null), onMove: camera.move });
    minimap.current = made;
    given.current = null;
    return () => {
      scheduler.cancel(draw);
      made.dispose();
      minimap.current = null;
    };
  }, [camera, scheduler, draw]);

  // `theme` is a dependency because the palette is read from what it changes.
  useLayoutEffect(() => {
    minimap.current?.setTheme(currentPalette(solo));
    scheduler.requestDraw(draw);
  }, [theme, solo, scheduler, draw]);

  useLayoutEffect(() => {
    minimap.current?.follow(layout);
    minimap.current?.resize(width, height, dpr);
    if (view !== given.current) minimap.current?.setView(view, dirtySince(view, given.current));
    given.current = view;
    minimap.current?.setOverlay(overlay);
    setSmall(minimap.current?.layout ?? null);
    scheduler.requestDraw(draw);
  }, [view, layout, overlay, width, height, dpr, scheduler, draw]);

  useLayoutEffect(() => {
    minimap.current?.setViewport(viewport);
    scheduler.requestDraw(draw);
  }, [viewport, scheduler, draw]);

  const press = (event: KeyboardEvent) => {
    const step = ARROWS[event.key];
    if (step === undefined || event.shiftKey) return;
    const { x, y, w, h } = viewport;
    camera.move(x + w * (0.5 + step[0]), y + h * (0.5 + step[1]));
    event.preventDefault();
    event.stopPropagation();
  };

  const { x, y, w, h } = viewport;
  const words = `${percent(Math.min(1, w) * Math.min(1, h))} of the picture in view, from ${percent(x)} across and ${percent(y)} down`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a canvas stands for it
    <div
      role="group"
      aria-label="Minimap"
      aria-description={`${words}. Arrow keys move the view.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the view
      tabIndex={0}
      className="minimap"
      onKeyDown={press}
    >
      <canvas ref={canvas} />
      {small !== null && <ZoneNames layout={small} />}
    </div>
  );
}
