/** What an experiment has given so far: a figure as a picture, the tables behind it, and all of it as files. */
import { useMemo, useState } from 'react';
import { type CellResult, documentOf } from '../../experiment/document.ts';
import { MEASURES } from '../../experiment/measures.ts';
import type { ExperimentRun } from '../../store/state.ts';
import { warningLines } from '../../store/warning-lines.ts';
import { PopUp } from '../bottom/PopUp.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { useSize } from '../use-size.ts';
import { plural } from '../words.ts';
import { figureRows, type Row } from './arms.ts';
import { titleOf, unitOf, valueText } from './figure-words.ts';
import { OriginalsNote } from './OriginalsNote.tsx';
import { ResultTables } from './ResultTables.tsx';
import { StripPlot } from './StripPlot.tsx';
import { drawStrip, type StripWords } from './strip.ts';
import { useExperimentFiles } from './use-files.ts';

const STATUS = {
  running: 'under way',
  done: 'all done',
  cancelled: 'cancelled',
  failed: 'stopped by an error',
} as const;

/** Width of a letter of the row names, in pixels: most of their size, which is the page's. */
const letterWidth = () =>
  Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--fs-1')) * 0.58;

function FigureChoice({ names }: { readonly names: readonly string[] }) {
  const { store } = useLab();
  const figure = useLabState((state) => state.experimentFigure);
  const known = new Set(MEASURES.map(({ name }) => name));
  return (
    <label>
      Figure
      <select
        value={figure}
        onChange={(event) => store.setState({ experimentFigure: event.currentTarget.value })}
      >
        <optgroup label="Most asked for">
          {MEASURES.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </optgroup>
        <optgroup label="All others of order0 run">
          {names
            .filter((name) => !known.has(name))
            .map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
        </optgroup>
      </select>
    </label>
  );
}

/** The document, where every run is there. */
function wholeOf({ experiment, results, status }: ExperimentRun) {
  return status === 'done' ? documentOf(experiment, results as readonly CellResult[]) : null;
}

/** A row in words, for those who do not see the picture. */
function rowText(
  { name, estimate: { mean, ci95 }, originals }: Row,
  text: (value: number) => string,
): string {
  const ours =
    mean === null ? `${name} no value` : `${name} ${text(mean)}${ci95 === null ? '' : ` ± ${text(ci95)}`}`;
  const published = originals.map(({ value }) => text(value)).join(', ');
  return published === '' ? ours : `${ours} (published ${published})`;
}

export function Results({ run }: { readonly run: ExperimentRun }) {
  const figure = useLabState((state) => state.experimentFigure);
  const [box, size] = useSize<HTMLDivElement>();
  const [table, setTable] = useState(false);
  const { experiment, results, done, status, warnings } = run;
  const rows = useMemo(() => figureRows(experiment, results, figure), [experiment, results, figure]);
  const text = valueText(figure);
  const unit = unitOf(figure);
  const title = titleOf(figure);
  const named = unit === '' ? title : `${title}, ${unit}`;
  const words: StripWords = { values: named, differences: `Differences, paired by seed: ${named}`, text };
  const strip = size.width > 0 ? drawStrip(rows, Math.floor(size.width), words, letterWidth()) : null;
  const total = useMemo(() => experiment.choice.seeds.length * rows.values.length, [experiment, rows]);
  const names = Object.keys(results.find((one) => one !== undefined)?.figures ?? {}).sort();
  const whole = useMemo(() => wholeOf(run), [run]);
  const files = useExperimentFiles(run, whole, { rows, words, title });
  const label = `${title}: ${rows.values.map((row) => rowText(row, text)).join('; ')}`;
  return (
    <section className="experiment-results" aria-label="Results">
      <header>
        <h3>{experiment.subject.title}</h3>
        <span role="status" className="muted">
          {done} of {plural(total, 'run')}, {STATUS[status]}
        </span>
        <progress max={total} value={done} aria-label="Runs done" />
        <span className="spacer" />
        <FigureChoice names={names} />
        <button
          type="button"
          className="word-btn"
          aria-pressed={table}
          aria-label="Tables"
          onClick={() => setTable(!table)}
        >
          Tables
        </button>
        {whole !== null && (
          <>
            <PopUp name="Save">
              <div className="choices">
                {(['SVG', 'PNG', 'CSV', 'JSON'] as const).map((kind) => (
                  <button key={kind} type="button" className="btn" onClick={() => files.save(kind)}>
                    {kind}
                  </button>
                ))}
              </div>
            </PopUp>
            <button type="button" className="word-btn" onClick={() => files.copyCommand()}>
              Copy as command
            </button>
          </>
        )}
      </header>
      {warningLines(warnings).map((warning) => (
        <p key={warning} className="muted small">
          {warning}
        </p>
      ))}
      <p className="muted small key-line">
        A dot is a seed, the stroke the mean, the bar its 95 % interval (Student’s t).
        {rows.values.some(({ originals }) => originals.length > 0) && ' A diamond is what was published.'}
      </p>
      <div ref={box} className="strip-box">
        {strip !== null && <StripPlot strip={strip} label={label} />}
      </div>
      <OriginalsNote experiment={experiment} />
      {table && <ResultTables rows={rows} title={named} text={text} />}
    </section>
  );
}
