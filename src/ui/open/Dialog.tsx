/** A native dialog that follows the store: open while `panel` names it. */
import { KeyHint } from '../KeyHint.tsx';
import './dialog.css';
import './open.css';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { PanelName } from '../../store/state.ts';
import { useLab, useLabState } from '../lab-context.ts';

interface DialogProps {
  readonly name: PanelName;
  readonly title: string;
  readonly children: ReactNode;
}

export function Dialog({ name, title, children }: DialogProps) {
  const { store, recordings } = useLab();
  const closed = () => {
    store.setState({ panel: null });
    if (name === 'open') recordings.forget();
  };
  const open = useLabState((state) => state.panel === name);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={() => store.getState().panel === name && closed()}>
      {open && (
        <>
          <header>
            <h2 id={id}>{title}</h2>
            <button type="button" className="word-btn" onClick={closed}>
              Close<KeyHint>Esc</KeyHint>
            </button>
          </header>
          {children}
        </>
      )}
    </dialog>
  );
}
