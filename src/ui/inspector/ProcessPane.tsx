/** A process with its memory: a bar for each region, and the frames behind it. */
import { useLab } from '../lab-context.ts';
import { count, pagesText, plural } from '../words.ts';
import { Facts } from './Facts.tsx';
import { FileLink, LinkWord, PageLink, ProcessLink } from './links.tsx';
import { RunBar, SHOWN_FRAMES } from './RunBar.tsx';
import type { ReportOf } from './reports.ts';

type Process = ReportOf<'process'>;
type Region = Process['regions'][number];

function Frames({ process, region }: { readonly process: number; readonly region: Region }) {
  const { selecting } = useLab();
  const shown = region.frames.slice(0, SHOWN_FRAMES);
  const more = region.resident - shown.length;
  if (region.resident === 0) return null;
  return (
    <details>
      <summary>Resident pages</summary>
      <p className="frames">
        {shown.map(({ page, pfn }) => (
          <span key={page}>
            <LinkWord go={() => selecting.visit({ kind: 'region', process, region: region.region, page })}>
              {count(page)}
            </LinkWord>{' '}
            in <PageLink pfn={pfn} frame />
          </span>
        ))}
        {more > 0 && <span>and {count(more)} more</span>}
      </p>
    </details>
  );
}

function RegionPart({ process, region }: { readonly process: number; readonly region: Region }) {
  const text = `${count(region.resident)} resident, ${count(region.swapped)} swapped, ${count(region.pages - region.resident - region.swapped)} absent`;
  return (
    <section className="pane-part region">
      <h3>
        Region {region.region}: {region.file === null ? 'anonymous' : <FileLink file={region.file} />},{' '}
        {pagesText(region.pages)}
        {region.locked && ', mlocked'}
      </h3>
      <RunBar runs={region.runs} pages={region.pages} label={`Region ${region.region}: ${text}`} />
      <p className="muted small">{text}</p>
      {region.sharedWith.length > 0 && (
        <p className="small">
          Shared with{' '}
          {region.sharedWith.slice(0, 8).map((other) => (
            <span key={other}>
              <ProcessLink process={other} />{' '}
            </span>
          ))}
        </p>
      )}
      <Frames process={process} region={region} />
    </section>
  );
}

export function ProcessPane({ report }: { readonly report: Process }) {
  const [table] = report.tables;
  return (
    <>
      <Facts
        caption="Facts of the process"
        lines={[
          [
            'Resident, swapped, mapped',
            `${count(report.resident)}, ${count(report.swapped)}, ${pagesText(report.pages)}`,
          ],
          ['Mlocked and resident', report.locked > 0 && pagesText(report.locked)],
          [
            'Page tables',
            table !== undefined && (
              <>
                {count(report.tables.length)}, first <PageLink pfn={table} />
              </>
            ),
          ],
          [
            'Kernel stack',
            report.stack && (
              <>
                order {report.stack.order} at <PageLink pfn={report.stack.pfn} />
              </>
            ),
          ],
          [
            'Score for the OOM killer',
            <>
              {count(report.badness)}
              {report.wouldBeKilled && ', the next to be killed'}{' '}
              <code>{report.held === null ? 'badness()' : 'oom_badness()'}</code>
              {report.held !== null &&
                `: ${count(report.held.resident)} resident, ${count(report.held.swapped)} swapped, ${count(report.held.tables)} of page tables`}
            </>,
          ],
        ]}
      />
      <p className="muted small run-key">
        <i className="resident" /> resident <i className="swapped" /> swapped <i className="absent" /> absent
      </p>
      {report.regions.length === 0 && <p className="small">{plural(0, 'region')} mapped.</p>}
      {report.regions.map((region) => (
        <RegionPart key={region.region} process={report.process} region={region} />
      ))}
    </>
  );
}
