/** What canvases need of the screen: its pixels and the theme's colours. */
import { useEffect, useState } from 'react';
import { paletteOf, soloPalette } from '../../render/palette.ts';

/** Device pixels per CSS pixel, followed when a window moves to another screen or is zoomed. */
export function useDevicePixels(): number {
  const [ratio, setRatio] = useState(() => devicePixelRatio);
  useEffect(() => {
    const media = matchMedia(`(resolution: ${ratio}dppx)`);
    const changed = () => setRatio(devicePixelRatio);
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, [ratio]);
  return ratio;
}

/** The theme's colours, or those that show one display kind alone. */
export function currentPalette(solo: number | null) {
  const palette = paletteOf(document.documentElement);
  return solo === null ? palette : soloPalette(palette, solo);
}
