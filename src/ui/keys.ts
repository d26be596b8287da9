/** The page's keys. Fields keep theirs, and the focused widget owns the arrows; `,` and `.` always step. key-sheet.ts tells of them. */
import { useEffect } from 'react';
import type { Lab } from '../store/lab.ts';
import { useLab } from './lab-context.ts';
import { useStill } from './use-still.ts';

/** Where the menu of acts opens when no pointer says where, in CSS pixels. */
const MENU_AT = { x: 240, y: 120 };

/** Display kinds behind the keys 1 to 8, in the legend's order. */
const SOLO = [0, 1, 2, 3, 4, 5, 6, 7] as const;

export function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('textarea, select, input:not([type=range]):not([type=checkbox]):not([type=radio])'))
  );
}

/** Whether the focused element has a use for this key itself. */
function ownsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // What has just been closed may hold the focus until the next frame.
  if (target.closest(':popover-open, dialog[open]')) return key !== '?';
  const arrows = key.startsWith('Arrow') || key === 'Home' || key === 'End';
  if (arrows) return target.matches('input[type=range], [role=grid], [role=menuitemradio], [role=tab]');
  return key === ' ' && target.matches('button, summary, input, a');
}

/** @param still true where nothing is to move: acts show their end at once */
type Act = (lab: Lab, still: boolean) => void;

const PLAIN: Readonly<Record<string, Act>> = {
  ' ': ({ player }) => player.toggle(),
  ArrowRight: ({ acts }) => void acts.step(),
  ArrowLeft: ({ acts }) => void acts.stepBack(),
  '.': ({ acts }) => void acts.step(),
  ',': ({ acts }) => void acts.stepBack(),
  Home: ({ player, session }) => {
    player.pause();
    void session.seek({ step: 0, event: 0 });
  },
  End: ({ player, session, store }) => {
    player.pause();
    void session.seek({ step: store.getState().opened?.length ?? 0, event: 0 });
  },
  '[': ({ player }) => player.faster(-1),
  ']': ({ player }) => player.faster(1),
  r: ({ acts, store }, still) => {
    const { opened, panes } = store.getState();
    const hasSlabs = opened?.policy === 'order0-slab' || panes.some(({ run }) => run === 'order0-slab');
    if (hasSlabs) void acts.reclaimOneSlab({ watch: !still });
  },
  w: ({ session, store }) => {
    const { opened, askedWhy } = store.getState();
    if (askedWhy !== null) store.setState({ askedWhy: null });
    else if (opened !== null) void session.why(opened.machine.slabOrder);
  },
  '/': ({ selecting }) => selecting.show({ kind: 'find' }),
  m: ({ store }) => {
    if (store.getState().inspection?.pfn != null) store.setState({ menu: MENU_AT });
  },
  e: ({ store }) => store.setState({ panel: store.getState().panel === 'editor' ? null : 'editor' }),
  g: ({ store }) =>
    store.setState({ plotsOpen: !store.getState().plotsOpen, plotHover: null, experimentsOpen: false }),
  x: ({ store }) => store.setState({ experimentsOpen: !store.getState().experimentsOpen, plotsOpen: false }),
  c: ({ compare }) => compare.toggle(),
  d: ({ compare }) => compare.toDivergence('first'),
  D: ({ compare }) => compare.toDivergence('next'),
  k: ({ store }) => store.setState({ kernelTab: store.getState().kernelTab === null ? 'buddyinfo' : null }),
  '0': ({ store }) => store.setState({ solo: null }),
  '?': ({ store }) => store.setState({ panel: store.getState().panel === 'help' ? null : 'help' }),
  Escape: ({ acts, store, selecting }) => {
    if (store.getState().panel !== null) return store.setState({ panel: null });
    if (store.getState().experimentsOpen) return store.setState({ experimentsOpen: false });
    if (store.getState().plotsOpen) return store.setState({ plotsOpen: false, plotHover: null });
    const { trail, kernelTab, compareWith } = store.getState();
    if (trail.length > 0 && kernelTab === null) return selecting.clear();
    if (compareWith.length > 0) return store.setState({ compareWith: [] });
    if (store.getState().detail?.reclaim?.outcome === 'running') void acts.finishReclaim();
    else store.setState({ askedWhy: null, kernelTab: null, hover: null, problems: [] });
  },
};

/** The act of a key press, or null where the page has none for it. */
export function actFor(event: {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}): Act | null {
  const { key } = event;
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z' && !event.shiftKey) return ({ session }) => void session.undo();
    if (key === 'y' || (key.toLowerCase() === 'z' && event.shiftKey))
      return ({ session }) => void session.redo();
    if (key === 'k') return ({ store }) => store.setState({ panel: 'palette' });
    return null;
  }
  if (event.shiftKey && key === 'ArrowRight') return ({ acts }) => void acts.event(1);
  if (event.shiftKey && key === 'ArrowLeft') return ({ acts }) => void acts.event(-1);
  const kind = SOLO[Number(key) - 1];
  if (kind !== undefined) return ({ store }) => store.setState({ solo: kind });
  return PLAIN[key] ?? PLAIN[key.toLowerCase()] ?? null;
}

export function useKeys(): void {
  const lab = useLab();
  const still = useStill();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // The scenario text stands in a shadow tree: from outside, its host would be the target.
      const target = event.composedPath()[0] ?? event.target;
      if (event.defaultPrevented || isField(target as EventTarget) || ownsKey(event.target, event.key))
        return;
      if (!lab.store.getState().keysOn && event.key !== 'Escape' && event.key !== '?') return;
      const act = actFor(event);
      if (act === null) return;
      event.preventDefault();
      act(lab, still);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [lab, still]);
}
