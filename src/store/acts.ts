/** What the page's buttons and keys stand for, beyond moving in time. */
import type { StoreApi } from 'zustand/vanilla';
import type { Operation } from '../engine/operation.ts';
import type { Edited, Position } from '../worker/protocol.ts';
import type { Address } from './address.ts';
import { baseOf } from './address.ts';
import { type EnginePort, problemsOf } from './engine-port.ts';
import { tellingMarkers } from './moments.ts';
import { nearest } from './pauses.ts';
import type { Player } from './player.ts';
import { lookingPart } from './selection.ts';
import type { Session } from './session.ts';
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
  address: Address,
  tasks: Tasks,
  href: () => string,
  copyText: CopyText,
): Acts {
  const { getState, setState } = store;
  const here = () => getState().position;
  const go = (at: Position) => {
    player.pause();
    return session.seek(at);
  };

  const eventOn = () => {
    const { step: at, event } = here();
    const events = getState().frame?.events ?? 0;
    return go(event + 1 < events ? { step: at, event: event + 1 } : { step: at + 1, event: 0 });
  };

  const eventBack = async () => {
    const { step: at, event } = here();
    if (event > 0) return go({ step: at, event: event - 1 });
    if (at === 0) return;
    player.pause();
    // The last event of an operation is its end: the one before it is the last to stop at.
    const before = { step: at - 1, event: 0 };
    const frame = await port.request({ type: 'frame', at: before, detail: 'full' }).catch(() => null);
    return go({ step: at - 1, event: Math.max(0, (frame?.events ?? 0) - 1) });
  };

  const toMoment = async (backwards: boolean) => {
    const { stepBy } = getState();
    player.pause();
    const found = await nearest(port, here(), KINDS_OF_STEP[stepBy], backwards);
    if (found !== null) return session.seek(found);
    setState({ remark: `There is no ${backwards ? 'earlier' : 'later'} ${stepBy}.` });
  };

  const step = () => {
    const { stepBy } = getState();
    if (KINDS_OF_STEP[stepBy].length > 0) return toMoment(false);
    if (stepBy === 'event' || here().event > 0) return eventOn();
    return go({ step: here().step + 1, event: 0 });
  };

  const stepBack = () => {
    const { stepBy } = getState();
    if (KINDS_OF_STEP[stepBy].length > 0) return toMoment(true);
    if (stepBy === 'event' || here().event > 0) return eventBack();
    return go({ step: here().step - 1, event: 0 });
  };

  const event = (direction: 1 | -1) => {
    const { opened } = getState();
    const ticks = tellingMarkers(opened?.series.markers ?? []).map(
      (marker): Position => ({ step: marker.step, event: 0 }),
    );
    const ahead = ticks.filter((tick) => (direction > 0 ? isBefore(here(), tick) : isBefore(tick, here())));
    const target = direction > 0 ? ahead.at(0) : ahead.at(-1);
    return go(target ?? { step: direction > 0 ? (opened?.length ?? 0) : 0, event: 0 });
  };

  const noteFork = ({ how, at, dropped }: Edited, operation: Operation) => {
    if (how === 'forked' && dropped > 0) setState({ forked: { dropped, at, operation } });
  };

  const reclaim = async (watch: boolean) => {
    player.pause();
    const from = { step: here().step, event: 0 };
    const operation = reclaimOperation(getState());
    const edited = await session.act(operation);
    if (edited === null) return;
    noteFork(edited, operation);
    address.pushNext();
    const advanced = edited.how === 'advanced';
    // A script goes on with the request that failed, asked again; the page plays both.
    const until = { step: edited.at.step + (advanced ? 1 : 0), event: 0 };
    const end = { step: Math.min(until.step, edited.opened.length), event: 0 };
    if (!watch) return session.seek(end);
    await session.seek(from);
    player.play(end);
  };

  const finishReclaim = async () => {
    const { position, playing } = getState();
    player.pause();
    if (position.event > 0 || playing) await session.seek({ step: position.step + 1, event: 0 });
  };

  const perform = async (operation: Operation, keep?: 'rest') => {
    player.pause();
    const edited = await session.act(operation, keep);
    if (edited === null) return;
    address.pushNext();
    noteFork(edited, operation);
    await session.seek(edited.at);
  };

  const keepRest = async () => {
    const { forked } = getState();
    if (forked === null) return;
    await session.undo();
    await session.seek({ step: forked.at.step - 1, event: 0 });
    await perform(forked.operation, 'rest');
  };

  const undoEdits = async (edits: number) => {
    for (let i = 0; i < edits && getState().opened?.canUndo; i++) await session.undo();
  };

  const share = async () => {
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
    keepRest: () => tasks.track(keepRest()),
    undoEdits: (edits) => tasks.track(undoEdits(edits)),
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
