/** The figures beside a plot: each line by name, with its value at the step pointed at or stood on. */
import { memo } from 'react';
import { count } from '../words.ts';
import { dashOf, levelInk } from './drawing.ts';
import { type Ink, type Plot, sampleFor } from './plot.ts';

export const inkStyle = ({ token, opacity }: Ink) => ({ fill: `var(${token})`, fillOpacity: opacity });

/** `step 1,232`, or the steps a sum is of. */
export function sampleText(plot: Plot, sample: number): string {
  const at = plot.steps[sample] ?? 0;
  const before = plot.steps[sample - 1];
  if (plot.reads === 'at' || before === undefined) return `at step ${count(at)}`;
  return at - before === 1 ? `in step ${count(at)}` : `in steps ${count(before + 1)} – ${count(at)}`;
}

interface PlotLegendProps {
  readonly plot: Plot;
  readonly step: number;
}

export const PlotLegend = memo(function PlotLegend({ plot, step }: PlotLegendProps) {
  const sample = sampleFor(plot, step);
  const lines = plot.shape === 'stack' ? [...plot.lines].reverse() : plot.lines;
  const spoken = sampleText(plot, sample);
  return (
    <div className="plot-legend">
      <dl aria-label={`${plot.title} ${spoken}`}>
        {lines.map((line) => {
          const { id, name, ink, values } = line;
          const dash = plot.shape === 'heat' ? null : dashOf(plot, line);
          const value = values[sample] ?? 0;
          const swatch = plot.shape === 'heat' ? levelInk(Math.max(0, value) / 1000) : ink;
          const blank = plot.shape === 'heat' && value === -1000;
          return (
            <div key={id}>
              <dt>
                {dash === null ? (
                  <svg width="10" height="10" aria-hidden="true">
                    <rect
                      className="swatch"
                      width="10"
                      height="10"
                      style={blank ? undefined : inkStyle(swatch)}
                    />
                  </svg>
                ) : (
                  <svg width="20" height="10" aria-hidden="true" className="dash-sample">
                    <path d="M0 5H20" strokeDasharray={dash} strokeOpacity={ink.opacity} />
                  </svg>
                )}
                {name}
              </dt>
              <dd className="mono">{plot.text(value)}</dd>
            </div>
          );
        })}
      </dl>
      {spoken !== `at step ${count(step)}` && spoken !== `in step ${count(step)}` && (
        <p className="sampled" aria-hidden="true">
          {spoken}
        </p>
      )}
    </div>
  );
});
