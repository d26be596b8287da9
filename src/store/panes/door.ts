/**
 * Comparing, as the rest of the page sees it. What does the work is loaded when runs are first wanted beside the open
 * one: `compareWith` of the state says which, whoever writes it (a menu, a key, a link, the console).
 */
import type { StoreApi } from 'zustand/vanilla';
import type { PolicyId } from '../../engine/config.ts';
import type { Beside, Owner, Position } from '../../worker/protocol.ts';
import { type EnginePort, problemsOf, type StartEngine } from '../engine-port.ts';
import type { Alongside } from '../frames.ts';
import { visitOf } from '../selection.ts';
import type { LabState } from '../state.ts';
import type { Tasks } from '../tasks.ts';
import type { Panes } from './panes.ts';

/** Which of the steps at which the runs part. */
export type Divergence = 'first' | 'next' | 'previous';

export interface Compare {
  /** Opens the view with what suits the moment, or closes it. */
  toggle(): void;
  /** Goes to a step at which the runs part. */
  toDivergence(which: Divergence): void;
  /** Starts a run anew whose engine failed. */
  retry(id: number): void;
  /** Who a page frame of a run beside the first belongs to; null where nobody does, or nobody can say. */
  ownerAt(id: number, pfn: number): Promise<Owner | null>;
  /** What frames wait for, so that all panes show one moment. */
  readonly alongside: Alongside;
}

/** The policy a run is set beside first. */
const otherThan = (policy: PolicyId): PolicyId => (policy === 'order0-slab' ? 'buddy-2.6' : 'order0-slab');

/** Shows nothing but what the first pane shows. */
const ALONE = () => ({});

export function createCompare(
  store: StoreApi<LabState>,
  port: EnginePort,
  tasks: Tasks,
  startEngine: StartEngine,
  seek: (at: Position) => void,
): Compare {
  const { getState, setState } = store;
  let panes: Panes | null = null;
  let loading = false;
  let last: readonly Beside[] = [];

  const load = async () => {
    loading = true;
    try {
      const { createPanes } = await import('./panes.ts');
      panes = createPanes(store, port, tasks, startEngine);
    } catch (error) {
      setState({ compareWith: [], problems: problemsOf(error) });
    }
    loading = false;
  };

  /** Something was opened that stands where the panes are. */
  const covers = (now: LabState, before: LabState) => {
    const pane = visitOf(now)?.pane.kind;
    return (
      (now.kernelTab !== null && before.kernelTab === null) ||
      (now.plotsOpen && !before.plotsOpen) ||
      (now.trail !== before.trail && pane !== undefined && pane !== 'page')
    );
  };

  store.subscribe((now, before) => {
    if (now.compareWith.length > 0 && now.compareWith === before.compareWith && covers(now, before)) {
      return setState({ compareWith: [] });
    }
    if (now.compareWith === before.compareWith) return;
    if (now.compareWith.length > 0) last = now.compareWith;
    if (now.compareWith.length > 0 && panes === null && !loading) void tasks.track(load());
  });

  const toggle = () => {
    const { opened, compareWith } = getState();
    if (compareWith.length > 0) return setState({ compareWith: [] });
    if (opened === null) return;
    const before = last.filter((run) => run !== opened.policy && (run !== 'no-edits' || opened.edits > 0));
    const suits: Beside = opened.edits > 0 ? 'no-edits' : otherThan(opened.policy);
    setState({ compareWith: before.length > 0 ? before : [suits] });
  };

  const toDivergence = (which: Divergence) => {
    const { parting, position } = getState();
    if (parting === null) return;
    const steps = parting.outcomes;
    const step =
      which === 'first'
        ? steps[0]
        : which === 'next'
          ? steps.find((one) => one > position.step)
          : steps.findLast((one) => one < position.step);
    if (step !== undefined) return seek({ step, event: 0 });
    const end = parting.complete ? '' : ' so far';
    setState({ remark: `There is no ${which === 'first' ? '' : `${which} `}divergence${end}.` });
  };

  return {
    toggle,
    toDivergence,
    retry: (id) => panes?.retry(id),
    ownerAt: (id, pfn) => tasks.track(panes?.ownerAt(id, pfn) ?? Promise.resolve(null)),
    alongside: (at, detail) => panes?.show(at, detail) ?? Promise.resolve(ALONE),
  };
}
