/** Step back, play, step, and where we are. */

import { Icon } from '../icons.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { positionText } from '../words.ts';

export function Controls({ big = false }: { readonly big?: boolean }) {
  const { acts, player } = useLab();
  const playing = useLabState((state) => state.playing);
  const position = useLabState((state) => state.position);
  const length = useLabState((state) => state.opened?.length ?? 0);
  const nothing = useLabState((state) => state.opened === null);
  const isStart = position.step === 0 && position.event === 0;
  const isEnd = position.step >= length;
  const look = big ? 'btn square' : 'icon-btn';
  return (
    <>
      <button
        type="button"
        className={look}
        aria-label="Step back"
        aria-keyshortcuts="ArrowLeft ,"
        title="Step back"
        disabled={nothing || isStart}
        onClick={() => void acts.stepBack()}
      >
        <Icon name="back" />
      </button>
      <button
        type="button"
        className={big ? look : `${look} framed`}
        aria-label={playing ? 'Pause' : 'Play'}
        aria-keyshortcuts="Space"
        title={playing ? 'Pause' : 'Play'}
        disabled={nothing || (isEnd && !playing)}
        onClick={() => player.toggle()}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        className={look}
        aria-label="Step"
        aria-keyshortcuts="ArrowRight ."
        title="Step"
        disabled={nothing || isEnd}
        onClick={() => void acts.step()}
      >
        <Icon name="step" />
      </button>
    </>
  );
}

export function PositionText() {
  const position = useLabState((state) => state.position);
  const events = useLabState((state) => state.frame?.events ?? 0);
  const length = useLabState((state) => state.opened?.length ?? 0);
  return <span className="mono position">{positionText(position.step, position.event, events, length)}</span>;
}
