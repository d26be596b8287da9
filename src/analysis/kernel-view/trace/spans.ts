/**
 * An operation's work as spans that lie one behind the other: its requests for memory, each cut into phases and those
 * into priced actions, and what lies outside of them. Every level sums to the span above it, to the nanosecond.
 */
import type { CostTable } from '../../../engine/cost.ts';
import type { Machine } from '../../../engine/machine.ts';
import { type BillPart, partsOf } from '../../bill.ts';
import { WHO, type Who, whoseEvents } from '../who.ts';
import { PHASE, PHASE_NAMES, type Phase, phasesOf } from './phases.ts';
import type { TimedRequest, Timing } from './timing.ts';

/** A stretch of work of one kind: what was charged in it. */
export interface Stretch {
  /** What it was part of; '' for an operation's own work. */
  readonly name: string;
  readonly counts: number[];
}

/** A request for memory and its stretches, or one stretch outside of requests. */
export type Work =
  | { readonly request: TimedRequest; readonly stretches: readonly Stretch[] }
  | { readonly request: null; readonly stretches: readonly [Stretch] };

/** What an operation did, in order; what cost nothing is left out, but for requests. */
export function workOf(m: Machine, timing: Timing): Work[] {
  const work: Work[] = [];
  let waiting: Piece[] = [];
  const requests = new Map(timing.requests.map((request) => [request.event, request]));
  for (const piece of piecesOf(m, timing)) {
    if (piece.counts.some((n) => n !== 0)) waiting.push(piece);
    const request = requests.get(piece.event);
    if (request === undefined) continue;
    const inside = cutFrom(waiting, request.counts);
    putOutside(work, waiting);
    work.push({ request, stretches: merged(inside, ({ phase }) => PHASE_NAMES[phase]) });
    waiting = [];
  }
  putOutside(work, waiting);
  return work;
}

/** Priced actions of some counts by ACTIONS, and their sum. */
export function pricedParts(cost: CostTable, counts: readonly number[]): { parts: BillPart[]; ns: number } {
  const parts = partsOf(cost, counts);
  return { parts, ns: parts.reduce((sum, { ns }) => sum + ns, 0) };
}

/** Work between two events, told with the second; `event` is the number of events for what follows the last. */
interface Piece {
  readonly event: number;
  readonly phase: Phase;
  readonly who: Who;
  counts: number[];
}

function piecesOf(m: Machine, { counts }: Timing): Piece[] {
  const who = whoseEvents(m.log, m.config.policy.reclaim === 'daemon');
  const phases = phasesOf(m.log);
  return counts.slice(1).map((now, event) => ({
    event,
    phase: (phases[event] ?? PHASE.allocation) as Phase,
    who: (who[event] ?? WHO.task) as Who,
    counts: now.map((n, action) => n - counts[event]![action]!),
  }));
}

/**
 * Takes the last pieces that make up `counts` off the list. A request's beginning has no event, so the first of them
 * may be cut: what was charged before the request stays.
 */
function cutFrom(pieces: Piece[], counts: readonly number[]): Piece[] {
  const left = [...counts];
  const taken: Piece[] = [];
  while (left.some((n) => n > 0) && pieces.length > 0) {
    const last = pieces.at(-1)!;
    const inside = last.counts.map((n, action) => Math.min(n, left[action]!));
    inside.forEach((n, action) => {
      left[action] = left[action]! - n;
    });
    taken.unshift({ ...last, counts: inside });
    last.counts = last.counts.map((n, action) => n - inside[action]!);
    if (last.counts.some((n) => n > 0)) break;
    pieces.pop();
  }
  return taken;
}

const OUTSIDE_NAMES: Readonly<Record<Who, string>> = {
  [WHO.task]: '',
  [WHO.direct]: 'direct reclaim',
  [WHO.kswapd]: 'kswapd',
  [WHO.daemon]: 'defrag daemon',
  [WHO.kcompactd]: 'kcompactd',
};

function putOutside(work: Work[], pieces: readonly Piece[]): void {
  const nameOf = ({ who, phase }: Piece) =>
    who === WHO.task && phase !== PHASE.allocation ? PHASE_NAMES[phase] : OUTSIDE_NAMES[who];
  for (const stretch of merged(pieces, nameOf)) work.push({ request: null, stretches: [stretch] });
}

/** Neighbours of one name are one stretch. */
function merged(pieces: readonly Piece[], nameOf: (piece: Piece) => string): Stretch[] {
  const stretches: Stretch[] = [];
  for (const piece of pieces) {
    const name = nameOf(piece);
    const last = stretches.at(-1);
    if (last?.name !== name) stretches.push({ name, counts: [...piece.counts] });
    else
      piece.counts.forEach((n, a) => {
        last.counts[a] = last.counts[a]! + n;
      });
  }
  return stretches;
}
