/** Every LRU page as a bar, coldest first; the evicted are filled. */
import type { LruStrip as Strip } from '../../worker/protocol.ts';
import { count, plural } from '../words.ts';

const ROW = 50;
const PITCH = 4.9;
const ROW_HEIGHT = 15;
/** A strip of ten rows still reads: of more pages, neighbours share a bar. */
const MOST = 500;

/** Whether a page of each bar was evicted. */
function barsOf({ pages }: Strip, each: number): readonly boolean[] {
  return Array.from({ length: Math.ceil(pages.length / each) }, (_, i) =>
    pages.slice(i * each, (i + 1) * each).some((page) => page.evicted),
  );
}

function path(bars: readonly boolean[], evicted: boolean): string {
  return bars
    .map((bar, i) =>
      bar === evicted
        ? `M${(i % ROW) * PITCH + 0.5} ${Math.floor(i / ROW) * ROW_HEIGHT + 1.5}h3.4v11h-3.4z`
        : '',
    )
    .join('');
}

export function LruStrip({ strip, refaults }: { readonly strip: Strip; readonly refaults: number }) {
  if (strip.pages.length === 0) return null;
  const each = Math.ceil(strip.pages.length / MOST);
  const bars = barsOf(strip, each);
  const evicted = strip.pages.filter((page) => page.evicted).length;
  const height = Math.ceil(bars.length / ROW) * ROW_HEIGHT;
  return (
    <section className="lru" aria-labelledby="lru">
      <h2 id="lru">What it did to the LRU</h2>
      <p className="lede">
        {each === 1
          ? 'Each bar is a page, coldest first. Filled ones were evicted.'
          : `Each bar is ${count(each)} pages, coldest first. Filled ones lost at least one.`}
      </p>
      <svg
        viewBox={`0 0 ${ROW * PITCH} ${height}`}
        role="img"
        aria-label={`${count(evicted)} of ${count(strip.pages.length)} LRU pages were evicted`}
      >
        <path className="stayed" d={path(bars, false)} />
        <path className="evicted" d={path(bars, true)} />
      </svg>
      <p className="ends muted">
        <span>coldest</span>
        <span>hottest</span>
      </p>
      <p className="inversions">
        <b className="mono">{plural(strip.inversions, 'inversion')}.</b> So many evicted pages were hotter
        than the coldest page that stayed.
        {refaults > 0 && ` ${count(refaults)} have been asked for again since.`}
      </p>
    </section>
  );
}
