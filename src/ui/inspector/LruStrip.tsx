/** Every LRU page as a bar, coldest first; the evicted are filled. */
import type { LruStrip as Strip } from '../../worker/protocol.ts';
import { count, plural } from '../words.ts';

const ROW = 50;
const PITCH = 4.9;
const ROW_HEIGHT = 15;
/** More pages than this are sampled, evicted ones first: a strip of ten rows still reads. */
const MOST = 500;

function path(strip: Strip, evicted: boolean): string {
  return strip.pages
    .slice(0, MOST)
    .map((page, i) =>
      page.evicted === evicted
        ? `M${(i % ROW) * PITCH + 0.5} ${Math.floor(i / ROW) * ROW_HEIGHT + 1.5}h3.4v11h-3.4z`
        : '',
    )
    .join('');
}

export function LruStrip({ strip, refaults }: { readonly strip: Strip; readonly refaults: number }) {
  const shown = Math.min(MOST, strip.pages.length);
  if (shown === 0) return null;
  const evicted = strip.pages.filter((page) => page.evicted).length;
  const height = Math.ceil(shown / ROW) * ROW_HEIGHT;
  return (
    <section className="lru" aria-labelledby="lru">
      <h2 id="lru">What it did to the LRU</h2>
      <p className="lede">Each bar is a page, coldest first. Filled ones were evicted.</p>
      <svg
        viewBox={`0 0 ${ROW * PITCH} ${height}`}
        role="img"
        aria-label={`${count(evicted)} of ${count(strip.pages.length)} LRU pages were evicted`}
      >
        <path className="stayed" d={path(strip, false)} />
        <path className="evicted" d={path(strip, true)} />
      </svg>
      <p className="ends muted">
        <span>coldest</span>
        <span>
          {strip.pages.length > MOST ? `first ${count(MOST)} of ${count(strip.pages.length)}` : 'hottest'}
        </span>
      </p>
      <p className="inversions">
        <b className="mono">{plural(strip.inversions, 'inversion')}.</b> So many evicted pages were hotter
        than the coldest page that stayed.
        {refaults > 0 && ` ${count(refaults)} have been asked for again since.`}
      </p>
    </section>
  );
}
