/** Share links read and written: {@link encodeLink} and {@link decodeLink} with the errors of this floor. */
import { decodeLink, encodeLink } from '../scenario/links/codec.ts';
import { LinkError, type LinkState } from '../scenario/links/link.ts';
import type { PresetText } from '../scenario/presets.ts';
import { InputError, inputError } from './problems.ts';
import type { Link } from './protocol.ts';

/** What a link says. @throws InputError for one that is cut, from the future, or names an unknown preset */
export function readLink(
  url: string,
  presets: readonly PresetText[],
): { link: LinkState; warnings: readonly string[] } {
  const decoded = decodeLink(
    url,
    presets.map((preset) => preset.id),
  );
  if (!decoded.ok) throw new InputError(decoded.problems);
  return decoded;
}

/** @throws InputError where the link grows too long */
export function writeLink(state: LinkState, base: string): Link {
  try {
    return encodeLink(state, base);
  } catch (error) {
    if (error instanceof LinkError) throw inputError(error.message);
    throw error;
  }
}
