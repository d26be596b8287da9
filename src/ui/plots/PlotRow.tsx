/** One plot: its words, the curves or the table behind them, and the figures at the step pointed at. */
import { memo, useMemo, useState } from 'react';
import type { StepRange } from '../../store/state.ts';
import type { StepScale } from '../bottom/plots.ts';
import { count } from '../words.ts';
import { drawPlot, LEVELS, levelInk } from './drawing.ts';
import type { FileKind } from './export-files.ts';
import { inkStyle, PlotLegend } from './PlotLegend.tsx';
import { PlotTable } from './PlotTable.tsx';
import type { Plot } from './plot.ts';

export interface PlotRowProps {
  readonly plot: Plot;
  readonly x: StepScale;
  readonly range: StepRange;
  /** Where the figures are read. */
  readonly step: number;
  /** Pixels a line of figures takes. */
  readonly pitch: number;
  readonly onSave: (plots: readonly Plot[], kind: FileKind) => void;
}

const KINDS: readonly FileKind[] = ['SVG', 'PNG', 'CSV'];

function HeatScale() {
  return (
    <span className="heat-scale mono" aria-hidden="true">
      0
      <svg width={LEVELS * 6} height="8" aria-hidden="true">
        {Array.from({ length: LEVELS }, (_, level) => level).map((level) => (
          <rect
            key={level}
            x={level * 6}
            width="6"
            height="8"
            style={inkStyle(levelInk(level / (LEVELS - 1)))}
          />
        ))}
      </svg>
      1
    </span>
  );
}

const Curves = memo(function Curves({
  plot,
  x,
  range,
  height,
}: Pick<PlotRowProps, 'plot' | 'x' | 'range'> & { readonly height: number }) {
  const { marks, ticks } = useMemo(() => drawPlot(plot, x, height), [plot, x, height]);
  const [x0 = 0, x1 = 0] = x.range();
  const isNarrow = x0 < 40;
  return (
    <svg
      className="curves"
      width={x1 + 8}
      height={height + 1}
      role="img"
      aria-label={`${plot.title}: ${plot.note}, in ${plot.unit}, steps ${count(range.from)} to ${count(range.to)}`}
    >
      {marks.map(({ key, d, fill, stroke, dash }) => (
        <path
          key={key}
          d={d}
          style={{
            fill: fill ? `var(${fill.token})` : 'none',
            fillOpacity: fill?.opacity,
            stroke: stroke ? `var(${stroke.token})` : 'none',
            strokeOpacity: stroke?.opacity,
            strokeWidth: fill ? 0.5 : 1.25,
          }}
          strokeDasharray={dash}
        />
      ))}
      <path className="axis" d={`M${x0} ${height + 0.5}H${x1}`} />
      {ticks.map(({ y, text }) => (
        <g key={text} className="y-tick">
          {plot.shape !== 'heat' && y < height - 1 && <path d={`M${x0} ${y}H${x1}`} />}
          {!(isNarrow && plot.shape === 'heat') && (
            <text x={isNarrow ? x0 + 3 : x0 - 6} y={Math.max(8, y + 3)} className={isNarrow ? 'inside' : ''}>
              {text}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
});

export function PlotRow({ plot, x, range, step, pitch, onSave }: PlotRowProps) {
  const [table, setTable] = useState(false);
  const height = Math.max(pitch * 4.5, pitch * plot.lines.length);
  const x0 = x.range()[0] ?? 0;
  return (
    <section className="plot" aria-label={plot.title} data-plot={plot.id}>
      <div className="plot-words" style={x0 < 40 ? undefined : { width: x0 - 34 }}>
        <h3>{plot.title}</h3>
        <p className="unit">{plot.unit}</p>
        {plot.shape === 'heat' && <HeatScale />}
        <p className="note">{plot.note}</p>
        <p className="plot-acts">
          <button
            type="button"
            className="word-btn"
            aria-pressed={table}
            aria-label={`Table of ${plot.title}`}
            onClick={() => setTable(!table)}
          >
            Table
          </button>
          {KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              className="word-btn"
              aria-label={`${kind} of ${plot.title}`}
              onClick={() => onSave([plot], kind)}
            >
              {kind}
            </button>
          ))}
        </p>
      </div>
      <Curves plot={plot} x={x} range={range} height={height} />
      {table && <PlotTable plot={plot} range={range} />}
      <PlotLegend plot={plot} step={step} />
    </section>
  );
}
