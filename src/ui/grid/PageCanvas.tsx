/** The canvas of the page grid: hands the renderer its view, marks, size and colours, and asks for frames. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createCanvas2dRenderer } from '../../render/canvas2d.ts';
import type { GridRenderer } from '../../render/grid-renderer.ts';
import type { Layout } from '../../render/layout.ts';
import type { Marks, PageView } from '../../render/page-view.ts';
import { paletteOf, soloPalette } from '../../render/palette.ts';
import { useLabState, useSurroundings } from '../lab-context.ts';
import { useTheme } from '../theme.ts';

interface PageCanvasProps {
  readonly view: PageView;
  readonly marks: Marks;
  readonly layout: Layout;
}

/** Device pixels per CSS pixel, followed when a window moves to another screen or is zoomed. */
function useDevicePixels(): number {
  const [ratio, setRatio] = useState(() => devicePixelRatio);
  useEffect(() => {
    const media = matchMedia(`(resolution: ${ratio}dppx)`);
    const changed = () => setRatio(devicePixelRatio);
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, [ratio]);
  return ratio;
}

function currentPalette(solo: number | null) {
  const palette = paletteOf(document.documentElement);
  return solo === null ? palette : soloPalette(palette, solo);
}

export function PageCanvas({ view, marks, layout }: PageCanvasProps) {
  const { scheduler } = useSurroundings();
  const { theme } = useTheme();
  const solo = useLabState((state) => state.solo);
  const dpr = useDevicePixels();
  const canvas = useRef<HTMLCanvasElement>(null);
  const renderer = useRef<GridRenderer | null>(null);
  const draw = useRef(() => renderer.current?.draw());

  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const drawing = draw.current;
    const made = createCanvas2dRenderer(canvas.current, { palette: currentPalette(null) });
    renderer.current = made;
    return () => {
      scheduler.cancel(drawing);
      made.dispose();
      renderer.current = null;
    };
  }, [scheduler]);

  // `theme` is a dependency because the palette is read from what it changes.
  useLayoutEffect(() => {
    renderer.current?.setTheme(currentPalette(solo));
    scheduler.requestDraw(draw.current);
  }, [theme, solo, scheduler]);

  useLayoutEffect(() => {
    const made = renderer.current;
    if (made === null) return;
    made.setView(view);
    made.setMarks(marks);
    made.setLayout(layout.mode);
    made.resize(layout.width, layout.height, dpr);
    scheduler.requestDraw(draw.current);
  }, [view, marks, layout, dpr, scheduler]);

  // The letters are drawn with a web font: draw again when it has come.
  useEffect(() => {
    void document.fonts.ready.then(() => {
      renderer.current?.setTheme(currentPalette(null));
      scheduler.requestDraw(draw.current);
    });
  }, [scheduler]);

  return <canvas ref={canvas} />;
}
