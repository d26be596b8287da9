/** Pages that the operation being applied evicted; see user/evicted.ts. */
import type { Pfn } from '../base/units.ts';

export interface Evicted {
  readonly pfns: Pfn[];
  /** Last touch of each, as a number of operations. */
  readonly touches: number[];
  /** Called with each page while it is still whole, to look at the machine as it is just then; it must change nothing. */
  heard: ((pfn: Pfn) => void) | null;
}
