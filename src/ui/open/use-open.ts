/** Opens files and texts from wherever they come: the dialog, a drop, the clipboard. */
import { useEffect, useState } from 'react';
import type { ShippedRecording } from '../../scenario/shipped-recordings.ts';
import { problemsOf } from '../../store/engine-port.ts';
import type { Lab } from '../../store/lab.ts';
import { useLab } from '../lab-context.ts';
import { isScenario, recordingFile, sourceOfFile, sourceOfText } from './inputs.ts';

export interface Opener {
  /** `others`: files that came with it, and cannot be open at the same time. */
  file(file: File, others?: number): Promise<void>;
  text(text: string): Promise<void>;
  shipped(recording: ShippedRecording): Promise<void>;
}

/**
 * A file is the answer where one is asked for, unless it is a scenario. What was asked for while a long one was read
 * is opened instead.
 */
async function openFile({ recordings, session, store }: Lab, file: File): Promise<boolean> {
  const isWanted = session.intend();
  if (store.getState().asking !== null && !(await isScenario(file))) {
    const answer = await recordingFile(file);
    return isWanted() && recordings.give(answer);
  }
  const source = await sourceOfFile(file);
  return isWanted() && session.open(source);
}

export function useOpener(): Opener {
  const lab = useLab();
  const { session, recordings, store, tasks } = lab;
  const opened = async (open: () => Promise<boolean>) => {
    try {
      if (!(await open())) return;
      store.setState({ panel: null });
    } catch (error) {
      store.setState({ problems: problemsOf(error) });
    }
  };
  const tellOthers = (file: File, others: number) => {
    if (others === 0) return;
    const remark = `Of ${others + 1} files the first, ${file.name}, was taken: one can be open at a time.`;
    store.setState({ remark: [store.getState().remark, remark].filter(Boolean).join(' ') });
  };
  return {
    file: (file, others = 0) =>
      tasks.track(opened(() => openFile(lab, file)).then(() => tellOthers(file, others))),
    text: (text) => tasks.track(opened(() => session.open(sourceOfText(text, location.href)))),
    shipped: (recording) => tasks.track(opened(() => recordings.openShipped(recording))),
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
      const [file, ...others] = event.dataTransfer?.files ?? [];
      const text = event.dataTransfer?.getData('text/plain') ?? '';
      if (file !== undefined) void opener.file(file, others.length);
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
