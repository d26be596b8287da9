/** The pin slider: how few pages that cannot go spoil how many blocks, as a curve and as simulated machines. */
import { useState } from 'react';
import { cleanShare } from '../../analysis/pin-share.ts';
import { count, plural } from '../words.ts';
import { PinChart } from './PinChart.tsx';
import { PinTable } from './PinTable.tsx';
import { cleanText, SHARES, shareText } from './pin-curve.ts';
import { usePinDots } from './use-pin-dots.ts';

const ORDERS = [2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
/** Places of the slider. */
const PLACES = 300;
const RATIO = SHARES.most / SHARES.least;
/** Two figures, so that what is read off is what is written. */
const shareOf = (place: number) => Number((SHARES.least * RATIO ** (place / PLACES)).toPrecision(2));
/** 0.2 %, the share of the quotation. */
const FIRST_PLACE = 130;

export function PinSection() {
  const [order, setOrder] = useState(9);
  const [place, setPlace] = useState(FIRST_PLACE);
  const [hover, setHover] = useState<number | null>(null);
  const [seed, setSeed] = useState(1);
  const [table, setTable] = useState(false);
  const { dots, failed } = usePinDots(seed);
  const share = hover ?? shareOf(place);
  const words = `With ${shareText(share)} of pages that cannot go, ${cleanText(cleanShare(share, order))} of blocks of order ${order} hold none of them.`;
  return (
    <section className="pins" aria-labelledby="pins-title">
      <h3 id="pins-title">A few pages that cannot go</h3>
      <p className="small">
        Linus Torvalds in 2005: “if 99.8% of memory is cleanable, the 0.2% is still enough to make pretty much
        _every_ hugepage in the system pinned down.”
      </p>
      <div className="pin-controls">
        <label>
          Pages that cannot go: <output className="num">{shareText(shareOf(place))}</output>
          <input
            type="range"
            min={0}
            max={PLACES}
            value={place}
            aria-label="Share of pages that cannot go"
            aria-valuetext={`${shareText(shareOf(place))}: ${cleanText(cleanShare(shareOf(place), order))} of blocks are clean`}
            onChange={(event) => setPlace(Number(event.currentTarget.value))}
          />
        </label>
        <label>
          Order of the block
          <select value={order} onChange={(event) => setOrder(Number(event.currentTarget.value))}>
            {ORDERS.map((one) => (
              <option key={one} value={one}>
                {one}, {count(2 ** one)} pages
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="pin-says">{words}</p>
      <PinChart order={order} share={share} dots={dots} onHover={setHover} />
      <p className="pin-legend small">
        <span className="line-key" aria-hidden="true" /> P = (1 − p)^(2^k), pages pinned independently ·{' '}
        <span className="dot-key" aria-hidden="true" /> simulated: file pages pinned at random ·{' '}
        <span className="square-key" aria-hidden="true" /> simulated: as many kernel pages, in slabs of
        order0-knoreclaim
      </p>
      <p className="small">
        {failed ?? source(dots[0]?.pages ?? 0, seed, dots.length)}{' '}
        <button type="button" className="word-btn inline" onClick={() => setSeed(seed + 1)}>
          Another seed
        </button>{' '}
        <button
          type="button"
          className="word-btn inline"
          aria-expanded={table}
          onClick={() => setTable(!table)}
        >
          Table
        </button>
      </p>
      {table && <PinTable order={order} dots={dots} />}
    </section>
  );
}

function source(pages: number, seed: number, dots: number): string {
  if (dots === 0) return 'Source: the formula; the machines are being simulated.';
  const machines = plural(2 * dots, 'machine');
  return `Source: the formula, and ${machines} of ${count(pages)} pages, nine tenths full, run here with seed ${seed}.`;
}
