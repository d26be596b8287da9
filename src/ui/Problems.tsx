/** What went wrong, a line each; the page stays as it was. */
import './problems.css';
import type { Problem } from '../worker/protocol.ts';
import { useLab, useLabState } from './lab-context.ts';
import { later } from './later.tsx';
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

const Crash = later(
  async () => (await import('./Crash.tsx')).Crash,
  (state) => state.crash !== null,
  {},
);

export function Problems() {
  const { store } = useLab();
  const all = useLabState((state) => state.problems);
  const crash = useLabState((state) => state.crash);
  // Every request that the engine did not live to answer says the same.
  const problems = crash === null ? all : all.filter(({ message }) => !isOfCrash(message, crash.message));
  return (
    <div className="problems" role="alert">
      <Crash />
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
