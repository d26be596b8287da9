/** Collects what several tables of one text say of the same zones. */
import { fragmentationIndex, unusableIndex } from '../../analysis/indices.ts';
import type { InspectZone } from './report.ts';

type Figures = Partial<Pick<InspectZone, 'free' | 'min' | 'low' | 'high' | 'present' | 'managed'>>;

const UNKNOWN = { free: null, min: null, low: null, high: null, present: null, managed: null } as const;

/** More orders than any kernel has: MAX_ORDER is 11 to 16. */
const MOST_ORDERS = 32;

export class ZoneTable {
  private readonly zones = new Map<string, InspectZone>();
  private readonly times = new Map<string, number>();
  readonly warnings: string[] = [];

  /** Free blocks; those of a later row stand for the zone. `whole`: no count is missing, so that indices follow. */
  blocks(node: number, zone: string, freeByOrder: readonly number[], whole: boolean): void {
    if (freeByOrder.length > MOST_ORDERS) {
      this.warnings.push(
        `node ${node} zone ${zone}: ${freeByOrder.length} counts in a row, expected at most ${MOST_ORDERS}`,
      );
      return this.blocks(node, zone, freeByOrder.slice(0, MOST_ORDERS), false);
    }
    const key = `${node} ${zone}`;
    this.times.set(key, (this.times.get(key) ?? 0) + 1);
    if (!whole && (this.zones.get(key)?.unusableIndex.length ?? 0) > 0) return;
    this.put(node, zone, {
      freeByOrder,
      unusableIndex: whole ? unusableIndex(freeByOrder) : [],
      fragIndex: whole ? fragmentationIndex(freeByOrder) : [],
    });
  }

  /** Sizes and marks; what is null is not known. */
  figures(node: number, zone: string, figures: Figures): void {
    const known = Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== null));
    this.put(node, zone, known);
  }

  /** Indices as the kernel printed them, where no blocks say more. */
  indices(
    node: number,
    zone: string,
    indices: Partial<Pick<InspectZone, 'unusableIndex' | 'fragIndex'>>,
  ): void {
    if ((this.zones.get(`${node} ${zone}`)?.freeByOrder.length ?? 0) === 0) this.put(node, zone, indices);
  }

  /** All zones in the order in which they were met. */
  list(): InspectZone[] {
    return [...this.zones.values()];
  }

  /** How often the zone whose blocks stand in the text most often is there: reports in a log. */
  repeats(): number {
    return Math.max(0, ...this.times.values());
  }

  private put(node: number, zone: string, change: Partial<InspectZone>): void {
    const key = `${node} ${zone}`;
    const before = this.zones.get(key);
    const empty = { node, zone, freeByOrder: [], unusableIndex: [], fragIndex: [], ...UNKNOWN };
    this.zones.set(key, { ...(before ?? empty), ...change });
  }
}
