/** How the editor's parts reach its state. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Editor, EditorState } from '../../store/editor.ts';

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error('a component stands outside of EditorContext');
  return editor;
}

/** A part of the editor's state; select values or existing objects, never new ones. */
export function useEditorState<T>(select: (state: EditorState) => T): T {
  return useStore(useEditor().store, select);
}
