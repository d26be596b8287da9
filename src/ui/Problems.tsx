/** What went wrong, a line each; the page stays as it was. */
import './problems.css';
import type { Problem } from '../worker/protocol.ts';
import { useLab, useLabState } from './lab-context.ts';
import { count } from './words.ts';

const SHOWN = 4;

/** One problem, its place in the text first where it has one. */
export function ProblemLine({ problem: { line, column, message } }: { readonly problem: Problem }) {
  return (
    <p>
      {line !== undefined && (
        <b className="mono">
          {line}
          {column !== undefined && `:${column}`}{' '}
        </b>
      )}
      {message}
    </p>
  );
}

/** What is worth saying and is no error: a scenario's warnings, the block under the keyboard. */
export function Remark() {
  const { store } = useLab();
  const remark = useLabState((state) => state.remark);
  if (remark === '') return null;
  return (
    <p className="remark">
      {remark}
      <button type="button" className="word-btn" onClick={() => store.setState({ remark: '' })}>
        Dismiss
      </button>
    </p>
  );
}

export function Problems() {
  const { store, session } = useLab();
  const problems = useLabState((state) => state.problems);
  const crash = useLabState((state) => state.crash);
  const last = useLabState((state) => state.frame?.at.step ?? 0);
  return (
    <div className="problems" role="alert">
      {crash !== null && (
        <div className="crash">
          <p>
            The engine stopped at step {count(crash.step)}: {crash.message.split('\n')[0]}
            <button type="button" className="btn" onClick={() => void session.restart()}>
              Restart from step {count(last)}
            </button>
          </p>
          <details>
            <summary>Log</summary>
            <pre className="mono">{crash.message}</pre>
          </details>
        </div>
      )}
      {(crash === null ? problems : []).slice(0, SHOWN).map((problem) => (
        <ProblemLine key={`${problem.line}:${problem.column}:${problem.message}`} problem={problem} />
      ))}
      {crash === null && problems.length > SHOWN && <p>and {count(problems.length - SHOWN)} more.</p>}
      {problems.length > 0 && crash === null && (
        <button type="button" className="word-btn" onClick={() => store.setState({ problems: [] })}>
          Dismiss
        </button>
      )}
    </div>
  );
}
