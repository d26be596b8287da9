/** Above the plots: what is shown of which steps, and all of it as a file. */
import { useEffect, useState } from 'react';
import type { StepRange } from '../../store/state.ts';
import { PopUp } from '../bottom/PopUp.tsx';
import { SweepButtons } from '../experiments/SweepButtons.tsx';
import { KeyHint } from '../KeyHint.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { count } from '../words.ts';
import { AgainstChoice } from './AgainstChoice.tsx';
import type { PlotChoice } from './choices.ts';
import type { FileKind } from './export-files.ts';
import type { Plot } from './plot.ts';
import { heldRange } from './range.ts';
import type { Against } from './use-plots.ts';

interface RangeFieldsProps {
  readonly range: StepRange;
  readonly length: number;
}

/** First and last step as fields: the exact way, by keyboard too, to what a drag over the plots does. */
function RangeFields({ range, length }: RangeFieldsProps) {
  const { store } = useLab();
  const [from, setFrom] = useState(String(range.from));
  const [to, setTo] = useState(String(range.to));
  useEffect(() => {
    setFrom(String(range.from));
    setTo(String(range.to));
  }, [range.from, range.to]);
  const apply = () => {
    const [first, last] = [Number(from), Number(to)];
    if (!Number.isFinite(first) || !Number.isFinite(last)) return;
    store.setState({ plotRange: heldRange({ from: first, to: last }, length) });
  };
  const field = (name: string, value: string, set: (text: string) => void) => (
    <label>
      {name}
      <input
        className="mono"
        type="number"
        min={0}
        max={length}
        value={value}
        onChange={(event) => set(event.currentTarget.value)}
        onBlur={apply}
      />
    </label>
  );
  return (
    <form
      className="range-fields"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      {field('From step', from, setFrom)}
      {field('to', to, setTo)}
      <button type="submit" className="vh" tabIndex={-1}>
        Show these steps
      </button>
    </form>
  );
}

interface PlotsHeadProps {
  readonly plots: readonly Plot[];
  readonly choice: PlotChoice;
  readonly against: Against;
  readonly range: StepRange;
  readonly step: number;
  readonly onZoom: (factor: number) => void;
  readonly onSave: (plots: readonly Plot[], kind: FileKind) => void;
}

export function PlotsHead({ plots, choice, against, range, step, onZoom, onSave }: PlotsHeadProps) {
  const { store } = useLab();
  const length = useLabState((state) => state.opened?.length ?? 0);
  const zoomedIn = useLabState((state) => state.plotRange !== null);
  const shown = plots.filter(({ id }) => choice.shown.includes(id));
  return (
    <header className="plots-head">
      <h2>Plots</h2>
      <span className="mono muted" data-reading="step">
        step {count(step)}
      </span>
      <PopUp name="Show" value={shown.length === plots.length ? 'all' : `${shown.length} of ${plots.length}`}>
        <fieldset className="choices">
          <legend>Plots shown</legend>
          {plots.map(({ id, title }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={choice.shown.includes(id)}
                onChange={(event) => choice.choose(id, event.currentTarget.checked)}
              />
              {title}
            </label>
          ))}
        </fieldset>
      </PopUp>
      <AgainstChoice against={against} />
      <SweepButtons />
      <span className="zoom">
        <RangeFields range={range} length={length} />
        <button type="button" className="word-btn" aria-keyshortcuts="+" onClick={() => onZoom(0.5)}>
          Zoom in<KeyHint>+</KeyHint>
        </button>
        <button
          type="button"
          className="word-btn"
          aria-keyshortcuts="-"
          disabled={!zoomedIn}
          onClick={() => onZoom(2)}
        >
          Zoom out<KeyHint>−</KeyHint>
        </button>
        <button
          type="button"
          className="word-btn"
          aria-keyshortcuts="0"
          disabled={!zoomedIn}
          onClick={() => store.setState({ plotRange: null })}
        >
          Whole run<KeyHint>0</KeyHint>
        </button>
      </span>
      <span className="spacer" />
      <PopUp name="Save all">
        <div className="choices">
          {(['SVG', 'PNG', 'CSV'] as const).map((kind) => (
            <button key={kind} type="button" className="btn" onClick={() => onSave(shown, kind)}>
              {kind}
            </button>
          ))}
        </div>
      </PopUp>
      <button type="button" className="word-btn" onClick={() => store.setState({ plotsOpen: false })}>
        Close plots<KeyHint>G</KeyHint>
      </button>
    </header>
  );
}
