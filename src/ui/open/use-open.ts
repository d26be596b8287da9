/** Opens files and texts from wherever they come: the dialog, a drop, the clipboard. */
import { useEffect, useState } from 'react';
import { useLab } from '../lab-context.ts';
import { sourceOfFile, sourceOfText } from './inputs.ts';

export interface Opener {
  file(file: File): Promise<void>;
  text(text: string): Promise<void>;
}

export function useOpener(): Opener {
  const { session, address, store } = useLab();
  const opened = (ok: boolean) => {
    if (!ok) return;
    address.pushNext();
    store.setState({ panel: null });
  };
  return {
    file: async (file) => {
      opened(await session.open(await sourceOfFile(file)));
    },
    text: async (text) => {
      opened(await session.open(sourceOfText(text, location.href)));
    },
  };
}

/** Also inside a shadow tree, whose host would be the target from outside. */
function isEditing(event: Event): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;
}

/** Drops anywhere on the page and pastes outside of fields. True while a file hovers over the page. */
export function useDropAndPaste(): boolean {
  const opener = useOpener();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      event.preventDefault();
      setOver(event.type === 'dragover');
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      const text = event.dataTransfer?.getData('text/plain') ?? '';
      if (file !== undefined) void opener.file(file);
      else if (text !== '' && !isEditing(event)) void opener.text(text);
    };
    const paste = (event: ClipboardEvent) => {
      if (isEditing(event)) return;
      const file = event.clipboardData?.files[0];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (file !== undefined) void opener.file(file);
      else if (text.trim() !== '') void opener.text(text);
    };
    addEventListener('dragover', drag);
    addEventListener('dragleave', drag);
    addEventListener('drop', drop);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('dragover', drag);
      removeEventListener('dragleave', drag);
      removeEventListener('drop', drop);
      removeEventListener('paste', paste);
    };
  });
  return over;
}
