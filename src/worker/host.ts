/**
 * The engine's side of the protocol as a plain object: a message in, replies and notices out through `post`. It
 * needs no Worker, so tests talk to it directly. Requests that change what is open take turns; all others are
 * answered at once, also while an `open` is under way, from what is still open.
 */

import { creepOf } from '../analysis/creep.ts';
import { policyRun } from '../analysis/policy-run.ts';
import type { PolicyId } from '../engine/config.ts';
import { AVAILABLE_POLICIES } from '../engine/policy/table.ts';
import { changesIn } from '../history/changes.ts';
import { fork, redo, undo } from '../history/timeline.ts';
import { recognise } from '../import/recognise.ts';
import type { OpenProgress } from '../import/recording/open-recording.ts';
import type { PresetText } from '../scenario/presets.ts';
import type { ResolveProgress } from '../scenario/resolve.ts';
import { checkAt, explainAt } from './detail.ts';
import { checkArms, runCell, subjectOf } from './experiment-run.ts';
import { findMoment } from './find.ts';
import { fullFrame, pictureFrame } from './frame.ts';
import { answerFindPages, answerInspect, answerLife, answerSteals } from './inspect.ts';
import { textAt } from './kernel-text.ts';
import { pinDot } from './pins.ts';
import { InputError, inputError } from './problems.ts';
import type {
  Edited,
  FromWorker,
  Opened,
  Position,
  Problem,
  RecordingFile,
  Reply,
  Request,
  Source,
  ToWorker,
} from './protocol.ts';
import { type RecordedWorkload, RecordingNeeded } from './recording-need.ts';
import { neededSteps, recordingSteps } from './recordings.ts';
import { createSession, describeSession, forgetFrom, heldInside, type Session } from './session.ts';
import { linkTo, mismatch } from './share.ts';
import { originOf, outcomesFrom, tellStep } from './side-by-side.ts';
import { type Cancellation, runAhead, runSteps } from './slices.ts';
import { type Override, type Prepared, prepareSteps } from './sources.ts';
import { idleEdits, takeOutEdit } from './take-out.ts';

export interface Host {
  /** Takes one request; its reply goes out through `post`, now or later. */
  handle(message: ToWorker): void;
  /** Resolves when every request so far has its reply. */
  idle(): Promise<void>;
}

/** Sends a message to the page; the buffers in `transfer` go with it. */
export type Post = (message: FromWorker, transfer: ArrayBuffer[]) => void;

type Value = Extract<Reply, { ok: true }>['value'];
type RequestOf<T extends Request['type']> = Extract<Request, { readonly type: T }>;
type Change = Extract<Request, { readonly type: 'open' | 'reopen' | 'act' | 'take-out' | 'undo' | 'redo' }>;

/** What a host keeps between requests. */
interface Desk {
  session: Session | null;
  /** The recording read last, so that a link to it need not ask for its file again. */
  file: { readonly file: RecordingFile; readonly hash: string | undefined } | null;
  /** Openings that wait or are under way. */
  readonly openings: Set<Cancellation>;
  readonly progress: (label: string, done: number, total: number) => void;
  readonly clock: () => number;
  readonly presets: readonly PresetText[];
}

/**
 * A host with nothing open.
 * @param presets what `open` finds by id
 * @param clock milliseconds, for pausing long work; results never depend on it
 */
export function createHost(
  post: Post,
  presets: readonly PresetText[],
  clock: () => number = () => performance.now(),
): Host {
  const desk: Desk = {
    session: null,
    file: null,
    openings: new Set(),
    progress: (label, done, total) => post({ notice: 'progress', label, done, total }, []),
    clock,
    presets,
  };
  let queue: Promise<void> = Promise.resolve();

  const succeed = (id: number, value: Value) => post({ id, ok: true, value }, buffersOf(value));
  const fail = (id: number, error: unknown) => {
    if (!(error instanceof InputError)) post(crashNotice(desk, error), []);
    post({ id, ok: false, problems: problemsOf(desk, error) }, []);
  };

  function takeTurn(id: number, request: Change): void {
    const cancellation: Cancellation = { cancelled: false };
    if (request.type === 'open' || request.type === 'reopen') desk.openings.add(cancellation);
    queue = queue
      .then(() => change(desk, request, cancellation))
      .then(
        (value) => succeed(id, value),
        (error: unknown) => fail(id, error),
      )
      .then(() => void desk.openings.delete(cancellation));
  }

  return {
    handle(message) {
      const { id, ...request } = message;
      if (isChange(request)) return takeTurn(id, request);
      try {
        succeed(id, answer(desk, request));
      } catch (error) {
        fail(id, error);
      }
    },
    idle: () => queue,
  };
}

function isChange(request: Request): request is Change {
  return ['open', 'reopen', 'act', 'take-out', 'undo', 'redo'].includes(request.type);
}

function current(desk: Desk): Session {
  if (!desk.session) throw inputError('nothing is open: expected a scenario to be opened first');
  return desk.session;
}

/** Requests answered from what is open. */
function answer(desk: Desk, request: Exclude<Request, Change>): Value {
  switch (request.type) {
    case 'frame':
      return request.detail === 'picture'
        ? pictureFrame(current(desk), request.at, request)
        : fullFrame(current(desk), request.at, { ...request, hashed: request.detail === 'full' });
    case 'why':
      return why(current(desk), request);
    case 'check':
      return checkAt(current(desk).timeline, heldInside(current(desk), request.at).step);
    case 'kernel-text': {
      const session = current(desk);
      return textAt(session.timeline, heldInside(session, request.at), request.file);
    }
    case 'find':
      return findMoment(current(desk), request.at, request.what, request.backwards);
    case 'inspect':
      return answerInspect(current(desk), request);
    case 'life':
      return answerLife(current(desk), request);
    case 'steals':
      return answerSteals(current(desk), request);
    case 'find-pages':
      return answerFindPages(current(desk), request);
    case 'share':
      return linkTo(current(desk), request.at, request.base, request);
    case 'origin':
      return originOf(current(desk), desk.file?.file ?? null);
    case 'outcomes':
      return outcomesFrom(current(desk), request.from, desk.clock);
    case 'told':
      return tellStep(current(desk), request.step);
    case 'experiment-subject':
      return subjectOf(current(desk));
    case 'check-experiment':
      return checkArms(request.experiment);
    case 'run-cell':
      return runCell(request.experiment, request.cell);
    case 'creep':
      return creepOf(current(desk).timeline.config, current(desk).timeline.operations);
    case 'policy-run':
      return runAgain(current(desk).timeline, request.policy);
    case 'policies':
      return AVAILABLE_POLICIES;
    case 'pins':
      return pinDot(request.share, request.seed);
    case 'recognise':
      return recognise(request.head);
    case 'cancel':
      for (const cancellation of desk.openings) cancellation.cancelled = true;
      return null;
  }
}

function why({ timeline }: Session, { at, order }: RequestOf<'why'>): Value {
  const { maxOrder } = timeline.config;
  if (!Number.isInteger(order) || order < 0 || order > maxOrder) {
    throw inputError(`order ${order}: expected a whole number from 0 to ${maxOrder}`);
  }
  return explainAt(timeline, at.step, order);
}

function runAgain({ config, operations }: Session['timeline'], policy: PolicyId | undefined): Value {
  return policyRun(config, operations, policy ?? (config.policy.name as PolicyId));
}

/** Requests that change what is open. */
function change(desk: Desk, request: Change, cancellation: Cancellation): Promise<Opened | Edited> {
  switch (request.type) {
    case 'open':
      return open(desk, request, cancellation);
    case 'reopen':
      return reopen(desk, request, cancellation);
    case 'act':
      return act(desk, request);
    case 'take-out':
      return takeOut(desk, request);
    case 'undo':
    case 'redo':
      return back(desk, request.type);
  }
}

async function open(desk: Desk, request: RequestOf<'open'>, cancellation: Cancellation): Promise<Opened> {
  const prepared = await makeReady(desk, request.source, overrideOf(request), cancellation);
  const next = createSession(prepared, request.done ?? prepared.edits, request.undone);
  await finish(desk, next, cancellation);
  const at = heldInside(next, prepared.openAt);
  // Another engine's run of the same is another state by intent.
  const remark = request.done === undefined ? mismatch(next, at) : null;
  if (remark !== null) next.warnings.push(remark);
  desk.session = next;
  return describeSession(next, at);
}

/** What a source gives, ready to run; in slices, with progress. */
async function makeReady(
  desk: Desk,
  source: Source,
  override: Override,
  cancellation: Cancellation,
): Promise<Prepared> {
  const slices = <R>(steps: Generator<OpenProgress, R>) =>
    runSteps(
      steps,
      ({ label, done, total }) => desk.progress(WORDS[label], done, total),
      cancellation,
      desk.clock,
    );
  if (source.kind === 'recording') {
    const prepared = await slices(recordingSteps(source, override));
    desk.file = { file: source, hash: prepared.recording?.hash };
    return prepared;
  }
  const made = ({ done, total }: ResolveProgress) => desk.progress('Writing the workload', done, total);
  const written = (recorded?: RecordedWorkload) =>
    runSteps(prepareSteps(source, override, desk.presets, recorded), made, cancellation, desk.clock);
  try {
    return await written();
  } catch (error) {
    if (!(error instanceof RecordingNeeded)) throw error;
    const file = fileFor(desk, source, error);
    const recorded = await slices(neededSteps(error.need, file, error.options));
    const prepared = await written(recorded);
    desk.file = { file, hash: recorded.facts.hash };
    return prepared;
  }
}

/** The file given with a source, else the one read last where it is the one. @throws RecordingNeeded */
function fileFor(desk: Desk, source: Source, needed: RecordingNeeded): RecordingFile {
  if ('recording' in source && source.recording !== undefined) return source.recording;
  const known = desk.file;
  if (known !== null && known.hash === needed.need.hash) return known.file;
  throw needed;
}

const WORDS = { reading: 'Reading bytes', converting: 'Reading events' } as const;

/** The same scenario under another policy or seed, or a few fields changed, the person's edits made again on it. */
async function reopen(desk: Desk, request: RequestOf<'reopen'>, cancellation: Cancellation): Promise<Opened> {
  const was = current(desk);
  const { source } = request;
  const override = { ...(source === undefined ? was.prepared.override : {}), ...overrideOf(request) };
  const prepared = await makeReady(desk, source ?? was.prepared.source, override, cancellation);
  const { done, undone } = was.timeline;
  const next = createSession(prepared, changesIn(done), changesIn(undone.toReversed()));
  await finish(desk, next, cancellation);
  desk.session = next;
  return describeSession(next, heldInside(next, request.at));
}

function overrideOf({ policy, seed }: RequestOf<'open' | 'reopen'>): Override {
  return { ...(policy === undefined ? {} : { policy }), ...(seed === undefined ? {} : { seed }) };
}

async function act(desk: Desk, { at, operation, keep }: RequestOf<'act'>): Promise<Edited> {
  const now = current(desk);
  const { forked, dropped } = fork(now.timeline, at.step, operation, keep === 'rest');
  const { step } = now.timeline;
  if (forked) await rerun(desk, now, step - 1);
  return edited(now, step, forked ? 'forked' : 'advanced', dropped);
}

async function back(desk: Desk, way: 'undo' | 'redo'): Promise<Edited> {
  const now = current(desk);
  const length = now.timeline.operations.length;
  const step = way === 'undo' ? undo(now.timeline) : redo(now.timeline);
  if (step === null)
    throw inputError(way === 'undo' ? 'there is no edit to undo' : 'there is no edit to redo');
  await rerun(desk, now, way === 'undo' ? step : step - 1);
  return edited(now, step, 'forked', Math.max(0, length - now.timeline.operations.length));
}

async function takeOut(desk: Desk, { edit, at }: RequestOf<'take-out'>): Promise<Edited> {
  const now = current(desk);
  const { length } = now.timeline.operations;
  const { from, step } = takeOutEdit(now, edit, at);
  await rerun(desk, now, from);
  const idle = idleEdits(now, from);
  const dropped = Math.max(0, length - now.timeline.operations.length);
  return { ...edited(now, heldInside(now, { step, event: 0 }).step, 'forked', dropped), idle };
}

/** Looks again at what lies after `step`, where the operations are others now. */
async function rerun(desk: Desk, now: Session, step: number): Promise<void> {
  forgetFrom(now, step);
  await finish(desk, now, { cancelled: false });
}

async function finish(desk: Desk, session: Session, cancellation: Cancellation): Promise<void> {
  const total = session.timeline.operations.length;
  const told = (done: number) => desk.progress('Running ahead', done, total);
  await runAhead(session.run, told, cancellation, desk.clock);
}

function edited(now: Session, step: number, how: Edited['how'], dropped: number): Edited {
  const at: Position = { step, event: 0 };
  return { opened: describeSession(now, at), at, how, dropped };
}

/** The planes of a frame go to the page and come back with a later request. */
function buffersOf(value: Value): ArrayBuffer[] {
  if (!value) return [];
  if ('fates' in value) return buffers([value.fates, value.victims, value.places]);
  if (!('view' in value)) return [];
  const { state, detail, levels = [] } = value.view;
  return buffers([state, detail, ...levels, ...(value.overlay ? [value.overlay.bytes] : [])]);
}

function buffers(columns: readonly (Uint8Array | Uint32Array)[]): ArrayBuffer[] {
  return columns.map((column) => column.buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}

function stepOf(desk: Desk): number {
  return desk.session?.timeline.step ?? 0;
}

function problemsOf(desk: Desk, error: unknown): readonly Problem[] {
  if (error instanceof InputError) return error.problems;
  return [{ message: `the engine stopped at step ${stepOf(desk)}: ${String(error)}` }];
}

/** A broken promise of the engine's own; what is open is good at every keyframe still. */
function crashNotice(desk: Desk, error: unknown): FromWorker {
  const timeline = desk.session?.timeline;
  if (timeline) timeline.event = 1;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { notice: 'crash', message, step: stepOf(desk) };
}
