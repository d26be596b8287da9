/**
 * The runs beside the open one: keeps an engine for each that is wanted, opens in all of them what the first pane has
 * open, shows the same moment everywhere, and finds where the runs part.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { DetailLevel, Origin, Owner, Position } from '../../worker/protocol.ts';
import type { EnginePort, StartEngine } from '../engine-port.ts';
import { selectionOf } from '../selection.ts';
import type { LabState } from '../state.ts';
import type { Tasks } from '../tasks.ts';
import { pullPartings } from './outcome-pull.ts';
import { type Change, createPane, type Pane } from './pane.ts';
import { emptyPane, type PaneState } from './pane-state.ts';

export interface Panes {
  /** Asks every pane for a moment; resolves to what that changes in the state. Never rejects. */
  show(at: Position, detail: DetailLevel): Promise<(state: LabState) => Partial<LabState>>;
  /** Opens a pane again whose engine failed. */
  retry(id: number): void;
  /** Who a page frame of a pane belongs to at the moment shown. Never rejects. */
  ownerAt(id: number, pfn: number): Promise<Owner | null>;
}

export function createPanes(
  store: StoreApi<LabState>,
  port: EnginePort,
  tasks: Tasks,
  startEngine: StartEngine,
): Panes {
  const { getState, setState } = store;
  let panes: readonly Pane[] = [];
  let ids = 0;
  let round = 0;

  const changed = (state: Pick<LabState, 'panes'>, changes: ReadonlyMap<number, Change>): PaneState[] =>
    state.panes.map((pane) => ({ ...pane, ...changes.get(pane.id) }));
  const patch = (id: number, change: Change) =>
    setState({ panes: changed(getState(), new Map([[id, change]])) });

  /** An engine for each run that is wanted; those of the same name stay, the others end. */
  const settle = () => {
    const left = [...panes];
    const kept = getState().panes;
    panes = getState().compareWith.map((run) => {
      const at = left.findIndex((pane) => pane.run === run);
      if (at >= 0) return left.splice(at, 1)[0]!;
      const id = ++ids;
      return createPane(id, run, startEngine(), (change) => patch(id, change));
    });
    for (const pane of left) pane.stop();
    const states = panes.map(({ id, run }) => kept.find((one) => one.id === id) ?? emptyPane(id, run));
    const against = getState().against;
    setState({
      panes: states,
      parting: null,
      ...(against !== null && against > states.length ? { against: null } : {}),
    });
  };

  const show: Panes['show'] = async (at, detail) => {
    const asked = panes.filter((pane) => pane.ready());
    const changes = new Map<number, Change>();
    await Promise.all(
      asked.map(async (pane) => {
        const change = await pane.show(at, detail, getState().isFar);
        if (change !== null) changes.set(pane.id, change);
      }),
    );
    return (state) => (changes.size === 0 ? {} : { panes: changed(state, changes) });
  };

  const showHere = async (pane: Pane) => {
    const change = await pane.show(getState().position, 'full', getState().isFar);
    if (change !== null) patch(pane.id, change);
  };

  /** Opens everywhere what the first pane has open, then compares. */
  const follow = async () => {
    const mine = ++round;
    const { opened } = getState();
    if (opened === null || panes.length === 0) return;
    const origin: Origin | null = await port.request({ type: 'origin' }).catch(() => null);
    if (mine !== round || origin === null) return;
    setState({ parting: null });
    await Promise.all(
      panes.map(async (pane) => {
        if (await pane.open(origin)) await showHere(pane);
      }),
    );
    if (mine !== round) return;
    lookAgain();
    const compared = panes.filter((pane) => pane.ready());
    if (compared.length === 0) return;
    const byPane = <T>(values: readonly T[]): (T | null)[] => [
      values[0] ?? null,
      ...panes.map((pane) => (compared.includes(pane) ? (values[1 + compared.indexOf(pane)] ?? null) : null)),
    ];
    // A pane that dies meanwhile says so itself.
    await pullPartings(
      [port, ...compared.map((pane) => pane.port)],
      (parting) =>
        setState({
          parting: {
            ...parting,
            runs: byPane(parting.runs),
            told: parting.told && byPane(parting.told),
          },
        }),
      () => quiet(mine),
    ).catch(() => undefined);
  };

  /** Waits while the run plays, which needs the engines for itself. False once something else is compared. */
  const quiet = async (mine: number) => {
    while (mine === round && getState().playing) {
      await new Promise<void>((resolve) => {
        const stop = store.subscribe((now) => {
          if (now.playing) return;
          stop();
          resolve();
        });
      });
    }
    return mine === round;
  };

  const lookAgain = () => {
    const { frame } = getState();
    const selection = selectionOf(getState());
    if (frame === null) return;
    for (const pane of panes) if (pane.ready()) void tasks.track(pane.look(selection, frame.at));
  };

  const start = () => {
    settle();
    void tasks.track(follow());
  };

  store.subscribe((now, before) => {
    if (now.compareWith !== before.compareWith) return start();
    if (panes.length === 0) return;
    if (now.opened !== before.opened && now.opened !== null) void tasks.track(follow());
    const moved = now.frame !== before.frame && now.frame?.full != null;
    const looksAt = selectionOf(now);
    if (looksAt !== selectionOf(before) || (moved && looksAt !== null)) lookAgain();
  });
  start();

  const ownerAt = async (id: number, pfn: number) => {
    const at = getState().frame?.at;
    const pane = panes.find((one) => one.id === id);
    if (at === undefined || !pane?.ready()) return null;
    const [page] = await pane.port
      .request({ type: 'inspect', at, what: [{ view: 'page', pfn }] })
      .catch(() => []);
    return page?.view === 'page' ? page.owner : null;
  };

  return {
    show,
    ownerAt,
    retry: (id) => {
      const pane = panes.find((one) => one.id === id);
      if (pane === undefined) return;
      pane.port.restart();
      pane.forget();
      void tasks.track(follow());
    },
  };
}
