/** Whose text this is, and what is wrong with it. */

import { warningLines } from '../../store/warning-lines.ts';
import { useLabState } from '../lab-context.ts';
import { plural } from '../words.ts';
import { useEditor, useEditorState } from './editor-context.ts';

export function Status() {
  const editor = useEditor();
  const draftOf = useEditorState((state) => state.draftOf);
  const isKept = useEditorState((state) => state.isKept);
  const title = useLabState((state) => state.opened?.title ?? 'nothing');
  const edits = useLabState((state) => state.opened?.edits ?? 0);
  const isRecording = useLabState((state) => state.opened?.recording != null);
  if (draftOf !== null) {
    const elsewhere = draftOf === title ? '' : ` What runs is “${title}”.`;
    return (
      <p className="editor-status">
        Unsaved text, begun from “{draftOf}”.{elsewhere}
        {!isKept && ' This browser keeps nothing for the page: a reload loses it, a download does not.'}
        <button type="button" className="word-btn" onClick={editor.revert}>
          Discard it
        </button>
      </p>
    );
  }
  if (isRecording) return <p className="editor-status">A recording runs; it has no scenario text.</p>;
  const acts = edits === 0 ? '' : ` ${plural(edits, 'act')} of yours on top: in the link, not in the text.`;
  return (
    <p className="editor-status">
      This is what runs: “{title}”.{acts}
    </p>
  );
}

/** Problems of the text and what the engine refused; each leads to its place. */
export function ProblemList({ onJump }: { readonly onJump: (line: number, column: number) => void }) {
  const problems = useEditorState((state) => state.checked.problems);
  const warnings = useEditorState((state) => state.checked.warnings);
  const refused = useEditorState((state) => state.refused);
  return (
    <div className="editor-problems">
      <div role="alert">
        {[...problems, ...refused].map(({ message, line, column }) => (
          <button
            key={`${line}:${column}:${message}`}
            type="button"
            className="editor-problem"
            onClick={() => onJump(line ?? 1, column ?? 1)}
          >
            <b className="mono">{line === undefined ? '' : `${line}:${column ?? 1}`}</b> {message}
          </button>
        ))}
      </div>
      {warningLines(warnings).map((warning) => (
        <p key={warning} className="editor-warning">
          {warning}
        </p>
      ))}
    </div>
  );
}
