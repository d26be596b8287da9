/** What comparing asks of an engine: how another opens the same, what became of each operation, and one in words. */
import { narrateOutcome } from '../analysis/narration/outcome.ts';
import { decodeOperation } from '../engine/operation.ts';
import { standingEdits } from '../history/standing.ts';
import { lookAhead } from '../history/timeline.ts';
import { AFTER_BOOT } from './headlines.ts';
import type { Origin, OutcomePart, RecordingFile, Source, Told } from './protocol.ts';
import { editsOf, type Session } from './session.ts';

/**
 * How another engine opens what is open, edits included.
 * @param file the recording read last, which a text or link may name
 */
export function originOf(session: Session, file: RecordingFile | null): Origin {
  const { prepared, timeline } = session;
  return {
    source: withRecording(prepared.source, prepared.recording === null ? null : file),
    policy: timeline.config.policy.name,
    seed: prepared.seed,
    edits: standingEdits(editsOf(session)),
  };
}

function withRecording(source: Source, file: RecordingFile | null): Source {
  if (file === null || (source.kind !== 'text' && source.kind !== 'link')) return source;
  return { ...source, recording: { name: file.name, bytes: file.bytes } };
}

/** Milliseconds one part may take: messages wait meanwhile. */
const PART_MS = 30;
/** Operations between two looks at the clock. */
const CLOCK_EVERY = 256;

/**
 * Outcomes from operation `from` on. Leaves the timeline at another position than it was.
 * @param clock milliseconds; decides only how many are told
 */
export function outcomesFrom(
  { outcomes, timeline }: Session,
  from: number,
  clock: () => number,
): OutcomePart {
  const started = clock();
  let complete = outcomes.done >= timeline.operations.length;
  while (!complete && clock() - started < PART_MS) complete = outcomes.run(CLOCK_EVERY);
  return { ...outcomes.since(from), complete };
}

/** What the operation that leads to `step` came to; a step outside the run is said to be. */
export function tellStep({ timeline }: Session, step: number): Told {
  const { length } = timeline.operations;
  if (step <= 0) return { step: 0, text: AFTER_BOOT.text };
  if (step > length) return { step, text: `this run ends at step ${length}` };
  const operation = decodeOperation(timeline.operations, step - 1);
  const text = lookAhead(timeline, step - 1, ({ events }, m) => narrateOutcome(operation, events, m));
  return { step, text };
}
