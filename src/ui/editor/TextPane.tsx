/** The text itself: CodeMirror, kept equal to the editor's state. */
import { type RefObject, useEffect, useRef } from 'react';
import { type CodeView, createCodeView } from './code-view.ts';
import { useEditor } from './editor-context.ts';

export function TextPane({ view }: { readonly view: RefObject<CodeView | null> }) {
  const editor = useEditor();
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const { store } = editor;
    const code = createCodeView(host.current, {
      text: store.getState().text,
      onChange: editor.setText,
      onRun: () => void editor.run(),
    });
    view.current = code;
    code.showProblems(store.getState().checked.problems);
    const stop = store.subscribe((now, before) => {
      if (now.text !== before.text) code.setText(now.text);
      if (now.checked !== before.checked) code.showProblems(now.checked.problems);
    });
    return () => {
      stop();
      code.destroy();
      view.current = null;
    };
  }, [editor, view]);
  return <div ref={host} className="code" />;
}
