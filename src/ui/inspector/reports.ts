/** Reports of the open view, picked by what they are. */
import type { Inspection } from '../../store/looking.ts';
import type { Range } from '../../store/state.ts';
import type { Report } from '../../worker/protocol.ts';

export type ReportOf<V extends Report['view']> = Extract<Report, { readonly view: V }>;

/** The report of a view, where the inspection has one. */
export function reportOf<V extends Report['view']>(
  inspection: Inspection | null,
  view: V,
): ReportOf<V> | null {
  const found = inspection?.reports.find((report): report is ReportOf<V> => report.view === view);
  return found ?? null;
}

/** The first report that says why there is nothing to show. */
export const absence = (inspection: Inspection | null): string | null =>
  reportOf(inspection, 'nothing')?.reason ?? null;

/** The pages the selection stands for: its frame, or the whole block it is part of. */
export function selectedRange(inspection: Inspection | null): Range | null {
  if (inspection === null || inspection.pfn === null) return null;
  const page = reportOf(inspection, 'page');
  const block = page !== null && 'block' in page ? page.block : null;
  return block === null ? { pfn: inspection.pfn, pages: 1 } : { pfn: block.pfn, pages: 1 << block.order };
}

/** What else the open view speaks of: the slab or block, a process's or file's frames. */
export function relatedRanges(inspection: Inspection | null): readonly Range[] {
  const slab = reportOf(inspection, 'slab');
  if (slab !== null) return [{ pfn: slab.pfn, pages: slab.pages }];
  const block = reportOf(inspection, 'block');
  if (block !== null) {
    const { buddy } = block;
    return buddy.pfn === null ? [] : [{ pfn: buddy.pfn, pages: 1 << buddy.order }];
  }
  const process = reportOf(inspection, 'process');
  if (process !== null) {
    const frames = process.regions.flatMap((region) => region.frames);
    return [
      ...frames.map(({ pfn }) => ({ pfn, pages: 1 })),
      ...process.tables.map((pfn) => ({ pfn, pages: 1 })),
    ];
  }
  return reportOf(inspection, 'file')?.frames.map(({ pfn }) => ({ pfn, pages: 1 })) ?? [];
}
