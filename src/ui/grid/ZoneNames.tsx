/** The zones' names where their first tile stands. Decoration: the grid's description says the same. */
import { cellX, cellY, type Layout } from '../../render/layout.ts';

/** Room for a name, so that the last of a row stays inside. */
const NAME = 60;

export function ZoneNames({ layout }: { readonly layout: Layout }) {
  const names = layout.zones
    .filter((zone) => zone.start < layout.pages && zone.end > zone.start)
    .map((zone) => ({ name: zone.name, x: cellX(layout, zone.start), y: cellY(layout, zone.start) }))
    .filter(({ x, y }) => x >= 0 && y >= 0 && x < layout.width - NAME && y < layout.height - 14);
  return (
    <div className="zone-names" aria-hidden="true">
      {names.map(({ name, x, y }) => (
        <span key={name} style={{ left: x, top: y }}>
          {name}
        </span>
      ))}
    </div>
  );
}
