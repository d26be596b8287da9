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
  const held = place.heldBy > 0 ? `, ${count(place.heldBy)} of other objects` : '';
  const inode = place.inode === null ? '' : `, keeps ${place.inode.name} ${place.inode.object} in use`;
  return `${name} ${place.object}: ${refs}${held}${list}${place.referenced ? ', referenced' : ''}${inode}`;
}

/** How much one live object keeps from being freed. */
function Chain({ objects, slabPages }: { readonly objects: Objects; readonly slabPages: number | null }) {
  const pinning = objects.places.find(({ refs }) => refs > 0);
  return (
    <>
      <p className="pin-chain" aria-hidden="true">
        <span className="cell R live">1</span>
        <span className="pins">pins {memorySize(1)}</span>
        {objects.slab !== null && slabPages !== null && (
          <span className="pins whole">pins {memorySize(slabPages)}, a whole slab</span>
        )}
      </p>
      <p className="small">
        {objects.name} {pinning?.object}, {plural(pinning?.refs ?? 0, 'reference')} → its page{' '}
        <PageLink pfn={objects.pfn} frame />, {memorySize(1)}
        {objects.slab !== null && slabPages !== null && (
          <>
            {' '}
            → slab <PageLink pfn={objects.slab.pfn} pane={{ kind: 'slab' }} frame />, {memorySize(slabPages)}
          </>
        )}
      </p>
    </>
  );
}

/** Dentries listed with their inodes; the count is whole. */
const LISTED = 8;

/** The nesting through the inodes: object, object slab's page, slab, once more for what it keeps in use. */
function Inodes({ objects }: { readonly objects: Objects }) {
  const pairs = objects.places.flatMap(({ object, inode }) =>
    object === null || inode === null ? [] : [{ object, inode }],
  );
  if (pairs.length === 0) return null;
  const slabs = new Set(pairs.flatMap(({ inode }) => (inode.slab === null ? [] : [inode.slab.pfn])));
  const pages = new Set(pairs.map(({ inode }) => inode.pfn));
  return (
    <section className="pane-part" aria-label="Inodes kept in use">
      <h3>What its dentries keep in use elsewhere</h3>
      <p className="small">
        {plural(pairs.length, 'dentry', 'dentries')} keep {plural(pairs.length, 'inode')} in use, in{' '}
        {pagesText(pages.size)}
        {slabs.size > 0 && ` of ${plural(slabs.size, 'slab')}`}. An inode can go only after its dentry.
      </p>
      <ul className="small inode-chain">
        {pairs.slice(0, LISTED).map(({ object, inode }) => (
          <li key={object}>
            {objects.name} {object} → {inode.name} {inode.object} → page{' '}
            <PageLink pfn={inode.pfn} pane={{ kind: 'objects' }} frame />
            {inode.slab !== null && (
              <>
                {' '}
                → slab <PageLink pfn={inode.slab.pfn} pane={{ kind: 'slab' }} frame />
              </>
            )}
          </li>
        ))}
      </ul>
      {pairs.length > LISTED && <p className="muted small">and {count(pairs.length - LISTED)} more</p>}
    </section>
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
      <Inodes objects={objects} />
      {objects.slab !== null && (
        <p className="small">
          The page is one of the {pagesText(1 << slabOrder)} of the slab at{' '}
          <PageLink pfn={objects.slab.pfn} pane={{ kind: 'slab' }} frame />, {objects.slab.name}.
        </p>
      )}
    </>
  );
}
