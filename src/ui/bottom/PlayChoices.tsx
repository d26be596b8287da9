/** What a step is, what playing pauses on, and how fast it goes. */
import { PAUSING, type Pausing, STEPS_BY, type StepBy } from '../../store/step-kinds.ts';
import { KeyHint } from '../KeyHint.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { PopUp } from './PopUp.tsx';

const STEP_WORDS: Readonly<Record<StepBy, string>> = {
  operation: 'operation',
  event: 'event',
  failure: 'next failure',
  reclaim: 'next reclaim',
  note: 'next note',
};

const PAUSE_WORDS: Readonly<Record<Pausing, string>> = {
  failed: 'Failed requests',
  reclaim: 'Reclaims',
  discard: 'Slabs discarded',
  oom: 'OOM kills',
  note: 'Notes',
};

export function StepBySelect() {
  const { store } = useLab();
  const stepBy = useLabState((state) => state.stepBy);
  return (
    <label className="step-by">
      <span className="step-word">Step by</span>
      <select
        value={stepBy}
        onChange={(event) => {
          const chosen = STEPS_BY.find((one) => one === event.currentTarget.value);
          if (chosen !== undefined) store.setState({ stepBy: chosen });
        }}
      >
        {STEPS_BY.map((one) => (
          <option key={one} value={one}>
            {STEP_WORDS[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

export function PauseChoices() {
  const { store } = useLab();
  const pauseOn = useLabState((state) => state.pauseOn);
  const toggle = (kind: Pausing, on: boolean) =>
    store.setState({ pauseOn: PAUSING.filter((one) => (one === kind ? on : pauseOn.includes(one))) });
  return (
    <fieldset className="choices">
      <legend>Playing stops at</legend>
      {PAUSING.map((kind) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={pauseOn.includes(kind)}
            onChange={(event) => toggle(kind, event.currentTarget.checked)}
          />
          {PAUSE_WORDS[kind]}
        </label>
      ))}
    </fieldset>
  );
}

export function PauseOn() {
  const chosen = useLabState((state) => state.pauseOn.length);
  return (
    <PopUp name="Pause on" {...(chosen === 0 ? {} : { value: `${chosen} of ${PAUSING.length}` })}>
      <PauseChoices />
    </PopUp>
  );
}

export function Speed() {
  const { player } = useLab();
  const speed = useLabState((state) => state.speed);
  return (
    <span className="speed muted">
      Speed <b className="mono">{speed === 'max' ? 'max' : `${speed}×`}</b>
      <button
        type="button"
        className="key-btn"
        aria-label="Slower"
        aria-keyshortcuts="["
        onClick={() => player.faster(-1)}
      >
        <KeyHint>[</KeyHint>
      </button>
      <button
        type="button"
        className="key-btn"
        aria-label="Faster"
        aria-keyshortcuts="]"
        onClick={() => player.faster(1)}
      >
        <KeyHint>]</KeyHint>
      </button>
    </span>
  );
}

export function PlotsButton() {
  const { store } = useLab();
  const open = useLabState((state) => state.plotsOpen);
  return (
    <button
      type="button"
      className="word-btn plots-button"
      aria-pressed={open}
      aria-keyshortcuts="G"
      onClick={() => store.setState({ plotsOpen: !open, experimentsOpen: false })}
    >
      Plots<KeyHint>G</KeyHint>
    </button>
  );
}

export function ExperimentsButton() {
  const { store } = useLab();
  const open = useLabState((state) => state.experimentsOpen);
  return (
    <button
      type="button"
      className="word-btn plots-button"
      aria-pressed={open}
      aria-keyshortcuts="X"
      onClick={() => store.setState({ experimentsOpen: !open, plotsOpen: false })}
    >
      Experiments<KeyHint>X</KeyHint>
    </button>
  );
}
