/** Which windows could be emptied, where there are too many for a table. */
import { useLabState } from '../lab-context.ts';
import { count, pagesText } from '../words.ts';
import { stripOf } from './strip.ts';

const HEIGHT = 48;

export function WindowStrip({ width }: { readonly width: number }) {
  const why = useLabState((state) => state.askedWhy ?? state.detail?.why ?? null);
  if (why === null) return null;
  const { windows, bars, none, few } = stripOf(why, width / 2);
  const pitch = width / Math.max(1, bars.length);
  const path = bars
    .map((share, i) => {
      const height = Math.max(1, share * HEIGHT);
      return `M${(i * pitch).toFixed(2)} ${(HEIGHT - height).toFixed(1)}h${Math.max(1, pitch - 1).toFixed(2)}v${height.toFixed(1)}h${(-Math.max(1, pitch - 1)).toFixed(2)}z`;
    })
    .join('');
  return (
    <section className="window-strip" aria-labelledby="strip">
      <h2 id="strip">
        Order {why.order}: {count(windows)} windows
      </h2>
      <p className="lede">
        Each bar is a window of {pagesText(1 << why.order)}; its height, the pages that cannot go.{' '}
        <b className="mono acc">{count(none)}</b> windows hold none, {count(few)} hold few.
      </p>
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={`${count(none)} of ${count(windows)} windows hold no page that cannot go`}
      >
        <path d={path} />
      </svg>
    </section>
  );
}
