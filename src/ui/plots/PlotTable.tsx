/** The table behind a plot. */
import type { StepRange } from '../../store/state.ts';
import { count } from '../words.ts';
import type { Plot } from './plot.ts';
import { rowsOf } from './plot-rows.ts';

function captionOf(plot: Plot, rows: number, samples: number): string {
  const together = plot.reads === 'at' ? '' : ' A row speaks of the steps since the row before.';
  const rest =
    samples > rows
      ? ` ${count(rows)} rows for ${count(samples)} samples; the CSV has every one.`
      : ` All ${count(samples)} samples of the range.`;
  return `${plot.title}: ${plot.note}.${together}${rest}`;
}

export function PlotTable({ plot, range }: { readonly plot: Plot; readonly range: StepRange }) {
  const { rows, samples } = rowsOf(plot, range);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls
    <section className="plot-table" tabIndex={0} aria-label={`Table of ${plot.title}`}>
      <table>
        <caption>{captionOf(plot, rows.length, samples)}</caption>
        <thead>
          <tr>
            <th scope="col">step</th>
            {plot.lines.map(({ id, name }) => (
              <th key={id} scope="col" className="num">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ step, values }) => (
            <tr key={step}>
              <th scope="row" className="mono">
                {count(step)}
              </th>
              {values.map((value, i) => (
                <td key={plot.lines[i]!.id} className="num">
                  {plot.text(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
