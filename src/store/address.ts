/**
 * The address follows the moment: scrubbing replaces the entry of the history, an act pushes one. What a person types
 * or goes back to is opened.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { Opened } from '../worker/protocol.ts';
import type { EnginePort } from './engine-port.ts';
import { lookingPart, looksOther } from './looks.ts';
import type { Leaving, Session } from './session-face.ts';
import { type LabState, pagePart } from './state.ts';
import type { Tasks } from './tasks.ts';

/** The parts of `window` that the address needs; a test gives its own. */
export interface AddressHost {
  /** The whole address, fragment included. */
  href(): string;
  replace(url: string): void;
  push(url: string): void;
  /** Tells of the Back button and of an edited fragment; returns the way to stop listening. */
  onChange(listener: () => void): () => void;
  /** Calls back after `ms`; returns the way to call it off. */
  later(ms: number, callback: () => void): () => void;
}

export interface Address {
  /** Opens what the address names, else the given preset. */
  openFromAddress(preset: string): Promise<void>;
  /** Says that the moment shown is about to be left: it is written first, so that Back leads to it. */
  leave(): Leaving;
  /** Writes at once what is still to be written: what is open now is about to be left, and is to be found by Back. */
  settle(): Promise<void>;
  dispose(): void;
}

const WRITE_AFTER_MS = 300;
/** Longer links are offered as files and are not written into the address. */
const LONGEST_ADDRESS = 8000;

/** The fragment of an address without its mark; empty where there is none. */
export function fragmentOf(url: string): string {
  const mark = url.indexOf('#');
  return mark < 0 ? '' : url.slice(mark + 1);
}

/** The address without its fragment. */
export const baseOf = (url: string) => (url.includes('#') ? url.slice(0, url.indexOf('#')) : url);

export function createAddress(
  store: StoreApi<LabState>,
  port: EnginePort,
  session: Session,
  tasks: Tasks,
  host: AddressHost,
): Address {
  let written = fragmentOf(host.href());
  /** The next write makes a new entry of the history: an act was done. */
  let push = false;
  /** Acts and openings under way: what is shown meanwhile is no moment to come back to. */
  let leaving = 0;
  /** Times the person went to another address: what was to be written before is not. */
  let visits = 0;
  let told: string | null = null;
  /** A write that waits: not to be made, or made now. */
  let waiting: { readonly callOff: () => void; readonly now: () => void } | null = null;
  let writing: Promise<void> = Promise.resolve();

  /** Said once for what is open: the address still leads to what was open before. */
  const tooLong = (opened: Opened) => {
    if (told === opened.text) return;
    told = opened.text;
    const remark = 'This scenario is too long for the address: save it as a file to keep it.';
    store.setState({ remark });
  };

  const write = async () => {
    const { frame, opened } = store.getState();
    if (frame === null || opened === null) return;
    const visit = visits;
    const asEntry = push;
    push = false;
    const link = await port
      .request({
        type: 'share',
        at: frame.at,
        base: baseOf(host.href()),
        ...lookingPart(store.getState()),
        ...pagePart(store.getState()),
      })
      .catch(() => null);
    // A moment that cannot be linked leaves the address as it is; Share says why.
    if (link === null || visit !== visits) return;
    if (link.url.length > LONGEST_ADDRESS) return tooLong(opened);
    const fragment = fragmentOf(link.url);
    if (fragment === written) return;
    written = fragment;
    if (asEntry) host.push(link.url);
    else host.replace(link.url);
  };

  const writeSoon = () => {
    waiting?.callOff();
    const release = tasks.hold();
    const make = () => {
      waiting = null;
      writing = write().finally(release);
    };
    const cancel = host.later(WRITE_AFTER_MS, make);
    waiting = {
      callOff: () => {
        cancel();
        release();
      },
      now: () => {
        cancel();
        make();
      },
    };
  };

  const stopWatching = store.subscribe((now, before) => {
    const looking = looksOther(now, before);
    const compared = now.compareWith !== before.compareWith;
    const paged = pagePart(now).page !== pagePart(before).page;
    // A page of text is a place to come back to.
    if (paged && pagePart(now).page !== undefined && now.opened === before.opened) push = true;
    const moved = now.frame !== before.frame || now.opened !== before.opened || looking || paged;
    const paused = before.playing && !now.playing;
    if ((moved || paused || compared) && !now.playing && !now.opening && leaving === 0) writeSoon();
  });

  const follow = () => {
    const fragment = fragmentOf(host.href());
    if (fragment === written || fragment === '') return;
    written = fragment;
    visits++;
    push = false;
    waiting?.callOff();
    waiting = null;
    void session.open({ kind: 'link', url: host.href() }, { quiet: true });
  };
  const stopListening = host.onChange(follow);

  const openFromAddress = async (preset: string) => {
    if (written !== '' && (await session.open({ kind: 'link', url: host.href() }, { quiet: true }))) return;
    const { problems, asking } = store.getState();
    await session.open({ kind: 'preset', id: preset }, { quiet: true });
    if (problems.length > 0) store.setState({ problems, asking });
  };

  const leave = (): Leaving => {
    waiting?.now();
    leaving++;
    const visit = visits;
    const end = (isAct: boolean) => {
      leaving--;
      if (visit !== visits) return;
      if (isAct) push = true;
      const { playing, opening } = store.getState();
      if (playing || opening || leaving > 0) return;
      writeSoon();
      // Back may be pressed at once.
      if (isAct) waiting?.now();
    };
    return { arrived: () => end(true), stayed: () => end(false) };
  };

  return {
    openFromAddress,
    leave,
    settle: () => {
      waiting?.now();
      return writing;
    },
    dispose: () => {
      stopWatching();
      stopListening();
      waiting?.callOff();
    },
  };
}
