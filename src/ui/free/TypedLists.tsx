/** Free blocks by order and migratetype, zones together: which lists a request of a type finds empty. */
import './typed-lists.css';
import { useLabState } from '../lab-context.ts';
import { letters } from '../placement/letters.ts';
import { useReport } from '../placement/use-report.ts';
import { count, orDot } from '../words.ts';

export function TypedLists() {
  const groups = useLabState((state) => state.opened?.policy.startsWith('mobility') ?? false);
  const report = useReport(groups ? { view: 'typed-lists' } : null, true);
  if (report === null) return null;
  const { types, free } = report;
  const blocks = (type: number, order: number) =>
    free.reduce((sum, { byType }) => sum + (byType[type]?.[order] ?? 0), 0);
  const orders = free[0]?.byType[0]?.length ?? 0;
  const pages = (type: number) =>
    Array.from({ length: orders }, (_, order) => blocks(type, order) << order).reduce((a, b) => a + b, 0);
  return (
    <section className="typed-lists" aria-labelledby="typed-lists">
      <h3 id="typed-lists">Free lists by type</h3>
      <table>
        <caption className="vh">Free blocks of each order by migratetype</caption>
        <thead>
          <tr>
            <th scope="col">order</th>
            {types.map((type) => (
              <th key={type} scope="col" className="num" title={type}>
                <abbr title={type} aria-label={type}>
                  {letters(type)}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: orders }, (_, order) => (
            // An order is its own name.
            <tr key={order}>
              <th scope="row" className="mono">
                {order}
              </th>
              {types.map((type, t) => (
                <td key={type} className="num">
                  {orDot(blocks(t, order))}
                </td>
              ))}
            </tr>
          )).reverse()}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">pages</th>
            {types.map((type, t) => (
              <td key={type} className="num">
                {count(pages(t))}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
      <p className="muted small">
        {types.map((type) => `${letters(type)} ${type}`).join(', ')}. A request looks in the lists of its type
        first.
      </p>
    </section>
  );
}
