/** The top bar's words for looking around and for taking acts back. */
import type { Pane } from '../../store/looking.ts';
import { KeyHint } from '../KeyHint.tsx';
import { useLab, useLabState } from '../lab-context.ts';

export function UndoButtons({ className = 'word-btn' }: { readonly className?: string }) {
  const { session } = useLab();
  const canUndo = useLabState((state) => state.opened?.canUndo ?? false);
  const canRedo = useLabState((state) => state.opened?.canRedo ?? false);
  if (!canUndo && !canRedo) return null;
  return (
    <>
      <button
        type="button"
        className={className}
        disabled={!canUndo}
        aria-keyshortcuts="Control+Z"
        onClick={() => void session.undo()}
      >
        Undo
      </button>
      <button
        type="button"
        className={className}
        disabled={!canRedo}
        aria-keyshortcuts="Control+Shift+Z"
        onClick={() => void session.redo()}
      >
        Redo
      </button>
    </>
  );
}

const VIEWS: readonly (readonly [Pane, string])[] = [
  [{ kind: 'caches' }, 'Caches'],
  [{ kind: 'find' }, 'Find'],
];

export function ViewButtons({
  className = 'word-btn',
  after,
}: {
  readonly className?: string;
  readonly after?: () => void;
}) {
  const { selecting, store } = useLab();
  const open = (pane: Pane) => {
    after?.();
    selecting.show(pane);
  };
  return (
    <>
      {VIEWS.map(([pane, text]) => (
        <button
          key={text}
          type="button"
          className={`${className} view-word`}
          {...(pane.kind === 'find' ? { 'aria-keyshortcuts': '/' } : {})}
          onClick={() => open(pane)}
        >
          {text}
        </button>
      ))}
      <button
        type="button"
        className={className}
        aria-keyshortcuts="Control+K"
        onClick={() => {
          after?.();
          store.setState({ panel: 'palette' });
        }}
      >
        Commands<KeyHint>Ctrl K</KeyHint>
      </button>
    </>
  );
}
