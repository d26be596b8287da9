/** The link of a moment, and whether a link still leads to the state it was made at. */
import { stateHash } from '../engine/machine.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { standingEdits } from '../history/standing.ts';
import { seek } from '../history/timeline.ts';
import { writeLink } from './links.ts';
import type { Link, Looking, Position } from './protocol.ts';
import { editsOf, type Session } from './session.ts';

/** The link of a moment of what is open, with the state it was made at. @throws InputError where it grows too long */
export function linkTo(
  session: Session,
  at: Position,
  base: string,
  { select, zoom, compare = [], experiment, page, layout, kind, overlay, view }: Partial<Looking> = {},
): Link {
  const { prepared, timeline } = session;
  const { presetId, text, override } = prepared;
  seek(timeline, at.step);
  const edits = standingEdits(editsOf(session));
  const event = at.step === timeline.step ? at.event : 0;
  return writeLink(
    {
      ...(presetId === null ? { text } : { preset: presetId }),
      ...(override.policy === undefined ? {} : { policy: override.policy }),
      ...(override.seed === undefined ? {} : { seed: override.seed }),
      step: timeline.step,
      ...(event > 0 ? { event } : {}),
      ...(select === undefined ? {} : { select }),
      ...(zoom === undefined ? {} : { zoom }),
      ...(layout === undefined ? {} : { layout }),
      ...(kind === undefined ? {} : { kind }),
      ...(overlay === undefined ? {} : { overlay }),
      ...(view === undefined ? {} : { view }),
      ...(edits.length > 0 ? { edits } : {}),
      ...(experiment === undefined ? {} : { experiment }),
      ...(compare.length > 0 ? { compare } : {}),
      ...(page === undefined ? {} : { page }),
      engine: ENGINE_VERSION,
      hash: stateHash(timeline.machine),
    },
    base,
  );
}

/** Says so where the state at the shared moment is not the one the link was made at; null where it is, or is not told. */
export function mismatch(session: Session, at: Position): string | null {
  const { expected } = session.prepared;
  if (!expected) return null;
  seek(session.timeline, at.step);
  const hash = stateHash(session.timeline.machine);
  if (hash === expected.hash) return null;
  const engine = expected.engine === '' ? 'another engine' : `engine ${expected.engine}`;
  return `the link was made by ${engine} at state ${expected.hash}, this is engine ${ENGINE_VERSION} at state ${hash}`;
}
