/** The slab being emptied, eight pages a row, each page in its phase. */
import type { PagePhase, ReclaimAccount } from '../../worker/protocol.ts';
import { hex } from '../words.ts';

type Page = ReclaimAccount['phases'][number];

const CELL = 28;
const LEFT = 44;
const COLUMNS = 8;

/** The token's letter of a page's kind, as the grid writes it; parked pages hold nothing, as idle ones. */
const LETTERS: Readonly<Record<string, string>> = {
  'clean file': 'F',
  'dirty file': 'D',
  anonymous: 'A',
  kreclaim: 'R',
  knoreclaim: 'K',
};

const SIGNS: Readonly<Partial<Record<PagePhase, string>>> = { writing: '↓', swapping: '⇣' };

interface CellProps {
  /** Undefined for a page that held nothing when the slab was chosen. */
  readonly page: Page | undefined;
  readonly x: number;
  readonly y: number;
}

function Cell({ page, x, y }: CellProps) {
  const letter = page && LETTERS[page.kind];
  const middle = { x: x + CELL / 2, y: y + CELL / 2 };
  if (page === undefined || letter === undefined)
    return <circle className="idle" cx={middle.x} cy={middle.y} r="1.8" />;
  const box = { x: x + 2.5, y: y + 2.5, width: CELL - 5, height: CELL - 5 };
  if (page.phase === 'dropped') {
    return (
      <>
        <rect className="dropped" {...box} />
        <path className="dash" d={`M${x + 10} ${middle.y}h8`} />
      </>
    );
  }
  const inIo = page.phase === 'writing' || page.phase === 'swapping';
  return (
    <g className={`page ${letter} ${page.phase}`}>
      <rect className="box" {...box} />
      {inIo && <rect className="rise" x={x + 4} y={middle.y} width={CELL - 8} height={CELL / 2 - 4} />}
      <text x={middle.x} y={middle.y + 4.5}>
        {SIGNS[page.phase] ?? letter}
      </text>
      {page.phase === 'refused' && (
        <path
          className="cross"
          d={`M${box.x} ${box.y}l${box.width} ${box.height}m0 ${-box.height}l${-box.width} ${box.height}`}
        />
      )}
    </g>
  );
}

/** Slabs above order 7 are shown by their first pages; the grid has them all. */
const MOST = 128;

export function SlabCloseUp({ account }: { readonly account: ReclaimAccount }) {
  const { slabPfn, slabPages } = account;
  if (slabPfn === null) return null;
  const inUse = new Map(account.phases.map((page) => [page.pfn, page]));
  const pfns = Array.from({ length: Math.min(MOST, slabPages) }, (_, i) => slabPfn + i);
  const rows = Math.ceil(pfns.length / COLUMNS);
  return (
    <svg
      className="close-up"
      viewBox={`0 0 ${LEFT + COLUMNS * CELL} ${rows * CELL + 4}`}
      width={LEFT + COLUMNS * CELL}
      role="img"
      aria-label={`The ${slabPages} pages of the slab at ${hex(slabPfn)}`}
    >
      {pfns.map((pfn, i) => {
        const x = LEFT + (i % COLUMNS) * CELL;
        const y = Math.floor(i / COLUMNS) * CELL;
        return (
          <g key={pfn}>
            {i % COLUMNS === 0 && (
              <text className="address" x={LEFT - 8} y={y + 18}>
                {hex(pfn)}
              </text>
            )}
            <Cell page={inUse.get(pfn)} x={x} y={y} />
          </g>
        );
      })}
    </svg>
  );
}
