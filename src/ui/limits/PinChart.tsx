/** The curve of one order among others, with the simulated machines on it. */
import { cleanShare } from '../../analysis/pin-share.ts';
import type { PinCount, PinDot } from '../../worker/protocol.ts';
import { useSize } from '../use-size.ts';
import { cleanText, curvePath, OTHER_ORDERS, pinScales, shareText, TICKS } from './pin-curve.ts';

const HEIGHT = 250;
const MARGIN = { left: 58, right: 16, top: 28, bottom: 40 };
const CLEAN_TICKS = [0, 0.25, 0.5, 0.75, 1] as const;

interface PinChartProps {
  readonly order: number;
  /** The share of pages that is read off. */
  readonly share: number;
  readonly dots: readonly PinDot[];
  readonly onHover: (share: number | null) => void;
}

const part = ({ clean, windows }: PinCount['scattered']) => (windows === 0 ? 0 : clean / windows);

export function PinChart({ order, share, dots, onHover }: PinChartProps) {
  const [box, size] = useSize<HTMLDivElement>();
  const width = Math.max(280, size.width);
  const scales = pinScales({
    left: MARGIN.left,
    right: width - MARGIN.right,
    top: MARGIN.top,
    bottom: HEIGHT - MARGIN.bottom,
  });
  const { x, y } = scales;
  const clean = cleanShare(share, order);
  const others = OTHER_ORDERS.filter((one) => one !== order);
  const isNarrow = width < 480;
  return (
    <div ref={box} className="pin-chart">
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={`Blocks without a page that cannot go, by the share of such pages, for order ${order}`}
        onPointerMove={(event) => {
          const left = event.currentTarget.getBoundingClientRect().left;
          onHover(scales.shareAt(event.clientX - left));
        }}
        onPointerLeave={() => onHover(null)}
      >
        {CLEAN_TICKS.map((tick) => (
          <g key={tick} className="y-tick">
            <path d={`M${MARGIN.left} ${y(tick)}H${width - MARGIN.right}`} />
            <text x={MARGIN.left - 6} y={y(tick) + 3}>
              {tick * 100} %
            </text>
          </g>
        ))}
        {TICKS.map((tick) => (
          <text key={tick} className="x-tick" x={x(tick)} y={HEIGHT - MARGIN.bottom + 18}>
            {shareText(tick)}
          </text>
        ))}
        <text className="axis-name y" x="0" y="12">
          blocks that hold none of them
        </text>
        <text className="axis-name" x={(MARGIN.left + width - MARGIN.right) / 2} y={HEIGHT - 5}>
          share of pages that cannot go, p
        </text>
        {others.map((one) => (
          <g key={one} className="other">
            <path d={curvePath(scales, one)} />
            {!isNarrow && (
              <text x={x(1.2 / 2 ** one) + 5} y={y(cleanShare(1.2 / 2 ** one, one)) - 3}>
                order {one}
              </text>
            )}
          </g>
        ))}
        <path className="curve" d={curvePath(scales, order)} />
        <path className="reading" d={`M${x(share)} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}`} />
        <circle className="reading" cx={x(share)} cy={y(clean)} r="4" />
        <text
          className={x(share) > width - 130 ? 'reading end' : 'reading'}
          x={x(share) + (x(share) > width - 130 ? -8 : 8)}
          y={Math.max(MARGIN.top + 10, y(clean) - 7)}
        >
          {cleanText(clean)}
        </text>
        {dots.map((dot) => {
          const count = dot.counts.find((one) => one.order === order);
          if (count === undefined) return null;
          const [grouped, scattered] = [part(count.grouped), part(count.scattered)];
          return (
            <g key={dot.share}>
              <rect className="grouped" x={x(dot.share) - 3.5} y={y(grouped) - 3.5} width="7" height="7">
                <title>{told(dot.share, count.grouped, 'in slabs of order0-knoreclaim')}</title>
              </rect>
              <circle className="scattered" cx={x(dot.share)} cy={y(scattered)} r="3.5">
                <title>{told(dot.share, count.scattered, 'pinned at random')}</title>
              </circle>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

const told = (share: number, count: PinCount['scattered'], how: string) =>
  `${shareText(share)} ${how}: ${count.clean} of ${count.windows} windows clean, ${cleanText(part(count))}`;
