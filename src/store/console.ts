/**
 * `window.order0`: the page as an object, for teachers' consoles, embedding pages and tests. Its names are part of the
 * project's public interface.
 */
import type { RunResult } from '../analysis/result.ts';
import type { WhyInFull } from '../analysis/why-report.ts';
import { POLICY_IDS } from '../engine/config.ts';
import { type Beside, MOST_BESIDE } from '../scenario/links/link.ts';
import type { FrameDetail } from '../worker/protocol.ts';
import { ProblemsError } from './engine-port.ts';
import type { Lab } from './lab.ts';
import { lookingPart } from './looks.ts';
import { samePosition } from './state.ts';

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
  /**
   * Sets runs beside the open one: policy ids, or `no-edits` for the open policy without what a person did. None
   * closes the view. Resolves when all panes show the moment and their runs are compared.
   */
  compare(runs: readonly string[]): Promise<void>;
  /** The figures of every pane at the current step, the open run's first; null for one that could not be opened. */
  summaries(): Promise<readonly (FrameDetail['summary'] | null)[]>;
  /** Where the runs beside each other part; null while there is only one. */
  divergences(): Promise<Divergences | null>;
  /** Resolves when nothing is pending: no request, no frame to draw, no write to the address. */
  idle(): Promise<void>;
}

export interface Divergences {
  /** The first step at which an operation ended otherwise in one of the runs; null where none did. */
  readonly first: number | null;
  /** All such steps, and those where only the page frames handed out differ. */
  readonly outcomes: readonly number[];
  readonly places: readonly number[];
  /** What each run did at the first, by pane. */
  readonly told: readonly (string | null)[];
}

/** One line for a call that cannot be met. */
function unexpected(name: string, expected: string, met: unknown): Error {
  const shown = String(typeof met === 'string' ? JSON.stringify(met) : met).slice(0, 80);
  return new Error(`${name}: expected ${expected}, met ${shown}`);
}

/** Runs by their names. @throws Error for a name that is none, or too many */
function besides(names: readonly string[]): readonly Beside[] {
  if (!Array.isArray(names)) throw unexpected('compare', 'a list of runs', names);
  if (names.length > MOST_BESIDE)
    throw new Error(`expected at most ${MOST_BESIDE} runs, met ${names.length}`);
  const known: readonly Beside[] = [...POLICY_IDS, 'no-edits'];
  return names.map((name) => {
    const run = known.find((one) => one === name);
    if (run === undefined) throw new Error(`no run is called ${name}: expected one of ${known.join(', ')}`);
    return run;
  });
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
    if (typeof textOrUrl !== 'string')
      throw unexpected('load', 'a link or the text of a scenario', textOrUrl);
    const text = textOrUrl.trim();
    const isLink = LINK.test(text) && !text.includes('\n');
    if (isLink && !URL.canParse(text, href())) throw unexpected('load', 'a link', text);
    const opened = await session.open(
      isLink
        ? { kind: 'link', url: new URL(text, href()).href }
        : { kind: 'text', name: 'scenario', text: textOrUrl },
      { quiet: true },
    );
    if (opened) return;
    const { problems } = store.getState();
    const message = 'something else was opened instead';
    throw new ProblemsError(problems.length > 0 ? problems : [{ message }]);
  };

  /** What was asked for before this, here or by hand, is done. */
  const turn = async () => {
    await ready;
    await session.settled();
  };

  const move = async (name: string, given: number, to: () => number) => {
    // A console has no types: what is no number would be nowhere.
    if (typeof given !== 'number' || Number.isNaN(given)) throw unexpected(name, 'a number of steps', given);
    player.pause();
    await turn();
    await session.seek({ step: to(), event: 0 });
  };

  const described = async (): Promise<RunResult> => {
    await turn();
    const { frame, position, playing } = store.getState();
    // While it plays, the moments shown are not described whole.
    if (playing) {
      const { full } = await port.request({ type: 'frame', at: position, detail: 'full' });
      if (full?.summary.stateHash !== undefined)
        return { ...full.summary, stateHash: full.summary.stateHash };
    }
    const isShown = frame !== null && samePosition(frame.at, position);
    if (!isShown || frame.full?.summary.stateHash === undefined) await session.seek(position);
    const summary = store.getState().detail?.summary;
    if (summary?.stateHash === undefined)
      throw new Error('nothing is open: expected a scenario, a link or a recording');
    return { ...summary, stateHash: summary.stateHash };
  };

  const idle = async () => {
    await ready;
    let ended: number;
    do {
      await tasks.idle();
      ended = tasks.ended();
      await drawn();
      // What ended meanwhile may have come too late to be drawn.
    } while (tasks.pending() > 0 || tasks.ended() !== ended);
  };

  return {
    ready,
    load,
    step: (n = 1) => move('step', n, () => store.getState().position.step + n),
    seek: (step) => move('seek', step, () => step),
    play: async () => {
      await turn();
      player.play();
    },
    pause: async () => player.pause(),
    summary: described,
    why: async (order) => {
      await turn();
      return port.request({ type: 'why', at: store.getState().position, order });
    },
    shareUrl: async () => {
      await turn();
      const { position: at } = store.getState();
      const base = href().split('#')[0]!;
      return (await port.request({ type: 'share', at, base, ...lookingPart(store.getState()) })).url;
    },
    compare: async (runs) => {
      store.setState({ compareWith: besides(runs) });
      await idle();
    },
    summaries: async () => {
      const summary = await described();
      return [summary, ...store.getState().panes.map(({ detail }) => detail?.summary ?? null)];
    },
    divergences: async () => {
      await idle();
      const { parting } = store.getState();
      if (parting === null) return null;
      const { outcomes, places, told } = parting;
      return { first: outcomes[0] ?? null, outcomes, places, told: told ?? [] };
    },
    idle,
  };
}
