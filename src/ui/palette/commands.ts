/** Everything the page can do, by name: what the command palette offers at this moment. */

import { SHIPPED } from '../../experiment/shipped.ts';
import type { Lab } from '../../store/lab.ts';
import type { Pane } from '../../store/looking.ts';
import { machineActs } from '../../store/machine-acts.ts';
import type { LabState, Theme } from '../../store/state.ts';
import type { Beside } from '../../worker/protocol.ts';
import { openShipped } from '../experiments/open-shipped.ts';
import { reportOf } from '../inspector/reports.ts';
import { POLICIES } from '../top/menus.tsx';
import { count } from '../words.ts';

export interface Command {
  readonly group: string;
  readonly label: string;
  /** Why it cannot be done now; empty where it can. */
  readonly disabled: string;
  readonly run: () => void;
}

const VIEWS: readonly (readonly [Pane, string])[] = [
  [{ kind: 'caches' }, 'Caches and per-CPU arrays'],
  [{ kind: 'zones' }, 'Zones, watermarks and LRU'],
  [{ kind: 'cpus' }, 'CPUs: hit rates, what arrays hold back'],
  [{ kind: 'creep' }, 'Creep of kernel memory'],
  [{ kind: 'search' }, 'Search cost: pages looked at, and what slabs cost'],
  [{ kind: 'costs' }, 'Costs: prices, and what this step paid'],
  [{ kind: 'boot' }, 'Boot: what is there before the caches'],
  [{ kind: 'pools' }, 'Mempools'],
  [{ kind: 'edits' }, 'Edits'],
  [{ kind: 'find' }, 'Find pages'],
];

const THEMES: readonly Theme[] = ['light', 'dark', 'projector'];

const plain = (group: string, label: string, run: () => void): Command => ({
  group,
  label,
  disabled: '',
  run,
});

function actCommands(lab: Lab, state: LabState): Command[] {
  const { acts, session } = lab;
  const onPage = reportOf(state.inspection, 'acts')?.acts ?? [];
  const { opened } = state;
  if (opened === null) return [];
  return [
    ...onPage.map(
      ({ label, operation, disabled }): Command => ({
        group: 'This page',
        label,
        disabled: disabled ?? '',
        run: () => operation !== null && void acts.perform(operation),
      }),
    ),
    ...machineActs(opened).map(
      ({ label, operation, disabled }): Command => ({
        group: 'Act',
        label,
        disabled: disabled ?? '',
        run: () => void acts.perform(operation),
      }),
    ),
    {
      group: 'Act',
      label: 'Undo',
      disabled: opened.canUndo ? '' : 'there is no act to undo',
      run: () => void session.undo(),
    },
    {
      group: 'Act',
      label: 'Redo',
      disabled: opened.canRedo ? '' : 'there is no act to redo',
      run: () => void session.redo(),
    },
  ];
}

function timeCommands(lab: Lab): Command[] {
  const { player, acts, session, store } = lab;
  const to = (step: number) => {
    player.pause();
    void session.seek({ step, event: 0 });
  };
  return [
    plain('Go', 'Play or pause', () => player.toggle()),
    plain('Go', 'Step', () => void acts.step()),
    plain('Go', 'Step back', () => void acts.stepBack()),
    plain('Go', 'Next event', () => void acts.event(1)),
    plain('Go', 'Previous event', () => void acts.event(-1)),
    plain('Go', 'Start', () => to(0)),
    plain('Go', 'End', () => to(store.getState().opened?.length ?? 0)),
  ];
}

function pageCommands(lab: Lab, state: LabState, choose: (theme: Theme) => void): Command[] {
  const { session, store, selecting, acts } = lab;
  const beside = (label: string, run: Beside) =>
    plain('Compare', label, () => store.setState({ compareWith: [run] }));
  return [
    ...compareCommands(lab, state),
    ...POLICIES.filter(({ id }) => id !== state.opened?.policy).map(({ id }) => beside(`With ${id}`, id)),
    {
      ...beside('With no edits', 'no-edits'),
      disabled: (state.opened?.edits ?? 0) > 0 ? '' : 'nothing was done to this run',
    },
    ...VIEWS.map(([pane, label]) => plain('View', label, () => selecting.show(pane))),
    ...POLICIES.map(({ id, title }) => plain('Policy', title, () => void session.reopen({ policy: id }))),
    ...state.presets.map(({ id, title }) =>
      plain('Scenario', title, () => void session.open({ kind: 'preset', id })),
    ),
    ...SHIPPED.map((experiment) =>
      plain('Experiment', experiment.title, () => void openShipped(lab, experiment)),
    ),
    ...THEMES.map((theme) => plain('Theme', theme, () => choose(theme))),
    plain('View', 'Plots of the whole run', () =>
      store.setState({ plotsOpen: true, experimentsOpen: false }),
    ),
    plain('View', 'Experiments: many runs compared', () =>
      store.setState({ experimentsOpen: true, plotsOpen: false }),
    ),
    plain('View', 'Kernel text', () => store.setState({ kernelTab: 'buddyinfo' })),
    plain('Page', 'The mail, sentence by sentence', () => store.setState({ panel: 'mail' })),
    plain('Page', 'The honest page: twenty limits', () => store.setState({ panel: 'limits' })),
    plain('Page', 'Scenario text', () => store.setState({ panel: 'editor' })),
    plain('Page', 'All scenarios', () => store.setState({ panel: 'scenarios' })),
    plain('Page', 'Open a file or paste kernel text', () => store.setState({ panel: 'open' })),
    plain('Page', 'Share this moment', () => void acts.share().catch(() => undefined)),
    plain('Page', 'Help and keys', () => store.setState({ panel: 'help' })),
  ];
}

/** What can be done while runs stand side by side. */
function compareCommands({ compare, store }: Lab, { compareWith, opened }: LabState): Command[] {
  const policies = POLICIES.map(({ id }) => id).filter((id) => id !== opened?.policy);
  const all = plain('Compare', 'All policies side by side', () => store.setState({ compareWith: policies }));
  if (compareWith.length === 0) return [all];
  return [
    all,
    plain('Compare', 'Close', () => compare.toggle()),
    plain('Compare', 'Go to first divergence', () => compare.toDivergence('first')),
    plain('Compare', 'Next divergence', () => compare.toDivergence('next')),
    plain('Compare', 'Previous divergence', () => compare.toDivergence('previous')),
  ];
}

/** The step that was typed, to go to; null where the words are no number. */
export function stepCommand(lab: Lab, state: LabState, query: string): Command | null {
  const typed = /^(?:step\s*)?(\d[\d,]*)$/i.exec(query.trim())?.[1];
  if (typed === undefined || state.opened === null) return null;
  const { length } = state.opened;
  const step = Math.min(length, Number(typed.replaceAll(',', '')));
  return plain('Go', `Go to step ${count(step)} of ${count(length)}`, () => {
    lab.player.pause();
    void lab.session.seek({ step, event: 0 });
  });
}

/** The typed words as a search for pages. */
export function findCommand(lab: Lab, query: string): Command {
  const text = query.trim();
  return plain('Find', `Find pages: ${text}`, () => {
    lab.store.setState({ find: { query: text, found: null } });
    lab.selecting.show({ kind: 'find' });
  });
}

/** All commands that need no words. */
export function commandsOf(lab: Lab, state: LabState, choose: (theme: Theme) => void): Command[] {
  return [...actCommands(lab, state), ...timeCommands(lab), ...pageCommands(lab, state, choose)];
}
