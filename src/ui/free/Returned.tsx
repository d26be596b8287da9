/** After a reclaim: the slab's pages on their way back up the orders. */
import type { ReclaimAccount } from '../../worker/protocol.ts';
import { pagesText, sentence } from '../words.ts';

const WIDTH = 184;
const STEP = 15;

/** Blocks an aligned slab passes through when it is returned page by page, order 0 at the top. */
function Ladder({ order }: { readonly order: number }) {
  const rows = Array.from({ length: order + 1 }, (_, row) => ({ row, blocks: 1 << (order - row) }));
  return (
    <svg className="ladder" width={WIDTH + 12} height={(order + 1) * STEP} aria-hidden="true">
      {rows.map(({ row, blocks }) => (
        <path
          key={row}
          className={row === order ? 'whole' : ''}
          d={Array.from({ length: blocks }, (_, i) => {
            const width = WIDTH / blocks;
            return `M${6.5 + i * width} ${row * STEP + 0.5}h${width - 1}v9h${1 - width}z`;
          }).join('')}
        />
      ))}
    </svg>
  );
}

export function Returned({ account }: { readonly account: ReclaimAccount }) {
  const order = Math.log2(account.slabPages);
  const merged = account.returned.includes('merge');
  return (
    <section className="returned" aria-label="What was returned">
      <p className="lede">
        {account.outcome === 'discarded'
          ? sentence(account.returned) || `${pagesText(account.slabPages)} went back.`
          : sentence(account.returned)}
      </p>
      {account.outcome === 'discarded' && merged && order <= 6 && <Ladder order={order} />}
      <p className="mono muted small">__free_pages_bulk()</p>
    </section>
  );
}
