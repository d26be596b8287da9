/** A page as the grid draws it, as a small picture beside words. */
import { useLayoutEffect, useRef } from 'react';
import { KIND, type Phase } from '../../render/page-view.ts';
import { paletteOf } from '../../render/palette.ts';
import { paintSwatch } from '../../render/swatch.ts';
import { useTheme } from '../theme.ts';

interface LookProps {
  /** State byte: kind and modifiers. */
  readonly look: number;
  readonly phase?: Phase | undefined;
  readonly size?: number;
}

export function Look({ look, phase, size = 22 }: LookProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { theme } = useTheme();
  useLayoutEffect(() => {
    const paint = () => {
      if (canvas.current === null) return;
      const swatch = { state: look, ...(phase ? { phase } : {}) };
      paintSwatch(canvas.current, paletteOf(document.documentElement), swatch, size, devicePixelRatio);
    };
    paint();
    void document.fonts.ready.then(paint);
  }, [look, phase, size, theme]);
  // A page of a free block has no order of its own to show.
  if ((look & 15) === KIND.free && phase === undefined) {
    return <span className="look free" style={{ width: size, height: size }} aria-hidden="true" />;
  }
  return <canvas ref={canvas} className="look" />;
}
