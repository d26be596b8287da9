/** Plays: pulls frames as fast as the speed asks and the engine answers. Driven by animation frames. */
import type { StoreApi } from 'zustand/vanilla';
import type { Position } from '../worker/protocol.ts';
import type { Frames } from './frames.ts';
import { factorOf, looksInside, momentMs, STEP_MS } from './pace.ts';
import type { Session } from './session.ts';
import { isBefore, type LabState, SPEEDS } from './state.ts';
import type { Tasks } from './tasks.ts';

/** The host's animation frames; a test gives its own. */
export interface Beat {
  request(callback: (now: number) => void): number;
  cancel(handle: number): void;
}

export interface Player {
  /** Plays on, to `until` or to the end. */
  play(until?: Position): void;
  pause(): void;
  toggle(): void;
  /** One speed up or down. */
  faster(by: 1 | -1): void;
}

/** Above this speed most frames are pictures only, with a full description now and then. */
const DESCRIBED_SPEED = 4;
const DESCRIBE_EVERY_MS = 300;
/** At `max` the whole run takes about this many frames. */
const FRAMES_AT_MAX = 240;

export function createPlayer(
  store: StoreApi<LabState>,
  session: Session,
  frames: Frames,
  tasks: Tasks,
  beat: Beat,
): Player {
  const { getState, setState } = store;
  let until: Position | null = null;
  let dueAt: number | null = null;
  let describedAt = 0;
  let handle: number | null = null;
  let advancing = false;
  let release: (() => void) | null = null;

  const end = (): Position => {
    const last = { step: getState().opened?.length ?? 0, event: 0 };
    return until !== null && isBefore(until, last) ? until : last;
  };

  const nextPosition = (now: number): Position => {
    const { position, frame, detail, speed, opened } = getState();
    const inside = looksInside(detail, position.event, speed) && (frame?.events ?? 0) > 0;
    if (inside) {
      const event = position.event + 1;
      return event >= frame!.events ? { step: position.step + 1, event: 0 } : { step: position.step, event };
    }
    const late = dueAt === null ? 0 : now - dueAt;
    const byTime = 1 + Math.floor((late * factorOf(speed)) / STEP_MS);
    const steps = speed === 'max' ? Math.ceil((opened?.length ?? 0) / FRAMES_AT_MAX) : byTime;
    return { step: position.step + Math.max(1, steps), event: 0 };
  };

  const advance = async (now: number) => {
    const stop = end();
    const wanted = nextPosition(now);
    const arrived = !isBefore(wanted, stop);
    const target = arrived ? stop : wanted;
    const { speed } = getState();
    const describe = arrived || factorOf(speed) <= DESCRIBED_SPEED || now - describedAt > DESCRIBE_EVERY_MS;
    if (describe) describedAt = now;
    advancing = true;
    await session.seek(target, describe ? 'full' : 'picture');
    advancing = false;
    const { detail, position } = getState();
    if (arrived) return pause();
    dueAt = now + momentMs(detail, position.event) / factorOf(getState().speed);
  };

  const tick = (now: number) => {
    handle = null;
    if (!getState().playing) return stopped();
    dueAt ??= now;
    if (now >= dueAt && !advancing && !frames.busy()) void advance(now);
    handle = beat.request(tick);
  };

  const stopped = () => {
    if (handle !== null) beat.cancel(handle);
    handle = null;
    until = null;
    release?.();
    release = null;
  };

  const play = (to?: Position) => {
    const { opened, position } = getState();
    if (opened === null) return;
    until = to ?? null;
    if (!isBefore(position, end())) return stopped();
    dueAt = null;
    describedAt = 0;
    release ??= tasks.hold();
    setState({ playing: true });
    handle ??= beat.request(tick);
  };

  const pause = () => {
    const { playing, frame, position } = getState();
    setState({ playing: false });
    stopped();
    if (playing && frame !== null && frame.full === null) void session.seek(position);
  };

  const faster = (by: 1 | -1) => {
    const at = SPEEDS.indexOf(getState().speed) + by;
    const speed = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at))];
    if (speed !== undefined) setState({ speed });
  };

  // Whoever opens or edits something sets `playing` to false; the loop must let go at once, not a frame later.
  store.subscribe((now, before) => {
    if (before.playing && !now.playing) stopped();
  });

  return { play, pause, toggle: () => (getState().playing ? pause() : play()), faster };
}
