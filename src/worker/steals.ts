/** Which requests took memory of a pageblock for another type, told from the run's events. */
import { groupsByMobility } from '../engine/list-types.ts';
import { migrateTypes } from '../engine/mobility/types.ts';
import { EV } from '../engine/trace-event.ts';
import { peek, seek, stepLogged, type Timeline } from '../history/timeline.ts';
import type { Position } from './position.ts';

/** One `mm_page_alloc_extfrag` in the pageblock. */
export interface Steal {
  /** The operation's step, counted from 1 as the page counts them. */
  readonly step: number;
  readonly pfn: number;
  /** Type of the request, and the type whose list served it. */
  readonly by: string;
  readonly from: string;
  /** Order of the block it was cut from. */
  readonly order: number;
  /** Whether the pageblock became the request's type. */
  readonly claimed: boolean;
}

export interface Steals {
  /** First page of the pageblock, and its order. */
  readonly pfn: number;
  readonly order: number;
  /** Oldest first, at most {@link STEALS_LIMIT} of the newest. */
  readonly steals: readonly Steal[];
  readonly omitted: number;
  /** Events of steps after this one were looked at. */
  readonly since: number;
}

export const STEALS_LIMIT = 32;
/** Operations replayed at most. */
const BUDGET = 8192;

/** The steals up to a position; none under a policy without pageblocks. Leaves the timeline elsewhere. */
export function stealsOf(t: Timeline, pfn: number, at: Position): Steals {
  const { config } = t;
  const order = config.pageblockOrder;
  const first = (pfn >>> order) << order;
  const since = Math.max(0, at.step - BUDGET);
  const none = { pfn: first, order, steals: [], omitted: 0, since };
  if (!groupsByMobility(config)) return none;
  const names = migrateTypes(config).names;
  const steals: Steal[] = [];
  const gather = (step: number) => {
    const { log } = t.machine;
    for (let i = 0; i < log.count; i++) {
      if (log.type[i] !== EV.extfrag || log.pfn[i]! >>> order !== first >>> order) continue;
      const b = log.b[i]!;
      steals.push({
        step,
        pfn: log.pfn[i]!,
        by: names[(b >> 4) & 0x0f] ?? '',
        from: names[b & 0x0f] ?? '',
        order: log.a[i]!,
        claimed: b >= 256,
      });
    }
  };
  seek(t, since);
  while (t.step < at.step) {
    stepLogged(t);
    gather(t.step);
  }
  if (at.event > 0) {
    peek(t, at.step, at.event);
    gather(at.step + 1);
  }
  return { ...none, steals: steals.slice(-STEALS_LIMIT), omitted: Math.max(0, steals.length - STEALS_LIMIT) };
}
