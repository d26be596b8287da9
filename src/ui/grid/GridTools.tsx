/** What changes how the page grid is looked at: zoom, order of pages, overlay. */
import type { LayoutMode } from '../../render/layout.ts';
import type { OverlayName } from '../../store/state.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { MenuButton } from '../top/MenuButton.tsx';
import type { GridView } from './grid-view.ts';
import { ViewButtons } from './ViewButtons.tsx';

const OVERLAYS: readonly { readonly id: OverlayName; readonly title: string; readonly note: string }[] = [
  { id: 'none', title: 'none', note: 'What each page holds' },
  { id: 'pins', title: 'pins', note: 'Pages that keep their block from being emptied' },
  { id: 'age', title: 'age', note: 'How long ago a page was used' },
  { id: 'owner', title: 'owner', note: 'Whose process, file or cache it is' },
  { id: 'changed', title: 'last change', note: 'What the last step changed' },
  { id: 'obtainable', title: 'obtainable', note: 'Blocks to be had if everything reclaimable went' },
  { id: 'pageblocks', title: 'pageblocks', note: 'Pageblocks by type' },
];

function OverlayMenu() {
  const { store, session } = useLab();
  const current = useLabState((state) => state.overlay);
  const groups = useLabState((state) => state.opened?.policy.startsWith('mobility') ?? false);
  const choose = (id: string) => {
    const chosen = OVERLAYS.find((one) => one.id === id)?.id ?? 'none';
    store.setState({ overlay: chosen });
    if (chosen === 'age' || chosen === 'owner') void session.seek(store.getState().position);
  };
  return (
    <MenuButton
      name="Overlay"
      value={OVERLAYS.find(({ id }) => id === current)?.title ?? current}
      choices={groups ? OVERLAYS : OVERLAYS.slice(0, -1)}
      current={current}
      onChoose={choose}
    />
  );
}

interface GridToolsProps {
  readonly camera: GridView;
  readonly zoomed: boolean;
  readonly mode: LayoutMode;
  /** The largest cell is on the screen. */
  readonly closest: boolean;
  /** Left edge of the grid in the board. */
  readonly left: number;
}

export function GridTools({ camera, zoomed, mode, closest, left }: GridToolsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a toolbar, no set of fields
    <div role="group" aria-label="View" className="grid-tools" style={{ left }}>
      <ViewButtons camera={camera} zoomed={zoomed} mode={mode} closest={closest} fitKey="Shift+Z" />
      <OverlayMenu />
    </div>
  );
}
