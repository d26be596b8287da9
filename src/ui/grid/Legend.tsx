/** What the pages' looks mean, with samples drawn by the grid's own painters. */
import { useLayoutEffect, useRef } from 'react';
import { paletteOf } from '../../render/palette.ts';
import { paintSwatch, SWATCHES, type Swatch } from '../../render/swatch.ts';
import { useTheme } from '../theme.ts';

const TEXTS: Readonly<Record<keyof typeof SWATCHES, string>> = {
  free: 'free block, its order',
  idle: 'idle in a slab',
  cleanFile: 'clean file',
  dirtyFile: 'dirty file',
  anon: 'anonymous',
  kreclaim: 'kreclaim',
  knoreclaim: 'knoreclaim',
  boot: 'boot',
  pinned: 'pinned',
};

const NAMES = Object.keys(TEXTS) as (keyof typeof SWATCHES)[];

function Sample({ swatch, size }: { readonly swatch: Swatch; readonly size: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { theme } = useTheme();
  useLayoutEffect(() => {
    const paint = () => {
      if (canvas.current === null) return;
      paintSwatch(canvas.current, paletteOf(document.documentElement), swatch, size, devicePixelRatio);
    };
    paint();
    void document.fonts.ready.then(paint);
  }, [swatch, size, theme]);
  return <canvas ref={canvas} />;
}

interface LegendProps {
  readonly size: number;
  /** In an overview there are colours only. */
  readonly far?: boolean;
  readonly without?: readonly (keyof typeof SWATCHES)[];
}

const FAR: readonly (keyof typeof SWATCHES)[] = NAMES.filter((name) => name !== 'pinned' && name !== 'idle');

export function Legend({ size, far = false, without = [] }: LegendProps) {
  const names = (far ? FAR : NAMES).filter((name) => !without.includes(name));
  return (
    <ul className="legend" aria-label="Legend">
      {names.map((name) => (
        <li key={name}>
          <Sample swatch={far ? FAR_SWATCHES[name] : SWATCHES[name]} size={size} />
          {far && name === 'free' ? 'free' : TEXTS[name]}
        </li>
      ))}
    </ul>
  );
}

const FAR_SWATCHES = Object.fromEntries(
  NAMES.map((name) => [name, { ...SWATCHES[name], far: true }]),
) as Readonly<Record<keyof typeof SWATCHES, Swatch>>;
