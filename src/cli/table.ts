/** Text tables for people: columns aligned, numbers to the right. */
import { printableLine } from './printable.ts';

const NUMBER = /^(?:[-−]?[\d,.]+(?: (?:ns|µs|ms|s))?|-|)$/;

/** The windows of a large machine are more than a call takes arguments. */
function longest(items: readonly { readonly length: number }[]): number {
  return items.reduce((most, { length }) => Math.max(most, length), 0);
}

/** Lines of a table; a column whose cells below the first are all numbers stands to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => printableLine(String(cell))));
  const columns = longest(cells);
  const shapes = Array.from({ length: columns }, (_, i) => {
    const column = cells.map((row) => row[i] ?? '');
    return {
      width: longest(column),
      right: column.slice(1).every((cell) => NUMBER.test(cell)),
    };
  });
  const pad = (cell: string, i: number) => {
    const { width, right } = shapes[i]!;
    return right ? cell.padStart(width) : cell.padEnd(width);
  };
  return cells.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}
