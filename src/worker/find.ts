/** The next or previous moment of a kind. */
import type { MarkerKind, Position } from './protocol.ts';
import { notesOf, type Session } from './session.ts';

/** The nearest step of the kind strictly after `at`, or strictly before it; null where there is none. */
export function findMoment(
  session: Session,
  at: Position,
  what: MarkerKind,
  backwards: boolean,
): Position | null {
  const steps =
    what === 'note'
      ? notesOf(session).map((note) => note.step)
      : session.run
          .markers()
          .filter((marker) => marker.kind === what)
          .map((marker) => marker.step);
  const found = backwards
    ? steps.findLast((step) => step < at.step || (step === at.step && at.event > 0))
    : steps.find((step) => step > at.step);
  return found === undefined ? null : { step: found, event: 0 };
}
