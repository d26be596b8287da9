/** One position of a timeline, described for the page: the picture, and on demand everything beside it. */
import { billed } from '../analysis/bill.ts';
import { lruOrder } from '../analysis/lru-strip.ts';
import { refreshMips } from '../analysis/mips.ts';
import { refreshPicture } from '../analysis/picture-copy.ts';
import { C } from '../engine/counters.ts';
import type { Machine } from '../engine/machine.ts';
import { decodeOperation } from '../engine/operation.ts';
import { type Happened, lookAhead, peek, seek, stepRecorded } from '../history/timeline.ts';
import { changedByEvent, changedRuns } from './changes.ts';
import { describe } from './detail.ts';
import { AFTER_BOOT, eventLines, headline, rememberHeadline } from './headlines.ts';
import type { Moment } from './moment.ts';
import { pageBytes } from './page-bytes.ts';
import type { Frame, FrameBuffers, FrameView, PageBytes, Position } from './protocol.ts';
import type { Session } from './session.ts';

/** What a request wants beside the planes, and buffers it gives for them. */
export interface Look {
  readonly recycle?: FrameBuffers;
  readonly levels?: boolean;
  readonly overlay?: PageBytes['what'];
  /** Whether a description has the hash of the state; it has unless said otherwise. */
  readonly hashed?: boolean;
}

const NOTHING: Happened = { count: 0, events: [] };

/** The picture of a position and nothing else: what playing fast needs. */
export function pictureFrame(session: Session, at: Position, look: Look = {}): Frame {
  const t = session.timeline;
  if (at.event > 0) peek(t, at.step, at.event);
  else seek(t, at.step);
  const picture = pictureOf(session, look);
  return {
    at: { step: t.step, event: t.event },
    events: 0,
    length: t.operations.length,
    ...picture,
    full: null,
  };
}

/** A position with all that is said of it; one beyond the end is the end. */
export function fullFrame(session: Session, at: Position, look: Look = {}): Frame {
  const last = session.timeline.operations.length;
  const step = Math.max(0, Math.min(at.step, last));
  return at.event > 0 && at.step < last
    ? insideFrame(session, step, at.event, look)
    : stepFrame(session, step, look);
}

/** `step` operations applied, the last of them told. */
function stepFrame(session: Session, step: number, look: Look = {}): Frame {
  const t = session.timeline;
  const previous = step > 1 ? headline(session, step - 2) : null;
  const { moment, current } = toldAt(session, step);
  const picture = pictureOf(session, look);
  const detail = describe(session, moment, look.hashed ?? true);
  const events = lookAhead(t, step, (ahead, m) => {
    if (step < t.operations.length) {
      rememberHeadline(session, step, decodeOperation(t.operations, step), ahead, m);
    }
    return ahead.count;
  });
  const next = step < t.operations.length ? headline(session, step) : null;
  return {
    at: { step, event: 0 },
    events,
    length: t.operations.length,
    ...picture,
    full: { ...detail, narration: { previous, current, next } },
  };
}

/** Goes to `step` and tells what its operation did; where that was told last and nothing has moved since, again. */
function toldAt(session: Session, step: number): NonNullable<Session['told']> {
  const { timeline: t, picture } = session;
  if (session.told?.moment.step === step && t.step === step && t.event === 0) return session.told;
  seek(t, step - 1);
  const was = factsBefore(t.machine);
  refreshPicture(picture, t.machine);
  const old = { state: picture.state.slice() };
  const { result: happened, bill, choice } = billed(t.machine, () => (step > 0 ? stepRecorded(t) : NOTHING));
  const operation = step > 0 ? decodeOperation(t.operations, step - 1) : null;
  const current = operation
    ? rememberHeadline(session, step - 1, operation, happened, t.machine)
    : AFTER_BOOT;
  refreshPicture(picture, t.machine);
  const changed = changedRuns(old, picture);
  const evicted = t.machine.evicted.pfns.slice();
  session.told = { moment: { step, operation, happened, bill, choice, ...was, changed, evicted }, current };
  return session.told;
}

/** `event` events into operation `step`; the step after it where it has fewer. */
function insideFrame(session: Session, step: number, event: number, look: Look): Frame {
  const t = session.timeline;
  const operation = decodeOperation(t.operations, step);
  const before = step > 0 ? headline(session, step - 1) : AFTER_BOOT;
  const whole = lookAhead(t, step, (ahead, m) => {
    rememberHeadline(session, step, operation, ahead, m);
    return ahead;
  });
  if (event > whole.count) return stepFrame(session, step + 1, look);
  const was = factsBefore(t.machine);
  const { result: happened, bill, choice } = billed(t.machine, () => peek(t, step, event));
  const lines = eventLines(t.machine, whole, event);
  const picture = pictureOf(session, look);
  const changed = changedByEvent(t.machine);
  const evicted = t.machine.evicted.pfns;
  const moment: Moment = { step, operation, happened, bill, choice, ...was, changed, evicted };
  const narration = {
    previous: lines.previous ?? before,
    current: lines.current,
    next: lines.next ?? headline(session, step),
  };
  return {
    at: { step, event },
    events: whole.count,
    length: t.operations.length,
    ...picture,
    full: { ...describe(session, moment, look.hashed ?? true), narration },
  };
}

/** What is compared with the machine afterwards. */
function factsBefore(m: Machine): { lru: readonly number[]; inversions: number } {
  return { lru: lruOrder(m), inversions: m.counters[C.inversions]! };
}

/** What of a frame is one byte a page. */
function pictureOf(session: Session, look: Look): Pick<Frame, 'view' | 'overlay'> {
  const view = paint(session, look);
  const { overlay } = look;
  return overlay === undefined ? { view } : { view, overlay: pageBytes(session.timeline.machine, overlay) };
}

/** Both planes of the machine as it is, on buffers the page gave back where they fit. */
function paint(session: Session, { recycle, levels }: Look): FrameView {
  const { picture, far, timeline: t } = session;
  const { pages } = t.config;
  refreshPicture(picture, t.machine);
  const fits = recycle && recycle.state.byteLength === pages && recycle.detail.byteLength === pages;
  const view = {
    state: fits ? new Uint8Array(recycle.state) : new Uint8Array(pages),
    detail: fits ? new Uint8Array(recycle.detail) : new Uint8Array(pages),
    dirty: picture.dirty.slice(),
    serial: session.painted++,
  };
  view.state.set(picture.state);
  view.detail.set(picture.detail);
  picture.dirty.forEach((mark, tile) => {
    if (mark !== 0) far.dirty[tile] = 1;
  });
  picture.dirty.fill(0);
  if (!levels) return view;
  refreshMips(far.levels, picture.state, far.dirty);
  far.dirty.fill(0);
  return { ...view, levels: far.levels.map((level) => level.slice()) };
}
