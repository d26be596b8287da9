/** What is open: a scenario made ready, its timeline, and the series of its whole run. */

import { createMips } from '../analysis/mips.ts';
import type { Line } from '../analysis/narration/line.ts';
import { createOutcomeRun, type OutcomeRun } from '../analysis/outcomes.ts';
import { createPictureCopy, type PictureCopy } from '../analysis/picture-copy.ts';
import { createSeriesRun, type SeriesRun } from '../analysis/series.ts';
import type { MachineConfig } from '../engine/config.ts';
import { hasOwnPrices } from '../engine/cost.ts';
import { borrowOperations, OP, type OperationLog } from '../engine/operation.ts';
import { type Change, changesIn, editsIn } from '../history/changes.ts';
import { undoRows } from '../history/edits.ts';
import { placeEdits, shiftSteps } from '../history/standing.ts';
import { createTimeline, seek, stepLogged, type Timeline } from '../history/timeline.ts';
import type { Warning } from '../scenario/warning.ts';
import type { Moment } from './moment.ts';
import type { Opened, Position } from './protocol.ts';
import { applyChanges, type PersonEdit, type Prepared } from './sources.ts';

export interface Session {
  readonly prepared: Prepared;
  readonly timeline: Timeline;
  readonly run: SeriesRun;
  /** What became of each operation, as far as it was asked for. */
  readonly outcomes: OutcomeRun;
  /** The machine as the page saw it last. */
  readonly picture: PictureCopy;
  /** The same from afar, with the tiles that have changed since it was worked out. */
  readonly far: { readonly levels: readonly Uint8Array[]; readonly dirty: Uint8Array };
  /** Frames made so far. */
  painted: number;
  /** The step described last and what its operation did, to be told again without going back. */
  told: { readonly moment: Moment; readonly current: Line } | null;
  /** Headlines of operations by step, as far as they were asked for. */
  readonly headlines: Map<number, Line>;
  /** The scenario's, and what opening it has shown. */
  readonly warnings: Warning[];
}

/**
 * Boots what was prepared; nothing has run yet.
 * @param done what a person has done to it, in order
 * @param undone what was taken back of it, the last first
 * @throws InputError for an edit beyond the end
 */
export function createSession(
  prepared: Prepared,
  done: readonly Change[],
  undone: readonly Change[] = [],
): Session {
  const operations = borrowOperations(prepared.operations);
  const made = applyChanges(operations, prepared.operations, [...done, ...undone]);
  const takenBack = made.splice(done.length).reverse();
  for (const edit of takenBack) undoRows(operations, edit);
  const timeline = createTimeline(prepared.config, operations);
  timeline.done.push(...made);
  timeline.undone.push(...takenBack);
  const course = {
    machine: timeline.machine,
    length: () => operations.length,
    seek: (step: number) => seek(timeline, step),
  };
  const run = createSeriesRun(course);
  const outcomes = createOutcomeRun({ ...course, step: () => stepLogged(timeline) });
  const picture = createPictureCopy(timeline.machine);
  const far = { levels: createMips(timeline.config.pages), dirty: new Uint8Array(picture.dirty.length) };
  return {
    prepared,
    timeline,
    run,
    outcomes,
    picture,
    far,
    painted: 0,
    told: null,
    headlines: new Map(),
    warnings: [...prepared.warnings],
  };
}

/** All edits made and not undone, in the order they were made, as another session can make them again. */
export const editsOf = ({ timeline }: Session): PersonEdit[] => editsIn(timeline.done);

/** The scenario's notes at their steps now. */
export function notesOf(session: Session): Opened['notes'] {
  return shiftSteps(session.prepared.notes, editsOf(session));
}

/** The lowest allocation number above all that the operations name, dropped ones included. */
function unusedAllocation(...logs: readonly OperationLog[]): number {
  let unused = 0;
  for (const log of logs) {
    for (let i = 0; i < log.length; i++) {
      if (log.kind[i] === OP.alloc) unused = Math.max(unused, log.owner[i]! + 1);
    }
  }
  return unused;
}

/** Forgets what was told of the operations from `step` on: they are others now. */
export function forgetFrom(session: Session, step: number): void {
  session.run.rewind(step);
  if (session.told !== null && session.told.moment.step > step) session.told = null;
  session.outcomes.rewind(step);
  for (const known of session.headlines.keys()) if (known >= step) session.headlines.delete(known);
}

/** A position held between step 0 and the end. */
export function heldInside({ timeline }: Session, { step, event }: Position): Position {
  const last = timeline.operations.length;
  return step < last ? { step: Math.max(0, step), event: Math.max(0, event) } : { step: last, event: 0 };
}

/** Everything about a session that does not change with the position. */
export function describeSession(session: Session, openAt: Position): Opened {
  const { prepared, timeline, run } = session;
  const { config } = timeline;
  const edits = editsOf(session);
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
    notes: notesOf(session),
    warnings: session.warnings,
    edits: edits.length,
    editList: placeEdits(edits).map(({ edit, at: step }) => ({
      step,
      operation: edit.operation,
      kept: edit.keep === true,
    })),
    unusedAllocation: unusedAllocation(prepared.operations, timeline.operations),
    select: prepared.select ?? null,
    zoom: prepared.zoom ?? null,
    looks: prepared.looks ?? {},
    experiment: prepared.experiment ?? null,
    compare: prepared.compare ?? [],
    page: prepared.page ?? null,
    canUndo: timeline.done.length > 0,
    canRedo: timeline.undone.length > 0,
    again: {
      ...prepared.override,
      done: changesIn(timeline.done),
      undone: changesIn(timeline.undone.toReversed()),
    },
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
    ownPrices: hasOwnPrices(config.cost),
    maxDefragScan: config.policy.maxDefragScan,
    reclaim: config.policy.reclaim,
    drainFirst: config.policy.name === 'order0-slab' ? config.policy.drainFirst : null,
  };
}
