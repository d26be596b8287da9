/** What is compared, and how it is looked at. */
import { useMemo } from 'react';
import type { LayoutMode } from '../../render/layout.ts';
import { overlayLegend } from '../../render/overlay-legend.ts';
import { paletteOf } from '../../render/palette.ts';
import { selectionOf } from '../../store/selection.ts';
import type { Beside } from '../../worker/protocol.ts';
import type { GridView } from '../grid/grid-view.ts';
import { ViewButtons } from '../grid/ViewButtons.tsx';
import { KeyHint } from '../KeyHint.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { useTheme } from '../theme.ts';
import { type Choice, MenuButton } from '../top/MenuButton.tsx';
import { POLICIES } from '../top/menus.tsx';
import { useStill } from '../use-still.ts';
import { count, plural } from '../words.ts';
import type { PaneModel } from './use-panes.ts';

const MOST_PANES = 5;
const NONE: Choice = { id: 'none', title: 'none', note: 'What each page holds' };

function AddMenu({ panes }: { readonly panes: readonly PaneModel[] }) {
  const { store, address } = useLab();
  const edits = useLabState((state) => state.opened?.edits ?? 0);
  const shown = panes.map(({ run }) => run);
  const choices: Choice[] = [
    ...POLICIES.filter(({ id }) => !shown.includes(id)),
    ...(edits > 0 && !shown.includes('no-edits')
      ? [{ id: 'no-edits', title: 'no edits', note: 'the first run without what you did to it' }]
      : []),
  ];
  if (panes.length >= MOST_PANES || choices.length === 0) return null;
  const add = (id: string) => {
    const run: Beside | undefined = id === 'no-edits' ? id : POLICIES.find((one) => one.id === id)?.id;
    if (run === undefined) return;
    const left = address.leave();
    store.setState({ compareWith: [...store.getState().compareWith, run] });
    left.arrived();
  };
  return <MenuButton name="Add a run" value="choose" choices={choices} current={null} onChoose={add} />;
}

function AgainstMenu({ panes }: { readonly panes: readonly PaneModel[] }) {
  const { store } = useLab();
  const against = useLabState((state) => state.against);
  const choices = [NONE, ...panes.map(({ index, name }) => ({ id: String(index), title: name }))];
  return (
    <MenuButton
      name="Differences from"
      value={against === null ? 'none' : (panes[against]?.name ?? 'none')}
      choices={choices}
      current={against === null ? 'none' : String(against)}
      onChoose={(id) => store.setState({ against: id === 'none' ? null : Number(id) })}
    />
  );
}

/** What the colours of the differences mean. */
export function DifferenceLegend() {
  const { theme } = useTheme();
  // `theme` is a dependency because the palette is read from what it changes.
  const legend = useMemo(
    () => theme && overlayLegend(paletteOf(document.documentElement), 'differs'),
    [theme],
  );
  if (!legend) return null;
  return (
    <ul className="difference-legend small" aria-label="Differences">
      {legend.entries.map(({ colour, text }, i) => (
        <li key={text}>
          <svg width="14" height="14" aria-hidden="true">
            <rect
              x="0.5"
              y="0.5"
              width="13"
              height="13"
              fill={i === 0 ? colour : 'none'}
              stroke={colour}
              strokeDasharray={i === 1 ? '2 2' : undefined}
            />
            {i === 2 && <rect y="7" width="14" height="7" fill={colour} />}
          </svg>
          {text}
        </li>
      ))}
      <li className="muted">faint: the same kind in both</li>
    </ul>
  );
}

function Tools({ camera, zoomed, mode }: { camera: GridView; zoomed: boolean; mode: LayoutMode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a toolbar, no set of fields
    <div role="group" aria-label="View" className="compare-tools small">
      <ViewButtons camera={camera} zoomed={zoomed} mode={mode} />
    </div>
  );
}

interface CompareHeadProps {
  readonly panes: readonly PaneModel[];
  readonly camera: GridView;
  readonly zoomed: boolean;
  readonly mode: LayoutMode;
}

export function CompareHead({ panes, camera, zoomed, mode }: CompareHeadProps) {
  const { acts, store, selecting } = useLab();
  const step = useLabState((state) => state.position.step);
  const event = useLabState((state) => state.position.event);
  const overlay = useLabState((state) => state.overlay);
  const selects = useLabState((state) => selectionOf(state) !== null);
  const still = useStill();
  const policies = new Set(panes.map(({ opened, run }) => opened?.policy ?? run));
  const what = policies.size > 1 ? plural(policies.size, 'policy', 'policies') : plural(panes.length, 'run');
  const hasSlabs = panes.some(({ opened }) => opened?.policy === 'order0-slab');
  return (
    <div className="compare-head">
      <h1>
        One workload, {what}, step {count(step)}
        {event > 0 && `, event ${count(event)}`}
      </h1>
      <span className="spacer" />
      {hasSlabs && (
        <button
          type="button"
          className="btn"
          aria-keyshortcuts="R"
          onClick={() => void acts.reclaimOneSlab({ watch: !still })}
        >
          Reclaim one slab<KeyHint>R</KeyHint>
        </button>
      )}
      {selects && (
        <button type="button" className="word-btn" onClick={() => selecting.clear()}>
          Clear selection
        </button>
      )}
      {overlay !== 'none' && <span className="muted small">The overlay is for one run alone.</span>}
      <Tools camera={camera} zoomed={zoomed} mode={mode} />
      <AgainstMenu panes={panes} />
      <AddMenu panes={panes} />
      <button
        type="button"
        className="word-btn"
        aria-keyshortcuts="C"
        onClick={() => store.setState({ compareWith: [] })}
      >
        Close comparison<KeyHint>C</KeyHint>
      </button>
    </div>
  );
}
