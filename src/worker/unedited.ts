/** What is open without a person's edits, for comparing: its own timeline, made when it is first asked for. */
import type { RunResult } from '../analysis/result.ts';
import { summarise } from '../analysis/summary.ts';
import { copyOperations } from '../engine/operation.ts';
import { createTimeline, seek, type Timeline } from '../history/timeline.ts';
import type { Position } from './protocol.ts';
import type { Session } from './session.ts';

const timelines = new WeakMap<Session, Timeline>();
/** Memory its keyframes may take, in bytes: it is looked at now and then. */
const KEYFRAME_BYTES = 32 << 20;

/** The figures of the unedited run after as many operations, or at its end where it is shorter. */
export function uneditedAt(session: Session, at: Position): RunResult {
  const { config, operations, title, seed } = session.prepared;
  let timeline = timelines.get(session);
  if (timeline === undefined) {
    timeline = createTimeline(config, copyOperations(operations), KEYFRAME_BYTES);
    timelines.set(session, timeline);
  }
  seek(timeline, at.step);
  return summarise(timeline.machine, { title, seed, length: operations.length });
}
