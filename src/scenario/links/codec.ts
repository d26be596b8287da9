/** Share links: the state of the page in the fragment, `#v=1&preset=one-slab&step=42`. */
import type { Problem } from '../problem.ts';
import { nearest } from '../problem.ts';
import { LinkError, type LinkState } from './link.ts';
import { MOST_ENCODED } from './payload.ts';
import { CURRENT_VERSION, upgrade } from './upgraders.ts';
import { fromParameters, KNOWN, toParameters } from './v1.ts';

/** Longer links are cut by some programs: a file is safer. */
export const LONG_LINK = 8000;

/** More presets are not listed in a line. */
const MOST_NAMED = 6;

export interface EncodedLink {
  readonly url: string;
  readonly warning: string | null;
}

export type DecodedLink =
  | { readonly ok: true; readonly link: LinkState; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * The link of a state.
 * @param base address of the page; its fragment is replaced, its query kept
 * @throws Error when neither or both of preset and text are given, or the text is too long for any link
 */
export function encodeLink(state: LinkState, base: string): EncodedLink {
  if ((state.preset === undefined) === (state.text === undefined)) {
    throw new Error('a link is of a preset or of a scenario text, expected exactly one of them');
  }
  const parameters = [`v=${CURRENT_VERSION}`];
  for (const [name, value] of toParameters(state)) {
    if (value.length > MOST_ENCODED) {
      throw new LinkError(
        `${name}: ${value.length} characters are too many for a link, expected at most ${MOST_ENCODED}: save a file instead`,
      );
    }
    parameters.push(`${name}=${encodeURIComponent(value)}`);
  }
  const url = `${base.replace(/#.*$/s, '')}#${parameters.join('&')}`;
  const warning =
    url.length > LONG_LINK
      ? `the link has ${url.length} characters, and some programs cut links above ${LONG_LINK}: a file is safer`
      : null;
  return { url, warning };
}

/**
 * Reads a link, or its fragment alone. Never throws.
 * @param presets ids that exist; where given, another one is a problem
 */
export function decodeLink(url: string, presets?: readonly string[]): DecodedLink {
  try {
    const { version, parameters } = readFragment(url);
    const current = upgrade(parameters, version);
    const link = fromParameters(current);
    if (presets !== undefined && link.preset !== undefined && !presets.includes(link.preset)) {
      const near = nearest(link.preset, presets);
      const hint = near === undefined ? `expected ${severalOf(presets)}` : `did you mean ${near}?`;
      throw new LinkError(`preset: there is no ${link.preset}, ${hint}`);
    }
    const known = new Set<string>(KNOWN);
    const warnings = [...current.keys()]
      .filter((name) => !known.has(name))
      .slice(0, 5)
      .map((name) => `${JSON.stringify(name.slice(0, 40))} in the link is unknown and ignored`);
    return { ok: true, link, warnings };
  } catch (error) {
    if (error instanceof LinkError) return { ok: false, problems: [{ message: `link: ${error.message}` }] };
    throw error;
  }
}

/** A few of many names: one line is to be read, and the page has a list. */
function severalOf(presets: readonly string[]): string {
  if (presets.length <= MOST_NAMED) return `one of ${presets.join(', ')}`;
  return `one of ${presets.length} presets, such as ${presets.slice(0, MOST_NAMED).join(', ')}`;
}

function readFragment(url: string): { version: number; parameters: Map<string, string> } {
  const most = 3 * MOST_ENCODED;
  if (url.length > most) throw new LinkError(`expected at most ${most} characters, met ${url.length}`);
  const fragment = url.slice(url.indexOf('#') + 1).trim();
  const parameters = new Map<string, string>();
  for (const part of fragment.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    if (equals <= 0) throw new LinkError(`expected NAME=VALUE, met ${clip(part)}: the link may be cut off`);
    const name = unescaped(part.slice(0, equals));
    if (parameters.has(name)) throw new LinkError(`${clip(name)} twice, expected it once`);
    parameters.set(name, unescaped(part.slice(equals + 1)));
  }
  const written = parameters.get('v');
  if (written === undefined) throw new LinkError('v= is missing, expected #v=1&…');
  if (!/^[1-9]\d{0,8}$/.test(written)) {
    throw new LinkError(`v: expected a version from 1 to ${CURRENT_VERSION}, met ${clip(written)}`);
  }
  parameters.delete('v');
  return { version: Number(written), parameters };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new LinkError(`expected percent signs with two hex digits, met ${clip(text)}`);
  }
}

function clip(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}…` : text);
}
