/** The ledger beside the rows: drop, write, swap, stuck, and the cost of emptying the window or the reason against it. */
import { cellY, type Layout } from '../../render/layout.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, pfnText } from '../words.ts';
import { type LedgerLine, ledgerLines } from './ledger.ts';

const Figure = ({ n }: { readonly n: number }) =>
  n === 0 ? (
    <td className="num none">
      <span aria-hidden="true">·</span>
      <span className="vh">0</span>
    </td>
  ) : (
    <td className="num">{count(n)}</td>
  );

interface RowProps {
  readonly line: LedgerLine;
  readonly layout: Layout;
  readonly hovered: boolean;
  readonly selected: boolean;
  readonly pages: number;
}

function Row({ line, layout, hovered, selected, pages }: RowProps) {
  const { store } = useLab();
  const top = cellY(layout, line.pfn);
  const height = cellY(layout, Math.min(pages, line.pfn + line.pages) - 1) + layout.cell - top;
  const look = `${line.cheapest ? 'cheapest' : line.blocked ? 'blocked' : ''} ${hovered ? 'hovered' : ''} ${selected ? 'selected' : ''}`;
  return (
    <tr
      className={look}
      style={{ top, height }}
      onPointerEnter={() => store.setState({ hover: { pfn: line.pfn, pages: line.pages } })}
      onPointerLeave={() => store.setState({ hover: null })}
    >
      <th scope="row" className="vh">
        {pfnText(line.pfn, pages)}
      </th>
      <Figure n={line.drop} />
      <Figure n={line.write} />
      <Figure n={line.swap} />
      <Figure n={line.stuck} />
      <td className="verdict">
        <span className={line.blocked ? '' : 'mono'}>{line.text}</span>
        {line.cheapest && ' cheapest'}
      </td>
    </tr>
  );
}

interface LedgerProps {
  readonly layout: Layout;
  /** Only cost or reason, where there is no room for the columns. */
  readonly short: boolean;
}

export function Ledger({ layout, short }: LedgerProps) {
  const why = useLabState((state) => state.askedWhy ?? state.detail?.why ?? null);
  const point = useLabState((state) => state.askedWhy !== null || state.detail?.failed != null);
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const hover = useLabState((state) => state.hover);
  const selected = useLabState((state) => state.inspection?.pfn ?? null);
  if (why === null) return null;
  const lines = ledgerLines(why, point);
  const within = (line: LedgerLine) =>
    hover !== null && hover.pfn >= line.pfn && hover.pfn < line.pfn + line.pages;
  return (
    <table className={short ? 'ledger short' : 'ledger'}>
      <caption className="vh">What emptying each window of order {why.order} would take</caption>
      <thead>
        <tr>
          <th scope="col" className="vh">
            window
          </th>
          <th scope="col">drop</th>
          <th scope="col">write</th>
          <th scope="col">swap</th>
          <th scope="col">stuck</th>
          <th scope="col" className="verdict">
            to empty this window
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row
            key={line.pfn}
            line={line}
            layout={layout}
            hovered={within(line)}
            selected={selected !== null && selected >= line.pfn && selected < line.pfn + line.pages}
            pages={pages}
          />
        ))}
      </tbody>
    </table>
  );
}
