/** One page: what it is, whose it is, and why it can or cannot go. Its life follows below. */
import type { Inspection } from '../../store/looking.ts';
import { useLab } from '../lab-context.ts';
import { count, hex, milliseconds, plural, sentence } from '../words.ts';
import { Around } from './Around.tsx';
import { Facts } from './Facts.tsx';
import { LifeStory } from './LifeStory.tsx';
import { LinkWord, OwnerWords, PageLink, ProcessLink, StepLink } from './links.tsx';
import type { ReportOf } from './reports.ts';

type PageReport = ReportOf<'page'>;

/** Where the page waits or hangs, by kind. */
function placeText(page: PageReport): string | null {
  switch (page.kind) {
    case 'pcp':
      return (
        page.list &&
        `cpu ${page.list.cpu}, ${page.list.cold ? 'cold' : 'hot'} list, ${page.list.place} of ${page.list.of}`
      );
    case 'slabIdle':
      return (
        page.chain && `${page.chain.place} of ${plural(page.chain.of, 'idle page')} of its slab, 1 goes next`
      );
    case 'slabParked':
      return page.array && `${page.array.cpu === null ? 'shared array' : `array of cpu ${page.array.cpu}`}`;
    case 'anon':
    case 'file':
      return (
        page.lru &&
        `${page.lru.list} list, ${count(page.lru.fromCold)} of ${count(page.lru.of)} from the cold end`
      );
    case 'objSlab':
      return `${plural(page.objects, 'object')} of ${page.name} in ${count(page.places)} places, ${count(page.live)} in use`;
    default:
      return null;
  }
}

function Mappings({ page }: { readonly page: PageReport }) {
  if (!('mappings' in page) || page.mappings.length === 0) return null;
  return (
    <section className="pane-part">
      <h3>Mapped by, as rmap finds them</h3>
      <ul className="mappings">
        {page.mappings.map(({ process, region, page: at, young, locked }) => (
          <li key={`${process}.${region}`}>
            <ProcessLink process={process} /> region {region} page {count(at)}
            {young && ', young'}
            {locked && <b>, mlocked</b>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Going({ page }: { readonly page: PageReport }) {
  const { obstacles, delays, costNs, verdict } = page.reclaim;
  const told = [...obstacles.slice(1), ...delays];
  const [first] = obstacles;
  return (
    <section className="pane-part">
      <h3>Can it go?</h3>
      <p className={first ? 'verdict no' : 'verdict'}>
        {sentence(verdict)} {first && <code>{first.fn}()</code>}
      </p>
      {told.length > 0 && (
        <ul className="obstacles">
          {told.map(({ reason, text, fn }) => (
            <li key={reason + text}>
              {sentence(text)} <code>{fn}()</code>
            </li>
          ))}
        </ul>
      )}
      {costNs !== null && costNs > 0 && (
        <p className="muted small">Modelled cost of emptying the frame: {milliseconds(costNs)}.</p>
      )}
    </section>
  );
}

interface PagePaneProps {
  readonly page: PageReport;
  readonly inspection: Inspection;
}

export function PagePane({ page, inspection }: PagePaneProps) {
  const { selecting } = useLab();
  const { slab } = page;
  const block = 'block' in page ? page.block : null;
  return (
    <div className="page-report">
      <div className="about">
        <Facts
          caption="Facts of the page"
          lines={[
            ['Holds', <OwnerWords key="owner" owner={page.owner} text={page.ownerText} />],
            ['Place', placeText(page)],
            [
              'Slab',
              slab && (
                <>
                  <PageLink pfn={slab.pfn} pane={{ kind: 'slab' }} frame />, {slab.name}, {slab.list}
                </>
              ),
            ],
            [
              page.kind === 'file' ? 'Folio' : 'Block',
              block && (
                <LinkWord key="block" go={() => selecting.show({ kind: 'block' })}>
                  order {block.order} at {hex(block.pfn)}
                </LinkWord>
              ),
            ],
            [
              'Mempool',
              page.pool !== null && (
                <LinkWord key="pool" go={() => selecting.show({ kind: 'pools' })}>
                  {page.pool.state === 'held'
                    ? `held, goes back to pool ${page.pool.pool}`
                    : `in reserve of pool ${page.pool.pool}`}
                </LinkWord>
              ),
            ],
            ['Flags', page.flags.length > 0 && <code key="flags">{page.flags.join(' ')}</code>],
            ['Mappings, pins', `${count(page.mapcount)}, ${count(page.pins)}`],
            ['Swap slot', 'swapSlot' in page && page.swapSlot !== null ? count(page.swapSlot) : null],
            ['Outside any slab', page.stranded && 'taken singly from buddy'],
            ['Allocated at', page.allocStep !== null && <StepLink key="from" step={page.allocStep} />],
            ['Last touched at', page.lastTouch !== null && <StepLink key="touch" step={page.lastTouch} />],
          ]}
        />
        <Going page={page} />
        <Mappings page={page} />
      </div>
      <Around inspection={inspection} />
      <LifeStory />
    </div>
  );
}
