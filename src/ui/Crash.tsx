/** The engine's end, and the ways on: what was open again, or where nothing was, something else. */
import { useLab, useLabState } from './lab-context.ts';
import { count } from './words.ts';

export function Crash() {
  const { store, session } = useLab();
  const opened = useLabState((state) => state.opened !== null);
  const opening = useLabState((state) => state.opening);
  const last = useLabState((state) => state.frame?.at.step ?? 0);
  const crash = useLabState((state) => state.crash);
  if (crash === null) return null;
  const { message, step } = crash;
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
