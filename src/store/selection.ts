/**
 * What a person looks at: a trail of visits, the last of them shown. A visit names a page, by its owner where it has
 * one, so that it is followed over steps and policies, and the view of it that is open.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { Owner, Selection } from '../worker/protocol.ts';
import { type EnginePort, problemsOf } from './engine-port.ts';
import type { Pane, Visit } from './looking.ts';
import type { LabState } from './state.ts';
import type { Tasks } from './tasks.ts';

export const PAGE_PANE: Pane = { kind: 'page' };
/** Visits remembered for going back. */
const LONGEST_TRAIL = 50;

/** The visit that is shown; null where nothing is. */
export const visitOf = (state: Pick<LabState, 'trail'>): Visit | null => state.trail.at(-1) ?? null;

/** Whether what is shown is a page in full; only wide windows have the room. */
export const isPageInFull = (state: Pick<LabState, 'trail' | 'pageInFull'>): boolean =>
  state.pageInFull && visitOf(state)?.pane.kind === 'page';

/** What is selected now. */
export const selectionOf = (state: Pick<LabState, 'trail'>): Selection | null =>
  visitOf(state)?.selection ?? null;

/** The trail a link leads to. */
export const trailOf = (select: Selection | null): readonly Visit[] =>
  select === null ? [] : [{ selection: select, pane: PAGE_PANE }];

/** An owner as a selection: what has no name of its own stays a frame. */
export function selectionFor(owner: Owner | null, pfn: number): Selection {
  if (owner === null || owner.kind === 'descriptors' || owner.kind === 'reserve')
    return { kind: 'page', pfn };
  if (owner.kind !== 'objects') return owner;
  const { cache, object } = owner;
  return object === null ? { kind: 'page', pfn } : { kind: 'objects', cache, object };
}

/** Whether two panes show the same. */
const samePane = (a: Pane, b: Pane) => JSON.stringify(a) === JSON.stringify(b);

export interface Selecting {
  /** Selects a page frame by its owner. */
  pick(pfn: number, pane?: Pane): Promise<void>;
  /** Opens a visit; the one before is a step back. */
  visit(selection: Selection | null, pane?: Pane): void;
  /** Another view of the same selection; a view seen before it is a step back. */
  show(pane: Pane): void;
  /** The same view of the same page as a frame, or as its owner: no step back leads here. */
  follow(selection: Selection): void;
  back(): void;
  /** Nothing is looked at any more. */
  clear(): void;
}

export function createSelecting(store: StoreApi<LabState>, port: EnginePort, tasks: Tasks): Selecting {
  const { getState, setState } = store;

  const visit: Selecting['visit'] = (selection, pane = PAGE_PANE) => {
    const { trail } = getState();
    const last = trail.at(-1);
    const same =
      last !== undefined &&
      samePane(last.pane, pane) &&
      JSON.stringify(last.selection) === JSON.stringify(selection);
    if (same) return;
    // The inspector stands where the kernel's text would.
    setState({ trail: [...trail, { selection, pane }].slice(-LONGEST_TRAIL), kernelTab: null });
  };

  const pick = async (pfn: number, pane: Pane = PAGE_PANE) => {
    const at = getState().frame?.at;
    if (at === undefined) return;
    try {
      const [page] = await port.request({ type: 'inspect', at, what: [{ view: 'page', pfn }] });
      const owner = page?.view === 'page' ? page.owner : null;
      visit(selectionFor(owner, pfn), pane);
    } catch (error) {
      setState({ problems: problemsOf(error) });
    }
  };

  return {
    pick: (pfn, pane) => tasks.track(pick(pfn, pane)),
    visit,
    show: (pane) => visit(selectionOf(getState()), pane),
    follow: (selection) => {
      const { trail } = getState();
      const last = trail.at(-1);
      if (last !== undefined) setState({ trail: [...trail.slice(0, -1), { ...last, selection }] });
    },
    back: () => setState({ trail: getState().trail.slice(0, -1) }),
    clear: () => setState({ trail: [], find: null, menu: null }),
  };
}
