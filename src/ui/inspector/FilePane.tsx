/** A file with its pages in the page cache, and who maps it. */
import { useLab } from '../lab-context.ts';
import { count, pagesText } from '../words.ts';
import { Facts } from './Facts.tsx';
import { LinkWord, PageLink, ProcessLink } from './links.tsx';
import { RunBar, SHOWN_FRAMES } from './RunBar.tsx';
import type { ReportOf } from './reports.ts';

export function FilePane({ report }: { readonly report: ReportOf<'file'> }) {
  const { selecting } = useLab();
  const shown = report.frames.slice(0, SHOWN_FRAMES);
  return (
    <>
      <Facts
        caption="Facts of the file"
        lines={[
          ['Pages, resident', `${count(report.pages)}, ${count(report.resident)}`],
          ['Dirty, under writeback', `${count(report.dirty)}, ${count(report.writeback)}`],
          ['Mapped by a process', pagesText(report.mapped)],
          ['Evicted and not asked for since', pagesText(report.shadows)],
        ]}
      />
      <p className="muted small run-key">
        <i className="clean" /> clean <i className="dirty" /> dirty <i className="writeback" /> writeback{' '}
        <i className="shadow" /> evicted <i className="absent" /> absent
      </p>
      <RunBar
        runs={report.runs}
        pages={report.pages}
        label={`File ${report.file}: ${count(report.resident)} of ${pagesText(report.pages)} resident, ${count(report.dirty)} dirty`}
      />
      {report.mappings.length > 0 && (
        <section className="pane-part">
          <h3>Mapped by</h3>
          <ul className="mappings">
            {report.mappings.map(({ process, region, pages, locked }) => (
              <li key={`${process}.${region}`}>
                <ProcessLink process={process} /> region {region}, {pagesText(pages)}
                {locked && <b>, mlocked</b>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {shown.length > 0 && (
        <section className="pane-part">
          <h3>Resident pages</h3>
          <p className="frames">
            {shown.map(({ page, pfn }) => (
              <span key={page}>
                <LinkWord go={() => selecting.visit({ kind: 'file', file: report.file, page })}>
                  {count(page)}
                </LinkWord>{' '}
                in <PageLink pfn={pfn} frame />
              </span>
            ))}
            {report.resident > shown.length && <span>and {count(report.resident - shown.length)} more</span>}
          </p>
        </section>
      )}
    </>
  );
}
