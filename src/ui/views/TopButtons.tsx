/** The top bar's words for looking around and for taking acts back. */
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

/** The pages of text: the mail, and what it costs. */
export function PageButtons({ className = 'word-btn', after }: ViewButtonsProps) {
  const { store } = useLab();
  const to = (panel: 'mail' | 'limits') => () => {
    after?.();
    store.setState({ panel });
  };
  return (
    <>
      <button type="button" className={className} onClick={to('mail')}>
        The mail
      </button>
      <button type="button" className={`${className} limits-word`} onClick={to('limits')}>
        Limits
      </button>
    </>
  );
}

interface ViewButtonsProps {
  readonly className?: string;
  /** Done before anything opens: the menu it stands in closes. */
  readonly after?: () => void;
}

export function ViewButtons({ className = 'word-btn', after }: ViewButtonsProps) {
  const { selecting, store, compare } = useLab();
  const comparing = useLabState((state) => state.compareWith.length > 0);
  return (
    <>
      <button
        type="button"
        className={`${className} compare-word`}
        aria-pressed={comparing}
        aria-keyshortcuts="C"
        onClick={() => {
          after?.();
          compare.toggle();
        }}
      >
        Compare<KeyHint>C</KeyHint>
      </button>
      <button
        type="button"
        className={`${className} view-word`}
        onClick={() => {
          after?.();
          selecting.show({ kind: 'caches' });
        }}
      >
        Views
      </button>
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
