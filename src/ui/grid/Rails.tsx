/** Addresses beside the rows, and the zones' brackets. Decoration: the grid and the tables say the same in words. */
import { cellY, type Layout } from '../../render/layout.ts';
import { pfnText } from '../words.ts';

interface RailsProps {
  readonly layout: Layout;
  /** First pages of rows that are pointed at. */
  readonly chosen: readonly number[];
  /** During a scan only these rows are named. */
  readonly only: readonly number[] | null;
}

export function PfnRail({ layout, chosen, only }: RailsProps) {
  const rows = Math.ceil(layout.pages / 32);
  const every = layout.cell >= 24 ? 1 : layout.cell >= 10 ? 4 : 8;
  const shown = Array.from({ length: rows }, (_, row) => row * 32).filter((pfn) =>
    only === null ? (pfn / 32) % every === 0 || chosen.includes(pfn) : only.includes(pfn),
  );
  return (
    <div className="pfn-rail" aria-hidden="true">
      {shown.map((pfn) => (
        <span
          key={pfn}
          className={chosen.includes(pfn) ? 'acc strong-pfn' : ''}
          style={{ top: cellY(layout, pfn), height: layout.cell, lineHeight: `${layout.cell}px` }}
        >
          {pfnText(pfn, layout.pages)}
        </span>
      ))}
    </div>
  );
}

export function ZoneBrackets({ layout }: { readonly layout: Layout }) {
  return (
    <div className="zone-brackets" aria-hidden="true">
      {layout.zones
        .filter((zone) => zone.start < layout.pages && zone.end > zone.start)
        .map((zone) => {
          const top = cellY(layout, zone.start);
          const last = Math.min(zone.end, layout.pages) - 1;
          return (
            <span key={zone.name} style={{ top, height: cellY(layout, last) + layout.cell - top }}>
              ZONE_{zone.name.toUpperCase()}
            </span>
          );
        })}
    </div>
  );
}
