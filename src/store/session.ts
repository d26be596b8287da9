/** What is open and where we are in it: every action that asks the engine for something. */
import type { StoreApi } from 'zustand/vanilla';
import type { DetailLevel, Opened, Position, Source } from '../worker/protocol.ts';
import { busiestTile } from './busiest-tile.ts';
import { createChanges } from './changes.ts';
import { type EnginePort, problemsOf } from './engine-port.ts';
import type { Frames } from './frames.ts';
import { lookOf, whyOf } from './looks.ts';
import type { Recordings } from './recordings.ts';
import type { Go, Leaving, OpenOptions, Session } from './session-face.ts';
import { type LabState, samePosition } from './state.ts';
import type { Tasks } from './tasks.ts';
import { createTurns } from './turns.ts';
import { warningLines } from './warning-lines.ts';

interface Load {
  readonly kind: 'open' | 'reopen';
  readonly request: () => Promise<Opened>;
  /** Where to stand in it. */
  readonly where: (opened: Opened) => Position;
  readonly change?: (opened: Opened) => Partial<LabState>;
  readonly quiet?: boolean | undefined;
  /** Its number among the openings. */
  readonly ticket: number;
}

export function createSession(
  store: StoreApi<LabState>,
  port: EnginePort,
  frames: Frames,
  tasks: Tasks,
  recordings: Pick<Recordings, 'open' | 'stop' | 'withLast'>,
  leave: () => Leaving,
): Session {
  const { setState, getState } = store;
  const turns = createTurns();
  /** Openings that succeeded, so that an act knows what it was meant for. */
  let openings = 0;
  /** Openings asked for, the last of them that was of something new, and the last that was called off. */
  let asked = 0;
  let newest = 0;
  let stopped = 0;
  let loading: Load['kind'] | null = null;
  let seeks = 0;
  /** What was to be opened first: all there is to begin with again when its engine dies. */
  let first: { readonly source: Source; readonly options: OpenOptions } | null = null;

  /** A step asked for while the run is changed is one of the changed run; of several the last. */
  let waitingSeek: { at: Position; detail: DetailLevel | undefined; shown: Promise<void> } | null = null;

  const inTurn: Session['inTurn'] = (kind, work) => {
    waitingSeek = null;
    return tasks.track(turns.take(kind, () => work(go)));
  };

  const go: Go = (at, detail) => {
    const { opened } = getState();
    if (opened === null || Number.isNaN(at.step)) return Promise.resolve();
    const step = Math.max(0, Math.min(opened.length, Math.trunc(at.step)));
    const event = step === at.step && step < opened.length ? Math.max(0, Math.trunc(at.event)) : 0;
    return frames.show({ step, event }, detail);
  };

  const seek: Session['seek'] = (at, detail) => {
    seeks++;
    if (!getState().playing && getState().problems.length > 0) setState({ problems: [] });
    // A slow opening is not waited for: until it ends, what is open can be looked at.
    if (!turns.waits('edit')) return go(at, detail);
    if (waitingSeek !== null) {
      Object.assign(waitingSeek, { at, detail });
      return waitingSeek.shown;
    }
    const mine = { at, detail, shown: Promise.resolve() };
    mine.shown = inTurn('move', () => {
      if (waitingSeek === mine) waitingSeek = null;
      return go(mine.at, mine.detail);
    });
    waitingSeek = mine;
    return mine.shown;
  };

  /** What a stretch of playing left half described. */
  const describe = async () => {
    const { frame } = getState();
    if (frame !== null && frame.full?.summary.stateHash === undefined) await go(frame.at);
  };

  const enter = async (opened: Opened, at: Position, change: Partial<LabState>) => {
    frames.reset();
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
      remark: warningLines(opened.warnings).join(' '),
      plotRange,
      plotHover: null,
      ...change,
    });
    await go(at);
  };

  const load = async ({ kind, request, where, change, quiet, ticket }: Load): Promise<boolean> => {
    const isNewest = kind === 'reopen' || ticket === newest;
    if (!isNewest || ticket <= stopped) return false;
    setState({ opening: true, playing: false, problems: [], remark: '' });
    const left = quiet === true ? null : leave();
    loading = kind;
    // A dead engine opens nothing; where the fresh one does not either, the restart is offered still.
    if (getState().crash !== null) port.restart();
    try {
      const opened = await request();
      if (kind === 'open') openings++;
      const before = getState().opened;
      // The order of pages was chosen for what was open.
      const layout = opened.title === before?.title ? {} : { layoutMode: null };
      await enter(opened, where(opened), { ...layout, forked: null, menu: null, ...change?.(opened) });
      const { frame } = getState();
      if (opened.machine.pages !== before?.machine.pages && opened.recording !== null && frame !== null) {
        setState({ cursor: busiestTile(frame.view.state) });
      }
      left?.arrived();
      return true;
    } catch (error) {
      // What came of something that nobody waits for any more is no news.
      const isNews = kind === 'reopen' || ticket === newest;
      setState({ opening: false, progress: null, ...(isNews ? { problems: problemsOf(error) } : {}) });
      await describe();
      left?.stayed();
      return false;
    } finally {
      loading = null;
    }
  };

  const intend = () => {
    const mine = ++asked;
    newest = mine;
    return () => mine === newest && mine > stopped;
  };

  const open: Session['open'] = (source, options = {}) => {
    const { quiet, ...override } = options;
    recordings.stop('for another');
    if (loading === 'open') void port.request({ type: 'cancel' }).catch(() => null);
    intend();
    const ticket = newest;
    if (getState().opened === null) first ??= { source, options };
    setState({ opening: true });
    const isLink = source.kind === 'link';
    const opened = inTurn('load', () =>
      load({
        kind: 'open',
        request: () => recordings.open({ type: 'open', source, ...override }),
        where: ({ openAt }) => openAt,
        change: (opened) => lookOf(opened, isLink, getState()),
        quiet,
        ticket,
      }),
    );
    return isLink ? tasks.track(opened.then(explain)) : opened;
  };

  /** A link may be of the explanation of a failure, which has to be asked for. */
  const explain = async (isOpen: boolean) => {
    const { opened } = getState();
    const order = isOpen && opened !== null ? whyOf(opened) : null;
    if (order !== null) await why(order);
    return isOpen;
  };

  const reopen: Session['reopen'] = (change) => {
    const ticket = ++asked;
    setState({ opening: true });
    return inTurn('load', async () => {
      const { position, opened } = getState();
      const { step } = position;
      const { policy = opened?.policy, seed = opened?.seed, source } = change;
      if (source === undefined && policy === opened?.policy && seed === opened?.seed) {
        setState({ opening: false });
        return true;
      }
      return load({
        kind: 'reopen',
        request: () => port.request({ type: 'reopen', ...change, at: { step, event: 0 } }),
        // The person may have moved on meanwhile.
        where: () => ({ step: getState().position.step, event: 0 }),
        ticket,
      });
    });
  };

  const changes = createChanges({ store, port, frames, leave, inTurn, openings: () => openings });

  const why = async (order: number) => {
    await turns.settled();
    const { position, opened } = getState();
    const isStill = () => getState().opened === opened && samePosition(getState().position, position);
    try {
      const askedWhy = await port.request({ type: 'why', at: position, order });
      if (isStill()) setState({ askedWhy });
    } catch (error) {
      if (isStill()) setState({ problems: problemsOf(error) });
    }
  };

  const cancel = async () => {
    stopped = asked;
    recordings.stop('by the person');
    await port.request({ type: 'cancel' }).catch(() => null);
    setState({ opening: false, progress: null });
  };

  /** The edit list is all that is left of the engine: it is made again, what was taken back included. */
  const restart = async () => {
    const { opened, frame } = getState();
    if (opened === null) {
      if (first !== null) await open(first.source, first.options);
      return;
    }
    const { presetId, title, text, again, openAt, recording } = opened;
    const written: Source =
      presetId === null ? { kind: 'text', name: title, text } : { kind: 'preset', id: presetId };
    const source = recording === null ? written : recordings.withLast(written);
    const ticket = ++asked;
    await inTurn('load', () =>
      load({
        kind: 'reopen',
        request: () => recordings.open({ type: 'open', source, ...again }),
        where: () => frame?.at ?? openAt,
        quiet: true,
        ticket,
      }),
    );
  };

  return {
    ...changes,
    open,
    reopen,
    seek,
    why: (order) => tasks.track(why(order)),
    inTurn,
    waits: () => turns.waits(),
    settled: () => turns.settled(),
    seeks: () => seeks,
    intend,
    cancel: () => tasks.track(cancel()),
    restart: () => tasks.track(restart()),
  };
}
