/** Experiments in the page's main area: what is varied on the left, what came of it on the right. */
import '../over-main.css';
import './experiments.css';
import { useEffect, useRef } from 'react';
import type { ExperimentChoice } from '../../scenario/experiment-choice.ts';
import type { Opened } from '../../worker/protocol.ts';
import { KeyHint } from '../KeyHint.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { ChoiceForm } from './ChoiceForm.tsx';
import { openShipped } from './open-shipped.ts';
import { Results } from './Results.tsx';
import { Shipped } from './Shipped.tsx';
import { useAvailable, useExperiments } from './use-experiments.ts';

/** Seeds of an experiment nobody has set up yet. */
const FIRST_SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

const firstChoice = ({ policy }: Opened): ExperimentChoice => ({
  policies: policy === 'buddy-2.6' ? ['order0-slab', policy] : [policy, 'buddy-2.6'],
  seeds: FIRST_SEEDS,
  sets: [],
  sweeps: [],
});

function View() {
  const lab = useLab();
  const { store, acts } = lab;
  const opened = useLabState((state) => state.opened);
  const chosen = useLabState((state) => state.experimentChoice);
  const run = useLabState((state) => state.experimentRun);
  const problems = useLabState((state) => state.problems);
  const experiments = useExperiments();
  const available = useAvailable();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (chosen === null && opened !== null) store.setState({ experimentChoice: firstChoice(opened) });
  }, [chosen, opened, store]);
  const isReady = chosen !== null && opened !== null;
  useEffect(() => {
    if (isReady) heading.current?.focus();
  }, [isReady]);
  if (opened === null || chosen === null) return null;

  const isRecording = opened.recording !== null;
  // Until there are results they have the results' room.
  const shipped = <Shipped onOpen={(experiment) => void openShipped(lab, experiment)} />;
  return (
    <section className="experiments" aria-label="Experiments">
      <header className="plots-head">
        <h2 ref={heading} tabIndex={-1}>
          Experiments
        </h2>
        <span className="muted">{opened.title}</span>
        <span className="spacer" />
        <button type="button" className="word-btn" onClick={() => void acts.share().catch(() => undefined)}>
          Link of this experiment
        </button>
        <button type="button" className="word-btn" onClick={() => store.setState({ experimentsOpen: false })}>
          Close experiments<KeyHint>X</KeyHint>
        </button>
      </header>
      <div className="experiment-body">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the column scrolls */}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls */}
        <div className="experiment-side" role="group" aria-label="Set up" tabIndex={0}>
          {isRecording ? (
            <p>
              This is a recording: it has no seed to vary. Open a scenario, or one of the experiments below.
            </p>
          ) : (
            <ChoiceForm
              choice={chosen}
              available={available}
              running={run?.status === 'running'}
              onChange={(experimentChoice) => store.setState({ experimentChoice })}
              onRun={(choice) => void experiments.run(choice)}
              onCancel={experiments.cancel}
            />
          )}
          {run !== null && shipped}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the results scroll */}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls */}
        <div className="experiment-main" role="group" aria-label="What came of it" tabIndex={0}>
          {problems.map(({ message }) => (
            <p key={message} role="alert" className="wrong">
              {message}
            </p>
          ))}
          {run === null ? (
            <>
              <p className="lede">
                One run shows what can happen, many show what does. Every policy gets the same operations of
                each seed, so that differences are taken seed by seed. Choose what is to vary, and press Run.
              </p>
              {shipped}
            </>
          ) : (
            <Results run={run} />
          )}
        </div>
      </div>
    </section>
  );
}

export function ExperimentsView() {
  const open = useLabState((state) => state.experimentsOpen);
  return open ? <View /> : null;
}
