/** Reads the design tokens of one theme out of the style sheet, with the cascade of its rules. */
import { readFileSync } from 'node:fs';
import { type Palette, paletteFrom } from '../../src/render/palette.ts';

export type Theme = 'light' | 'dark' | 'projector';
export type Tokens = ReadonlyMap<string, string>;

const css = readFileSync(new URL('../../src/ui/tokens.css', import.meta.url), 'utf8');

/** The declarations of the first rule whose selector is exactly `selector`. */
export function declarations(selector: string): Tokens {
  const start = css.search(new RegExp(`(^|\\n)\\s*${selector.replace(/[[\]()]/g, '\\$&')}\\s*\\{`));
  if (start < 0) throw new Error(`no rule '${selector}' in tokens.css`);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return new Map([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1]!, m[2]!]));
}

export function tokensOf(theme: Theme): Tokens {
  const root = declarations(':root');
  return theme === 'light' ? root : new Map([...root, ...declarations(`:root[data-theme="${theme}"]`)]);
}

export function paletteIn(theme: Theme): Palette {
  const tokens = tokensOf(theme);
  return paletteFrom((name) => tokens.get(name) ?? '');
}
