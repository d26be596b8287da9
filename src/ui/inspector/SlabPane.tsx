/** One slab, eight pages a row: what each holds, who maps it, and what emptying it would take. */
import { useLab, useLabState } from '../lab-context.ts';
import { count, hex, milliseconds, pfnText, plural } from '../words.ts';
import { Cells } from './Cells.tsx';
import { Facts } from './Facts.tsx';
import { PageLink } from './links.tsx';
import type { ReportOf } from './reports.ts';

type SlabReport = ReportOf<'slab'>;
type SlabPage = SlabReport['content'][number];

const COLUMNS = 8;
/** Larger slabs are shown by their first pages; the grid has them all. */
const MOST = 256;
const PINNED = 0x10;

const cpuText = (page: SlabPage) =>
  page.parked === null ? '' : page.parked.cpu === null ? 'shared' : `cpu ${page.parked.cpu}`;

function labelOf(page: SlabPage, pages: number): string {
  const parked =
    page.parked === null
      ? ''
      : `, in the ${page.parked.cpu === null ? 'shared array' : `array of cpu ${page.parked.cpu}`}`;
  const maps = page.mapcount > 0 ? `, mapped by ${page.mapcount}` : '';
  return `${pfnText(page.pfn, pages)}: ${page.what}${maps}${parked}${page.look & PINNED ? ', pinned' : ''}`;
}

function content(page: SlabPage) {
  return (
    <>
      {page.letter}
      {page.mapcount > 0 && <small>{page.mapcount}</small>}
      {page.parked !== null && <small className="parked">{cpuText(page)}</small>}
    </>
  );
}

export function SlabPane({
  slab,
  selected,
}: {
  readonly slab: SlabReport;
  readonly selected: number | null;
}) {
  const { selecting, store } = useLab();
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const now = useLabState((state) => state.frame?.at.step ?? 0);
  const { counts, hottest, coldest } = slab;
  const ago = (step: number) => `${plural(Math.max(0, now - step), 'step')} ago`;
  return (
    <>
      <p className="muted small">
        {slab.name} in ZONE_{slab.zone.toUpperCase()}, {slab.list} list
        {slab.place !== null && `, ${slab.place} from its head`}. Small digit: how many PTEs map the page.
      </p>
      <div className="addressed">
        <div className="addresses mono" aria-hidden="true">
          {Array.from({ length: Math.ceil(Math.min(MOST, slab.pages) / COLUMNS) }, (_, row) => (
            <span key={row}>{pfnText(slab.pfn + row * COLUMNS, pages)}</span>
          ))}
        </div>
        <Cells
          label={`The ${slab.pages} pages of the slab at ${hex(slab.pfn)}`}
          columns={Math.min(COLUMNS, slab.pages)}
          className="slab-cells"
          onPoint={(pfn) => store.setState({ hover: pfn === null ? null : { pfn, pages: 1 } })}
          cells={slab.content.slice(0, MOST).map((page) => ({
            key: page.pfn,
            label: labelOf(page, pages),
            className: `cell ${page.letter || 'idle'} ${page.look & PINNED ? 'pinned' : ''}`,
            content: content(page),
            current: page.pfn === selected,
            go: () => void selecting.pick(page.pfn),
          }))}
        />
      </div>
      <Facts
        caption="Facts of the slab"
        lines={[
          ['In use, idle, parked', `${count(counts.inUse)}, ${count(counts.idle)}, ${count(counts.parked)}`],
          [
            'Clean, dirty, anonymous',
            `${count(counts.clean)}, ${count(counts.dirty)}, ${count(counts.anon)}`,
          ],
          [
            'Object slabs, kernel, pinned',
            `${count(counts.objects)}, ${count(counts.kernel)}, ${count(counts.pinned)}`,
          ],
          [
            'Hottest page',
            hottest && (
              <>
                <PageLink pfn={hottest.pfn} />, {ago(hottest.step)}
              </>
            ),
          ],
          [
            'Coldest page',
            coldest && (
              <>
                <PageLink pfn={coldest.pfn} />, {ago(coldest.step)}
              </>
            ),
          ],
          ['To empty it', slab.costNs === null ? 'it cannot be emptied' : milliseconds(slab.costNs)],
          [
            'Descriptor',
            `${count(slab.descriptor.bytes)} bytes outside the slab, ${count(slab.descriptor.perPage)} to a page`,
          ],
        ]}
      />
      {slab.blockers.length > 0 && (
        <section className="pane-part">
          <h3>What keeps it</h3>
          <ul className="obstacles">
            {slab.blockers.map((blocker) => (
              <li key={blocker.kind}>
                {blocker.kind}: {plural(blocker.pages, 'page')}, first <PageLink pfn={blocker.pfn} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
