/** What is open: a scenario made ready, its timeline, and the series of its whole run. */

import type { Line } from '../analysis/narration/line.ts';
import { createSeriesRun, type SeriesRun } from '../analysis/series.ts';
import type { MachineConfig } from '../engine/config.ts';
import { copyOperations } from '../engine/operation.ts';
import { copyRows, redoRows } from '../history/edits.ts';
import { createTimeline, seek, type Timeline } from '../history/timeline.ts';
import type { Opened, Position } from './protocol.ts';
import type { Prepared } from './sources.ts';

export interface Session {
  readonly prepared: Prepared;
  readonly timeline: Timeline;
  readonly run: SeriesRun;
  /** Headlines of operations by step, as far as they were asked for. */
  readonly headlines: Map<number, Line>;
}

/** Boots what was prepared; nothing has run yet. */
export function createSession(prepared: Prepared): Session {
  const timeline = createTimeline(prepared.config, copyOperations(prepared.operations));
  const run = createSeriesRun({
    machine: timeline.machine,
    length: () => timeline.operations.length,
    seek: (step) => seek(timeline, step),
  });
  return { prepared, timeline, run, headlines: new Map() };
}

/** Forgets what was told of the operations from `step` on: they are others now. */
export function forgetFrom(session: Session, step: number): void {
  session.run.rewind(step);
  for (const known of session.headlines.keys()) if (known >= step) session.headlines.delete(known);
}

/** A position held between step 0 and the end. */
export function heldInside({ timeline }: Session, { step, event }: Position): Position {
  const last = timeline.operations.length;
  return step < last ? { step: Math.max(0, step), event: Math.max(0, event) } : { step: last, event: 0 };
}

/** Makes the edits of one session on another, whose log may be of another seed; then nothing has run yet again. */
export function repeatEdits(from: Session, to: Session): void {
  const { operations, done } = to.timeline;
  for (const edit of from.timeline.done) {
    const at = Math.min(edit.at, operations.length);
    const again = { at, removed: copyRows(operations, at), added: edit.added };
    redoRows(operations, again);
    done.push(again);
  }
}

/** Everything about a session that does not change with the position. */
export function describeSession(session: Session, openAt: Position): Opened {
  const { prepared, timeline, run } = session;
  const { config } = timeline;
  return {
    title: prepared.title,
    summary: prepared.summary,
    presetId: prepared.presetId,
    text: prepared.text,
    policy: config.policy.name,
    seed: prepared.seed,
    length: timeline.operations.length,
    openAt,
    machine: machineFacts(config),
    notes: prepared.notes,
    warnings: prepared.warnings,
    edits: timeline.done.length,
    canUndo: timeline.done.length > 0,
    canRedo: timeline.undone.length > 0,
    series: run.series(),
    recording: prepared.recording,
  };
}

function machineFacts(config: MachineConfig): Opened['machine'] {
  return {
    pages: config.pages,
    slabOrder: config.slabOrder,
    maxOrder: config.maxOrder,
    cpus: config.cpus,
    zones: config.zones.map(({ name, start, end }) => ({ name, start, end })),
    device: config.cost.device,
    maxDefragScan: config.policy.maxDefragScan,
    reclaim: config.policy.reclaim,
  };
}
