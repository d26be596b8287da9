/** The pages of a slab, eight a row with their addresses: what each holds and who maps it. */
import { useLab, useLabState } from '../lab-context.ts';
import { hex, pfnText } from '../words.ts';
import { Cells } from './Cells.tsx';
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

interface SlabCellsProps {
  readonly slab: SlabReport;
  readonly selected: number | null;
}

export function SlabCells({ slab, selected }: SlabCellsProps) {
  const { selecting, store } = useLab();
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  return (
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
  );
}
