/**
 * `window.order0`: the page as an object, for teachers' consoles, embedding pages and tests. Its names are part of the
 * project's public interface.
 */
import type { RunResult } from '../analysis/result.ts';
import type { WhyInFull } from '../analysis/why-report.ts';
import { ProblemsError } from './engine-port.ts';
import type { Lab } from './lab.ts';
import { lookingPart } from './selection.ts';

export interface Order0 {
  /** Resolves when the page shows its first moment. */
  readonly ready: Promise<void>;
  /** Opens a link, or the text of a scenario. Rejects with what is wrong with it; the page stays as it was. */
  load(textOrUrl: string): Promise<void>;
  /** Goes `n` steps on (back where negative). */
  step(n?: number): Promise<void>;
  /** Goes to a step, held inside the run. */
  seek(step: number): Promise<void>;
  /** Starts playing; `idle()` resolves when it has stopped. */
  play(): Promise<void>;
  pause(): Promise<void>;
  /** The figures of the current step: the JSON of `order0 run`. */
  summary(): Promise<RunResult>;
  /** Why a request of this order fails at the current step, or would: the JSON of `order0 why`. */
  why(order: number): Promise<WhyInFull>;
  /** The link of this moment. */
  shareUrl(): Promise<string>;
  /** Resolves when nothing is pending: no request, no frame to draw, no write to the address. */
  idle(): Promise<void>;
}

declare global {
  interface Window {
    order0: Order0;
  }
}

const LINK = /^(https?:|file:|#|\.?\/)/;

/** @param ready settles when the first moment is shown */
export function createConsole(
  lab: Lab,
  ready: Promise<void>,
  href: () => string,
  drawn: () => Promise<void>,
): Order0 {
  const { store, session, player, tasks, port } = lab;

  const load = async (textOrUrl: string) => {
    const text = textOrUrl.trim();
    const isLink = LINK.test(text) && !text.includes('\n');
    const opened = await session.open(
      isLink
        ? { kind: 'link', url: new URL(text, href()).href }
        : { kind: 'text', name: 'scenario', text: textOrUrl },
    );
    if (!opened) throw new ProblemsError(store.getState().problems);
  };

  const move = (step: number) => {
    player.pause();
    return session.seek({ step, event: 0 });
  };

  const described = async (): Promise<RunResult> => {
    await ready;
    const { frame, position } = store.getState();
    if (frame?.full?.summary.stateHash === undefined) await session.seek(position);
    const summary = store.getState().detail?.summary;
    if (summary?.stateHash === undefined)
      throw new Error('nothing is open: expected a scenario, a link or a recording');
    return { ...summary, stateHash: summary.stateHash };
  };

  const idle = async () => {
    await ready;
    do {
      await tasks.idle();
      await drawn();
    } while (tasks.pending() > 0);
  };

  return {
    ready,
    load,
    step: (n = 1) => move(store.getState().position.step + n),
    seek: move,
    play: async () => player.play(),
    pause: async () => player.pause(),
    summary: described,
    why: (order) => port.request({ type: 'why', at: store.getState().position, order }),
    shareUrl: async () =>
      (
        await port.request({
          type: 'share',
          at: store.getState().position,
          base: href().split('#')[0]!,
          ...lookingPart(store.getState()),
        })
      ).url,
    idle,
  };
}
