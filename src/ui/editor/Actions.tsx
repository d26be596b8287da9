/** What can be done with the text. */
import { useRef } from 'react';
import { KeyHint } from '../KeyHint.tsx';
import { saveText } from '../open/save-text.ts';
import { useEditor, useEditorState } from './editor-context.ts';

export function Actions() {
  const editor = useEditor();
  const isDraft = useEditorState((state) => state.draftOf !== null);
  const remark = useEditorState((state) => state.remark);
  const file = useRef<HTMLInputElement>(null);
  return (
    <footer className="editor-actions">
      <div className="row">
        <button
          type="button"
          className="btn primary"
          aria-keyshortcuts="Control+Enter"
          onClick={() => void editor.run()}
        >
          Run<KeyHint>Ctrl ↵</KeyHint>
        </button>
        <button type="button" className="btn light" disabled={!isDraft} onClick={editor.revert}>
          Revert
        </button>
        <button
          type="button"
          className="btn light"
          onClick={() => saveText(editor.fileName(), editor.store.getState().text)}
        >
          Download
        </button>
        <button type="button" className="btn light" onClick={() => file.current?.click()}>
          Open file
        </button>
        <button type="button" className="btn light" onClick={() => void editor.copyCommand()}>
          Copy as command
        </button>
        <button type="button" className="btn light" onClick={() => void editor.copyLink()}>
          Copy link
        </button>
        <input
          ref={file}
          type="file"
          accept=".yaml,.yml,.json"
          aria-label="Scenario file"
          hidden
          onChange={async (event) => {
            const field = event.currentTarget;
            const chosen = field.files?.[0];
            if (chosen !== undefined) editor.setText(await chosen.text());
            // The same file may be chosen again after it was changed on disk.
            field.value = '';
          }}
        />
      </div>
      <p role="status" className="editor-remark">
        {remark}
      </p>
    </footer>
  );
}
