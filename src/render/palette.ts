/**
 * The design tokens as a plain record, read once per theme change. Every kind carries its near fill, outline and
 * letter colour, its far colour for cells too small for an outline, its letter and its pattern.
 */
import { KIND, type KindName } from './page-view.ts';

export type Pattern = 'none' | 'hatch' | 'dots' | 'lines' | 'cross';

export interface KindPaint {
  readonly fill: string;
  readonly edge: string;
  readonly ink: string;
  readonly far: string;
  /** Colour of the pattern; drawn translucent. */
  readonly mark: string;
  readonly pattern: Pattern;
  readonly letter: string;
}

export interface Palette {
  readonly paper: string;
  readonly sunken: string;
  readonly band: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly line: string;
  readonly line2: string;
  readonly freeEdge: string;
  readonly accent: string;
  readonly shade: string;
  readonly mono: string;
  /** Indexed by `KIND`. */
  readonly kinds: readonly KindPaint[];
}

interface KindTokens {
  readonly fill: string;
  readonly edge: string;
  readonly ink: string;
  readonly far: string;
  readonly mark?: string;
  readonly pattern?: Pattern;
  readonly letter?: string;
}

const used = (letter: string, pattern: Pattern, mark: 'edge' | 'ink'): KindTokens => ({
  fill: letter,
  edge: `${letter}-edge`,
  ink: `${letter}-ink`,
  far: `${letter}-far`,
  mark: `${letter}-${mark}`,
  pattern,
  letter: letter === 'B' ? '' : letter,
});

const FREE: KindTokens = { fill: 'paper', edge: 'free-edge', ink: 'ink-3', far: 'paper' };
const IDLE: KindTokens = { fill: 'band', edge: 'line-2', ink: 'line-2', far: 'band' };

const TOKENS: Readonly<Record<KindName, KindTokens>> = {
  free: FREE,
  pcp: FREE,
  idle: IDLE,
  parked: IDLE,
  cleanFile: used('F', 'none', 'edge'),
  dirtyFile: used('D', 'hatch', 'edge'),
  anon: used('A', 'none', 'edge'),
  kreclaim: used('R', 'dots', 'edge'),
  knoreclaim: used('K', 'lines', 'ink'),
  boot: used('B', 'cross', 'ink'),
  hole: { fill: 'sunken', edge: 'sunken', ink: 'ink-3', far: 'sunken' },
  unknown: { fill: 'paper', edge: 'free-edge', ink: 'ink-3', far: 'line', letter: '?' },
};

/**
 * Builds the palette from a reader of custom properties. `get` takes a name without its dashes (`K-edge`).
 * Throws if a token is missing: a picture in the wrong colours is worse than none.
 */
export function paletteFrom(get: (name: string) => string): Palette {
  const token = (name: string): string => {
    const value = get(name).trim();
    if (value === '') throw new Error(`missing design token --${name}`);
    return value;
  };
  const kinds: KindPaint[] = [];
  for (const [name, tokens] of Object.entries(TOKENS) as [KindName, KindTokens][]) {
    kinds[KIND[name]] = {
      fill: token(tokens.fill),
      edge: token(tokens.edge),
      ink: token(tokens.ink),
      far: token(tokens.far),
      mark: token(tokens.mark ?? tokens.edge),
      pattern: tokens.pattern ?? 'none',
      letter: tokens.letter ?? '',
    };
  }
  return {
    paper: token('paper'),
    sunken: token('sunken'),
    band: token('band'),
    ink: token('ink'),
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    line: token('line'),
    line2: token('line-2'),
    freeEdge: token('free-edge'),
    accent: token('accent'),
    shade: token('shade'),
    mono: token('mono'),
    kinds,
  };
}

/** Reads the palette from an element's computed style, normally the document's root. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  return paletteFrom((name) => style.getPropertyValue(`--${name}`));
}

/** Single-kind mode: that kind in ink, all else band, at every size. */
export function soloPalette(palette: Palette, kind: number): Palette {
  const { band, ink, ink3, line2, paper } = palette;
  const only: Omit<KindPaint, 'letter'> = {
    fill: ink,
    edge: ink,
    ink: paper,
    far: ink,
    mark: ink,
    pattern: 'none',
  };
  const rest: Omit<KindPaint, 'letter'> = {
    fill: band,
    edge: line2,
    ink: ink3,
    far: band,
    mark: band,
    pattern: 'none',
  };
  return {
    ...palette,
    kinds: palette.kinds.map((paint, index) => ({ ...(index === kind ? only : rest), letter: paint.letter })),
  };
}
