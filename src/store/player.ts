/** Plays: pulls frames as fast as the speed asks and the engine answers. Driven by animation frames. */
import type { StoreApi } from 'zustand/vanilla';
import type { Position } from '../worker/protocol.ts';
import type { EnginePort } from './engine-port.ts';
import type { Frames } from './frames.ts';
import {
  createStride,
  describeEvery,
  eventStride,
  FASTEST_INSIDE,
  factorOf,
  looksInside,
  momentMs,
  reclaimOnTheWay,
  stepsAt,
} from './pace.ts';
import { nearest } from './pauses.ts';
import type { Session } from './session-face.ts';
import { isBefore, type LabState, SPEEDS } from './state.ts';
import type { Tasks } from './tasks.ts';

/** The host's animation frames; a test gives its own. */
export interface Beat {
  request(callback: (now: number) => void): number;
  cancel(handle: number): void;
}

export interface Player {
  /**
   * Plays on, to the next event of a kind that pauses, or to the end; with `until`, just to there, and looks inside
   * the operations on the way.
   */
  play(until?: Position): void;
  pause(): void;
  toggle(): void;
  /** One speed up or down. */
  faster(by: 1 | -1): void;
}

const ONE_STEP = `Above ${FASTEST_INSIDE}× a reclaim that comes along passes as one step; one that you ask for is shown in its phases at any speed.`;

/** What one stretch of playing knows, from Play to Pause. */
interface Stretch {
  readonly until: Position | null;
  /** Where an event of a pausing kind comes next; asked for once, since nothing but playing moves us towards it. */
  pauseAt: Promise<Position | null>;
  readonly release: () => void;
  readonly stride: ReturnType<typeof createStride>;
  dueAt: number | null;
  describedAt: number;
  /** Milliseconds the last whole description took. */
  describing: number;
  /** When the frame under way was asked for, and whether it is a whole description. */
  sent: { readonly at: number; readonly full: boolean } | null;
}

export function createPlayer(
  store: StoreApi<LabState>,
  port: EnginePort,
  session: Session,
  frames: Frames,
  tasks: Tasks,
  beat: Beat,
): Player {
  const { getState, setState } = store;
  let stretch: Stretch | null = null;
  let handle: number | null = null;
  let advancing = false;

  const pauseAfter = (at: Position) => nearest(port, at, getState().pauseOn);

  const end = (until: Position | null): Position => {
    const last = { step: getState().opened?.length ?? 0, event: 0 };
    return until !== null && isBefore(until, last) ? until : last;
  };

  const nextPosition = (now: number, { dueAt, stride, until }: Stretch): Position => {
    const { position, frame, detail, speed } = getState();
    // Only what was described here can be looked into: `detail` may be older than the picture.
    const described = frame?.full == null ? null : detail;
    const watched = until !== null;
    const inside = looksInside(described, position.event, speed, watched) && (frame?.events ?? 0) > 0;
    if (inside) {
      const event = position.event + eventStride(frame!.events, speed);
      return event >= frame!.events ? { step: position.step + 1, event: 0 } : { step: position.step, event };
    }
    const late = dueAt === null ? 0 : now - dueAt;
    return { step: position.step + stepsAt(speed, late, stride.steps()), event: 0 };
  };

  const advance = async (now: number, mine: Stretch) => {
    advancing = true;
    const pauseAt = await mine.pauseAt;
    const last = end(mine.until);
    const stop = pauseAt !== null && isBefore(pauseAt, last) ? pauseAt : last;
    const next = nextPosition(now, mine);
    const reclaim = reclaimOnTheWay(getState(), next);
    const wanted = reclaim ?? next;
    const arrived = !isBefore(wanted, stop);
    const full =
      arrived ||
      reclaim !== null ||
      wanted.event > 0 ||
      now - mine.describedAt >= describeEvery(mine.describing);
    if (full) mine.describedAt = now;
    mine.sent = { at: now, full };
    if (stretch === mine)
      await session.seek(arrived ? stop : wanted, arrived ? 'full' : full ? 'passing' : 'picture');
    advancing = false;
    if (stretch !== mine) return;
    if (arrived) return pause();
    const { detail, position, speed } = getState();
    mine.dueAt = now + momentMs(detail, position.event) / factorOf(speed);
  };

  /** Learns from the time an answer took. */
  const answered = (now: number, mine: Stretch) => {
    if (mine.sent === null) return;
    const took = now - mine.sent.at;
    if (mine.sent.full) mine.describing = took;
    else mine.stride.took(took);
    mine.sent = null;
  };

  const tick = (now: number) => {
    handle = null;
    if (stretch === null || !getState().playing) return stopped();
    stretch.dueAt ??= now;
    if (!advancing && !frames.busy()) {
      answered(now, stretch);
      if (now >= stretch.dueAt) void advance(now, stretch);
    }
    handle = beat.request(tick);
  };

  const stopped = () => {
    if (handle !== null) beat.cancel(handle);
    handle = null;
    stretch?.release();
    stretch = null;
  };

  const play = (to?: Position) => {
    const { opened, position } = getState();
    if (opened === null) return;
    const until = to ?? null;
    if (!isBefore(position, end(until))) return stopped();
    const release = stretch?.release ?? tasks.hold();
    stretch = {
      until,
      pauseAt: pauseAfter(position),
      release,
      stride: createStride(),
      dueAt: null,
      describedAt: Number.NEGATIVE_INFINITY,
      describing: 0,
      sent: null,
    };
    setState({ playing: true });
    handle ??= beat.request(tick);
  };

  const pause = () => {
    const { playing, frame, position } = getState();
    setState({ playing: false });
    stopped();
    const isWhole = frame?.full?.summary.stateHash !== undefined;
    if (playing && frame !== null && (!isWhole || frames.busy())) void session.seek(position);
  };

  const faster = (by: 1 | -1) => {
    const { speed: before, opened } = getState();
    const speed = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(before) + by))];
    if (speed === undefined) return;
    const crosses = factorOf(before) <= FASTEST_INSIDE && factorOf(speed) > FASTEST_INSIDE;
    setState({ speed, ...(crosses && opened?.policy === 'order0-slab' ? { remark: ONE_STEP } : {}) });
  };

  store.subscribe((now, before) => {
    // Whoever opens or edits something sets `playing` to false; the loop must let go at once, not a frame later.
    if (before.playing && !now.playing) stopped();
    if (now.pauseOn !== before.pauseOn && stretch !== null) {
      stretch.pauseAt = pauseAfter(now.position);
    }
  });

  return { play, pause, toggle: () => (getState().playing ? pause() : play()), faster };
}
