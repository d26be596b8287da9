/** What is open and where we are in it: every action that asks the engine for something. */
import type { StoreApi } from 'zustand/vanilla';
import type { PolicyId } from '../engine/config.ts';
import type { Operation } from '../engine/operation.ts';
import type { DetailLevel, Edited, Opened, Position, Source } from '../worker/protocol.ts';
import { busiestTile } from './busiest-tile.ts';
import { type EnginePort, problemsOf } from './engine-port.ts';
import type { Frames } from './frames.ts';
import type { Recordings } from './recordings.ts';
import { trailOf } from './selection.ts';
import type { LabState } from './state.ts';
import type { Tasks } from './tasks.ts';
import { warningLines } from './warning-lines.ts';

export interface Session {
  /** Opens a scenario, link or recording; on failure says why and keeps what was open. True when it opened. */
  open(source: Source, options?: { policy?: PolicyId; seed?: number }): Promise<boolean>;
  /** The same workload under another policy or seed, or another text of it, at the same step with the same acts. */
  reopen(change: { policy?: PolicyId; seed?: number; source?: Source }): Promise<boolean>;
  /** Goes to a position, held inside the run. */
  seek(at: Position, detail?: DetailLevel): Promise<void>;
  /** Applies an operation here; `keep`: what follows stands behind it. Null when the engine refuses it. */
  act(operation: Operation, keep?: 'rest'): Promise<Edited | null>;
  /** Takes the edit of that number out of the middle; those after it are made again. */
  takeOut(edit: number): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Why a request of this order fails here, or would. */
  why(order: number): Promise<void>;
  /** Stops an opening under way. */
  cancel(): Promise<void>;
  /** After a crash: a fresh engine with what was open and done, at the last moment shown. */
  restart(): Promise<void>;
}

/** What is told when an act was done, so that the address can follow. */
export type Acted = () => void;

/** Told where acts that were done after the one taken out find nothing to act on. */
function idleWords(steps: readonly number[]): string {
  const places = steps.map((step) => step + 1).join(', ');
  const { length } = steps;
  return length === 1
    ? `1 later act, step ${places}, now finds nothing to act on: it does nothing.`
    : `${length} later acts, steps ${places}, now find nothing to act on: they do nothing.`;
}

export function createSession(
  store: StoreApi<LabState>,
  port: EnginePort,
  frames: Frames,
  tasks: Tasks,
  recordings: Pick<Recordings, 'open' | 'stop' | 'withLast'>,
  acted: Acted,
): Session {
  const { setState, getState } = store;
  const fail = (error: unknown) => setState({ problems: problemsOf(error), opening: false, progress: null });

  const enter = async (opened: Opened, at: Position, change: Partial<LabState>) => {
    frames.reset();
    const remark = warningLines(opened.warnings).join(' ');
    const before = getState();
    // The same workload under another policy keeps the part of it that was looked at.
    const plotRange = before.opened?.length === opened.length ? before.plotRange : null;
    setState({
      opened,
      opening: false,
      progress: null,
      problems: [],
      crash: null,
      playing: false,
      remark,
      plotRange,
      plotHover: null,
      ...change,
    });
    await seek(at);
  };

  const seek = (at: Position, detail?: DetailLevel) => {
    const { opened } = getState();
    if (opened === null) return Promise.resolve();
    const step = Math.max(0, Math.min(opened.length, Math.trunc(at.step)));
    const event = step === at.step && step < opened.length ? Math.max(0, Math.trunc(at.event)) : 0;
    return frames.show({ step, event }, detail);
  };

  const load = async (
    request: Promise<Opened>,
    where: (opened: Opened) => Position,
    change: (opened: Opened) => Partial<LabState> = () => ({}),
  ) => {
    setState({ opening: true, playing: false, problems: [], remark: '' });
    try {
      const opened = await request;
      const other = opened.machine.pages !== getState().opened?.machine.pages;
      // The order of pages was chosen for what was open.
      if (opened.title !== getState().opened?.title) setState({ layoutMode: null });
      await enter(opened, where(opened), { forked: null, menu: null, ...change(opened) });
      const { frame } = getState();
      if (other && opened.recording !== null && frame !== null) {
        setState({ cursor: busiestTile(frame.view.state) });
      }
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  };

  const open: Session['open'] = (source, options = {}) =>
    tasks.track(
      load(
        recordings.open({ type: 'open', source, ...options }),
        (opened) => opened.openAt,
        ({ select, zoom, page, experiment, compare }) => ({
          trail: trailOf(select),
          find: null,
          zoomTo: { zoom },
          ...(experiment === null
            ? {}
            : { experimentsOpen: true, experimentChoice: experiment, plotsOpen: false }),
          // A link says what stands beside it; a scenario chosen while comparing is compared too.
          ...(source.kind === 'link' ? { compareWith: compare } : {}),
          scene: null,
          ...(page === null ? {} : { panel: page }),
        }),
      ),
    );

  const reopen: Session['reopen'] = (change) => {
    const at = getState().position;
    const place = { step: at.step, event: 0 };
    return tasks.track(load(port.request({ type: 'reopen', ...change, at: place }), () => place));
  };

  const applied = async (request: Promise<Edited>): Promise<Edited | null> => {
    setState({ problems: [], playing: false, forked: null });
    try {
      const edited = await request;
      frames.reset();
      setState({ opened: edited.opened });
      return edited;
    } catch (error) {
      fail(error);
      return null;
    }
  };

  /** The change under way, with the step it leads to. */
  let changing: Promise<unknown> | null = null;

  const whole = <T>(promise: Promise<T>): Promise<T> => {
    const done = () => {
      if (changing === promise) changing = null;
    };
    changing = promise;
    promise.then(done, done);
    return tasks.track(promise);
  };

  /** A step asked for while the run is changed is one of the changed run, and later than where the change leads. */
  const seekInTurn: Session['seek'] = (at, detail) =>
    changing === null ? seek(at, detail) : tasks.track(changing.then(() => seek(at, detail)));

  const act = (operation: Operation, keep?: 'rest') => {
    const at = { step: getState().position.step, event: 0 };
    const kept = keep === undefined ? {} : { keep };
    return whole(applied(port.request({ type: 'act', at, operation, ...kept })));
  };

  const takeOut = async (number: number) => {
    const edited = await applied(port.request({ type: 'take-out', edit: number, at: getState().position }));
    if (edited === null) return;
    acted();
    await seek(edited.at);
    if (edited.idle !== undefined && edited.idle.length > 0) setState({ remark: idleWords(edited.idle) });
  };

  const travel = async (type: 'undo' | 'redo') => {
    const edited = await applied(port.request({ type }));
    if (edited === null) return;
    await seek(edited.at);
    acted();
  };

  const why = async (order: number) => {
    try {
      setState({ askedWhy: await port.request({ type: 'why', at: getState().position, order }) });
    } catch (error) {
      fail(error);
    }
  };

  const cancel = async () => {
    recordings.stop();
    await port.request({ type: 'cancel' }).catch(() => null);
    setState({ opening: false, progress: null });
  };

  /** The edit list is all that is left of the engine: it is made again, what was taken back included. */
  const restart = async () => {
    const { opened, frame } = getState();
    port.restart();
    setState({ crash: null, problems: [] });
    if (opened === null) return;
    const { presetId, title, text, again, openAt, recording } = opened;
    const written: Source =
      presetId === null ? { kind: 'text', name: title, text } : { kind: 'preset', id: presetId };
    const source = recording === null ? written : recordings.withLast(written);
    await load(recordings.open({ type: 'open', source, ...again }), () => frame?.at ?? openAt);
  };

  return {
    open,
    reopen,
    seek: seekInTurn,
    act,
    takeOut: (number) => whole(takeOut(number)),
    undo: () => whole(travel('undo')),
    redo: () => whole(travel('redo')),
    why: (order) => tasks.track(why(order)),
    cancel: () => tasks.track(cancel()),
    restart: () => tasks.track(restart()),
  };
}
