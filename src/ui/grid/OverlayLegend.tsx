/** What the colours of the overlay mean. */
import { useMemo } from 'react';
import { overlayLegend } from '../../render/overlay-legend.ts';
import { paletteOf } from '../../render/palette.ts';
import { useLabState } from '../lab-context.ts';
import { useTheme } from '../theme.ts';

export function OverlayLegend() {
  // The placement overlays have legends of their own.
  const kind = useLabState(({ overlay }) =>
    overlay === 'obtainable' || overlay === 'pageblocks' ? 'none' : overlay,
  );
  const owners = useLabState((state) => state.frame?.overlay?.owners ?? null);
  const { theme } = useTheme();
  // `theme` is a dependency because the palette is read from what it changes.
  const legend = useMemo(
    () => theme && overlayLegend(paletteOf(document.documentElement), kind, owners ?? []),
    [kind, owners, theme],
  );
  if (!legend) return null;
  // Numbers that nobody has keep their colour and are not named.
  const entries = legend.entries.filter(({ text }) => legend.kind === 'scale' || text !== '');
  return (
    <section className="overlay-legend" aria-label={`Overlay: ${legend.title}`}>
      <b>{legend.title}</b>
      <ul className={legend.kind}>
        {entries.map(({ colour, text }) => (
          <li key={`${colour} ${text}`} aria-hidden={text === '' ? true : undefined}>
            <svg width="14" height="14" aria-hidden="true">
              <rect width="14" height="14" fill={colour} />
            </svg>
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
