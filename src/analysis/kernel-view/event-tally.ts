/** Counters of /proc/vmstat that a machine keeps no column for, added up from its events since boot. */
import { NONE } from '../../base/units.ts';
import type { Machine } from '../../engine/machine.ts';
import { EV } from '../../engine/trace-event.ts';
import { zoneOf } from '../../engine/zone.ts';
import { WHO, whoseEvents } from './who.ts';

/** By zone index where an array. */
export interface EventTally {
  readonly pgalloc: number[];
  readonly scanKswapd: number[];
  readonly scanDirect: number[];
  readonly stealKswapd: number[];
  readonly stealDirect: number[];
  readonly refill: number[];
  pgfree: number;
  pgactivate: number;
  pgdeactivate: number;
  pgrotated: number;
  pgfault: number;
  pgmajfault: number;
}

/** Nothing counted yet. */
export function createTally(zones: number): EventTally {
  const none = () => new Array<number>(zones).fill(0);
  return {
    pgalloc: none(),
    scanKswapd: none(),
    scanDirect: none(),
    stealKswapd: none(),
    stealDirect: none(),
    refill: none(),
    pgfree: 0,
    pgactivate: 0,
    pgdeactivate: 0,
    pgrotated: 0,
    pgfault: 0,
    pgmajfault: 0,
  };
}

/** `reason` of a fault that waits for a device: from disk, from swap. */
const MAJOR: ReadonlySet<number> = new Set([1, 2]);

/** Adds the events of the operation just applied; the machine's log must have listened. */
export function addEvents(tally: EventTally, m: Machine): void {
  const { log } = m;
  const who = whoseEvents(log, m.config.policy.reclaim === 'daemon');
  for (let i = 0; i < log.count; i++) {
    const type = log.type[i];
    const pfn = log.pfn[i]!;
    const pages = 1 << log.order[i]!;
    if (type === EV.pageAlloc) add(tally.pgalloc, zoneOf(m.config, pfn), pages);
    else if (type === EV.pageFree) tally.pgfree += pages;
    else if (type === EV.writebackEnd) tally.pgrotated += log.a[i]!;
    else if (type === EV.deactivate) {
      tally.pgdeactivate += log.a[i]!;
      add(tally.refill, log.b[i]!, log.order[i]!);
    } else if (type === EV.fault) {
      tally.pgfault++;
      if (MAJOR.has(log.reason[i]!)) tally.pgmajfault++;
    } else if (type === EV.activate || type === EV.keep || type === EV.drop) {
      if (type === EV.activate) tally.pgactivate++;
      if (pfn !== NONE) addLooked(tally, who[i]!, zoneOf(m.config, pfn), type === EV.drop);
    }
  }
}

/** shrink_list ends each page it takes in one of three ways: activated, kept, or freed. */
function addLooked(tally: EventTally, who: number, zone: number, freed: boolean): void {
  if (who === WHO.kswapd) {
    add(tally.scanKswapd, zone, 1);
    if (freed) add(tally.stealKswapd, zone, 1);
  } else if (who === WHO.direct) {
    add(tally.scanDirect, zone, 1);
    if (freed) add(tally.stealDirect, zone, 1);
  }
}

function add(sums: number[], zone: number, by: number): void {
  sums[zone] = sums[zone]! + by;
}
