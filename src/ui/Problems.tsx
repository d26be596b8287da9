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

/** The engine's end, and the ways on: what was open again, or where nothing was, something else. */
function Crash({ message, step }: { readonly message: string; readonly step: number }) {
  const { store, session } = useLab();
  const opened = useLabState((state) => state.opened !== null);
  const opening = useLabState((state) => state.opening);
  const last = useLabState((state) => state.frame?.at.step ?? 0);
  const [reason] = message.split('\n');
  return (
    <div className="crash">
      <p>
        {opened ? `The engine stopped at step ${count(step)}` : 'The engine stopped before anything was open'}
        : {reason}
        <button type="button" className="btn" disabled={opening} onClick={() => void session.restart()}>
          {opened ? `Restart from step ${count(last)}` : 'Restart'}
        </button>
        {!opened && (
          <>
            <button
              type="button"
              className="btn"
              disabled={opening}
              onClick={() => void session.open({ kind: 'preset', id: 'one-slab' })}
            >
              Open the opening scene
            </button>
            <button
              type="button"
              className="btn light"
              onClick={() => store.setState({ panel: 'scenarios' })}
            >
              Choose another scenario
            </button>
          </>
        )}
      </p>
      <details>
        <summary>Log</summary>
        <pre className="mono">{message}</pre>
      </details>
    </div>
  );
}

export function Problems() {
  const { store } = useLab();
  const all = useLabState((state) => state.problems);
  const crash = useLabState((state) => state.crash);
  // Every request that the engine did not live to answer says the same.
  const problems = crash === null ? all : all.filter(({ message }) => !isOfCrash(message, crash.message));
  return (
    <div className="problems" role="alert">
      {crash !== null && <Crash {...crash} />}
      {problems.slice(0, SHOWN).map((problem) => (
        <ProblemLine key={`${problem.line}:${problem.column}:${problem.message}`} problem={problem} />
      ))}
      {problems.length > SHOWN && <p>and {count(problems.length - SHOWN)} more.</p>}
      {problems.length > 0 && (
        <button type="button" className="word-btn" onClick={() => store.setState({ problems: [] })}>
          Dismiss
        </button>
      )}
    </div>
  );
}

const isOfCrash = (message: string, crash: string) =>
  message === crash || message.startsWith('the engine stopped') || message === 'the engine was restarted';
