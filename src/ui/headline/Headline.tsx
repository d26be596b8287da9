/** The sentence at the top, and the one thing to do next. */
import { KeyHint } from '../KeyHint.tsx';
import './headline.css';
import { accountOf } from '../../store/state.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { useStill } from '../use-still.ts';
import { headlineOf, otherPolicy, type Situation } from './headline.ts';

function Sentence() {
  const opened = useLabState((state) => state.opened);
  const detail = useLabState((state) => state.detail);
  const account = useLabState(accountOf);
  const opening = useLabState((state) => state.opening);
  const headline = headlineOf(opened, detail, account);
  if (headline.situation === 'nothing' && opening) return <h1>Opening…</h1>;
  return (
    <h1>
      {headline.parts.map((part) => (
        <span
          key={part.text}
          className={part.tone === 'pfn' ? 'acc mono pfn' : part.tone === 'accent' ? 'acc nowrap' : ''}
        >
          {part.text}
        </span>
      ))}
    </h1>
  );
}

function Action({ situation }: { readonly situation: Situation }) {
  const { acts, store, session } = useLab();
  const opening = useLabState((state) => state.opening);
  const policy = useLabState((state) => state.opened?.policy);
  const other = useLabState((state) => otherPolicy(state.opened));
  const still = useStill();
  if (situation === 'nothing') {
    return (
      <>
        <button
          type="button"
          className="btn"
          disabled={opening}
          onClick={() => void session.open({ kind: 'preset', id: 'one-slab' })}
        >
          Open the first scenario
        </button>
        <button type="button" className="btn light" onClick={() => store.setState({ panel: 'open' })}>
          Paste kernel text
        </button>
      </>
    );
  }
  if (situation === 'reclaiming') {
    return (
      <button
        type="button"
        className="btn"
        aria-keyshortcuts="Escape"
        onClick={() => void acts.finishReclaim()}
      >
        Stop here<KeyHint>Esc</KeyHint>
      </button>
    );
  }
  if (situation === 'recorded') {
    return (
      <button type="button" className="btn primary" onClick={() => void session.reopen({ policy: other })}>
        Replay under {other}
      </button>
    );
  }
  if (policy !== 'order0-slab') return null;
  return (
    <button
      type="button"
      className={situation === 'failed' ? 'btn primary' : 'btn'}
      aria-keyshortcuts="R"
      onClick={() => void acts.reclaimOneSlab({ watch: !still })}
    >
      Reclaim one slab<KeyHint>R</KeyHint>
    </button>
  );
}

export function Headline({ action = true }: { readonly action?: boolean }) {
  const opened = useLabState((state) => state.opened);
  const detail = useLabState((state) => state.detail);
  const account = useLabState(accountOf);
  const { situation, lede } = headlineOf(opened, detail, account);
  const step = useLabState((state) => state.frame?.at.step);
  const note = opened?.notes.find((one) => one.step === step)?.text;
  const other =
    opened !== null && opened.policy !== 'order0-slab' && opened.recording === null
      ? `${opened.policy} has no slabs to reclaim.`
      : lede || (note ?? '');
  return (
    <div className="headline">
      <Sentence />
      {action && (
        <div className="headline-action">
          <Action situation={situation} />
          <span className="lede">{other}</span>
        </div>
      )}
    </div>
  );
}

/** The phone's bar at the bottom holds the action alone. */
export function HeadlineAction() {
  const opened = useLabState((state) => state.opened);
  const detail = useLabState((state) => state.detail);
  return <Action situation={headlineOf(opened, detail, null).situation} />;
}
