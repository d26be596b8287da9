/** What the runs came to by this step: a figure a row, a run a column, the first run the measure of the others. */
import { useMemo } from 'react';
import { useLab } from '../lab-context.ts';
import { count } from '../words.ts';
import { type Cell, csvOf, markdownOf, type Row, rowsOf } from './figures.ts';
import type { PaneModel } from './use-panes.ts';

const BAR_WIDTH = 64;

function Bar({ share }: { readonly share: number }) {
  return (
    <svg className="outcome-bar" width={BAR_WIDTH} height="7" aria-hidden="true">
      <path className="rail" d={`M0 6.5H${BAR_WIDTH}`} />
      <rect width={Math.round(share * BAR_WIDTH)} height="5" y="1" />
    </svg>
  );
}

function Value({
  cell,
  name,
  figure,
}: {
  readonly cell: Cell;
  readonly name: string;
  readonly figure: string;
}) {
  const gap = cell.against === '' ? '' : `, ${cell.against} against the first`;
  const title = `${figure}, ${name}: ${cell.text}${gap}`;
  return (
    <td className={cell.against === '' ? '' : 'differs'} title={title}>
      <span className="outcome-cell">
        <Bar share={cell.share} />
        <span className="num">{cell.text}</span>
        <span className="num gap">{cell.against}</span>
      </span>
    </td>
  );
}

function Line({ row, names }: { readonly row: Row; readonly names: readonly string[] }) {
  return (
    <tr className={row.same ? 'same' : ''}>
      <th scope="row" title={row.meaning}>
        <span className="outcome-mark" aria-hidden="true">
          {row.same ? '=' : '≠'}
        </span>
        {row.name}
        <span className="vh">{row.same ? ', the same in all' : ', differs'}</span>
      </th>
      {row.cells.map((cell, i) => (
        <Value key={names[i]} cell={cell} name={names[i] ?? ''} figure={row.name} />
      ))}
    </tr>
  );
}

export function OutcomeTable({ panes }: { readonly panes: readonly PaneModel[] }) {
  const { acts, store } = useLab();
  const names = panes.map(({ name }) => name);
  const runs = useMemo(() => panes.map(({ detail }) => detail?.summary ?? null), [panes]);
  const rows = useMemo(() => rowsOf(runs), [runs]);
  const steps = panes[0]?.detail?.summary.steps ?? 0;
  const copy = async (kind: string, text: string) => {
    const copied = await acts.copy(text);
    store.setState({ remark: copied ? `Table copied as ${kind}.` : 'The browser does not let us copy.' });
  };
  const ended = panes.filter(({ opened, detail }) => opened && detail && detail.summary.steps < steps);
  return (
    <section className="outcome" aria-label="Outcome">
      <div className="outcome-head">
        <h2>Outcome after {count(steps)} steps</h2>
        <span className="muted small">
          the first pane is the measure of the others
          {ended.map(({ name, opened }) => `; ${name} ends at step ${count(opened?.length ?? 0)}`)}
        </span>
        <span className="spacer" />
        <button type="button" className="word-btn" onClick={() => void copy('CSV', csvOf(names, runs))}>
          Copy as CSV
        </button>
        <button
          type="button"
          className="word-btn"
          onClick={() => void copy('Markdown', markdownOf(names, runs))}
        >
          Copy as Markdown
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that may scroll has to be reachable by keyboard */}
      <section className="outcome-scroll" aria-label="Outcome table" tabIndex={0}>
        <table>
          <caption className="vh">What each run came to by step {count(steps)}</caption>
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th key={name} scope="col" className="mono">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.name} row={row} names={names} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
