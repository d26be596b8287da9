/** The canvas of the page grid: hands the renderer its view, marks, size and colours, and asks for frames. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { probeGl } from '../../render/backend.ts';
import { createGridRenderer } from '../../render/create-renderer.ts';
import type { GridRenderer } from '../../render/grid-renderer.ts';
import type { Layout } from '../../render/layout.ts';
import type { Marks } from '../../render/page-view.ts';
import { NO_OVERLAY, type Overlay } from '../../render/tint.ts';
import { useLabState, useSurroundings } from '../lab-context.ts';
import { useTheme } from '../theme.ts';
import { useStill } from '../use-still.ts';
import { dirtySince, type FollowingView } from './following-view.ts';
import type { GridView } from './grid-view.ts';
import { currentPalette, useDevicePixels } from './screen.ts';

interface PageCanvasProps {
  readonly view: FollowingView;
  readonly marks: Marks;
  readonly layout: Layout;
  /** Room for the pages once the camera is closer; the layout's own without it. */
  readonly closeRoom?: { readonly width: number; readonly height: number };
  readonly overlay?: Overlay;
  /** What moves the camera; without one the canvas shows the whole view, always. */
  readonly camera?: GridView;
}

let probed: ReturnType<typeof probeGl> | null = null;

/** Looking for GL makes a context, and a browser has few: once a page. */
function probeOnce() {
  probed ??= probeGl();
  return probed;
}

export function PageCanvas({
  view,
  marks,
  layout,
  closeRoom = layout,
  overlay = NO_OVERLAY,
  camera,
}: PageCanvasProps) {
  const { scheduler, query } = useSurroundings();
  const { theme } = useTheme();
  const still = useStill();
  const solo = useLabState((state) => state.solo);
  const dpr = useDevicePixels();
  const canvas = useRef<HTMLCanvasElement>(null);
  const renderer = useRef<GridRenderer | null>(null);
  const given = useRef<FollowingView | null>(null);
  const [draw] = useState(() => () => {
    const made = renderer.current;
    made?.draw();
    if (made && camera) document.documentElement.dataset['renderer'] = made.backend;
  });

  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const redraw = () => scheduler.requestDraw(draw);
    const made = createGridRenderer(canvas.current, {
      palette: currentPalette(null),
      // A single tile is drawn as shapes: no GL context for it.
      forced: camera ? query.renderer : 'canvas2d',
      probe: probeOnce,
      requestDraw: redraw,
    });
    renderer.current = made;
    given.current = null;
    const detach = camera?.attach(made, redraw);
    return () => {
      scheduler.cancel(draw);
      detach?.();
      made.dispose();
      renderer.current = null;
    };
  }, [scheduler, draw, camera, query]);

  useLayoutEffect(() => renderer.current?.setMotion(!still), [still]);

  // `theme` is a dependency because the palette is read from what it changes.
  useLayoutEffect(() => {
    renderer.current?.setTheme(currentPalette(solo));
    scheduler.requestDraw(draw);
  }, [theme, solo, scheduler, draw]);

  useLayoutEffect(() => {
    const made = renderer.current;
    if (made === null) return;
    if (view !== given.current) made.setView(view, dirtySince(view, given.current));
    given.current = view;
    made.setMarks(marks);
    made.setLayout(layout.mode, layout.tilesPerRow, layout.cell);
    made.resize(closeRoom.width, closeRoom.height, dpr);
    camera?.sync();
    scheduler.requestDraw(draw);
  }, [view, marks, layout, closeRoom, dpr, scheduler, draw, camera]);

  useLayoutEffect(() => {
    renderer.current?.setOverlay(overlay);
    scheduler.requestDraw(draw);
  }, [overlay, scheduler, draw]);

  // The letters are drawn with a web font: draw again when it has come.
  useEffect(() => {
    let gone = false;
    void document.fonts.ready.then(() => {
      if (gone) return;
      renderer.current?.setTheme(currentPalette(solo));
      scheduler.requestDraw(draw);
    });
    return () => {
      gone = true;
    };
  }, [solo, scheduler, draw]);

  return <canvas ref={canvas} />;
}
