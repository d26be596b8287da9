/** Mempools beside the slabs that stand in for them: what is set apart, who sleeps, who fails, who gets on. */
import type { ReactNode } from 'react';
import { Cells } from '../inspector/Cells.tsx';
import type { ReportOf } from '../inspector/reports.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, pagesText, pfnText, plural } from '../words.ts';
import { totalPath } from './pools.ts';

type Report = ReportOf<'pools'>;
type Pool = Report['pools'][number];

const WIDTH = 320;
const HEIGHT = 64;
const COLUMNS = 16;

const nameOf = ({ kind, pool }: Pool) =>
  kind === 'slab' ? `slab instead of pool ${pool}` : `mempool ${pool}`;

/** Elements of a pool, those in reserve filled. */
function Elements({ pool, pages }: { readonly pool: Pool; readonly pages: number }) {
  const { selecting, store } = useLab();
  const places = Array.from({ length: pool.minNr }, (_, i) => pool.reserve[i] ?? null);
  return (
    <Cells
      label={`The ${count(pool.minNr)} elements of ${nameOf(pool)}`}
      columns={COLUMNS}
      className="object-cells"
      onPoint={(key) => {
        const pfn = key === null ? null : places[key];
        store.setState({ hover: pfn == null ? null : { pfn, pages: 1 << pool.order } });
      }}
      cells={places.map((pfn, i) => ({
        key: i,
        label: pfn === null ? `place ${i}: given out` : `${pfnText(pfn, pages)}, in reserve`,
        className: `cell ${pfn === null ? 'empty' : 'K'}`,
        content: '',
        ...(pfn === null ? {} : { go: () => selecting.visit({ kind: 'page', pfn }) }),
      }))}
    />
  );
}

const ROWS: readonly (readonly [string, (pool: Pool, report: Report) => ReactNode])[] = [
  [
    'Guarantee, min_nr',
    ({ minNr, kind }) => (kind === 'mempool' ? count(minNr) : `none; ${count(minNr)} made once`),
  ],
  ['In reserve for it alone', ({ reserve, kind }) => (kind === 'mempool' ? count(reserve.length) : 'none')],
  ['Free objects, anybody’s', (_, { idle }) => (idle === null ? '·' : count(idle))],
  [
    'Elements out, that come back',
    ({ held, kind }) => (kind === 'mempool' ? count(held.length) : 'not known'),
  ],
  ['Asleep now', ({ sleepers }) => count(sleepers.length)],
  ['Served', ({ served }) => count(served)],
  ['… from the reserve', ({ fromReserve, kind }) => (kind === 'mempool' ? count(fromReserve) : '·')],
  [
    'Slept, woken',
    ({ slept, woken, kind }) => (kind === 'mempool' ? `${count(slept)}, ${count(woken)}` : '·'),
  ],
  ['Failed', ({ failed }) => count(failed)],
];

function Beside({ report }: { readonly report: Report }) {
  return (
    <table className="account pools">
      <thead>
        <tr>
          <td />
          {report.pools.map((pool) => (
            <th scope="col" key={pool.pool}>
              {nameOf(pool)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map(([name, of]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {report.pools.map((pool) => (
              <td className={name === 'Failed' && pool.failed > 0 ? 'num acc' : 'num'} key={pool.pool}>
                {of(pool, report)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Requests served since boot over the whole run: a line that lies flat makes no progress. */
function Progress() {
  const opened = useLabState((state) => state.opened);
  const step = useLabState((state) => state.frame?.at.step ?? 0);
  if (opened === null) return null;
  const { steps, counted } = opened.series;
  const { poolServed, slabPoolServed, poolFailed, slabPoolFailed } = counted;
  const last = (totals: readonly number[]) => totals.at(-1) ?? 0;
  const most = Math.max(last(poolServed), last(slabPoolServed));
  const path = (totals: readonly number[]) => totalPath(steps, totals, opened.length, most, WIDTH, HEIGHT);
  const x = (step / Math.max(1, opened.length)) * WIDTH;
  return (
    <>
      <svg
        className="pool-progress"
        viewBox={`-1 -2 ${WIDTH + 2} ${HEIGHT + 4}`}
        role="img"
        aria-label={`Served over the run: mempools ${count(last(poolServed))}, failed ${count(last(poolFailed))}; slabs in their place ${count(last(slabPoolServed))}, failed ${count(last(slabPoolFailed))}`}
      >
        <path className="axis" d={`M0 ${HEIGHT}H${WIDTH}`} />
        <path className="pool" d={path(poolServed)} />
        <path className="stand-in" d={path(slabPoolServed)} />
        <path className="fails" d={path(slabPoolFailed)} />
        <path className="now" d={`M${x.toFixed(1)} -2V${HEIGHT + 2}`} />
      </svg>
      <ul className="pool-legend small">
        <li className="pool">served by mempools: {count(last(poolServed))}</li>
        <li className="stand-in">by slabs in their place: {count(last(slabPoolServed))}</li>
        <li className="fails">failed there: {count(last(slabPoolFailed))}</li>
      </ul>
    </>
  );
}

export function PoolsPane({ report }: { readonly report: Report }) {
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  return (
    <>
      <p className="muted small">
        A mempool keeps min_nr elements that nobody else can take. The free objects of a slab are anybody’s,
        and reaping gives them away.
      </p>
      <Beside report={report} />
      {report.pools
        .filter(({ kind }) => kind === 'mempool')
        .map((pool) => (
          <section className="pane-part" key={pool.pool} aria-label={nameOf(pool)}>
            <h3>
              Mempool {pool.pool}: {plural(pool.minNr, 'element')} of {pagesText(1 << pool.order)}
            </h3>
            <Elements pool={pool} pages={pages} />
            {pool.sleepers.length > 0 && (
              <ol className="small sleepers">
                {pool.sleepers.map(({ allocation, gfp }) => (
                  <li key={allocation}>
                    allocation {count(allocation)} sleeps, <code>{gfp}</code>
                  </li>
                ))}
              </ol>
            )}
          </section>
        ))}
      <section className="pane-part">
        <h3>Who gets on, over the run</h3>
        <Progress />
      </section>
    </>
  );
}
