/** Scenario, policy and seed: what runs. */
import type { PolicyId } from '../../engine/config.ts';
import { Icon } from '../icons.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { type Choice, MenuButton } from './MenuButton.tsx';

/** The five policies, oldest scheme's successor last, each with what it is. */
export const POLICIES: readonly (Choice & { readonly id: PolicyId })[] = [
  { id: 'order0-slab', title: 'order0-slab', note: 'order-0 pages from slabs; one slab is discarded' },
  { id: 'buddy-2.6', title: 'buddy-2.6', note: 'plain buddy lists, reclaim in LRU order' },
  { id: 'page-moving', title: 'page-moving', note: 'active defragmentation: pages are moved' },
  { id: 'mobility-lumpy', title: 'mobility-lumpy', note: '2.6.24: grouping by mobility, lumpy reclaim' },
  {
    id: 'mobility-compaction',
    title: 'mobility-compaction',
    note: 'today: grouping by mobility, compaction',
  },
];

/** Opens the gallery of presets. */
export function ScenarioMenu({ short = false }: { readonly short?: boolean }) {
  const { store } = useLab();
  const opened = useLabState((state) => state.opened);
  const isOpen = useLabState((state) => state.panel === 'scenarios');
  const title = opened?.recording ? `Imported: ${opened.recording.name}` : (opened?.title ?? 'none');
  const edited = opened !== null && opened.edits > 0 ? ', edited' : '';
  const value = short ? title : title + edited;
  return (
    <span className="pick">
      <small aria-hidden="true">Scenario</small>
      <button
        type="button"
        className="pick-button"
        aria-label="Scenario"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-description={value}
        onClick={() => store.setState({ panel: 'scenarios' })}
      >
        <b>{value}</b>
        <Icon name="chevron" />
      </button>
    </span>
  );
}

export function PolicyMenu() {
  const { session } = useLab();
  const policy = useLabState((state) => state.opened?.policy ?? null);
  return (
    <MenuButton
      name="Policy"
      value={policy ?? 'none'}
      choices={POLICIES}
      current={policy}
      onChoose={(id) => {
        const chosen = POLICIES.find((one) => one.id === id)?.id;
        if (chosen !== undefined) void session.reopen({ policy: chosen });
      }}
    />
  );
}

/** Largest seed: 32 bits. */
const LARGEST_SEED = 0xffffffff;

export function SeedMenu() {
  const { session } = useLab();
  const seed = useLabState((state) => state.opened?.seed ?? 0);
  const change = (value: number) => void session.reopen({ seed: value });
  return (
    <MenuButton name="Seed" value={String(seed)} mono choices={[]} current={null} onChoose={() => undefined}>
      {(close) => (
        <form
          className="menu-form"
          onSubmit={(event) => {
            event.preventDefault();
            const value = Number(new FormData(event.currentTarget).get('seed'));
            if (!Number.isSafeInteger(value) || value < 0 || value > LARGEST_SEED) return;
            close();
            change(value);
          }}
        >
          <label>
            Seed
            <input
              key={seed}
              className="mono"
              name="seed"
              type="number"
              min={0}
              max={LARGEST_SEED}
              step={1}
              required
              defaultValue={seed}
            />
          </label>
          <button type="submit" className="btn">
            Use
          </button>
          <button
            type="button"
            className="btn light"
            onClick={() => {
              close();
              change(seed === LARGEST_SEED ? 0 : seed + 1);
            }}
          >
            Next seed
          </button>
        </form>
      )}
    </MenuButton>
  );
}
