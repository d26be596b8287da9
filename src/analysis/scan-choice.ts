/** What the last scan could have taken: the slab chosen, the best it looked at, and the best of all slabs. */
import type { Pfn } from '../base/units.ts';
import type { Machine } from '../engine/machine.ts';
import { cleanPages, emptyingPrice } from '../engine/order0/victim.ts';
import { EV } from '../engine/trace-event.ts';

/** One slab as the scan sees it, by page flags alone. */
export interface Choosable {
  readonly pfn: number;
  /** Clean file pages. */
  readonly clean: number;
  /** Modelled price of emptying it, in ns: pages dropped, written and swapped. */
  readonly costNs: number;
}

export interface ScanChoice {
  /** How many slabs the scan looked at. */
  readonly scanned: number;
  readonly chosen: Choosable;
  /** Most clean pages among those scanned; of equals the one chosen. */
  readonly inWindow: Choosable;
  /** Most clean pages of all slabs of order0-user; of equals the one chosen, else the lowest address. */
  readonly ofAll: Choosable;
}

/**
 * What there was to choose from when event `i`, a `chooseSlab`, was recorded; the machine is as it was just then.
 * @returns null where nobody asks for the best of all: a slab that was named, or one of order0-kreclaim
 */
export function choiceAt(m: Machine, i: number): ScanChoice | null {
  const { log } = m;
  const best = log.b[i]!;
  if (best < 0) return null;
  const pfn = log.pfn[i]!;
  const scanned: Pfn[] = [];
  for (let e = 0; e < i; e++) if (log.type[e] === EV.scanSlab) scanned.push(log.pfn[e]!);
  const seen = (at: Pfn): Choosable => {
    const slab = at >> m.config.slabOrder;
    return { pfn: at, clean: cleanPages(m, slab), costNs: emptyingPrice(m, slab) };
  };
  const chosen = seen(pfn);
  const inWindow = scanned.map(seen).reduce((most, one) => (one.clean > most.clean ? one : most), chosen);
  return { scanned: scanned.length, chosen, inWindow, ofAll: bestOfAll(m, best, inWindow, seen) };
}

function bestOfAll(m: Machine, best: number, known: Choosable, seen: (pfn: Pfn) => Choosable): Choosable {
  if (known.clean >= best) return known;
  for (let slab = 0; slab < m.slabCache.length; slab++) {
    const isUser = m.slabCache[slab]! > 0 && (m.slabCache[slab]! - 1) % 3 === 0;
    if (isUser && m.slabInUse[slab]! > 0 && cleanPages(m, slab) === best)
      return seen(slab << m.config.slabOrder);
  }
  return known;
}
