/**
 * Pulls frames: one request at a time, and of several wishes only the latest is sent. Scrubbing over a slow engine
 * thus shows fewer moments, never late ones.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { DetailLevel, Frame, FrameDetail, Position } from '../worker/protocol.ts';
import { createDirtyTiles } from './dirty-tiles.ts';
import { type EnginePort, problemsOf } from './engine-port.ts';
import { createSpentBuffers } from './spent-buffers.ts';
import type { LabState } from './state.ts';
import type { Tasks } from './tasks.ts';

/** Asks others for the same moment; resolves to what that changes in the state. Never rejects. */
export type Alongside = (
  at: Position,
  detail: DetailLevel,
) => Promise<(state: LabState) => Partial<LabState>>;

interface Wish {
  readonly at: Position;
  readonly detail: DetailLevel;
  readonly done: (() => void)[];
}

export interface Frames {
  /** Shows a position; resolves when it, or a later wish, stands in the store. Never rejects. */
  show(at: Position, detail?: DetailLevel): Promise<void>;
  /** Forgets wishes and replies of what was open before. */
  reset(): void;
  readonly busy: () => boolean;
}

export function createFrames(
  store: StoreApi<LabState>,
  port: EnginePort,
  tasks: Tasks,
  alongside?: Alongside,
): Frames {
  let wish: Wish | null = null;
  let sent: Wish | null = null;
  let generation = 0;
  /** What is wrong with the last moment asked for: gone with the next; what others said stays. */
  let failed: LabState['problems'] | null = null;
  const spent = createSpentBuffers();
  const dirtyTiles = createDirtyTiles();

  /** A served request has no account of its own: what made room for it happened in the step before. */
  const momentBefore = async (frame: Frame): Promise<FrameDetail | null> => {
    const step = frame.at.step - 1;
    if (frame.full?.served == null || frame.full.reclaim !== null || frame.at.event > 0) return null;
    const markers = store.getState().opened?.series.markers ?? [];
    const isReclaim = markers.some(
      (marker) => marker.step === step && (marker.kind === 'reclaim' || marker.kind === 'discard'),
    );
    if (!isReclaim) return null;
    const at = { step, event: 0 };
    const before = await port.request({ type: 'frame', at, detail: 'full', ...spent.take() });
    spent.spend(before);
    dirtyTiles.pass(before.view);
    return before.full?.reclaim ? before.full : null;
  };

  /** Pins and changes the page works out itself, and the view from afar where it is not seen. */
  const wanted = () => {
    const { overlay, isFar } = store.getState();
    return {
      ...(overlay === 'age' || overlay === 'owner' ? { overlay } : {}),
      ...(isFar ? { levels: true } : {}),
    };
  };

  const fulfil = async (job: Wish) => {
    const mine = generation;
    const others = alongside?.(job.at, job.detail);
    try {
      const frame = await port.request({
        type: 'frame',
        at: job.at,
        detail: job.detail,
        ...spent.take(),
        ...wanted(),
      });
      const view = dirtyTiles.take(frame.view);
      const reclaimBefore = await momentBefore(frame);
      const besides = await others;
      if (mine !== generation) return;
      const latest = wish === null ? { position: frame.at } : {};
      const last = store.getState().frame;
      if (last !== null) spent.spend(last);
      store.setState({
        frame: { ...frame, view: last === null ? view : { ...view, follows: last.view.state } },
        ...(frame.full ? { detail: frame.full, reclaimBefore } : {}),
        ...latest,
        ...besides?.(store.getState()),
        ...(store.getState().problems === failed ? { problems: [] } : {}),
      });
    } catch (error) {
      dirtyTiles.clear();
      if (mine !== generation) return;
      const at = store.getState().frame?.at;
      failed = problemsOf(error);
      store.setState({
        problems: failed,
        playing: false,
        ...(at && !wish ? { position: at } : {}),
      });
    }
  };

  const pump = async () => {
    while (wish !== null) {
      sent = wish;
      wish = null;
      await fulfil(sent);
      for (const resolve of sent.done) resolve();
      sent = null;
    }
  };

  const show = (at: Position, detail: DetailLevel = 'full') =>
    tasks.track(
      new Promise<void>((resolve) => {
        store.setState({ position: at, askedWhy: null });
        wish = { at, detail, done: [...(wish?.done ?? []), resolve] };
        if (sent === null) void pump();
      }),
    );

  const reset = () => {
    generation++;
    spent.clear();
    dirtyTiles.clear();
    for (const resolve of wish?.done ?? []) resolve();
    wish = null;
  };

  return { show, reset, busy: () => sent !== null };
}
