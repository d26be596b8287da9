/** Answers about pages and what they belong to, at a position of what is open. */
import { FIND_LIMIT, type Found, findPages } from '../analysis/inspect/find.ts';
import { inspect, type Report, type Subject } from '../analysis/inspect/inspect.ts';
import type { LifeStory } from '../analysis/inspect/life-line.ts';
import type { Machine } from '../engine/machine.ts';
import { peek, seek } from '../history/timeline.ts';
import { LIFE_BUDGET, LIFE_LIMIT, lifeOf } from './inspect-life.ts';
import { inputError } from './problems.ts';
import type { Position, Request } from './protocol.ts';
import { heldInside, type Session } from './session.ts';
import { type Steals, stealsOf } from './steals.ts';
import { unusedProcessOf } from './unused-process.ts';

type RequestOf<T extends Request['type']> = Extract<Request, { readonly type: T }>;

/** Subjects one request may name, lines and runs it may ask for, operations it may have replayed. */
const MOST = { subjects: 32, lines: 4096, runs: 65_536, operations: 1 << 20, numbers: 0xfffffffe };

/** A report for each subject, in order. @throws InputError for a number that cannot name anything */
export function answerInspect(session: Session, request: RequestOf<'inspect'>): readonly Report[] {
  const { what } = request;
  if (what.length > MOST.subjects) {
    throw inputError(`${what.length} things to inspect at once: expected at most ${MOST.subjects}`);
  }
  for (const subject of what) checkSubject(session, subject);
  const m = machineAt(session, request.at);
  const child = what.some(({ view }) => view === 'acts') ? unusedProcessOf(session) : undefined;
  return what.map((subject) => inspect(m, subject, child, session.timeline.event > 0));
}

/** One part of a frame's life. @throws InputError for a frame outside the machine */
export function answerLife(session: Session, request: RequestOf<'life'>): LifeStory {
  const { pfn, to, limit = LIFE_LIMIT, budget = LIFE_BUDGET } = request;
  checkPfn(session, pfn);
  checkNumber('limit', limit, 1, MOST.lines);
  checkNumber('budget', budget, 1, MOST.operations);
  if (to !== undefined) checkNumber('to', to, 0, session.timeline.operations.length);
  const at = heldInside(session, request.at);
  return lifeOf(session.timeline, pfn, at, { limit, budget, ...(to === undefined ? {} : { to }) });
}

/** Fallbacks into and out of the pageblock of a frame. @throws InputError for a frame outside the machine */
export function answerSteals(session: Session, { at, pfn }: RequestOf<'steals'>): Steals {
  checkPfn(session, pfn);
  return stealsOf(session.timeline, pfn, heldInside(session, at));
}

/** The pages a query names. */
export function answerFindPages(session: Session, request: RequestOf<'find-pages'>): Found {
  const { query, limit = FIND_LIMIT } = request;
  checkNumber('limit', limit, 1, MOST.runs);
  return findPages(machineAt(session, request.at), query, limit);
}

/** The machine as it is at a position, also inside an operation; only to look at. */
function machineAt(session: Session, position: Position): Machine {
  const t = session.timeline;
  const at = heldInside(session, position);
  if (at.event > 0) peek(t, at.step, at.event);
  else seek(t, at.step);
  return t.machine;
}

function checkSubject(session: Session, subject: Subject): void {
  switch (subject.view) {
    case 'page':
    case 'block':
    case 'slab':
    case 'object-slab':
    case 'acts':
      return checkPfn(session, subject.pfn);
    case 'process':
      return checkNumber('process', subject.process, 0, MOST.numbers);
    case 'file':
      return checkNumber('file', subject.file, 0, MOST.numbers);
    case 'lru':
      return checkNumber('limit', subject.limit ?? 1, 1, MOST.lines);
    case 'outlook':
      return checkNumber('order', subject.order, 0, session.timeline.config.maxOrder);
    case 'where':
      for (const [name, value] of Object.entries(subject.owner)) {
        if (typeof value === 'number') checkNumber(name, value, 0, MOST.numbers);
      }
  }
}

function checkPfn({ timeline }: Session, pfn: number): void {
  checkNumber('pfn', pfn, 0, timeline.config.pages - 1);
}

function checkNumber(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw inputError(`${name} ${value}: expected a whole number from ${least} to ${most}`);
}
