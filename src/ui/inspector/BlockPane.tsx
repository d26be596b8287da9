/** The buddy block a page lies in, its place on the free list, and why it has not merged. */
import { useLabState } from '../lab-context.ts';
import { count, hex, pagesText, pfnText, plural, sentence } from '../words.ts';
import { Facts } from './Facts.tsx';
import { PageLink } from './links.tsx';
import { PageblockPart } from './PageblockPart.tsx';
import type { ReportOf } from './reports.ts';

const STATES: Readonly<Record<ReportOf<'block'>['state'], string>> = {
  free: 'on a buddy list',
  allocated: 'allocated',
  slab: 'a slab',
  page: 'one page in use',
};

export function BlockPane({ block }: { readonly block: ReportOf<'block'> }) {
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const { buddy, list } = block;
  return (
    <>
      <Facts
        caption="Facts of the block"
        lines={[
          ['Block', `order ${block.order} at ${pfnText(block.pfn, pages)}, ${pagesText(block.pages)}`],
          ['Is', `${block.what}, ${STATES[block.state]}`],
          ['Zone', `ZONE_${block.zone.toUpperCase()}`],
          ['Place on its list', list && `${count(list.place)} of ${count(list.of)}, 1 is handed out next`],
          [
            'Before it',
            list?.before != null && <PageLink pfn={list.before} pane={{ kind: 'block' }} frame />,
          ],
          ['After it', list?.after != null && <PageLink pfn={list.after} pane={{ kind: 'block' }} frame />],
        ]}
      />
      <section className="pane-part">
        <h3>Its buddy</h3>
        {buddy.pfn !== null && (
          <p className="mono small">
            {hex(block.pfn, 3)} ^ {hex(block.pages, 2)} = {hex(buddy.pfn, 3)}
          </p>
        )}
        <p>
          {sentence(buddy.why)} <code>__free_pages_bulk()</code>
        </p>
        {buddy.holds.length > 0 && (
          <ul className="obstacles">
            {buddy.holds.map((holder) => (
              <li key={holder.pfn}>
                <PageLink pfn={holder.pfn} /> {holder.what}
                {holder.pages > 1 && `, ${pagesText(holder.pages)}`}
              </li>
            ))}
            {buddy.holdsOmitted > 0 && <li>and {plural(buddy.holdsOmitted, 'more run')}</li>}
          </ul>
        )}
      </section>
      {block.pageblock !== null && <PageblockPart pageblock={block.pageblock} />}
    </>
  );
}
