/** The caches of each zone: their slabs as tiles, and what each CPU holds back. */
import type { Inspection } from '../../store/looking.ts';
import { SweepButtons } from '../experiments/SweepButtons.tsx';
import { Cells } from '../inspector/Cells.tsx';
import { Facts } from '../inspector/Facts.tsx';
import { absence, type ReportOf, reportOf } from '../inspector/reports.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, pagesText, pfnText, plural, sentence } from '../words.ts';
import { ArrayBars, ListBars } from './CpuBars.tsx';

type Caches = ReportOf<'caches'>;
type Cache = Caches['caches'][number];
type ListName = 'full' | 'partial' | 'free';

const LISTS: readonly ListName[] = ['full', 'partial', 'free'];
const COLUMNS = 8;
const SHOWN = 64;

function SlabTiles({
  cache,
  list,
  own,
}: {
  readonly cache: Cache;
  readonly list: ListName;
  readonly own: number | null;
}) {
  const { selecting, store } = useLab();
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const slabPages = useLabState((state) => 1 << (state.opened?.machine.slabOrder ?? 0));
  const { slabs, pfns, inUse } = cache[list];
  return (
    <div className="slab-list">
      <span className="small">
        {count(slabs)} {list}
      </span>
      {slabs > 0 && (
        <Cells
          label={`${list} slabs of ${cache.name} in ${cache.zone}`}
          columns={COLUMNS}
          className="tiles"
          onPoint={(pfn) => store.setState({ hover: pfn === null ? null : { pfn, pages: slabPages } })}
          cells={pfns.slice(0, SHOWN).map((pfn, i) => ({
            key: pfn,
            label: `slab ${pfnText(pfn, pages)}, ${count(inUse[i] ?? 0)} of ${pagesText(slabPages)} in use`,
            className: `tile ${list}`,
            level: (inUse[i] ?? 0) / slabPages,
            current: pfn === own,
            go: () => selecting.visit({ kind: 'page', pfn }, { kind: 'slab' }),
          }))}
        />
      )}
      {slabs > SHOWN && <span className="muted small">and {count(slabs - SHOWN)} more</span>}
    </div>
  );
}

function CachePart({
  cache,
  own,
  inspection,
}: {
  readonly cache: Cache;
  readonly own: number | null;
  readonly inspection: Inspection;
}) {
  const cpus = reportOf(inspection, 'cpus');
  const arrays = cpus?.kind === 'arrays' ? cpus.caches.find((one) => one.cache === cache.cache) : undefined;
  const isEmpty = cache.inUse + cache.idle + cache.parked === 0;
  if (isEmpty)
    return (
      <p className="muted small">
        {cache.name} in ZONE_{cache.zone.toUpperCase()}: no slab.
      </p>
    );
  return (
    <section className="pane-part cache" aria-label={`${cache.name} in ${cache.zone}`}>
      <h3>
        {cache.name}, ZONE_{cache.zone.toUpperCase()}
      </h3>
      {LISTS.map((list) => (
        <SlabTiles key={list} cache={cache} list={list} own={own} />
      ))}
      <Facts
        caption={`Figures of ${cache.name}`}
        lines={[
          ['In use, idle, parked', `${count(cache.inUse)}, ${count(cache.idle)}, ${count(cache.parked)}`],
          ['Grown so far', plural(cache.growths, 'time')],
          ['Keeps at most', `${pagesText(cache.freeLimit)} idle`],
          [
            'Next reap',
            cache.reapsNext
              ? cache.freeTouched
                ? 'looks at it, spares it: just used'
                : 'looks at its empty slabs'
              : 'another cache first',
          ],
        ]}
      />
      {arrays !== undefined && <ArrayBars arrays={arrays} />}
    </section>
  );
}

function TileLegend() {
  const slabPages = useLabState((state) => 1 << (state.opened?.machine.slabOrder ?? 0));
  return (
    <p className="muted small tile-legend">
      <span className="tile partial" aria-hidden="true" />
      One square is a slab of {pagesText(slabPages)}, filled by the share of them in use; idle and parked
      pages are its empty part.
    </p>
  );
}

export function CachesPane({ inspection }: { readonly inspection: Inspection }) {
  const caches = reportOf(inspection, 'caches');
  const cpus = reportOf(inspection, 'cpus');
  const slab = reportOf(inspection, 'page')?.slab?.pfn ?? null;
  return (
    <>
      {caches === null && <p className="absent-reason">{sentence(absence(inspection) ?? '')}</p>}
      {caches !== null && <TileLegend />}
      {cpus?.kind === 'lists' && <ListBars report={cpus} />}
      {caches?.caches.map((cache) => (
        <CachePart key={cache.cache} cache={cache} own={slab} inspection={inspection} />
      ))}
      <SweepButtons />
      {cpus?.kind === 'arrays' && (
        <p className="muted small">
          Arrays since boot: {plural(cpus.hits, 'hit')}, {plural(cpus.refills, 'refill')},{' '}
          {count(cpus.flushes)} flushed; the shared arrays helped {plural(cpus.sharedHits, 'time')}.
        </p>
      )}
      {caches !== null && caches.objectCaches.length > 0 && (
        <section className="pane-part">
          <h3>Caches of kernel objects</h3>
          <table className="account">
            <thead>
              <tr>
                <th scope="col">cache</th>
                <th scope="col">slabs</th>
                <th scope="col">objects</th>
                <th scope="col">unused</th>
              </tr>
            </thead>
            <tbody>
              {caches.objectCaches.map((one) => (
                <tr key={one.cache}>
                  <th scope="row">
                    {one.name}
                    {!one.shrinker && ', no shrinker'}
                  </th>
                  <td className="num">{count(one.slabs)}</td>
                  <td className="num">{count(one.objects)}</td>
                  <td className="num">{count(one.unused)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
