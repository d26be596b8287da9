/** The slab being emptied, eight pages a row, each page in its phase. */
import type { PagePhase, ReclaimAccount } from '../../worker/protocol.ts';
import { hex } from '../words.ts';

type Page = ReclaimAccount['phases'][number];

const CELL = 28;
const LEFT = 44;
const COLUMNS = 8;

/** The token's letter of a page's kind, as the grid writes it. */
const LETTERS: Readonly<Record<string, string>> = {
  cleanFile: 'F',
  dirtyFile: 'D',
  anon: 'A',
  kreclaim: 'R',
  knoreclaim: 'K',
};

const SIGNS: Readonly<Partial<Record<PagePhase, string>>> = { writing: '↓', swapping: '⇣' };

function Cell({ page, x, y }: { readonly page: Page; readonly x: number; readonly y: number }) {
  const letter = LETTERS[page.kind];
  const middle = { x: x + CELL / 2, y: y + CELL / 2 };
  if (letter === undefined) return <circle className="idle" cx={middle.x} cy={middle.y} r="1.8" />;
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
  const pages = account.phases.slice(0, MOST);
  const rows = Math.ceil(pages.length / COLUMNS);
  const [first] = pages;
  if (first === undefined) return null;
  return (
    <svg
      className="close-up"
      width={LEFT + COLUMNS * CELL}
      height={rows * CELL + 4}
      role="img"
      aria-label={`The ${account.phases.length} pages of the slab at ${hex(first.pfn)}`}
    >
      {pages.map((page, i) => {
        const x = LEFT + (i % COLUMNS) * CELL;
        const y = Math.floor(i / COLUMNS) * CELL;
        return (
          <g key={page.pfn}>
            {i % COLUMNS === 0 && (
              <text className="address" x={LEFT - 8} y={y + 18}>
                {hex(page.pfn)}
              </text>
            )}
            <Cell page={page} x={x} y={y} />
          </g>
        );
      })}
    </svg>
  );
}
