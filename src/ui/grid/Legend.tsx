/** What the pages' looks mean, with samples drawn by the grid's own painters. A press shows one kind alone. */
import { useLayoutEffect, useRef } from 'react';
import { MOD, type PageView } from '../../render/page-view.ts';
import { paletteOf } from '../../render/palette.ts';
import { paintSwatch, RARE_SWATCHES, SWATCHES, type Swatch } from '../../render/swatch.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { useTheme } from '../theme.ts';

/** The word, and what is left out where there is room for one line only. */
const TEXTS: Readonly<Record<keyof typeof SWATCHES, readonly [string, string]>> = {
  free: ['free', ' block, its order'],
  idle: ['idle', ' in a slab'],
  cleanFile: ['clean', ' file'],
  dirtyFile: ['dirty', ' file'],
  anon: ['anonymous', ''],
  kreclaim: ['kreclaim', ''],
  knoreclaim: ['knoreclaim', ''],
  boot: ['boot', ''],
  pinned: ['pinned', ''],
};

type Name = keyof typeof SWATCHES;
const NAMES = Object.keys(TEXTS) as Name[];

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

function Text({ name, far }: { readonly name: Name; readonly far: boolean }) {
  const [word, more] = TEXTS[name];
  // An overview writes no orders.
  const rest = far && name === 'free' ? '' : more;
  return (
    <span>
      {word}
      {rest !== '' && <span className="more">{rest}</span>}
    </span>
  );
}

interface KindProps {
  readonly name: Name;
  readonly far: boolean;
  readonly size: number;
}

/** Keys 1 to 8 do the same: the number of a display kind is its place in the legend. */
function Kind({ name, far, size }: KindProps) {
  const { store } = useLab();
  const kind = SWATCHES[name].state & 15;
  const alone = useLabState((state) => state.solo === kind);
  return (
    <button
      type="button"
      aria-pressed={alone}
      aria-keyshortcuts={String(kind + 1)}
      onClick={() => store.setState({ solo: alone ? null : kind })}
    >
      <Sample swatch={far ? FAR_SWATCHES[name] : SWATCHES[name]} size={size} />
      <Text name={name} far={far} />
    </button>
  );
}

interface LegendProps {
  readonly view: PageView;
  readonly size: number;
  /** In an overview there are colours only. */
  readonly far?: boolean;
  readonly without?: readonly Name[];
}

const FAR: readonly Name[] = NAMES.filter((name) => name !== 'pinned' && name !== 'idle');

export function Legend({ view, size, far = false, without = [] }: LegendProps) {
  const names = (far ? FAR : NAMES).filter((name) => !without.includes(name));
  const stranded = !far && view.state.some((byte) => (byte & MOD.stranded) !== 0);
  return (
    <ul className="legend" aria-label="Legend">
      {names.map((name) => (
        <li key={name}>
          {name === 'pinned' ? (
            <>
              <Sample swatch={SWATCHES[name]} size={size} />
              <Text name={name} far={far} />
            </>
          ) : (
            <Kind name={name} far={far} size={size} />
          )}
        </li>
      ))}
      {stranded && (
        <li>
          <Sample swatch={RARE_SWATCHES.stranded} size={size} />
          stranded
        </li>
      )}
    </ul>
  );
}

const FAR_SWATCHES = Object.fromEntries(
  NAMES.map((name) => [name, { ...SWATCHES[name], far: true }]),
) as Readonly<Record<Name, Swatch>>;
