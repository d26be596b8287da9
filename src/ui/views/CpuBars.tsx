/** What each CPU holds back: one bar per CPU and one for the shared array, or 2.6.9's hot and cold lists. */

import { type ReportOf, reportOf } from '../inspector/reports.ts';
import { useLabState } from '../lab-context.ts';
import { count, orDot, percent, plural } from '../words.ts';

type Cpus = ReportOf<'cpus'>;
type Arrays = Extract<Cpus, { kind: 'arrays' }>['caches'][number];
type Lists = Extract<Cpus, { kind: 'lists' }>;
type Typed = Lists['zones'][number]['cpus'][number]['typed'];
type Did = Arrays['cpus'][number]['did'];

/** Share of requests that found a page waiting; empty where there was none. */
function hitText({ hits, refills }: Did): string {
  return hits + refills === 0 ? '' : `${percent(hits, hits + refills)} hits`;
}

interface BarProps {
  readonly name: string;
  readonly pfns: readonly number[];
  readonly limit: number;
  readonly batch: number;
  /** What it did since boot. */
  readonly did?: Did;
}

/** Places drawn at most; a longer array is drawn by its first ones. */
const MOST = 32;

/** One array, a place a page; those of the selected page's slab in the accent. */
function Bar({ name, pfns, limit, batch, did }: BarProps) {
  const slab = useLabState((state) => reportOf(state.inspection, 'page')?.slab?.pfn ?? null);
  const pages = useLabState((state) => 1 << (state.opened?.machine.slabOrder ?? 0));
  const isOwn = (pfn: number) => slab !== null && pfn >= slab && pfn < slab + pages;
  const own = pfns.filter(isOwn).length;
  const places = Math.min(MOST, Math.max(limit, pfns.length));
  return (
    <tr>
      <th scope="row" className="mono small">
        {name}
      </th>
      <td>
        <svg className="cpu-bar" width={places * 6} height="12" aria-hidden="true">
          {Array.from({ length: places }, (_, i) => {
            const pfn = pfns[i];
            const look = pfn === undefined ? 'empty' : isOwn(pfn) ? 'own' : 'held';
            // Places have no names but their number.
            return <rect key={i} className={look} x={i * 6 + 0.5} y="0.5" width="4.5" height="11" />;
          })}
        </svg>
      </td>
      <td className="num small">
        {count(pfns.length)} of {count(limit)}, batch {count(batch)}
        {own > 0 && <span className="acc">, {count(own)} of this slab</span>}
      </td>
      <td className="num small">{did !== undefined && hitText(did)}</td>
    </tr>
  );
}

export function ArrayBars({ arrays }: { readonly arrays: Arrays }) {
  return (
    <table className="cpu-bars">
      <caption className="vh">Per-CPU arrays of {arrays.name}</caption>
      <tbody>
        {arrays.cpus.map(({ entries, limit, batch, did }, cpu) => (
          // A CPU is its number.
          <Bar key={cpu} name={`cpu ${cpu}`} pfns={entries} limit={limit} batch={batch} did={did} />
        ))}
        {arrays.shared !== null && (
          <Bar
            name="shared"
            pfns={arrays.shared.entries}
            limit={arrays.shared.limit}
            batch={arrays.shared.batch}
          />
        )}
      </tbody>
    </table>
  );
}

/** 6.12's lists of one CPU: a row a type, a column an order; free blocks waiting in each. */
function TypedLists({ cpu, typed }: { readonly cpu: number; readonly typed: Typed }) {
  const orders = [...new Set(typed.filter(({ type }) => type !== null).map(({ order }) => order))];
  const types = [...new Set(typed.map(({ type }) => type))].filter((type) => type !== null);
  const blocks = (type: string | null, order: number) =>
    typed.find((one) => one.type === type && one.order === order)?.blocks ?? 0;
  const shared = typed.filter(({ type }) => type === null);
  return (
    <tr>
      <td colSpan={4}>
        <table className="typed-pcp small">
          <caption className="vh">Blocks on the lists of cpu {cpu} by type and order</caption>
          <thead>
            <tr>
              <th scope="col">type, order</th>
              {orders.map((order) => (
                <th key={order} scope="col" className="num">
                  {order}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {types.map((type) => (
              <tr key={type}>
                <th scope="row">{type}</th>
                {orders.map((order) => (
                  <td key={order} className="num">
                    {orDot(blocks(type, order) + (type === 'Unmovable' ? sharedBlocks(shared, order) : 0))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </td>
    </tr>
  );
}

/** Huge pages that are not movable share one list; it is told with the unmovable ones. */
const sharedBlocks = (shared: Typed, order: number) => shared.find((one) => one.order === order)?.blocks ?? 0;

export function ListBars({ report }: { readonly report: Lists }) {
  return (
    <section className="pane-part">
      <h3>Per-CPU lists of the page allocator</h3>
      {report.zones.map(({ zone, cpus }) => (
        <table key={zone} className="cpu-bars">
          <caption className="small">ZONE_{zone.toUpperCase()}</caption>
          <tbody>
            {cpus.flatMap(({ hot, cold, typed, did }, cpu) =>
              typed.length > 0
                ? [
                    <Bar
                      key={`all ${cpu}`}
                      name={`cpu ${cpu}`}
                      pfns={hot.pfns}
                      limit={hot.high}
                      batch={hot.batch}
                      did={did}
                    />,
                    <TypedLists key={`typed ${cpu}`} cpu={cpu} typed={typed} />,
                  ]
                : [
                    <Bar
                      key={`hot ${cpu}`}
                      name={`cpu ${cpu} hot`}
                      pfns={hot.pfns}
                      limit={hot.high}
                      batch={hot.batch}
                      did={did}
                    />,
                    <Bar
                      key={`cold ${cpu}`}
                      name={`cpu ${cpu} cold`}
                      pfns={cold.pfns}
                      limit={cold.high}
                      batch={cold.batch}
                    />,
                  ],
            )}
          </tbody>
        </table>
      ))}
      <p className="muted small">
        Since boot: {plural(report.hits, 'hit')}, {plural(report.refills, 'refill')},{' '}
        {plural(report.drains, 'drain')}.
      </p>
    </section>
  );
}
