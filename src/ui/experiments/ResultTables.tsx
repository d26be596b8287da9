/** The tables behind the picture. */
import type { FigureRows, Row } from './arms.ts';

interface TableProps {
  readonly caption: string;
  readonly first: string;
  readonly rows: readonly Row[];
  readonly text: (value: number) => string;
  /** Whether rows whose interval leaves out 0 are marked. */
  readonly marksClear?: boolean;
}

function Table({ caption, first, rows, text, marksClear = false }: TableProps) {
  const hasOriginals = rows.some(({ originals }) => originals.length > 0);
  const cell = (value: number | null) => <td className="num">{value === null ? '–' : text(value)}</td>;
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {['runs', 'mean', '± 95 %', 'least', 'most'].map((head) => (
            <th key={head} scope="col" className="num">
              {head}
            </th>
          ))}
          {hasOriginals && <th scope="col">original</th>}
          {marksClear && <th scope="col">clear of 0</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, estimate: { n, mean, ci95 }, dots, originals }) => {
          const values = dots.map(({ value }) => value);
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="num">{n}</td>
              {cell(mean)}
              {cell(ci95)}
              {cell(n === 0 ? null : Math.min(...values))}
              {cell(n === 0 ? null : Math.max(...values))}
              {hasOriginals && (
                <td>{originals.map(({ value, what }) => `${text(value)} (${what})`).join('; ') || '–'}</td>
              )}
              {marksClear && (
                <td>{mean !== null && ci95 !== null && Math.abs(mean) > ci95 ? 'yes' : 'no'}</td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface ResultTablesProps {
  readonly rows: FigureRows;
  readonly title: string;
  readonly text: (value: number) => string;
}

export function ResultTables({ rows, title, text }: ResultTablesProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the tables scroll
    <section className="result-tables" tabIndex={0} aria-label={`Tables of ${title}`}>
      <Table caption={title} first="run of" rows={rows.values} text={text} />
      {rows.differences.length > 0 && (
        <Table
          caption={`Differences, paired by seed: ${title}`}
          first="difference"
          rows={rows.differences}
          text={text}
          marksClear
        />
      )}
    </section>
  );
}
