/** What a person did to the run, in the order it was done: each with its step, to go to and to take back. */
import { undosTo } from '../../store/edit-list.ts';
import { LinkWord } from '../inspector/links.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { count, plural } from '../words.ts';
import { operationWords } from './operation-words.ts';

export function EditsPane() {
  const { acts, session, player, store } = useLab();
  const opened = useLabState((state) => state.opened);
  if (opened === null) return null;
  const { editList: edits, machine, again } = opened;
  const { done } = again;
  const go = (step: number) => {
    player.pause();
    void session.seek({ step: step + 1, event: 0 });
  };
  return (
    <>
      <p className="muted small">
        {edits.length === 0
          ? 'Nothing was done to this run. An act in the past drops what followed, unless you keep the rest.'
          : `${plural(edits.length, 'act')}, in the order they were done. A link carries them. One that is taken out is left out of the run, and those after it are done again.`}
      </p>
      <ol className="edit-list">
        {edits.map(({ step, operation, kept }, i) => (
          // The same act may be done twice; its place in the list is its name.
          <li key={i}>
            {step === null ? (
              <span className="mono muted step">dropped</span>
            ) : (
              <span className="step">
                <LinkWord mono go={() => go(step)}>
                  {count(step + 1)}
                </LinkWord>
              </span>
            )}
            <span>
              {operationWords(operation, machine.pages)}
              {kept && <span className="muted">, the rest kept</span>}
            </span>
            <span className="ways">
              {undosTo(done, i) > 1 && (
                <button
                  type="button"
                  className="word-btn"
                  aria-label={`Take out act ${i + 1}: ${operationWords(operation, machine.pages)}`}
                  onClick={() => void session.takeOut(i)}
                >
                  Take out
                </button>
              )}
              <button
                type="button"
                className="word-btn"
                onClick={() => void acts.undoEdits(undosTo(done, i))}
              >
                {undosTo(done, i) === 1 ? 'Undo' : `Undo back to here (${undosTo(done, i)})`}
              </button>
            </span>
          </li>
        ))}
      </ol>
      <p>
        <button type="button" className="btn" disabled={!opened.canUndo} onClick={() => void session.undo()}>
          Undo
        </button>{' '}
        <button type="button" className="btn" disabled={!opened.canRedo} onClick={() => void session.redo()}>
          Redo
        </button>{' '}
        {edits.length > 0 && (
          <button
            type="button"
            className="btn light"
            onClick={() => store.setState({ compareWith: ['no-edits'] })}
          >
            Compare with no edits
          </button>
        )}
      </p>
    </>
  );
}
