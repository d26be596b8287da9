/** Previous, current and next: one line each. Progress and remarks take the line's place while they last. */
import { useLab, useLabState } from '../lab-context.ts';
import { count } from '../words.ts';

function ProgressLine() {
  const { session } = useLab();
  const progress = useLabState((state) => state.progress);
  return (
    <span className="progress-line">
      <span>
        {progress === null
          ? 'Opening'
          : `${progress.label}: ${count(progress.done)} of ${count(progress.total)}`}
      </span>
      {progress !== null && (
        <progress aria-label={progress.label} max={progress.total} value={progress.done} />
      )}
      <button type="button" className="word-btn" onClick={() => void session.cancel()}>
        Stop
      </button>
    </span>
  );
}

export function Narration() {
  const narration = useLabState((state) => state.detail?.narration ?? null);
  const opening = useLabState((state) => state.opening);
  if (opening) return <ProgressLine />;
  if (narration === null) return <span />;
  const { previous, current, next } = narration;
  return (
    <span className="narration">
      <span className="previous" title={previous?.rule}>
        {previous?.text}
      </span>
      <span className="current" title={`${current.rule} ${current.fn}`.trim()}>
        {current.text}
        {current.fn !== '' && <code>{current.fn}</code>}
      </span>
      <span className="next" title={next?.rule}>
        {next?.text}
      </span>
    </span>
  );
}
