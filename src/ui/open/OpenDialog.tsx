/** Opens a scenario, a link or a recording: from a file, by drop or by paste. */
import { useRef } from 'react';
import { useLab, useLabState } from '../lab-context.ts';
import { count } from '../words.ts';
import { Dialog } from './Dialog.tsx';
import { useOpener } from './use-open.ts';

const RECORD = 'trace-cmd record -e kmem -e page_alloc; trace-cmd report > trace.txt';

function Progress() {
  const { session } = useLab();
  const opening = useLabState((state) => state.opening);
  const progress = useLabState((state) => state.progress);
  if (!opening) return null;
  return (
    <p className="row">
      {progress === null
        ? 'Reading'
        : `${progress.label}: ${count(progress.done)} of ${count(progress.total)}`}
      <button type="button" className="btn" onClick={() => void session.cancel()}>
        Stop
      </button>
    </p>
  );
}

function DialogProblems() {
  const problems = useLabState((state) => state.problems);
  return (
    <div role="alert" className="problems">
      {problems.map((problem) => (
        <p key={`${problem.line}:${problem.column}:${problem.message}`}>
          {problem.line !== undefined && <b className="mono">{problem.line}: </b>}
          {problem.message}
        </p>
      ))}
    </div>
  );
}

export function OpenDialog() {
  const opener = useOpener();
  const text = useRef<HTMLTextAreaElement>(null);
  return (
    <Dialog name="open" title="Open">
      <label>
        A scenario (YAML or JSON) or a recording (ftrace, perf or trace-cmd text, also .gz)
        <input
          type="file"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) void opener.file(file);
          }}
        />
      </label>
      <label>
        Or paste a scenario, a link or kernel text
        <textarea ref={text} spellCheck={false} />
      </label>
      <div className="row">
        <button
          type="button"
          className="btn primary"
          onClick={() => {
            const value = text.current?.value ?? '';
            if (value.trim() !== '') void opener.text(value);
          }}
        >
          Open the text
        </button>
        <span className="muted small">A file may also be dropped anywhere on the page.</span>
      </div>
      <Progress />
      <DialogProblems />
      <h3>To record a machine of your own</h3>
      <p>
        <code>{RECORD}</code>
      </p>
    </Dialog>
  );
}
