/** Opens a scenario, a link or a recording: from a file, by drop or by paste. */
import { useState } from 'react';
import { SHIPPED_RECORDINGS } from '../../scenario/shipped-recordings.ts';
import type { Recognition } from '../../worker/protocol.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { ProblemLine } from '../Problems.tsx';
import { count } from '../words.ts';
import { Dialog } from './Dialog.tsx';
import { RecordCommands } from './RecordCommands.tsx';
import { type Opener, useOpener } from './use-open.ts';
import { useRecognised } from './use-recognised.ts';

function Progress() {
  const { session } = useLab();
  const opening = useLabState((state) => state.opening);
  const progress = useLabState((state) => state.progress);
  if (!opening) return null;
  return (
    <p className="row late">
      <span>
        {progress === null
          ? 'Reading'
          : `${progress.label}: ${count(progress.done)} of ${count(progress.total)}`}
      </span>
      {progress !== null && (
        <progress aria-label={progress.label} max={progress.total} value={progress.done} />
      )}
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
        <ProblemLine key={`${problem.line}:${problem.column}:${problem.message}`} problem={problem} />
      ))}
    </div>
  );
}

/** The line of a format, told as soon as it is known. */
function Seems({ found }: { readonly found: Recognition | null }) {
  return (
    <p className={found?.opens === false ? 'seems cannot' : 'seems'} role="status">
      {found === null
        ? ''
        : found.opens
          ? `This is ${found.words}.`
          : `This cannot be opened: ${found.words}.`}
    </p>
  );
}

/** The one line that says which file a link is of. */
function Asked() {
  const asking = useLabState((state) => state.asking);
  if (asking === null) return null;
  return (
    <p className="asked" role="status">
      This link is of the recording <b>{asking.need.recording}</b>, which is not on this page: drop its file
      here, or choose it below.
    </p>
  );
}

function Shipped({ opener }: { readonly opener: Opener }) {
  return (
    <ul className="shipped">
      {SHIPPED_RECORDINGS.map((recording) => (
        <li key={recording.name}>
          {__SINGLE_FILE__ ? (
            <span className="muted">
              {recording.title}: not in this one file. It lies in the project, public/{recording.file}.
            </span>
          ) : (
            <button type="button" className="btn" onClick={() => void opener.shipped(recording)}>
              {recording.title}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function FileField({ opener }: { readonly opener: Opener }) {
  const [file, setFile] = useState<File | null>(null);
  const found = useRecognised(file);
  return (
    <div className="drop-target">
      <label>
        A file: a scenario (YAML or JSON) or a recording (ftrace, trace-cmd report or perf script text, also
        .gz)
        <input
          type="file"
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            if (chosen === undefined) return;
            setFile(chosen);
            void opener.file(chosen);
          }}
        />
      </label>
      <p className="muted small">It may also be dropped here, or anywhere on the page.</p>
      <Seems found={found} />
    </div>
  );
}

function TextField({ opener }: { readonly opener: Opener }) {
  const [text, setText] = useState('');
  const found = useRecognised(text);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void opener.text(text);
      }}
    >
      <label>
        Or paste a scenario, a link or a recording
        <textarea spellCheck={false} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </label>
      <div className="row">
        <button type="submit" className="btn primary">
          Open the text
        </button>
        <Seems found={found} />
      </div>
    </form>
  );
}

export function OpenDialog() {
  const opener = useOpener();
  return (
    <Dialog name="open" title="Open">
      <Asked />
      <Progress />
      <DialogProblems />
      <Shipped opener={opener} />
      <FileField opener={opener} />
      <TextField opener={opener} />
      <RecordCommands />
    </Dialog>
  );
}
