/** Where the published figures beside ours come from, and why ours differ. */
import type { Experiment } from '../../experiment/experiment.ts';
import { originalsOf } from '../../experiment/originals.ts';
import { SOURCES } from '../../experiment/published.ts';
import { titleOf } from './figure-words.ts';

export function OriginalsNote({ experiment: { subject, choice } }: { readonly experiment: Experiment }) {
  const originals = subject.edits.length > 0 ? null : originalsOf({ preset: subject.preset, ...choice });
  if (originals === null) return null;
  const { values, differs } = originals;
  const figures = [...new Set(values.map(({ figure }) => figure))];
  return (
    <section className="originals" aria-label="What was published">
      <h3>What was published</h3>
      <p>Figures to be held against: {figures.map(titleOf).join('; ')}.</p>
      {differs !== '' && <p>{differs}</p>}
      <ul className="muted small">
        {[...new Set(values.map(({ source }) => source))].map((source) => (
          <li key={source}>{SOURCES[source]}.</li>
        ))}
      </ul>
    </section>
  );
}
