/** One run: its chooser, its grid, what it came to. */
import { NO_OVERLAY } from '../../render/tint.ts';
import { selectionFor } from '../../store/selection.ts';
import type { Beside } from '../../worker/protocol.ts';
import type { GridView } from '../grid/grid-view.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { type Choice, MenuButton } from '../top/MenuButton.tsx';
import { POLICIES } from '../top/menus.tsx';
import { ERAS } from './eras.ts';
import { PaneFacts } from './PaneFacts.tsx';
import { PaneGrid } from './PaneGrid.tsx';
import type { PanePlan } from './pane-plan.ts';
import type { PaneDifference } from './use-differences.ts';
import { type PaneModel, usePaneView } from './use-panes.ts';

const NO_EDITS: Choice = {
  id: 'no-edits',
  title: 'no edits',
  note: 'the first run without what you did to it',
};

function RunMenu({ pane }: { readonly pane: PaneModel }) {
  const { store, session, address } = useLab();
  const edits = useLabState((state) => state.opened?.edits ?? 0);
  const isOpenRun = pane.id === null;
  const offersPlain = !isOpenRun && (edits > 0 || pane.run === 'no-edits');
  const choose = (id: string) => {
    const policy = POLICIES.find((one) => one.id === id)?.id;
    if (isOpenRun) {
      if (policy !== undefined) void session.reopen({ policy });
      return;
    }
    const run: Beside | undefined = id === 'no-edits' ? id : policy;
    if (run === undefined) return;
    const { compareWith } = store.getState();
    const left = address.leave();
    store.setState({ compareWith: compareWith.map((one, i) => (i === pane.index - 1 ? run : one)) });
    left.arrived();
  };
  return (
    <MenuButton
      name={`Run of pane ${pane.index + 1}`}
      value={pane.name}
      choices={offersPlain ? [...POLICIES, NO_EDITS] : POLICIES}
      current={pane.run}
      onChoose={choose}
    />
  );
}

function PaneHead({ pane }: { readonly pane: PaneModel }) {
  const { store } = useLab();
  const close = () => {
    const { compareWith } = store.getState();
    store.setState({ compareWith: compareWith.filter((_, i) => i !== pane.index - 1) });
  };
  return (
    <div className="pane-head">
      <h2>
        <RunMenu pane={pane} />
      </h2>
      <span className="muted small">{pane.run === 'no-edits' ? '' : ERAS[pane.run]}</span>
      {pane.id !== null && (
        <button
          type="button"
          className="word-btn"
          aria-label={`Close pane ${pane.index + 1}`}
          onClick={close}
        >
          Close
        </button>
      )}
    </div>
  );
}

/** What stands where the grid will be. */
function Waiting({ pane, plan }: { readonly pane: PaneModel; readonly plan: PanePlan }) {
  const { compare } = useLab();
  const { id, problems } = pane;
  return (
    <div className="pane-waiting" style={{ width: plan.layout.width, height: plan.layout.height }}>
      {problems.length === 0 ? (
        <p className="muted">Opening…</p>
      ) : (
        <div role="alert">
          {problems.map(({ message }) => (
            <p key={message}>{message}</p>
          ))}
          {id !== null && (
            <button type="button" className="btn" onClick={() => compare.retry(id)}>
              Try again
            </button>
          )}
        </div>
      )}
    </div>
  );
}

interface PaneProps {
  readonly pane: PaneModel;
  readonly plan: PanePlan;
  readonly camera: GridView;
  /** Laid over the picture; null for the plain one. */
  readonly difference: PaneDifference | null;
  readonly most: number;
}

export function Pane({ pane, plan, camera, difference, most }: PaneProps) {
  const { selecting, compare } = useLab();
  const view = usePaneView(pane);
  const pick = async (pfn: number) => {
    if (pane.id === null) return selecting.pick(pfn);
    const owner = await compare.ownerAt(pane.id, pfn);
    selecting.visit(selectionFor(owner, pfn));
  };
  const ready = view !== null && !pane.opening && pane.problems.length === 0;
  return (
    <section
      className={plan.beside ? 'pane beside' : 'pane'}
      aria-label={`Pane ${pane.index + 1}: ${pane.name}`}
    >
      <PaneHead pane={pane} />
      <div className="pane-body">
        {ready ? (
          <PaneGrid
            pane={pane}
            view={view}
            layout={plan.layout}
            overlay={difference?.overlay ?? NO_OVERLAY}
            camera={camera}
            onPick={(pfn) => void pick(pfn)}
          />
        ) : (
          <Waiting pane={pane} plan={plan} />
        )}
        {ready && <PaneFacts pane={pane} most={most} difference={difference} />}
      </div>
    </section>
  );
}
