/** Zones: free pages against the watermarks, and the LRU lists from their coldest page to their hottest. */
import type { Inspection } from '../../store/looking.ts';
import { Facts } from '../inspector/Facts.tsx';
import { type ReportOf, reportOf } from '../inspector/reports.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, pagesText, pfnText } from '../words.ts';

type Zone = ReportOf<'zones'>['zones'][number];
type LruList = ReportOf<'lru'>['lists'][number];

const WIDTH = 300;
const LETTERS = ['', '', 'F', 'D', 'A', 'R', 'K'] as const;

/** Free pages as a bar, min, low and high as marks on it. */
function Watermarks({ zone }: { readonly zone: Zone }) {
  const most = Math.max(1, zone.free, zone.high) * 1.15;
  const x = (pages: number) => (pages / most) * WIDTH;
  const marks = [
    ['min', zone.min],
    ['low', zone.low],
    ['high', zone.high],
  ] as const;
  return (
    <svg
      className="watermarks"
      viewBox={`0 0 ${WIDTH} 30`}
      role="img"
      aria-label={`${pagesText(zone.free)} free; marks: min ${zone.min}, low ${zone.low}, high ${zone.high}`}
    >
      <rect className="room" x="0.5" y="0.5" width={WIDTH - 1} height="11" />
      <rect
        className={zone.reaches === 'high' ? 'free' : 'free short'}
        x="0.5"
        y="0.5"
        width={x(zone.free)}
        height="11"
      />
      {marks.map(([name, pages], i) => (
        <g key={name}>
          <path d={`M${x(pages).toFixed(1)} -2v18`} />
          <text x={x(pages)} y={i % 2 === 0 ? 23 : 30} textAnchor={x(pages) > WIDTH - 30 ? 'end' : 'start'}>
            {name} {count(pages)}
          </text>
        </g>
      ))}
    </svg>
  );
}

function ZonePart({ zone }: { readonly zone: Zone }) {
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  return (
    <section className="pane-part" aria-label={`Zone ${zone.name}`}>
      <h3>
        ZONE_{zone.name.toUpperCase()}, {pagesText(zone.managed)} managed
      </h3>
      <Watermarks zone={zone} />
      <Facts
        caption={`Figures of ${zone.name}`}
        lines={[
          [
            'Free in buddy',
            `${count(zone.free)}, ${zone.reaches === 'below min' ? 'below the min mark' : `reaches ${zone.reaches}`}`,
          ],
          ['On per-CPU lists', zone.perCpu > 0 && count(zone.perCpu)],
          ['Active, inactive', `${count(zone.active)}, ${count(zone.inactive)}`],
          ['Last reclaim’s priority', `${zone.prevPriority}${zone.prevPriority === 12 ? ', at ease' : ''}`],
          ['Scanned without success', zone.pagesScanned > 0 && count(zone.pagesScanned)],
          ['State', zone.allUnreclaimable && 'all unreclaimable'],
          [
            'Daemon’s next scan',
            zone.scanCursor !== null && <span className="mono">{pfnText(zone.scanCursor, pages)}</span>,
          ],
        ]}
      />
    </section>
  );
}

/** A list as a strip, coldest on the left; a press selects the page. */
function Strip({ list }: { readonly list: LruList }) {
  const { selecting, store } = useLab();
  const selected = useLabState((state) => state.inspection?.pfn ?? null);
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  const first = list.sample[0];
  return (
    <div className="lru-list">
      <h4>
        {list.zone} {list.list}: {pagesText(list.pages)}
      </h4>
      <div className="lru-strip" onPointerLeave={() => store.setState({ hover: null })}>
        {list.sample.map((one) => (
          <button
            key={one.pfn}
            type="button"
            tabIndex={one === first ? 0 : -1}
            aria-label={`${pfnText(one.pfn, pages)}: ${one.what}, ${count(one.fromCold)} from the cold end`}
            title={`${pfnText(one.pfn, pages)}: ${one.what}`}
            className={`${LETTERS[one.look & 15] ?? ''} ${one.pfn === selected ? 'own' : ''}`}
            onPointerEnter={() => store.setState({ hover: { pfn: one.pfn, pages: 1 } })}
            onClick={() => void selecting.pick(one.pfn)}
            onKeyDown={(event) => {
              const next =
                event.key === 'ArrowRight'
                  ? event.currentTarget.nextElementSibling
                  : event.key === 'ArrowLeft'
                    ? event.currentTarget.previousElementSibling
                    : null;
              if (!(next instanceof HTMLElement)) return;
              event.preventDefault();
              event.stopPropagation();
              next.focus();
            }}
          />
        ))}
      </div>
    </div>
  );
}

export function ZonesPane({ inspection }: { readonly inspection: Inspection }) {
  const zones = reportOf(inspection, 'zones');
  const lru = reportOf(inspection, 'lru');
  const lists = lru?.lists.filter((list) => list.pages > 0) ?? [];
  return (
    <>
      {zones !== null && (
        <p className="muted small">
          The filled part of a bar is what is free in buddy; its marks are the zone’s watermarks, in pages.
        </p>
      )}
      {zones?.zones.map((zone) => (
        <ZonePart key={zone.name} zone={zone} />
      ))}
      <section className="pane-part">
        <h3>LRU lists, coldest first</h3>
        {lists.length > 0 && (
          <ul className="lru-legend small">
            <li className="F">clean file</li>
            <li className="D">dirty file</li>
            <li className="A">anonymous</li>
          </ul>
        )}
        {lists.map((list) => (
          <Strip key={`${list.zone} ${list.list}`} list={list} />
        ))}
        {lists.length === 0 && <p className="muted small">No page is on an LRU list.</p>}
      </section>
    </>
  );
}
