/**
 * Old links are brought up one version at a time. `upgraders.get(n)` turns parameters of version n into those of
 * version n + 1; it uses a codec frozen beside it, never today's, and begins with an example before and after.
 *
 * For a new version: raise CURRENT_VERSION, add the upgrader of the one before, freeze that version's codec, and add
 * test/fixtures/links/vN.json; a test demands the fixture.
 */
import { LinkError, type Parameters } from './link.ts';

export const CURRENT_VERSION = 1;

export type Upgrader = (parameters: Parameters) => Parameters;
export type Upgraders = ReadonlyMap<number, Upgrader>;

export const upgraders: Upgraders = new Map();

/** Parameters of `version` as those of `current`. @throws LinkError for a version from the future or without upgrader */
export function upgrade(
  parameters: Parameters,
  version: number,
  steps: Upgraders = upgraders,
  current = CURRENT_VERSION,
): Parameters {
  if (version > current) {
    throw new LinkError(
      `the link is of version ${version}, and this page reads up to ${current}: reload to get a newer page`,
    );
  }
  let upgraded = parameters;
  for (let from = version; from < current; from++) {
    const step = steps.get(from);
    if (step === undefined) throw new LinkError(`v: expected a version from 1 to ${current}, met ${version}`);
    upgraded = step(upgraded);
  }
  return upgraded;
}
