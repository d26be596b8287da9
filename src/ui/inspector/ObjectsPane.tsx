/** Inside a kreclaim page: one slab of kernel objects, place by place, and what the live ones pin. */
import { useLab, useLabState } from '../lab-context.ts';
import { count, memorySize, pagesText, pfnText, plural } from '../words.ts';
import { Cells } from './Cells.tsx';
import { PageLink } from './links.tsx';
import type { ReportOf } from './reports.ts';

type Objects = ReportOf<'object-slab'>;
type Place = Objects['places'][number];

const COLUMNS = 9;

function labelOf(place: Place, name: string): string {
  if (place.object === null) return `place ${place.place}: free`;
  const refs = place.refs > 0 ? plural(place.refs, 'reference') : 'unused';
  const list = place.unusedPlace === null ? '' : `, ${place.unusedPlace} on the unused list`;
  return `${name} ${place.object}: ${refs}${list}${place.referenced ? ', referenced' : ''}`;
}

/** How much one live object keeps from being freed. */
function Chain({ objects, slabPages }: { readonly objects: Objects; readonly slabPages: number | null }) {
  return (
    <p className="pin-chain">
      <span className="cell R live">1</span>
      <span className="pins">pins {memorySize(1)}</span>
      {objects.slab !== null && slabPages !== null && (
        <span className="pins whole">pins {memorySize(slabPages)}, a whole slab</span>
      )}
    </p>
  );
}

export function ObjectsPane({ objects }: { readonly objects: Objects }) {
  const { selecting } = useLab();
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const slabOrder = useLabState((state) => state.opened?.machine.slabOrder ?? 0);
  return (
    <>
      <p className="muted small">
        One object slab of {objects.name}: {count(objects.places.length)} places in page{' '}
        {pfnText(objects.pfn, pages)}. Digits are reference counts.
      </p>
      <Cells
        label={`The places of the object slab in ${pfnText(objects.pfn, pages)}`}
        columns={COLUMNS}
        className="object-cells"
        cells={objects.places.map((place) => ({
          key: place.place,
          label: labelOf(place, objects.name),
          className: `cell ${place.object === null ? 'empty' : 'R'} ${place.refs > 0 ? 'live' : ''}`,
          content: place.object === null ? '' : count(place.refs),
          ...(place.object === null
            ? {}
            : {
                go: () =>
                  selecting.visit(
                    { kind: 'objects', cache: objects.cache, object: place.object ?? 0 },
                    { kind: 'objects' },
                  ),
              }),
        }))}
      />
      <p className="lede small">
        {plural(objects.live, 'object')} in use, {count(objects.unused)} unused,{' '}
        {plural(objects.free, 'free place')}.{' '}
        {objects.shrinker
          ? `Unused ones can be dropped; the cache's list of them has ${count(objects.unusedList)}.`
          : 'The cache has no shrinker: nobody can be told to drop them.'}
      </p>
      {objects.live > 0 && (
        <Chain objects={objects} slabPages={objects.slab === null ? null : 1 << slabOrder} />
      )}
      {objects.slab !== null && (
        <p className="small">
          The page is one of the {pagesText(1 << slabOrder)} of the slab at{' '}
          <PageLink pfn={objects.slab.pfn} pane={{ kind: 'slab' }} frame />, {objects.slab.name}.
        </p>
      )}
    </>
  );
}
