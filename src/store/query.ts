/** What the query of the address asks for: how the page looks, never what it shows. */
import type { Theme } from './state.ts';

export interface Query {
  /** Null: the system's choice. */
  readonly theme: Theme | null;
  readonly present: boolean;
  readonly embed: boolean;
  readonly still: boolean;
  readonly renderer: 'canvas2d' | 'webgl2' | null;
}

const THEMES: readonly Theme[] = ['light', 'dark', 'projector'];

/** Reads `?theme=`, `?present=1`, `?embed=1`, `?motion=none`, `?renderer=`; unknown values count as absent. */
export function readQuery(search: string): Query {
  const query = new URLSearchParams(search);
  const renderer = query.get('renderer');
  return {
    theme: THEMES.find((theme) => theme === query.get('theme')) ?? null,
    present: query.get('present') === '1',
    embed: query.get('embed') === '1',
    still: query.get('motion') === 'none',
    renderer: renderer === 'canvas2d' || renderer === 'webgl2' ? renderer : null,
  };
}
