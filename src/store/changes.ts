/** What changes the run that is open: acts, and their taking back. Each is done whole, where it leads included. */
import type { StoreApi } from 'zustand/vanilla';
import type { Edited } from '../worker/protocol.ts';
import { type EnginePort, problemsOf } from './engine-port.ts';
import type { Frames } from './frames.ts';
import type { Go, Leaving, Session } from './session-face.ts';
import type { LabState } from './state.ts';

interface Around {
  readonly store: StoreApi<LabState>;
  readonly port: EnginePort;
  readonly frames: Frames;
  readonly leave: () => Leaving;
  readonly inTurn: Session['inTurn'];
  /** Counts what was opened. */
  readonly openings: () => number;
}

/** Told where acts that were done after the one taken out find nothing to act on. */
function idleWords(steps: readonly number[]): string {
  const places = steps.map((step) => step + 1).join(', ');
  const { length } = steps;
  return length === 1
    ? `1 later act, step ${places}, now finds nothing to act on: it does nothing.`
    : `${length} later acts, steps ${places}, now find nothing to act on: they do nothing.`;
}

type Changes = Pick<Session, 'act' | 'keepRest' | 'takeOut' | 'undo' | 'redo'>;

export function createChanges({ store, port, frames, leave, inTurn, openings }: Around): Changes {
  const { setState, getState } = store;

  /** One change: what the engine makes of it stands in the store, then `show` leads there. */
  const apply = async (
    request: () => Promise<Edited>,
    show: (edited: Edited) => Promise<unknown>,
  ): Promise<Edited | null> => {
    setState({ problems: [], playing: false, forked: null });
    try {
      const edited = await request();
      frames.reset();
      // A zoom of the plots beyond the end, where the rest was dropped, would show nothing.
      const { plotRange } = getState();
      const isBeyond = plotRange !== null && plotRange.to > edited.opened.length;
      setState({ opened: edited.opened, ...(isBeyond ? { plotRange: null } : {}) });
      await show(edited);
      return edited;
    } catch (error) {
      setState({ problems: problemsOf(error) });
      return null;
    }
  };

  /** A change of what was open when it was asked for; of anything else it would be another act. */
  const change = (work: (go: Go) => Promise<Edited | null>): Promise<Edited | null> => {
    const meant = openings();
    return inTurn('edit', async (go) => {
      if (openings() !== meant) {
        setState({ remark: 'That was meant for what was open before, and was not done.' });
        return null;
      }
      const left = leave();
      const edited = await work(go);
      if (edited === null) left.stayed();
      else left.arrived();
      return edited;
    });
  };

  const actNow = (
    go: Go,
    given: Parameters<Session['act']>[0],
    { keep, show }: NonNullable<Parameters<Session['act']>[1]>,
  ) => {
    const operation = typeof given === 'function' ? given() : given;
    const at = { step: getState().position.step, event: 0 };
    return apply(
      () => port.request({ type: 'act', at, operation, ...(keep === undefined ? {} : { keep }) }),
      async (edited) => {
        const { how, dropped } = edited;
        if (how === 'forked' && dropped > 0) {
          setState({ forked: { dropped, at: edited.at, operation } });
        }
        await (show === undefined ? go(edited.at) : show(edited, go));
      },
    );
  };

  const travel = (go: Go, type: 'undo' | 'redo') =>
    apply(
      () => port.request({ type }),
      ({ at }) => go(at),
    );

  const keepRest = async (go: Go) => {
    const { forked } = getState();
    if (forked === null || (await travel(go, 'undo')) === null) return null;
    await go({ step: forked.at.step - 1, event: 0 });
    return actNow(go, forked.operation, { keep: 'rest' });
  };

  const takeOut = (go: Go, edit: number) =>
    apply(
      () => port.request({ type: 'take-out', edit, at: getState().position }),
      async ({ at, idle = [] }) => {
        await go(at);
        if (idle.length > 0) setState({ remark: idleWords(idle) });
      },
    );

  const undo = async (go: Go, edits: number) => {
    let edited = await travel(go, 'undo');
    for (let i = 1; i < edits && edited?.opened.canUndo; i++) edited = await travel(go, 'undo');
    return edited;
  };

  return {
    act: (operation, options = {}) => change((go) => actNow(go, operation, options)),
    keepRest: async () => void (await change(keepRest)),
    takeOut: async (edit) => void (await change((go) => takeOut(go, edit))),
    undo: async (edits = 1) => void (await change((go) => undo(go, edits))),
    redo: async () => void (await change((go) => travel(go, 'redo'))),
  };
}
