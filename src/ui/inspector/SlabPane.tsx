/** One slab, eight pages a row: what each holds, who maps it, and what emptying it would take. */
import { SweepButtons } from '../experiments/SweepButtons.tsx';
import { useLabState } from '../lab-context.ts';
import { count, milliseconds, plural } from '../words.ts';
import { Facts } from './Facts.tsx';
import { PageLink } from './links.tsx';
import type { ReportOf } from './reports.ts';
import { SlabCells } from './SlabCells.tsx';

type SlabReport = ReportOf<'slab'>;

export function SlabPane({
  slab,
  selected,
}: {
  readonly slab: SlabReport;
  readonly selected: number | null;
}) {
  const now = useLabState((state) => state.frame?.at.step ?? 0);
  const { counts, hottest, coldest } = slab;
  const ago = (step: number) => `${plural(Math.max(0, now - step), 'step')} ago`;
  return (
    <>
      <p className="muted small">
        {slab.name} in ZONE_{slab.zone.toUpperCase()}, {slab.list} list
        {slab.place !== null && `, ${slab.place} from its head`}. Small digit: how many PTEs map the page.
      </p>
      <SlabCells slab={slab} selected={selected} />
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
      <SweepButtons />
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
