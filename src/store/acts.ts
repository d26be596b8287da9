/** What the page's buttons and keys stand for, beyond moving in time. */
import type { StoreApi } from 'zustand/vanilla';
import type { Operation } from '../engine/operation.ts';
import type { Position } from '../worker/protocol.ts';
import { baseOf } from './address.ts';
import { type EnginePort, problemsOf } from './engine-port.ts';
import { lookingPart } from './looks.ts';
import { tellingMarkers } from './moments.ts';
import { nearest } from './pauses.ts';
import type { Player } from './player.ts';
import type { Go, Session } from './session-face.ts';
import { isBefore, type LabState } from './state.ts';
import { KINDS_OF_STEP } from './step-kinds.ts';
import type { Tasks } from './tasks.ts';

export interface Acts {
  /**
   * One step on, by what the person chose: an operation (inside one that is looked into, an event), an event, or
   * the next moment of a kind; where there is none, says so and stays.
   */
  step(): Promise<void>;
  stepBack(): Promise<void>;
  /** To the next or previous tick of the timeline. */
  event(direction: 1 | -1): Promise<void>;
  /** Reclaims one slab and plays what happens, then the request that is asked again. */
  reclaimOneSlab(options?: { watch?: boolean }): Promise<void>;
  /** Leaves a reclaim that is being watched: shows its end. */
  finishReclaim(): Promise<void>;
  /** Does an operation of the person's own, and shows where it leads. */
  perform(operation: Operation): Promise<void>;
  /** Takes the last act back and does it again with what followed behind it. */
  keepRest(): Promise<void>;
  /** Takes back the newest `edits` edits. */
  undoEdits(edits: number): Promise<void>;
  /** The link of this moment, put on the clipboard where the browser lets us. */
  share(): Promise<string>;
  /** Puts a text on the clipboard. False where the browser refuses it. */
  copy(text: string): Promise<boolean>;
}

/** The clipboard, or what stands for it in a test. Rejects where it is refused. */
export type CopyText = (text: string) => Promise<void>;

/** The operation the Reclaim button stands for here. */
export function reclaimOperation(state: LabState): Operation {
  const next = state.detail?.next;
  if (next?.op === 'reclaimSlab' && state.position.event === 0) return next;
  return { op: 'reclaimSlab', order: state.opened?.machine.slabOrder ?? 0 };
}

export function createActs(
  store: StoreApi<LabState>,
  port: EnginePort,
  session: Session,
  player: Player,
  tasks: Tasks,
  href: () => string,
  copyText: CopyText,
): Acts {
  const { getState, setState } = store;
  const here = () => getState().position;

  /**
   * A step from where the page stands when all that was asked for before is done. Dropped where a moment was asked for
   * since: that one is to be shown.
   */
  const move = async (way: (go: Go) => Promise<(() => Promise<void>) | null>) => {
    player.pause();
    const seeks = session.seeks();
    const shown = await session.inTurn('move', async (go) => {
      if (session.seeks() !== seeks) return null;
      const found = await way(go);
      // The next step need not wait until this one is drawn.
      return found === null || session.seeks() !== seeks ? null : { drawn: found() };
    });
    await shown?.drawn;
  };

  /** A step that needs no answer of the engine: taken at once where nothing waits. */
  const go = (to: () => Position) => {
    player.pause();
    return session.waits() ? move(async (show) => () => show(to())) : session.seek(to());
  };

  /** Whether the frame at hand is of the operation the page stands in. */
  const knowsEvents = () => getState().frame?.at.step === here().step;

  const eventOn = () => {
    const next = (): Position => {
      const { step: at, event } = here();
      const events = getState().frame?.events ?? 0;
      return event + 1 < events ? { step: at, event: event + 1 } : { step: at + 1, event: 0 };
    };
    if (knowsEvents()) return go(next);
    return move(async (show) => {
      if (!knowsEvents()) await show(here());
      return () => show(next());
    });
  };

  const eventBack = () => {
    const isInside = () => here().event > 0 || here().step === 0;
    const before = (): Position => ({ step: here().step, event: Math.max(0, here().event - 1) });
    if (isInside()) return go(before);
    return move(async (show) => {
      if (isInside()) return () => show(before());
      const at = here().step - 1;
      // The last event of an operation is its end: the one before it is the last to stop at.
      const last = { step: at, event: 0 };
      const frame = await port.request({ type: 'frame', at: last, detail: 'full' }).catch(() => null);
      return () => show({ step: at, event: Math.max(0, (frame?.events ?? 0) - 1) });
    });
  };

  const toMoment = (backwards: boolean) =>
    move(async (show) => {
      const { stepBy } = getState();
      const found = await nearest(port, here(), KINDS_OF_STEP[stepBy], backwards);
      if (found !== null) return () => show(found);
      setState({ remark: `There is no ${backwards ? 'earlier' : 'later'} ${stepBy}.` });
      return null;
    });

  const step = () => {
    const { stepBy } = getState();
    if (KINDS_OF_STEP[stepBy].length > 0) return toMoment(false);
    if (stepBy === 'event' || here().event > 0) return eventOn();
    return go(() => ({ step: here().step + 1, event: 0 }));
  };

  const stepBack = () => {
    const { stepBy } = getState();
    if (KINDS_OF_STEP[stepBy].length > 0) return toMoment(true);
    if (stepBy === 'event' || here().event > 0) return eventBack();
    return go(() => ({ step: here().step - 1, event: 0 }));
  };

  const event = (direction: 1 | -1) =>
    go(() => {
      const { opened } = getState();
      const ticks = tellingMarkers(opened?.series.markers ?? []).map(
        (marker): Position => ({ step: marker.step, event: 0 }),
      );
      const ahead = ticks.filter((tick) => (direction > 0 ? isBefore(here(), tick) : isBefore(tick, here())));
      const target = direction > 0 ? ahead.at(0) : ahead.at(-1);
      return target ?? { step: direction > 0 ? (opened?.length ?? 0) : 0, event: 0 };
    });

  const reclaim = async (watch: boolean) => {
    player.pause();
    let from = here();
    await session.act(
      () => {
        from = { step: here().step, event: 0 };
        return reclaimOperation(getState());
      },
      {
        show: async ({ how, at, opened }, show) => {
          // A script goes on with the request that failed, asked again; the page plays both.
          const until = { step: at.step + (how === 'advanced' ? 1 : 0), event: 0 };
          const end = { step: Math.min(until.step, opened.length), event: 0 };
          if (!watch) return show(end);
          await show(from);
          player.play(end);
        },
      },
    );
  };

  const finishReclaim = async () => {
    const { position, playing } = getState();
    player.pause();
    if (position.event > 0 || playing) await session.seek({ step: position.step + 1, event: 0 });
  };

  const perform = async (operation: Operation) => {
    player.pause();
    await session.act(operation);
  };

  const share = async () => {
    await session.settled();
    try {
      const link = await port.request({
        type: 'share',
        at: here(),
        base: baseOf(href()),
        ...lookingPart(getState()),
      });
      const copied = await copyText(link.url).then(
        () => true,
        () => false,
      );
      setState({ link: { ...link, copied }, panel: 'share' });
      return link.url;
    } catch (error) {
      setState({ problems: problemsOf(error) });
      throw error;
    }
  };

  return {
    step: () => tasks.track(step()),
    stepBack: () => tasks.track(stepBack()),
    event: (direction) => tasks.track(event(direction)),
    reclaimOneSlab: ({ watch = true } = {}) => tasks.track(reclaim(watch)),
    finishReclaim: () => tasks.track(finishReclaim()),
    perform: (operation) => tasks.track(perform(operation)),
    keepRest: () => session.keepRest(),
    undoEdits: (edits) => session.undo(edits),
    share: () => tasks.track(share()),
    copy: (text) =>
      tasks.track(
        copyText(text).then(
          () => true,
          () => false,
        ),
      ),
  };
}
