/** What stands round the page: its slab in close-up, the arrays that hold pages of it back, the objects inside. */
import type { Inspection } from '../../store/looking.ts';
import { useLabState } from '../lab-context.ts';
import { ArrayBars } from '../views/CpuBars.tsx';
import { count, milliseconds, pfnText } from '../words.ts';
import { Facts } from './Facts.tsx';
import { ObjectsPane } from './ObjectsPane.tsx';
import { type ReportOf, reportOf } from './reports.ts';
import { SlabCells } from './SlabCells.tsx';

/** Slabs of more pages have their own view. */
const MOST = 64;

function SlabPart({ slab, selected }: { readonly slab: ReportOf<'slab'>; readonly selected: number | null }) {
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const { counts, costNs } = slab;
  return (
    <section className="around-slab" aria-labelledby="around-slab">
      <h3 id="around-slab">
        Slab <span className="mono">{pfnText(slab.pfn, pages)}</span>, {slab.name}
      </h3>
      <p className="muted small">Small digit: how many PTEs map the page.</p>
      {slab.pages <= MOST && <SlabCells slab={slab} selected={selected} />}
      <Facts
        caption="Figures of the slab"
        lines={[
          ['In use, idle, parked', `${count(counts.inUse)}, ${count(counts.idle)}, ${count(counts.parked)}`],
          [
            'Clean, dirty, anonymous',
            `${count(counts.clean)}, ${count(counts.dirty)}, ${count(counts.anon)}`,
          ],
          ['To empty it', costNs === null ? 'it cannot be emptied' : milliseconds(costNs)],
        ]}
      />
    </section>
  );
}

export function Around({ inspection }: { readonly inspection: Inspection }) {
  const slab = reportOf(inspection, 'slab');
  const cpus = reportOf(inspection, 'cpus');
  const objects = reportOf(inspection, 'object-slab');
  const arrays =
    slab !== null && cpus?.kind === 'arrays'
      ? cpus.caches.find(({ cache }) => cache === slab.cache)
      : undefined;
  if (slab === null && objects === null) return null;
  return (
    <div className="around">
      {slab !== null && <SlabPart slab={slab} selected={inspection.pfn} />}
      {arrays !== undefined && (
        <section className="around-arrays" aria-labelledby="around-arrays">
          <h3 id="around-arrays">Per-CPU arrays of {arrays.name}</h3>
          <ArrayBars arrays={arrays} />
        </section>
      )}
      {objects !== null && (
        <section aria-labelledby="around-objects">
          <h3 id="around-objects">Inside this page</h3>
          <ObjectsPane objects={objects} />
        </section>
      )}
    </div>
  );
}
