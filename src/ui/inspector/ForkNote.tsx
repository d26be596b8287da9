/** After an act in the past: what it dropped, and the two ways to have it otherwise. */
import './fork-note.css';
import { useLab, useLabState } from '../lab-context.ts';
import { plural } from '../words.ts';

export function ForkNote() {
  const { acts, session, store } = useLab();
  const forked = useLabState((state) => state.forked);
  return (
    <div role="status" className="fork-note">
      {forked !== null && (
        <p>
          The rest ({plural(forked.dropped, 'step')}) was dropped.{' '}
          <button type="button" className="word-btn" onClick={() => void session.undo()}>
            Undo
          </button>
          <button type="button" className="word-btn" onClick={() => void acts.keepRest()}>
            Keep the rest
          </button>
          <button type="button" className="word-btn" onClick={() => store.setState({ forked: null })}>
            Dismiss
          </button>
        </p>
      )}
    </div>
  );
}
